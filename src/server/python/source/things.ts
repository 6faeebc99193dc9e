// Locks, queues, Events, executors and other things that threads share, by the names that they have. Pure.
import type { Module } from './module';
import { parametersOf } from './definitions';
import type { Binding } from './scopes';
import { bare, calleeOf, memberOf, parted, type Node } from './syntax';
import type { ThreadStart } from './threads';

/** Arguments by the parameters that take them. */
export type Environment = ReadonlyMap<Binding, Node>;
export const NO_ENVIRONMENT: Environment = new Map();

export const QUEUES = ['queue.Queue', 'queue.LifoQueue', 'queue.PriorityQueue', 'Queue.Queue'];
export const EXECUTORS = ['concurrent.futures.ThreadPoolExecutor', 'concurrent.futures.thread.ThreadPoolExecutor'];
export const EVENTS = ['threading.Event'];

/** The name of a thing, where it was made by one of these and is nothing else. */
export function thingOf(
  module: Module,
  expression: Node,
  made: readonly string[],
  environment = NO_ENVIRONMENT,
): Binding | undefined {
  const node = bare(expression);
  const binding = module.scopes.of(node);
  if (!binding) return undefined;
  const given = environment.get(binding);
  if (given) return thingOf(module, given, made);
  const values = binding.definitions.filter(({ value }) => value?.type !== 'None');
  const [only] = values;
  if (values.length !== 1 || !only!.value || !/^(value|with)$/.test(only!.kind)) return undefined;
  const value = bare(only!.value);
  // `given or Queue()`
  const last = value.type === 'BinaryExpression' && value.children[1]?.type === 'or' ? bare(value.children[2]!) : value;
  if (module.isCallOf(last, ...made)) return binding;
  return value.type === 'VariableName' || value.type === 'MemberExpression'
    ? thingOf(module, value, made, environment)
    : undefined;
}

/** `x.name(…)`: x and name. */
export function methodCall(module: Module, call: Node): { object: Node; name: string } | undefined {
  const member = memberOf(calleeOf(call));
  return member && { object: member.object, name: module.textOf(member.name) };
}

/** What the parameters of a thread’s function are given. */
export function environmentOf(module: Module, { runs, args }: ThreadStart): Environment {
  const found = new Map<Binding, Node>();
  const given = args && bare(args);
  if (!runs || runs.module !== module || !given || given.type !== 'TupleExpression') return found;
  const all = parametersOf(runs.node);
  const own =
    module.scopes.ownerOf(runs.node.children[1] ?? runs.node) && all[0] && module.textOf(all[0].name) === 'self'
      ? all.slice(1)
      : all;
  parted(given.children.slice(1, -1)).forEach(([value], i) => {
    const binding = own[i] && module.scopes.of(own[i].name);
    if (binding && value) found.set(binding, value);
  });
  return found;
}

/** Others may have it: it was passed on, or another module can name it. */
export const isShared = (module: Module, binding: Pick<Binding, 'name' | 'scope' | 'uses'>): boolean =>
  !module.isPrivate(binding) || binding.uses.some((use) => isPassedOn(module, use));

/** Its name is given to a call, returned, or put into something. */
function isPassedOn(module: Module, use: Node): boolean {
  const { parent } = use;
  if (!parent) return false;
  if (parent.type === 'ArgList')
    return !/^(len|bool|print|isinstance|id|str|repr|iter)$/.test(module.qualified(calleeOf(parent.parent!)) ?? '');
  return (
    /^(ReturnStatement|YieldStatement|AssignStatement|TupleExpression|ArrayExpression|DictionaryExpression)$/.test(
      parent.type,
    ) && !isTarget(parent, use)
  );
}

const isTarget = (parent: Node, use: Node): boolean => {
  if (parent.type !== 'AssignStatement') return false;
  const at = parent.children.indexOf(use);
  return parent.children[at + 1]?.type === 'AssignOp';
};
