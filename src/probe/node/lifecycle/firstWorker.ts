// Knows when a thread is about to start its first worker. Most threads never do: until then nothing of Node is loaded on
// our account, and in main nothing is put in place before Node has its part for workers.
import { defineProperty, getOwnPropertyDescriptor, isLoaded, uncurried, workerThreads } from '../tools/builtins';
import { inWorkerConstructor } from '../tools/callSite';
import { replaceMethod } from '../tools/replace';
import { soon } from '../tools/soon';
import { includes } from '../tools/text';

/** Node's part for workers, and its part for ports, which that one loads first. */
const WORKER = 'internal/worker';
const PORTS = 'internal/worker/io';

type PortHook = (port: object) => void;

/**
 * In main. Calls `ready` once, before Node can make a worker, with ports to be had. Node may be in the middle of loading
 * what the program wants: whatever `ready` loaded then would be without what is still to come, for the program too. So it
 * must load nothing.
 */
export function whenWorkersCanBeMade(ready: () => void): void {
  const chdir = getOwnPropertyDescriptor(process, 'chdir');
  if (!chdir?.configurable) workerThreads(); // nothing will tell
  if (!chdir?.configurable || isLoaded(WORKER)) return ready();
  // With that part Node puts a process.chdir of its own in place, which tells all threads: that is our sign. A program
  // may replace it too, then we are early, or go on waiting where ports are not to be had.
  let { value } = chdir as { value: unknown };
  defineProperty(process, 'chdir', {
    configurable: true,
    enumerable: chdir.enumerable ?? true,
    get: () => value,
    set(changed: unknown) {
      value = changed;
      if (!isLoaded(PORTS)) return;
      defineProperty(process, 'chdir', { ...chdir, value });
      if (portPrototype()) ready();
      else soon(ready);
    },
  });
}

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
  if (!isLoaded(PORTS)) return undefined;
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
const sourceOf = uncurried(Function.prototype.toString);
