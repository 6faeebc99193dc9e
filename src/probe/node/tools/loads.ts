// The moment at which Node has loaded a part of its own: it pushes the name of each to a list, whose prototype is one of ours
// until all parts have come that are waited for.
import { arrayPrototype, createObject, defineProperty, getPrototypeOf, isExtensible, setPrototypeOf } from './builtins';

interface Awaited {
  name: string;
  then: () => void;
}
/** Undefined where nothing is waited for. */
let awaited: Awaited[] | undefined;

/**
 * Calls `then` once, inside of Node’s own loading, when the part `id` is there and complete. It must load nothing, for others
 * may be half loaded. Does nothing where it is there already, or where nothing will tell. `then` must not throw.
 */
export function whenLoaded(id: string, then: () => void): void {
  const { moduleLoadList: list } = process as unknown as { moduleLoadList?: unknown[] };
  const one = { name: `NativeModule ${id}`, then };
  if (awaited) {
    awaited[awaited.length] = one;
    return;
  }
  if (!list || !isExtensible(list) || getPrototypeOf(list) !== arrayPrototype) return;
  awaited = [one];
  const trap = createObject(arrayPrototype) as Record<number, unknown>;
  const waitAt = (index: number): void => {
    defineProperty(trap, index, {
      configurable: true,
      set(this: unknown[], value: unknown) {
        defineProperty(this, index, { value, writable: true, enumerable: true, configurable: true });
        delete trap[index];
        const found = take(value);
        if (awaited) waitAt(list.length);
        else setPrototypeOf(list, arrayPrototype);
        found?.then();
      },
    });
  };
  waitAt(list.length);
  setPrototypeOf(list, trap);
}

function take(name: unknown): Awaited | undefined {
  const left: Awaited[] = [];
  let found: Awaited | undefined;
  for (let i = 0; awaited && i < awaited.length; i++) {
    if (!found && awaited[i]!.name === name) found = awaited[i];
    else left[left.length] = awaited[i]!;
  }
  awaited = left.length > 0 ? left : undefined;
  return found;
}
