// Which locks a function takes while it holds which. Pure.
import type { Module } from './module';
import { kept } from './nodes';
import { contextsOf } from './definitions';
import type { Binding } from './scopes';
import { bare, bodyOf, childrenOf, isFunction, isStatement, ownNodes, type Node } from './syntax';
import { methodCall, thingOf, type Environment } from './things';

const LOCKS = ['threading.Lock', 'threading.RLock', 'threading.Condition', '_thread.allocate_lock'];
const PLAIN = ['threading.Lock', '_thread.allocate_lock'];

export interface Taken {
  lock: Binding;
  /** `with lock`, or the call of acquire(). */
  node: Node;
  held: readonly Binding[];
}

/** A call of anything else while locks are held. */
export interface CallUnderLock {
  call: Node;
  held: readonly Binding[];
}

export interface LockUse {
  taken: Taken[];
  calls: CallUnderLock[];
}

/** In the order of the text. @param environment what the parameters of the function are */
export function locksIn(module: Module, fn: Node, environment: Environment): LockUse {
  const found: LockUse = { taken: [], calls: [] };
  if (!hasLocks(module) || !mayTake(module, fn)) return found;
  const body = isFunction(fn) ? bodyOf(fn) : fn;
  if (body) walk({ module, environment, found }, body.children, []);
  return found;
}

const mayTake = (module: Module, fn: Node): boolean =>
  !isFunction(fn) || kept('may take locks', fn, () => /\b(with|acquire)\b/.test(module.textOf(fn)));

const hasLocks = (module: Module): boolean =>
  module.remembered('locks made', module.source.root, () =>
    module.calls.some((call) => module.isCallOf(call, ...LOCKS)),
  );

/** One that its holder cannot take again. */
export const isPlain = (module: Module, lock: Binding): boolean => {
  const value = lock.definitions.find(({ value }) => value && value.type !== 'None')?.value;
  return value !== undefined && module.isCallOf(value, ...PLAIN);
};

interface Walk {
  module: Module;
  environment: Environment;
  found: LockUse;
}

function walk(to: Walk, statements: readonly Node[], before: readonly Binding[]): readonly Binding[] {
  let held = before;
  for (const one of statements) {
    if (one.type === 'StatementGroup') held = walk(to, one.children, held);
    else if (isStatement(one)) held = step(to, one, held);
  }
  return held;
}

/** @returns what is held after the statement */
function step(to: Walk, statement: Node, held: readonly Binding[]): readonly Binding[] {
  const { module, environment, found } = to;
  if (/^(FunctionDefinition|ClassDefinition|DecoratedStatement)$/.test(statement.type)) return held;
  if (statement.type === 'WithStatement') {
    let inner = held;
    for (const { value } of contextsOf(statement)) {
      const lock = thingOf(module, value, LOCKS, environment);
      if (lock) {
        found.taken.push({ lock, node: value, held: inner });
        inner = [...inner, lock];
      } else see(to, value, inner);
    }
    walk(to, bodyOf(statement)?.children ?? [], inner);
    return held;
  }
  const call = statement.type === 'ExpressionStatement' ? bare(statement.children[0] ?? statement) : undefined;
  const method = call?.type === 'CallExpression' ? methodCall(module, call) : undefined;
  const lock =
    method && /^(acquire|release)$/.test(method.name) ? thingOf(module, method.object, LOCKS, environment) : undefined;
  if (lock && method!.name === 'release') return held.filter((one) => one !== lock);
  if (lock) {
    const { positional, keywords } = module.argumentsOf(call!);
    if (positional.length > 0 || keywords.size > 0) return held; // it may give up
    found.taken.push({ lock, node: call!, held });
    return [...held, lock];
  }
  const bodies = childrenOf(statement, 'Body');
  for (const child of statement.children) if (child.type !== 'Body') see(to, child, held);
  let after = held;
  for (const body of bodies) {
    const left = walk(to, body.children, held);
    // `try: … finally: lock.release()`
    after = after.filter((one) => left.includes(one));
  }
  return after;
}

function see({ found }: Walk, node: Node, held: readonly Binding[]): void {
  if (held.length === 0) return;
  for (const one of [node, ...ownNodes(node)]) if (one.type === 'CallExpression') found.calls.push({ call: one, held });
}
