// What stands below Node's JavaScript.
import { apply, arrayIncludes, binding as ownBinding } from './builtins';
import { includes } from './text';

/**
 * Part of Node below its JavaScript. Undefined where to ask for it is not allowed (`--permission`) or would print a
 * warning (`--pending-deprecation`).
 */
export function binding(name: string): Record<string, unknown> | undefined {
  if (!ownBinding || warnsOfBindings()) return undefined;
  try {
    return apply(ownBinding, process, [name]);
  } catch {
    return undefined;
  }
}

const warnsOfBindings = (): boolean =>
  process.env['NODE_PENDING_DEPRECATION'] === '1' ||
  arrayIncludes(process.execArgv, '--pending-deprecation') ||
  includes(process.env['NODE_OPTIONS'] ?? '', '--pending-deprecation');
