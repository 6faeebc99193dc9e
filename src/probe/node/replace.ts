// Puts our hooks where a program does not see them.
import { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } from './builtins';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Replaces a method in place by one that calls `first` and then the original: name, length and flags stay, it cannot be
 * constructed, and what the original gives or throws is handed on. `first` must not throw.
 * Returns false, and changes nothing, when there is no such method or it cannot be replaced.
 */
export function replaceMethod(
  object: object,
  key: PropertyKey,
  first: (self: object, args: unknown[]) => void,
  last?: () => void,
): boolean {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return false;
  const original = descriptor.value as Method;
  // Methods, not functions: they have no `prototype` and cannot be constructed, as the original. One frame of ours
  // stands on the stack while the original runs, and no more.
  const { plain, bracketed } = {
    plain(this: object, ...args: unknown[]): unknown {
      first(this, args);
      return apply(original, this, args);
    },
    bracketed(this: object, ...args: unknown[]): unknown {
      first(this, args);
      try {
        return apply(original, this, args);
      } finally {
        last?.();
      }
    },
  };
  const wrapper = (last ? bracketed : plain) as Method;
  sameFace(wrapper, original);
  defineProperty(object, key, { ...descriptor, value: wrapper });
  return true;
}

export function sameFace(wrapper: Method, original: Method): void {
  for (const key of ['name', 'length'] as const) {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (descriptor) defineProperty(wrapper, key, descriptor);
  }
}

/**
 * Calls `first` whenever one of Node's internal methods, named by its symbol's description, is about to be called.
 * The program's listeners run inside these methods, so no frame of ours may stand below them: the method becomes a getter
 * that gives the original. Returns false, and changes nothing, when this Node has no such method.
 */
export function beforeInternal(object: object, description: string, first: (self: object) => void): boolean {
  const key = ownKeys(object).find((k) => typeof k === 'symbol' && k.description === description);
  if (key === undefined) return false;
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return false;
  let method: unknown = descriptor.value;
  defineProperty(object, key, {
    configurable: true,
    enumerable: descriptor.enumerable ?? false,
    get(this: object): unknown {
      first(this);
      return method;
    },
    set(value: unknown) {
      method = value;
    },
  });
  return true;
}
