// What happens to a thread when the process ends, as far as the module shows. Pure.
import type { Fate } from '../../language';
import type { Module } from './module';
import { calleeOf, functionAround, isFunction, type Node } from './syntax';
import { threadsIn, type ThreadStart } from './threads';
import { usesOf } from './functions';

export interface ThreadFate {
  fate: Fate;
  /** What it is was not said: it takes over what the thread is that makes it. */
  isInherited: boolean;
}

export function fateOf(module: Module, thread: ThreadStart): ThreadFate {
  const { daemon } = thread;
  if (daemon === 'yes' || daemon === 'no')
    return { fate: daemon === 'yes' ? 'daemon' : 'keeps-alive', isInherited: false };
  if (daemon === 'unknown' || thread.escapes) return { fate: 'unknown', isInherited: false };
  const maker = makerOf(module, thread.node);
  return {
    fate: maker === 'main' ? 'keeps-alive' : maker === 'daemon' ? 'daemon' : 'unknown',
    isInherited: maker === 'daemon',
  };
}

/** The kind of thread that runs a piece of code. */
type Maker = 'main' | 'daemon' | 'unknown';

/** Code that no thread of the module runs is taken for main’s. */
export function makerOf(module: Module, node: Node, seen: readonly Node[] = []): Maker {
  const fn = functionAround(node);
  if (!fn || seen.includes(fn)) return 'main';
  const runs = threadsIn(module).filter((one) => one.runs?.node === fn);
  const makers = runs.map((one): Maker => {
    if (one.daemon === 'yes') return 'daemon';
    if (one.daemon === 'no') return 'main';
    return one.daemon === 'unknown' ? 'unknown' : makerOf(module, one.node, [...seen, fn]);
  });
  const others = usesOf(module, fn).filter((use) => !runs.some(({ named }) => named === use));
  if (others.length > 0 && runs.length > 0) makers.push('unknown');
  else if (seen.length < 3)
    for (const use of others) makers.push(isCalled(use) ? makerOf(module, use, [...seen, fn]) : 'unknown');
  if (makers.length === 0) return isFunction(fn) && runs.length === 0 ? 'main' : 'unknown';
  return makers.every((one) => one === makers[0]) ? makers[0]! : 'unknown';
}

const isCalled = (use: Node): boolean => use.parent?.type === 'CallExpression' && calleeOf(use.parent) === use;
