// Node's and JavaScript's own functions, taken when the probe loads: the program may replace them later, and must neither
// be called by us through them nor change what we do.
//
// Modules are imported by name throughout the probe: for a whole one the bundler copies it, property by property, which
// loads parts of Node that the program never uses, in each of its threads.

type AnyFunction = (...args: never[]) => unknown;
/** A method as a function of its receiver. */
type Uncurried<F> = F extends (this: infer T, ...args: infer A) => infer R ? (self: T, ...args: A) => R : never;

const { bind, call } = Function.prototype;

export const uncurried = <F extends AnyFunction>(method: F): Uncurried<F> =>
  (bind as (...args: unknown[]) => Uncurried<F>).call(call, method);

export const { apply, ownKeys } = Reflect;
export const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
export const { stringify } = JSON;
export const byteLength = Buffer.byteLength.bind(Buffer);

const hrtime = process.hrtime.bigint.bind(process.hrtime);
const THOUSAND = BigInt(1000);

/** µs on the system's monotonic clock, the same in all threads. */
export const now = (): number => Number(hrtime() / THOUSAND);

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
const weakGet = uncurried(WeakMap.prototype.get) as (map: WeakMap<object, unknown>, key: object) => unknown;
const weakSet = uncurried(WeakMap.prototype.set) as (map: WeakMap<object, unknown>, key: object, v: unknown) => unknown;

/** A built-in module, for what only newer Nodes have in it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const newer = <M>(name: 'util' | 'worker_threads'): M => require(name) as M;
