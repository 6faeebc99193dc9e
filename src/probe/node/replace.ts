// Replaces methods in place, so that what a program sees of them stays as it was: name, length, flags, no constructor.
import { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } from './builtins';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** `original` is to be called exactly once, and what it gives or throws handed on. */
export type Around = (self: object, args: unknown[], original: () => unknown) => unknown;

/** Returns false, and changes nothing, when there is no such method or it cannot be replaced. */
export function replaceMethod(object: object, key: PropertyKey, around: Around): boolean {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return false;
  const original = descriptor.value as Method;
  // A method, not a function: it has no `prototype` and cannot be constructed, as the original.
  const { wrapper } = {
    wrapper(this: object, ...args: unknown[]): unknown {
      return around(this, args, () => apply(original, this, args));
    },
  };
  sameFace(wrapper as Method, original);
  defineProperty(object, key, { ...descriptor, value: wrapper });
  return true;
}

export function sameFace(wrapper: Method, original: Method): void {
  for (const key of ['name', 'length'] as const) {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (descriptor) defineProperty(wrapper, key, descriptor);
  }
}

/** The own symbol key with this description: Node's internal methods have no other name. */
export function symbolNamed(object: object, description: string): symbol | undefined {
  return ownKeys(object).find((key): key is symbol => typeof key === 'symbol' && key.description === description);
}
