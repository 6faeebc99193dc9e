// Puts our hooks where a program does not see them.
import { apply, defineProperty, getOwnPropertyDescriptor } from './builtins';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Replaces a method in place by one that calls `first` and then the original: name, length and flags stay, it cannot be
 * constructed, and what the original gives or throws is handed on. `last` is called however the original ends, with what
 * it gives, if anything; `after` only with what it gives. None of them may throw.
 * Returns false, and changes nothing, when there is no such method or it cannot be replaced.
 */
export function replaceMethod(
  object: object,
  key: PropertyKey,
  first: (self: object, args: unknown[]) => void,
  last?: (result: unknown) => void,
  after?: (args: unknown[], result: unknown) => void,
): boolean {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return false;
  const original = descriptor.value as Method;
  // Methods, not functions: they have no `prototype` and cannot be constructed, as the original. One frame of ours
  // stands on the stack while the original runs, and no more.
  const { plain, bracketed, followed } = {
    plain(this: object, ...args: unknown[]): unknown {
      first(this, args);
      return apply(original, this, args);
    },
    bracketed(this: object, ...args: unknown[]): unknown {
      first(this, args);
      let result: unknown;
      try {
        return (result = apply(original, this, args));
      } finally {
        last?.(result);
      }
    },
    followed(this: object, ...args: unknown[]): unknown {
      first(this, args);
      const result = apply(original, this, args);
      after?.(args, result);
      return result;
    },
  };
  const wrapper = (last ? bracketed : after ? followed : plain) as Method;
  sameFace(wrapper, original);
  defineProperty(object, key, { ...descriptor, value: wrapper });
  return true;
}

export function sameFace(wrapper: Method, original: Method): void {
  sameKey(wrapper, original, 'name');
  sameKey(wrapper, original, 'length');
  sameKey(wrapper, original, 'prototype');
}

function sameKey(wrapper: Method, original: Method, key: string): void {
  const descriptor = getOwnPropertyDescriptor(original, key);
  if (descriptor) defineProperty(wrapper, key, descriptor);
}

/**
 * Calls `first` whenever a method is looked up, which is when it is about to be called. The program's code may run inside
 * it, or read its errors, so no frame of ours may stand there: the method becomes a getter that gives the original.
 * Returns false, and changes nothing, when this Node has no such method.
 */
export function beforeLookup(object: object, key: PropertyKey, first: (self: object) => void): boolean {
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
