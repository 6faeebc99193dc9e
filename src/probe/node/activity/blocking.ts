// What a thread waits in without turning its event loop.
import { ActivityKind, Blocking, blockArg } from '../../../protocol/activity';
import { Budget } from './budget';
import { ceil, getOwnPropertyDescriptor, getPrototypeOf, imul, now, uncurried } from '../tools/builtins';
import { binding } from '../tools/bindings';
import { lookNow } from '../tools/later';
import { replaceMethod } from '../tools/replace';
import { SLOT } from '../memory/slot';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';
import type { WaitSites } from './waitSites';

const LONGEST_MS = 0xffffffff;

/** @param drain gets out what the thread has told so far: while all threads wait nobody else does */
export function observeBlocking(
  ring: Ring,
  spool: Spool,
  sites: WaitSites,
  drain: () => void,
  missing: string[],
): void {
  const { words } = ring.slot;
  const draining = new Budget((error) => spool.problem('drain', error));
  const observe = (
    kind: keyof typeof Blocking,
    object: object | undefined,
    key: string,
    timeout: (args: unknown[]) => unknown,
    place: (args: unknown[]) => number,
  ) => {
    const begin = (_: object, args: unknown[]): void => {
      lookNow();
      const ms = timeout(args);
      const longest = typeof ms === 'number' && ms > 0 && ms < LONGEST_MS ? ceil(ms) : 0;
      ring.put(ActivityKind.block, blockArg(Blocking[kind], sites.here()), longest, place(args));
      words[SLOT.blocked] = Blocking[kind];
      if (longest === 0) draining.spend(drain);
    };
    const end = (result: unknown): void => {
      words[SLOT.blocked] = 0;
      ring.put(ActivityKind.unblock, Blocking[kind], result === 'ok' ? 1 : 0, 0);
    };
    if (!object || !replaceMethod(object, key, begin, end)) missing.push(kind);
  };
  const placeIn = placesInMemory();
  observe('atomics-wait', globalThis.Atomics, 'wait', (args) => args[3], placeIn);
  observeWaking(ring, placeIn);
  // Below all of Node's synchronous functions, so that no frame of ours stands in the errors that they make.
  observe(
    'synchronous-child',
    binding('spawn_sync'),
    'spawn',
    (args) => (args[0] as SpawnOptions)?.timeout,
    () => 0,
  );
}

/**
 * Who wakes whom is told by the place: shared memory has no name that two threads know it by. Whom it wakes may go on
 * before the call returns, so it is also told when that began.
 */
function observeWaking(ring: Ring, placeIn: (args: unknown[]) => number): void {
  const { Atomics } = globalThis;
  let begun = 0;
  const begin = (): void => void (begun = now());
  const told = (args: unknown[], woken: unknown): void => {
    if (typeof woken !== 'number' || woken === 0) return;
    const returned = now(); // of the same moment as the record: else the call seems to begin after the other went on
    ring.putAt(returned, ActivityKind.notify, woken, placeIn(args), returned - begun);
  };
  if (Atomics) replaceMethod(Atomics, 'notify', begin, undefined, told);
}

/**
 * The place that `Atomics.wait` or `Atomics.notify` is given: a hash of the size of the memory and where in it that is; 0
 * when it cannot be told. Nothing of the program's own is called.
 */
function placesInMemory(): (args: unknown[]) => number {
  const getter = (object: object | undefined, key: string): ((self: unknown) => unknown) => {
    const get = object && getOwnPropertyDescriptor(object, key)?.get;
    return get ? (uncurried(get) as (self: unknown) => unknown) : () => undefined;
  };
  const views = getPrototypeOf(Int32Array.prototype) as object;
  const bufferOf = getter(views, 'buffer');
  const offsetOf = getter(views, 'byteOffset');
  const bytesOf = getter(views, 'byteLength');
  const lengthOf = getter(views, 'length');
  const sizeOf = getter(globalThis.SharedArrayBuffer?.prototype, 'byteLength');
  return (args) => {
    const view = args[0];
    const index = args[1];
    try {
      if (typeof index !== 'number') return 0;
      const element = (bytesOf(view) as number) / (lengthOf(view) as number);
      const at = (offsetOf(view) as number) + index * element;
      return (imul(at + 1, 0x9e3779b1) ^ imul(sizeOf(bufferOf(view)) as number, 0x85ebca6b)) >>> 0;
    } catch {
      return 0; // no view of shared memory: what was called says so itself
    }
  };
}

interface SpawnOptions {
  timeout?: unknown;
}
