// Knows when a thread is about to start its first worker. Most threads never do: until then nothing is put in place in
// Node's worker_threads, and in main it is not even loaded.
import { defineProperty, getOwnPropertyDescriptor, uncurried } from './builtins';
import { inWorkerConstructor } from './callSite';
import { replaceMethod } from './replace';

const includes = uncurried(Array.prototype.includes as (this: unknown[], item: unknown) => boolean);
const LOADED = 'NativeModule internal/worker';

type PortHook = (port: object) => void;

/** In main. Calls `loaded` once, when Node has loaded its part for workers, but before it can make one. */
export function whenWorkersCanBeMade(loaded: () => void): void {
  const modules = (process as unknown as { moduleLoadList?: string[] }).moduleLoadList;
  const chdir = getOwnPropertyDescriptor(process, 'chdir');
  if (!modules || !chdir?.configurable || includes(modules, LOADED)) return loaded();
  // With that part Node puts a process.chdir of its own in place, which tells all threads: that is our sign. A program
  // may replace it too, then we are early, which does no harm.
  let { value } = chdir as { value: unknown };
  defineProperty(process, 'chdir', {
    configurable: true,
    enumerable: chdir.enumerable ?? true,
    get: () => value,
    set(changed: unknown) {
      value = changed;
      defineProperty(process, 'chdir', { ...chdir, value });
      loaded();
    },
  });
}

/**
 * Calls `first` inside Node's `new Worker`, before the new thread is told anything, and each time `made` with the port
 * by which it will be told. Returns false, and calls neither, when this Node does not let that be seen.
 */
export function onWorkerConstructor(first: () => void, made: PortHook): boolean {
  const prototype = portPrototype();
  let begun = false;
  return (
    prototype !== undefined &&
    replaceMethod(prototype, 'start', (port) => {
      const constructs = inWorkerConstructor();
      if (constructs === false) return;
      if (!begun) first();
      begun = true;
      if (constructs) made(port);
    })
  );
}

/** Loaded by now. To read the global may make it another kind of property, so it is put back as it was. */
export function portPrototype(): object | undefined {
  const before = getOwnPropertyDescriptor(globalThis, 'MessagePort');
  const { MessagePort } = globalThis as { MessagePort?: { prototype: object } };
  if (before) defineProperty(globalThis, 'MessagePort', before);
  return MessagePort?.prototype;
}
