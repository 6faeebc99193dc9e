// What a thread waits in without turning its event loop.
import { ActivityKind, Blocking, type BlockingName } from '../../protocol/activity';
import { replaceMethod } from './replace';
import type { Ring } from './ring';

const LONGEST_MS = 0xffffffff;

export function observeBlocking(ring: Ring, missing: string[]): void {
  const observe = (
    what: BlockingName,
    object: object | undefined,
    key: string,
    timeout: (args: unknown[]) => unknown,
  ) => {
    const begin = (_: object, args: unknown[]): void => {
      const ms = timeout(args);
      ring.put(
        ActivityKind.block,
        Blocking[what],
        typeof ms === 'number' && ms > 0 && ms < LONGEST_MS ? Math.ceil(ms) : 0,
        0,
      );
    };
    const end = (): void => ring.put(ActivityKind.unblock, Blocking[what], 0, 0);
    if (!object || !replaceMethod(object, key, begin, end)) missing.push(what);
  };
  observe('Atomics.wait', globalThis.Atomics, 'wait', (args) => args[3]);
  // Below all of Node's synchronous functions, so that no frame of ours stands in the errors that they make.
  observe('synchronous child process', binding('spawn_sync'), 'spawn', (args) => (args[0] as SpawnOptions)?.timeout);
}

interface SpawnOptions {
  timeout?: unknown;
}

/**
 * Part of Node below its JavaScript. Undefined where to ask for it is not allowed (`--permission`) or would print a
 * warning (`--pending-deprecation`).
 */
export function binding(name: string): Record<string, unknown> | undefined {
  const { binding } = process as { binding?: (name: string) => Record<string, unknown> };
  if (!binding || warnsOfBindings()) return undefined;
  try {
    return binding(name);
  } catch {
    return undefined;
  }
}

const warnsOfBindings = (): boolean =>
  process.env['NODE_PENDING_DEPRECATION'] === '1' ||
  process.execArgv.includes('--pending-deprecation') ||
  (process.env['NODE_OPTIONS'] ?? '').includes('--pending-deprecation');
