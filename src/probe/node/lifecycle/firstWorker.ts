// Knows when a thread is about to start its first worker. Most threads never do: until then nothing of Node is loaded on
// our account.
import { PORTS_PART } from '../given';
import { defineProperty, getOwnPropertyDescriptor, isLoaded, workerThreads } from '../tools/builtins';
import { inWorkerConstructor } from '../tools/callSite';
import { replaceMethod } from '../tools/replace';
import { includes, sourceOf } from '../tools/text';

type PortHook = (port: object) => void;

/**
 * Calls what `load` gives when this thread makes its first worker, inside Node's constructor and before the new thread is
 * told anything; what that gives is called each time with the port by which a worker will be told.
 * @param load may fail where no file descriptor is free, and is tried again with the next worker
 * @param atOnce there are workers already
 */
export function awaitFirstWorker(load: () => () => PortHook, failed: (error: unknown) => void, atOnce = false): void {
  let made: PortHook | undefined;
  let begun = false;
  const first = (): void => {
    if (begun) return;
    try {
      const begin = load();
      begun = true;
      made = begin();
    } catch (error) {
      failed(error);
    }
  };
  // A Node whose constructor cannot be seen: at once, without what only the constructor tells.
  if (!onWorkerConstructor(first, (port) => made?.(port)) || atOnce) first();
}

/** Returns false, and calls neither, when this Node does not let its constructor be seen. */
function onWorkerConstructor(first: () => void, made: PortHook): boolean {
  const prototype = portPrototype();
  return (
    prototype !== undefined &&
    replaceMethod(prototype, 'start', (port) => {
      const constructs = inWorkerConstructor();
      if (constructs === false) return;
      first();
      if (constructs) made(port);
    })
  );
}

let prototypeOfPorts: object | undefined;

/** Of Node's own class; undefined while it is not to be had without loading something. */
export const portPrototype = (): object | undefined => (prototypeOfPorts ??= findPortPrototype());

function findPortPrototype(): object | undefined {
  if (isLoaded('worker_threads')) return workerThreads().MessagePort.prototype;
  if (!isLoaded(PORTS_PART)) return undefined;
  // To read the global may make it another kind of property, so it is put back as it was.
  const before = getOwnPropertyDescriptor(globalThis, 'MessagePort');
  const { MessagePort } = globalThis as { MessagePort?: { prototype: object } };
  if (before) defineProperty(globalThis, 'MessagePort', before);
  const prototype = MessagePort?.prototype;
  return prototype && isNative(getOwnPropertyDescriptor(prototype, 'start')?.value) ? prototype : undefined;
}

/** The program may have put a class of its own there. */
export const isNative = (method: unknown): boolean =>
  typeof method === 'function' && includes(sourceOf(method), '[native code]');
