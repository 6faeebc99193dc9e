// Loops that ask again and again without waiting.
import { t } from '../../../../common/l10n';
import type { Span } from '../../../language';
import type { Module } from '../../source/module';
import {
  bare,
  bodyOf,
  childrenOf,
  functionAround,
  isStatement,
  memberOf,
  ownNodes,
  ownOf,
  siblingsOf,
  type Node,
} from '../../source/syntax';
import { isThreadClass } from '../../source/classes';
import { EVENTS, methodCall, QUEUES, thingOf } from '../../source/things';
import { tryBodyOf } from '../../source/functions';
import { finding, type Check } from '../check';
import { instead } from '../shared/edits';

/** Methods that only look: at a thread, an Event, a queue, a lock, a Future. */
const ASKS = /^(is_alive|isAlive|is_set|isSet|empty|full|qsize|locked|done|running)$/;

export const busyWait: Check = function* ({ module }) {
  const message = t(
    'This loop asks again and again without waiting. It takes a whole processor, and slows down the thread that it waits for.',
  );
  for (const loop of module.loops) {
    const [, condition] = loop.children;
    if (!condition || childrenOf(loop, 'Body').length === 0) continue;
    const asks =
      (isEmpty(module, loop) && onlyAsks(module, bare(condition))) ||
      leavesWhenTold(module, loop, condition) ||
      asksQueue(module, loop, condition);
    if (asks) yield finding('busy-wait', firstLineOf(module, loop), message, fixOf(module, loop, bare(condition)));
  }
};

/** The call that waits for what an empty loop asks for. */
function fixOf(module: Module, loop: Node, condition: Node): { fix?: NonNullable<ReturnType<typeof finding>['fix']> } {
  if (!isEmpty(module, loop) || childrenOf(loop, 'Body').length > 1 || module.textOf(loop).includes('#')) return {};
  const wait = waitFor(module, condition);
  return wait === undefined
    ? {}
    : { fix: { title: t('Wait with {0}', wait), edits: [instead(withoutEnd(module, loop), wait)] } };
}

/** Of what is half typed nothing may stand behind `not`. */
function withoutNot(condition: Node): Node {
  const [not, operand] = condition.children;
  return condition.type === 'UnaryExpression' && not?.type === 'not' && operand ? bare(operand) : condition;
}

const firstLineOf = (module: Module, { start, end }: Node): Span => {
  const line = module.source.text.indexOf('\n', start);
  return { start, end: line < 0 ? end : Math.min(line, end) };
};

/** A block ends where the next statement begins. */
const withoutEnd = (module: Module, loop: Node): Span => ({
  start: loop.start,
  end: loop.start + module.textOf(loop).trimEnd().length,
});

function waitFor(module: Module, condition: Node): string | undefined {
  const call = withoutNot(condition);
  const isNot = call !== condition;
  const method = call.type === 'CallExpression' ? methodCall(module, call) : undefined;
  if (!method) return undefined;
  const name = module.textOf(method.object);
  if (isNot && /^(is_set|isSet)$/.test(method.name) && thingOf(module, method.object, EVENTS)) return `${name}.wait()`;
  return !isNot && /^(is_alive|isAlive)$/.test(method.name) && isThread(module, method.object)
    ? `${name}.join()`
    : undefined;
}

function isThread(module: Module, object: Node): boolean {
  const own = module.instanceOf(object);
  return own ? isThreadClass(module, own) : thingOf(module, object, ['threading.Thread']) !== undefined;
}

const isEmpty = (module: Module, loop: Node): boolean =>
  bodyOf(loop)!
    .children.filter(isStatement)
    .every((one) => /^(PassStatement|ContinueStatement)$/.test(one.type) || module.textOf(one) === '...');

/** `while True: if event.is_set(): break` */
function leavesWhenTold(module: Module, loop: Node, condition: Node): boolean {
  const [only, ...others] = (bodyOf(loop)?.children ?? []).filter(isStatement);
  if (!/^(True|1)$/.test(module.textOf(condition)) || only?.type !== 'IfStatement' || others.length > 0) return false;
  const [, asked, body, ...more] = only.children;
  const leaves =
    body?.type === 'Body' &&
    body.children.filter(isStatement).every(({ type }) => /^(Break|Return)Statement$/.test(type));
  return leaves && more.length === 0 && asked !== undefined && onlyAsks(module, bare(asked));
}

/** State of threads, or a name that some other thread changes: it asks for nothing else. */
function onlyAsks(module: Module, condition: Node): boolean {
  const calls = [condition, ...ownNodes(condition)].filter(({ type }) => type === 'CallExpression');
  if (calls.length > 0)
    return (
      calls.every((call) => isQuestion(module, call)) &&
      calls.some(
        (call) => module.qualified(call.children[0]!) !== 'any' && module.qualified(call.children[0]!) !== 'all',
      )
    );
  if (ownNodes(condition).some(({ type }) => /^(NamedExpression|AwaitExpression|YieldExpression)$/.test(type)))
    return false;
  const name = withoutNot(condition);
  if (memberOf(name)) return module.scopes.selfOf(memberOf(name)!.object) !== undefined && !isProperty(module, name);
  const binding = name.type === 'VariableName' ? module.scopes.of(name) : undefined;
  return (
    binding?.scope?.type === 'Script' &&
    functionAround(name) !== undefined &&
    binding.definitions.every(({ kind }) => kind === 'value')
  );
}

/** What looks like an attribute may wait. */
function isProperty(module: Module, node: Node): boolean {
  const { object, name } = memberOf(node)!;
  const owner = module.scopes.selfOf(object)!;
  const isOwn =
    module.scopes.fieldOf(owner, module.textOf(name)) ?? module.scopes.memberOfClass(owner, module.textOf(name));
  return isOwn === undefined || isOwn.definitions.some(({ kind }) => kind === 'function');
}

function isQuestion(module: Module, call: Node): boolean {
  const name = module.qualified(call.children[0]!);
  if (name === 'threading.active_count' || name === 'threading.activeCount' || name === 'any' || name === 'all')
    return true;
  const method = methodCall(module, call);
  return method !== undefined && ASKS.test(method.name) && module.argumentsOf(call).positional.length === 0;
}

/** `while True: try: queue.get_nowait() … except Empty: continue` */
function asksQueue(module: Module, loop: Node, condition: Node): boolean {
  if (!/^(True|1)$/.test(module.textOf(condition))) return false;
  return (bodyOf(loop)?.children ?? []).some((statement, i, all) => {
    if (statement.type !== 'TryStatement') return false;
    const takes = ownOf(tryBodyOf(statement), 'CallExpression').some((call) => {
      const method = methodCall(module, call);
      return method?.name === 'get_nowait' && thingOf(module, method.object, QUEUES) !== undefined;
    });
    const handlers = childrenOf(statement, 'Body').slice(1);
    const idle =
      handlers.length === 1 &&
      handlers[0]!.children
        .filter(isStatement)
        .every(({ type }) => type === 'ContinueStatement' || (type === 'PassStatement' && i === all.length - 1));
    // Anything else that it does may wait.
    const others = siblingsOf(statement).filter((one) => one !== statement && one.start < statement.start);
    return (
      takes &&
      idle &&
      others.length === 0 &&
      !ownOf(loop, 'CallExpression').some((call) =>
        /\b(sleep|wait|select|poll|join)$/.test(module.textOf(call.children[0]!)),
      )
    );
  });
}
