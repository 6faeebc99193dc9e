// What the probe makes of Node's and JavaScript's own functions, as they were when it was loaded (`raw.ts`).
//
// Parts of Node that not every thread uses are loaded when they are first needed: to load them all takes longer than the
// probe itself. Modules are imported by name: for a whole one the bundler copies it, property by property.
import type * as diagnostics from 'diagnostics_channel';
import type * as emitters from 'events';
import type * as modules from 'module';
import type * as hooks from 'perf_hooks';
import type * as urls from 'url';
import type * as utilities from 'util';
import type * as threads from 'worker_threads';
import { builtin, files, raw } from './handed';

export { now } from './handed';

type AnyFunction = (...args: never[]) => unknown;
/** A method as a function of its receiver. */
type Uncurried<F> = F extends (this: infer T, ...args: infer A) => infer R ? (self: T, ...args: A) => R : never;

export const uncurried = <F extends AnyFunction>(method: F): Uncurried<F> =>
  raw.apply(raw.bind, raw.call, [method]) as Uncurried<F>;

export const { closeSync, existsSync, linkSync, openSync, readFileSync, readSync, readlinkSync, unlinkSync } = files;
export const {
  addToSet,
  apply,
  arrayPrototype,
  binding,
  captureStackTrace,
  ceil,
  cpuUsage,
  create: createObject,
  deleteFromMap,
  deleteFromSet,
  errorPrototype,
  floor,
  forEachOfSet,
  getActiveHandles,
  getActiveRequests,
  getActiveResourcesInfo,
  getOfMap,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasUncaughtExceptionCaptureCallback,
  imul,
  isArray,
  isExtensible,
  ownKeys,
  parse,
  setOfMap,
  setPrototypeOf,
  SharedMemory: OwnSharedArrayBuffer,
  stringify,
  symbolFor,
  textOfBuffer,
  then: thenOfPromises,
  threadCpuUsage,
  waitAsync,
} = raw;
export const sizeOfSet = raw.sizeOfSet!.get as () => number;
export const sizeOfMap = raw.sizeOfMap!.get as () => number;
/** Gives `process.report`: to touch that loads a part of Node. */
export const reportOfProcess = raw.report?.get;
/** Absent where the program runs without them. */
export const { compareExchange, load, notify, store, wait } = raw as unknown as Atomics;

const { OwnBuffer, OwnBytes, OwnWeakMap, WeakReference, defineProperty: define } = raw;
/** A program may have put `get` and the like on Object.prototype, where every descriptor would find them. */
export const defineProperty = (object: object, key: PropertyKey, descriptor: PropertyDescriptor): object =>
  define(object, key, { __proto__: null, ...descriptor } as PropertyDescriptor);

const loaded = raw.moduleLoadList ?? [];
/** Whether this part of Node, one of its own or a public one, is there and complete: Node lists it not before. */
export const isLoaded = (id: string): boolean => arrayIncludes(loaded, `NativeModule ${id}`);

export const byteLength = (text: string): number => apply(raw.byteLength, OwnBuffer, [text]);
export const bufferFrom = (bytes: ArrayBufferLike, at: number, length: number): Buffer =>
  apply(raw.bufferFrom as (...args: unknown[]) => Buffer, OwnBuffer, [bytes, at, length]);

const bytesOf = (memory: ArrayBufferLike): Uint8Array => new OwnBytes(memory);
const setBytes = uncurried(raw.setBytes);

/** Undefined where the program runs without shared memory. */
export function sharedCopyOf(bytes: Uint8Array): SharedArrayBuffer | undefined {
  if (typeof OwnSharedArrayBuffer !== 'function') return undefined;
  const memory = new OwnSharedArrayBuffer(bytes.length);
  setBytes(bytesOf(memory), bytes);
  return memory;
}

/** A WeakMap whose methods nobody can replace. */
export class PrivateMap<K extends object, V> {
  private readonly map = new OwnWeakMap<K, V>();
  get(key: K): V | undefined {
    return weakGet(this.map, key) as V | undefined;
  }
  set(key: K, value: V): void {
    weakSet(this.map, key, value);
  }
}
const weakGet = uncurried(raw.weakGet) as (map: WeakMap<object, unknown>, key: object) => unknown;
const weakSet = uncurried(raw.weakSet) as (map: WeakMap<object, unknown>, key: object, v: unknown) => unknown;

/** Only where there is one, there is a reference. */
export const targetOf = (reference: WeakRef<object>): object | undefined =>
  apply(raw.deref as () => object | undefined, reference, []);
/** What gives it as long as somebody else holds it; a function that gives nothing where that cannot be known. */
export function weakly<T extends object>(object: T): () => T | undefined {
  const reference = WeakReference && new WeakReference(object);
  return () => reference && (targetOf(reference) as T | undefined);
}

export const arrayIncludes = uncurried(raw.includesItem);

export const workerThreads = (): typeof threads => builtin('worker_threads') as never;
export const util = (): typeof utilities => builtin('util') as never;
export const sqlite = (): object => builtin('sqlite');
export const timers = (): Record<string, unknown> => builtin('timers') as never;
export const nodeModule = (): typeof modules => builtin('module') as never;
/** To load it takes Node some milliseconds. */
export const performanceHooks = (): typeof hooks => builtin('perf_hooks') as never;
export const url = (): typeof urls => builtin('url') as never;
export const events = (): typeof emitters => builtin('events') as never;
export const diagnosticsChannel = (): typeof diagnostics => builtin('diagnostics_channel') as never;
