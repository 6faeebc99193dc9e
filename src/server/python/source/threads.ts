// Threads that a module makes: with which function, whether they are daemons, and what is done to each. Pure.
import { asDaemon, daemonOfClass, isThreadClass, isTimerClass, type Daemon } from './classes';
import { follow, type Flow, type Use } from './flow';
import type { Foreign, Module } from './module';
import { bare, calleeOf, functionAround, type Arguments, type Node } from './syntax';

export type ThreadKind = 'thread' | 'timer';

export interface ThreadStart extends Flow {
  kind: ThreadKind;
  /** `Thread(…)`, or the call of a subclass. */
  node: Node;
  /** What names the function or the class that it runs; undefined: nothing does. */
  named: Node | undefined;
  /** The function that it runs, in this module or another; undefined: not known. */
  runs: Foreign | undefined;
  /** Arguments of that function; undefined: not all are known. */
  args: Node | undefined;
  /** The class, where it is one of the workspace’s. */
  owner: Foreign | undefined;
  /** As said where it is made, in its class or before its start. */
  daemon: Daemon;
  /** Calls of `start()`. */
  starts: readonly Node[];
}

export const threadsIn = (module: Module): ThreadStart[] =>
  module.remembered('threads', module.source.root, () => module.calls.flatMap((call) => threadAt(module, call) ?? []));

function threadAt(module: Module, node: Node): ThreadStart | undefined {
  const callee = calleeOf(node);
  const name = module.qualified(callee);
  const owner = ownerOf(module, callee);
  if (owner) return made(module, node, isTimerClass(owner.module, owner.node) ? 'timer' : 'thread', owner);
  if (name === 'threading.Thread') return made(module, node, 'thread', undefined);
  return name === 'threading.Timer' ? made(module, node, 'timer', undefined) : undefined;
}

/** The subclass of Thread that is called. */
function ownerOf(module: Module, callee: Node): Foreign | undefined {
  const own = module.classOf(callee);
  const found = own ? { module, node: own } : module.foreignOf(callee, 'class');
  return found?.node.type === 'ClassDefinition' && isThreadClass(found.module, found.node) ? found : undefined;
}

function made(module: Module, node: Node, kind: ThreadKind, owner: Foreign | undefined): ThreadStart {
  const args = module.argumentsOf(node);
  const flow = follow(module, node);
  const named = owner ? calleeOf(node) : targetIn(args, kind);
  const run = owner && owner.module.methodOf(owner.node, 'run');
  const fn = owner ? undefined : named && module.functionOf(named);
  const foreign = owner || fn || !named ? undefined : module.foreignOf(named, 'any');
  const isFunction = foreign?.node.type === 'FunctionDefinition';
  return {
    ...flow,
    kind,
    node,
    named,
    runs: run ? { module: owner.module, node: run } : fn ? { module, node: fn } : isFunction ? foreign : undefined,
    args: owner ? undefined : (args.keywords.get('args') ?? args.positional[kind === 'timer' ? 2 : 3]),
    owner,
    daemon: daemonOf(module, args, flow.uses, owner),
    starts: flow.uses.flatMap(({ name, call }) => (name === 'start' && call ? [call] : [])),
  };
}

const targetIn = ({ positional, keywords }: Arguments, kind: ThreadKind): Node | undefined =>
  kind === 'timer' ? (keywords.get('function') ?? positional[1]) : (keywords.get('target') ?? positional[1]);

function daemonOf(
  module: Module,
  { keywords, isOpen }: Arguments,
  uses: readonly Use[],
  owner: Foreign | undefined,
): Daemon {
  const set = uses.filter((use) => setsDaemon(use) && !isTooLate(uses, use));
  if (set.length > 0) {
    const said = set.map((use) => asDaemon(module, daemonSetBy(module, use) ?? use.node));
    return said.every((one) => one === said[0]) && said[0] !== 'inherited' ? said[0]! : 'unknown';
  }
  if (isOpen) return 'unknown';
  const given = keywords.get('daemon');
  const own = owner ? daemonOfClass(owner) : 'inherited';
  if (!given) return own;
  return own === 'inherited' || !owner ? asDaemon(module, given) : 'unknown';
}

export const setsDaemon = ({ name, set, call }: Use): boolean =>
  (name === 'daemon' && set !== undefined) || (name === 'setDaemon' && call !== undefined);

const daemonSetBy = (module: Module, { set, call }: Use): Node | undefined =>
  set ?? (call && module.argumentsOf(call).positional[0]);

/** It follows the start in the same function. */
export const isTooLate = (uses: readonly Use[], use: Use): boolean =>
  uses.some(
    ({ name, call }) =>
      name === 'start' && call && call.end < use.node.start && functionAround(call) === functionAround(use.node),
  );

/** The call that starts the thread, where there is one; else the one that makes it. */
export const startOf = ({ starts, node }: ThreadStart): Node => (starts.length === 1 ? starts[0]! : node);

/** `Thread(…).start()` as a whole. */
export const wholeOf = ({ node }: ThreadStart): Node => {
  const member = node.parent;
  const call = member?.type === 'MemberExpression' && member.children[0] === node ? member.parent : undefined;
  return call?.type === 'CallExpression' && bare(calleeOf(call)) === member ? call : node;
};

/** Something may have been done to it that this module does not show. */
export const isOutOfSight = (module: Module, { escapes, bindings, owner }: ThreadStart): boolean =>
  escapes ||
  (owner?.module !== undefined && owner.module !== module) ||
  bindings.some((one) => !module.isPrivate(one)) ||
  listsAll(module);

/** `threading.enumerate()` reaches each thread. */
const listsAll = (module: Module): boolean => module.calls.some((call) => module.isCallOf(call, 'threading.enumerate'));

/** Somebody waits for its end, or asks for it. */
export const isWaitedFor = ({ uses }: ThreadStart): boolean =>
  uses.some(({ name }) => name === 'join' || name === 'is_alive');
