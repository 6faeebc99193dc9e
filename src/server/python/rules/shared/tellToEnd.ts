// How a thread whose loop never ends is told to end when main's code is over: by a last item in its queue, or by an Event that its
// loop asks for. Only where it is certain that it then ends, and ends nothing too early. Pure.
import type { TextEdit } from '../../../language';
import { endlessLoopOf, usesOf } from '../../source/functions';
import { manyIn } from '../../source/many';
import type { Module } from '../../source/module';
import {
  bodyOf,
  isFunction,
  isRepeated,
  isStatement,
  isWithin,
  memberOf,
  ownNodes,
  ownOf,
  siblingsOf,
  statementOf,
  type Node,
} from '../../source/syntax';
import type { Binding } from '../../source/scopes';
import { isShared, methodCall, thingOf, type Environment } from '../../source/things';
import { threadsIn, wholeOf, type ThreadStart } from '../../source/threads';
import { beginsLine, freshName, indentOf, instead, lineAbove, lineAfter, lineBefore, without } from './edits';
import { endOfMain, isCodeOfMain } from './endOfMain';
import { returnsSoon } from './returnsSoon';

/** What changes in the function of a thread, and the lines by which main tells it to end. */
interface Told {
  edits: TextEdit[];
  lines: string[];
}

/** Of a function that one thread, or one task, runs: it is started by `start`, and the process waits for it by itself. */
export function tellToEnd(module: Module, fn: Node, start: Node, environment: Environment): TextEdit[] | undefined {
  const last = lastOfMain(module, fn, start);
  const told = last && toldByItem(module, fn, statementOf(start), environment);
  return told && [...told.edits, lineAfter(module, last, ...told.lines)];
}

/** Of a daemon, which main waits for too. */
export function tellDaemonToEnd(module: Module, thread: ThreadStart, environment: Environment): TextEdit[] | undefined {
  const { runs, starts } = thread;
  const [start] = starts;
  if (!runs || runs.module !== module || !start || starts.length > 1) return undefined;
  const last = lastOfMain(module, runs.node, start);
  const named = last && nameOf(module, thread, start);
  const told =
    named &&
    (toldByItem(module, runs.node, statementOf(start), environment) ?? toldByEvent(module, runs.node, thread.node));
  return told && [...told.edits, ...named.edits, lineAfter(module, last, ...told.lines, `${named.name}.join()`)];
}

/** The last statement of main’s code, where the one thread that runs a function is started on the way to it. */
function lastOfMain(module: Module, fn: Node, start: Node): Node | undefined {
  const statement = statementOf(start);
  if (usesOf(module, fn).length !== 1 || isRepeated(start) || !beginsLine(module, statement)) return undefined;
  const last = endOfMain(module, statement);
  return last && last !== statement && beginsLine(module, last) ? last : undefined;
}

/** The name that the thread has in main, or is given. */
function nameOf(
  module: Module,
  { node, bindings }: ThreadStart,
  start: Node,
): { name: string; edits: TextEdit[] } | undefined {
  const statement = statementOf(start);
  if (statement.children[0] !== start) return undefined;
  if (bindings.length > 0) {
    const [{ name, scope, definitions }] = bindings as [(typeof bindings)[0]];
    const isOne = bindings.length === 1 && definitions.length === 1 && statementOf(node).parent === statement.parent;
    return isOne && scope && memberOf(start.children[0]!)?.object.type === 'VariableName'
      ? { name, edits: [] }
      : undefined;
  }
  const name = freshName(module, 'thread', 'worker', 'daemon');
  if (!name || wholeOf({ node } as ThreadStart) !== start) return undefined;
  const begin = `\n${indentOf(module, statement)}${name}.start()`;
  return {
    name,
    edits: [
      { start: node.start, end: node.start, text: `${name} = ` },
      { start: node.end, end: start.end, text: begin },
    ],
  };
}

/** `item = queue.get()`, and then `if item is None: break`; main puts None when all its items are in the queue. */
function toldByItem(module: Module, fn: Node, start: Node, environment: Environment): Told | undefined {
  const loop = lastLoopOf(module, fn);
  const gets = loop ? ownOf(loop, 'CallExpression').filter((call) => methodCall(module, call)?.name === 'get') : [];
  const [get] = gets;
  if (!loop || !get || gets.length > 1) return undefined;
  const taken = methodCall(module, get)!.object;
  const queue = thingOf(module, taken, ['queue.Queue'], environment);
  const { positional, keywords } = module.argumentsOf(get);
  if (!queue?.scope || positional.length > 0 || keywords.size > 0) return undefined;
  const isSeen = queue.scope.type === 'Script' || isWithin(start, queue.scope);
  if (!isSeen || !usesOfQueue(module, queue, taken, environment)?.every((use) => isExpected(module, use, loop)))
    return undefined;
  const edits = leavesAtNone(module, loop, get);
  return edits && { edits, lines: [`${queue.name}.put(None)`] };
}

/** What is done to it but for the get(); undefined: not all is known. */
function usesOfQueue(module: Module, queue: Binding, taken: Node, environment: Environment): Node[] | undefined {
  const given = new Set(environment.values());
  const own = { ...queue, uses: queue.uses.filter((use) => !given.has(use)) };
  const parameter = module.scopes.of(taken);
  const all = parameter && parameter !== queue ? [...own.uses, ...parameter.uses] : own.uses;
  return isShared(module, own) ? undefined : all.filter((use) => use !== taken);
}

