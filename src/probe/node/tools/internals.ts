// Ways of `replace.ts` that only the other parts of the probe need: what stands under Node's internal symbols.
import { defineProperty, getOwnPropertyDescriptor, ownKeys } from './builtins';
import { beforeLookup, replaceMethod } from './replace';

/** As `replaceMethod`, where the original is to be had by whoever looks it up while `needed` says no. */
export function replaceMethodWhile(
  object: object,
  key: PropertyKey,
  needed: () => boolean,
  first: (self: object, args: unknown[]) => void,
): boolean {
  const original = getOwnPropertyDescriptor(object, key);
  if (!replaceMethod(object, key, first)) return false;
  const wrapper = getOwnPropertyDescriptor(object, key)?.value as unknown;
  let method: unknown = original?.value;
  defineProperty(object, key, {
    configurable: true,
    enumerable: original?.enumerable ?? false,
    get: () => (method === original?.value && needed() ? wrapper : method),
    set: (value: unknown) => (method = value),
  });
  return true;
}

/** As `beforeLookup`, for one of Node's internal methods, named by its symbol's description. */
export function beforeInternal(object: object, description: string, first: (self: object) => void): boolean {
  const key = symbolOf(object, description);
  return key !== undefined && beforeLookup(object, key, first);
}

/** The object that stands under an internal symbol of this description. */
export function valueOfSymbol(object: object, description: string): object | undefined {
  const key = symbolOf(object, description);
  return key && (getOwnPropertyDescriptor(object, key)?.value as object | undefined);
}

/** A property of its own that is no accessor: no code of the program's runs. */
export const valueAt = (object: unknown, key: PropertyKey): unknown =>
  typeof object === 'object' && object !== null ? getOwnPropertyDescriptor(object, key)?.value : undefined;

function symbolOf(object: object, description: string): symbol | undefined {
  const keys = ownKeys(object);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (typeof key === 'symbol' && key.description === description) return key;
  }
  return undefined;
}
