// Who listens to an emitter, without asking it: the program may have methods of its own in place of Node's.
import { getOwnPropertyDescriptor, isArray } from './builtins';
import { valueAt } from './internals';

/** Of more listeners for one event no more are looked at. */
const MOST_LISTENERS = 32;

/** A function, or several; as Node’s emitters keep them. */
export const listenersFor = (emitter: object, event: string): unknown => valueAt(valueAt(emitter, '_events'), event);

/** Whether any of them waits for the next event alone. */
export function hasOnceListener(listeners: unknown): boolean {
  if (!isArray(listeners)) return isOnce(listeners);
  for (let i = 0; i < listeners.length && i < MOST_LISTENERS; i++) if (isOnce(listeners[i])) return true;
  return false;
}

/** What stands for a listener that `once()` added keeps it under this name. */
const isOnce = (listener: unknown): boolean =>
  typeof listener === 'function' && getOwnPropertyDescriptor(listener, 'listener') !== undefined;
