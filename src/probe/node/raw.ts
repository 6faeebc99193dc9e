// JavaScript's own functions and those of the process, taken when the probe loads: the program may replace them later, and must
// neither be called by us through them nor change what we do. As they are, for to bind one takes longer than to take it.
interface OwnProcess {
  abort: { disabled?: boolean };
  hrtime: () => [seconds: number, nanoseconds: number];
  _exiting?: boolean;
  _events?: { exit?: Listener | Listener[] };
  moduleLoadList?: unknown[];
  getBuiltinModule?: (id: string) => object;
  binding?: (name: string) => Record<string, unknown>;
  cpuUsage: () => { user: number; system: number };
  threadCpuUsage?: () => { user: number; system: number };
  getActiveResourcesInfo?: () => string[];
  _getActiveHandles?: () => object[];
  _getActiveRequests?: () => { handle?: { fd?: unknown } }[];
  hasUncaughtExceptionCaptureCallback: () => boolean;
}
export type Listener = (...args: never[]) => unknown;
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
  ms: number,
) => { async: boolean; value: Promise<'ok' | 'timed-out'> };

export const own = process as unknown as OwnProcess;
export const { hrtime, moduleLoadList, getBuiltinModule, _getActiveRequests: getActiveRequests } = own;
export const { apply } = Reflect;
export const { create, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isExtensible, setPrototypeOf } =
  Object;
export const OwnFunction = Function;
export const { toString: sourceOf } = OwnFunction.prototype;
export const { includes, slice, startsWith } = String.prototype;
export const { stringify } = JSON;
export const { captureStackTrace } = Error;
export const { for: symbolFor } = Symbol;
export const OwnPromise = Promise;
export const { resolve } = OwnPromise;
export const { then } = OwnPromise.prototype;
export const { prototype: arrayPrototype } = Array;
export const includesItem = arrayPrototype.includes as (this: unknown[], item: unknown) => boolean;
export const OwnBuffer = Buffer;
export const { byteLength } = OwnBuffer;
export const OwnBytes = Uint8Array;
/** A program may run without these: then there is no memory that threads share, and what only others hold is not known. */
export const {
  Atomics: atomics,
  SharedArrayBuffer: SharedMemory,
  WeakRef: WeakReference,
} = globalThis as { Atomics?: Atomics; SharedArrayBuffer?: typeof SharedArrayBuffer; WeakRef?: typeof WeakRef };
export const waitAsync = atomics && (atomics as unknown as { waitAsync?: WaitAsync }).waitAsync;

/** All of them, for the parts that are compiled later; with what they belong to, for names can be replaced. */
export const raw = {
  apply,
  create,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isExtensible,
  setPrototypeOf,
  sourceOf,
  includes,
  slice,
  stringify,
  captureStackTrace,
  symbolFor,
  then,
  arrayPrototype,
  includesItem,
  OwnBuffer,
  byteLength,
  OwnBytes,
  SharedMemory,
  WeakReference,
  waitAsync,
  moduleLoadList,
  getActiveRequests,
  ownKeys: Reflect.ownKeys,
  isArray: Array.isArray as (value: unknown) => value is unknown[],
  bind: Function.prototype.bind,
  call: Function.prototype.call,
  startsWith,
  split: String.prototype.split,
  exec: RegExp.prototype.exec,
  parse: JSON.parse,
  setBytes: OwnBytes.prototype.set,
  bufferFrom: OwnBuffer.from,
  textOfBuffer: (OwnBuffer.prototype as Buffer).toString,
  OwnPromise,
  resolve,
  addToSet: Set.prototype.add,
  deleteFromSet: Set.prototype.delete,
  forEachOfSet: Set.prototype.forEach,
  sizeOfSet: getOwnPropertyDescriptor(Set.prototype, 'size'),
  getOfMap: Map.prototype.get,
  setOfMap: Map.prototype.set,
  deleteFromMap: Map.prototype.delete,
  sizeOfMap: getOwnPropertyDescriptor(Map.prototype, 'size'),
  OwnWeakMap: WeakMap,
  weakGet: WeakMap.prototype.get,
  weakSet: WeakMap.prototype.set,
  deref: WeakReference && WeakReference.prototype.deref,
  ceil: Math.ceil,
  floor: Math.floor,
  imul: Math.imul,
  errorPrototype: Error.prototype,
  /** Node's own, unless another preload came before us. */
  prepareStackTrace: getOwnPropertyDescriptor(Error, 'prepareStackTrace'),
  compareExchange: atomics && atomics.compareExchange,
  load: atomics && atomics.load,
  notify: atomics && atomics.notify,
  store: atomics && atomics.store,
  wait: atomics && atomics.wait,
  binding: own.binding,
  cpuUsage: own.cpuUsage,
  threadCpuUsage: own.threadCpuUsage,
  getActiveResourcesInfo: own.getActiveResourcesInfo,
  getActiveHandles: own._getActiveHandles,
  hasUncaughtExceptionCaptureCallback: own.hasUncaughtExceptionCaptureCallback,
  /** Gives `process.report`: to touch that loads a part of Node. */
  report: getOwnPropertyDescriptor(process, 'report'),
};
export type Raw = typeof raw;