/** Main puts items, none of them None, and may wait until they are done. */
function isExpected(module: Module, use: Node, loop: Node): boolean {
  const call = use.parent?.parent;
  const method = call?.type === 'CallExpression' ? methodCall(module, call) : undefined;
  if (method?.object !== use) return false;
  if (method.name === 'task_done') return isWithin(use, loop);
  const isPut = /^put(_nowait)?$/.test(method.name) && !/\bNone\b/.test(module.textOf(call!));
  return (isPut || method.name === 'join') && isCodeOfMain(module, use);
}

/** A loop after which the function does nothing more. */
function lastLoopOf(module: Module, fn: Node): Node | undefined {
  const loop = endlessLoopOf(module, fn);
  if (!loop || fn.type !== 'FunctionDefinition' || !beginsLine(module, loop)) return undefined;
  for (let one = loop; one !== fn; one = one.parent!) {
    if (isStatement(one) && siblingsOf(one).at(-1) !== one) return undefined;
    if (one !== loop && !/^(WithStatement|Body)$/.test(one.type)) return undefined;
  }
  return loop;
}

const statementsOf = (loop: Node): Node[] => (bodyOf(loop)?.children ?? []).filter(isStatement);

function leavesAtNone(module: Module, loop: Node, get: Node): TextEdit[] | undefined {
  const statement = statementOf(get);
  const step = stepIn(module, loop, statement);
  if (step === undefined) return undefined;
  const leave = (name: string): string[] => [`if ${name} is None:`, `${step}break`];
  const [target, , value] = statement.children;
  if (
    statement.type === 'AssignStatement' &&
    value === get &&
    target!.type === 'VariableName' &&
    statement.children.length === 3
  )
    return [lineAfter(module, statement, ...leave(module.textOf(target!)))];
  const name = freshName(module, 'item', 'job', 'entry');
  const isFirst = statementsOf(loop)[0] === statement && statement.type === 'ExpressionStatement';
  if (!name || !isFirst || isAfterAnother(statement, get)) return undefined;
  const indent = indentOf(module, statement);
  const lines = [`${name} = ${module.textOf(get)}`, ...leave(name)].join(`\n${indent}`);
  return [lineBefore(module, statement, lines), instead(get, name)];
}

/** Another call may do something first, or decide whether it is reached at all. */
const isAfterAnother = (statement: Node, get: Node): boolean =>
  ownNodes(statement).some(
    (node) =>
      (node.type === 'CallExpression' && node.end <= get.start) ||
      (isWithin(get, node) &&
        (isFunction(node) || /^(and|or)$/.test(node.children[1]?.type ?? '') || NOT_AT_ONCE.test(node.type))),
  );
const NOT_AT_ONCE = /Comprehension|^(Conditional|Named|Await)Expression$/;

/** How far the statements of a loop are indented, where one of them begins its line. */
function stepIn(module: Module, loop: Node, statement: Node): string | undefined {
  if (!statementsOf(loop).includes(statement) || !beginsLine(module, statement)) return undefined;
  return indentOf(module, statement).slice(indentOf(module, loop).length);
}

/** `while not stop.is_set()`, and `stop.wait(1)` for the one `time.sleep(1)`, which is the first or the last thing in the loop. */
function toldByEvent(module: Module, fn: Node, made: Node): Told | undefined {
  const loop = lastLoopOf(module, fn);
  const name = freshName(module, 'stop', 'stopping', 'stop_event');
  const event = eventClass(module, fn, made);
  if (!loop || !name || !event || fn.parent?.type !== 'Script') return undefined;
  // While others run on, it may have something to do when main is done.
  if (threadsIn(module).length > 1 || manyIn(module).length > 0) return undefined;
  const calls = ownOf(loop, 'CallExpression');
  const sleeps = calls.filter((call) => module.isCallOf(call, 'time.sleep'));
  if (!calls.every((call) => sleeps.includes(call) || returnsSoon(module, call))) return undefined;
  const asked = asksBetween(module, loop, sleeps, name);
  return (
    asked && {
      edits: [lineAbove(module, fn, `${name} = ${event}()`), ...asked],
      lines: [`${name}.set()`],
    }
  );
}

function asksBetween(module: Module, loop: Node, sleeps: readonly Node[], name: string): TextEdit[] | undefined {
  const condition = loop.children[1]!;
  const [sleep] = sleeps;
  if (!sleep) return [instead(condition, `not ${name}.is_set()`)];
  const statements = statementsOf(loop);
  const statement = statementOf(sleep);
  const wait = `${name}.wait${module.textOf(sleep.children.at(-1)!)}`;
  if (sleeps.length > 1 || statement.children[0] !== sleep) return undefined;
  if (statement === statements.at(-1)) return [instead(condition, `not ${name}.is_set()`), instead(sleep, wait)];
  const gone =
    statement === statements[0] && !module.textOf(sleep).includes('\n') ? without(module, statement) : undefined;
  return gone && [instead(condition, `not ${name}.${wait.slice(name.length + 1)}`), gone];
}

/** `threading.Event`, as the module can name it in front of a function. */
function eventClass(module: Module, fn: Node, made: Node): string | undefined {
  const called = memberOf(made.children[0]!)?.object;
  const binding = (called && module.scopes.of(called)) ?? module.scopes.inModule('threading');
  const [imported, ...others] = binding?.definitions ?? [];
  const isBefore = imported?.imported === 'threading' && imported.node.start < fn.start && others.length === 0;
  return isBefore && binding!.scope?.type === 'Script' ? `${binding!.name}.Event` : undefined;
}
