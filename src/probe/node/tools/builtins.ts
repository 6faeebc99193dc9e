// Node's and JavaScript's own functions, taken when the probe loads: the program may replace them later, and must neither
// be called by us through them nor change what we do.
//
// Parts of Node that not every thread uses are loaded when they are first needed: to load them all takes longer than the
// probe itself. Modules are imported by name: for a whole one the bundler copies it, property by property.

import type * as diagnostics from 'diagnostics_channel';
import type * as emitters from 'events';
import type * as files from 'fs';
import type * as modules from 'module';
import type * as hooks from 'perf_hooks';
import type * as urls from 'url';
import type * as utilities from 'util';
import type * as vms from 'vm';
import type * as threads from 'worker_threads';

type AnyFunction = (...args: never[]) => unknown;
/** A method as a function of its receiver. */
type Uncurried<F> = F extends (this: infer T, ...args: infer A) => infer R ? (self: T, ...args: A) => R : never;

export const { apply, ownKeys } = Reflect;
const { bind, call } = Function.prototype;

export const uncurried = <F extends AnyFunction>(method: F): Uncurried<F> =>
  apply(bind, call, [method]) as Uncurried<F>;

export const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Object;
const define = Object.defineProperty;
/** A program may have put `get` and the like on Object.prototype, where every descriptor would find them. */
export const defineProperty = (object: object, key: PropertyKey, descriptor: PropertyDescriptor): object =>
  define(object, key, { __proto__: null, ...descriptor } as PropertyDescriptor);
export const { create: createObject, setPrototypeOf } = Object;
export const arrayPrototype: object = Array.prototype;
export const { parse, stringify } = JSON;
export const byteLength = Buffer.byteLength.bind(Buffer);

// Not `performance`: to touch it loads a part of Node, which takes milliseconds.
const hrtime = process.hrtime as unknown as () => [seconds: number, nanoseconds: number];

/** µs on the system's monotonic clock, the same in all threads. */
export const now = (): number => {
  const time = hrtime();
  return time[0] * 1_000_000 + ((time[1] / 1000) | 0);
};

const { SharedArrayBuffer: OwnSharedArrayBuffer, Uint8Array: OwnBytes } = globalThis;
const bytesOf = (memory: ArrayBufferLike): Uint8Array => new OwnBytes(memory);
const setBytes = uncurried(Uint8Array.prototype.set);

/** Undefined where the program runs without shared memory. */
export function sharedCopyOf(bytes: Uint8Array): SharedArrayBuffer | undefined {
  if (typeof OwnSharedArrayBuffer !== 'function') return undefined;
  const memory = new OwnSharedArrayBuffer(bytes.length);
  setBytes(bytesOf(memory), bytes);
  return memory;
}

export function copyOf(memory: SharedArrayBuffer): Uint8Array {
  const shared = bytesOf(memory);
  const copy = new OwnBytes(shared.length);
  setBytes(copy, shared);
  return copy;
}

/** Taken with the rest, for parts that are compiled when the program has long been running. */
export const { then: thenOfPromises } = Promise.prototype;
export const { add: addToSet, delete: deleteFromSet, forEach: forEachOfSet } = Set.prototype;
export const sizeOfSet = getOwnPropertyDescriptor(Set.prototype, 'size')!.get!;
export const { get: getOfMap, set: setOfMap, delete: deleteFromMap } = Map.prototype;
export const sizeOfMap = getOwnPropertyDescriptor(Map.prototype, 'size')!.get!;
export const { ceil, floor, imul } = Math;
export const { for: symbolFor } = Symbol;
export const bufferFrom = Buffer.from.bind(Buffer) as (bytes: ArrayBufferLike, at: number, length: number) => Buffer;
export const { toString: textOfBuffer } = Buffer.prototype as Buffer;
export const { binding, cpuUsage, threadCpuUsage, getActiveResourcesInfo, _getActiveHandles } = process as {
  binding?: (name: string) => Record<string, unknown>;
  cpuUsage: () => { user: number; system: number };
  threadCpuUsage?: () => { user: number; system: number };
  getActiveResourcesInfo?: () => string[];
  _getActiveHandles?: () => object[];
};
/** Gives `process.report`: to touch that loads a part of Node. */
export const reportOfProcess = getOwnPropertyDescriptor(process, 'report')?.get;
/** A program may run without them, then there is no memory that threads share; and may replace `wait` and the like. */
const { Atomics: own } = globalThis as { Atomics?: Atomics };
export const { compareExchange, load, notify, store, wait } = own ?? ({} as Atomics);
export const waitAsync = (own as { waitAsync?: WaitAsync } | undefined)?.waitAsync;
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
  ms: number,
) => { async: boolean; value: Promise<'ok' | 'timed-out'> };

/** A WeakMap whose methods nobody can replace. */
export class PrivateMap<K extends object, V> {
  private readonly map = new WeakMap<K, V>();
  get(key: K): V | undefined {
    return weakGet(this.map, key) as V | undefined;
  }
  set(key: K, value: V): void {
    weakSet(this.map, key, value);
  }
}
/** Absent where the program runs without them. */
const { WeakRef: OwnWeakRef } = globalThis as { WeakRef?: typeof WeakRef };
const targetOf = OwnWeakRef && uncurried(OwnWeakRef.prototype.deref as (this: WeakRef<object>) => object | undefined);
/** What gives it as long as somebody else holds it; a function that gives nothing where that cannot be known. */
export function weakly<T extends object>(object: T): () => T | undefined {
  const reference = OwnWeakRef && new OwnWeakRef(object);
  return () => reference && (targetOf!(reference) as T | undefined);
}
const weakGet = uncurried(WeakMap.prototype.get) as (map: WeakMap<object, unknown>, key: object) => unknown;
const weakSet = uncurried(WeakMap.prototype.set) as (map: WeakMap<object, unknown>, key: object, v: unknown) => unknown;

export const isArray = Array.isArray as (value: unknown) => value is unknown[];
export const arrayIncludes = uncurried(Array.prototype.includes as (this: unknown[], item: unknown) => boolean);
const { moduleLoadList } = process as unknown as { moduleLoadList?: unknown[] };
/** Whether this part of Node, one of its own or a public one, is there and complete: Node lists it not before. */
export const isLoaded = (id: string): boolean => arrayIncludes(moduleLoadList ?? [], `NativeModule ${id}`);

/**
 * Neither passes what the program will put around module loading. The first came with Node 20.16; the second, as it is when
 * the probe loads, gives at once what is named with `node:`.
 */
const { getBuiltinModule } = process as { getBuiltinModule?: (id: string) => object };
const { _load } = module.constructor as unknown as { _load: (id: string) => object };
const builtin = <M>(id: string): M => (getBuiltinModule ? getBuiltinModule(`node:${id}`) : _load(`node:${id}`)) as M;

/** There from the start. */
export const fs = builtin<typeof files>('fs');
export const { closeSync, existsSync, openSync, readFileSync, readSync, readlinkSync, unlinkSync } = fs;
export const workerThreads = (): typeof threads => builtin('worker_threads');
export const util = (): typeof utilities => builtin('util');
export const sqlite = (): object => builtin('sqlite');
export const timers = (): Record<string, unknown> => builtin('timers');
export const vm = (): typeof vms => builtin('vm');
export const nodeModule = (): typeof modules => builtin('module');
/** To load it takes Node some milliseconds. */
export const performanceHooks = (): typeof hooks => builtin('perf_hooks');
export const url = (): typeof urls => builtin('url');
export const events = (): typeof emitters => builtin('events');
export const diagnosticsChannel = (): typeof diagnostics => builtin('diagnostics_channel');
