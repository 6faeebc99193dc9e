// The moment at which Node has loaded a part of its own: it pushes the name of each to a list, whose prototype is one of ours
// until that part has come.
import { arrayPrototype, createObject, defineProperty, getPrototypeOf, isExtensible, setPrototypeOf } from './builtins';

/**
 * Calls `then` once, inside of Node’s own loading, when the part `id` is there and complete. It must load nothing, for others
 * may be half loaded. Does nothing where it is there already, or where nothing will tell. `then` must not throw.
 */
export function whenLoaded(id: string, then: () => void): void {
  const { moduleLoadList: list } = process as unknown as { moduleLoadList?: unknown[] };
  if (!list || !isExtensible(list) || getPrototypeOf(list) !== arrayPrototype) return;
  const name = `NativeModule ${id}`;
  const trap = createObject(arrayPrototype) as Record<number, unknown>;
  const waitAt = (index: number): void => {
    defineProperty(trap, index, {
      configurable: true,
      set(this: unknown[], value: unknown) {
        defineProperty(this, index, { value, writable: true, enumerable: true, configurable: true });
        delete trap[index];
        if (value !== name) return waitAt(list.length);
        setPrototypeOf(list, arrayPrototype);
        then();
      },
    });
  };
  waitAt(list.length);
  setPrototypeOf(list, trap);
}
