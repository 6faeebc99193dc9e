// Of what type an event is that Node is about to dispatch on a port: it looks up who listens for that type in a map that it
// keeps for each port. That look-up is heard, and is over before any listener runs.
import { defineProperty, getOfMap, uncurried } from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';

const KEY = 'kEvents';
const ofMap = uncurried(getOfMap as (this: object, key: unknown) => unknown);

/** @param hear called with each type that is looked up, and whether anybody listens for it; must not throw */
export function hearTypes(port: object, hear: (type: unknown, isHeard: boolean) => void): void {
  const map = valueOfSymbol(port, KEY);
  if (!map) return;
  const { get } = {
    get(this: object, type: unknown): unknown {
      const listeners = ofMap(this, type);
      hear(type, isAny(listeners));
      return listeners;
    },
  };
  defineProperty(map, 'get', { value: get, writable: true, configurable: true, enumerable: false });
}

/** Whether anybody listens on it for events of that type. */
export function isListenedTo(target: object, type: string): boolean {
  const map = valueOfSymbol(target, KEY);
  return map !== undefined && isAny(ofMap(map, type));
}

/** Node keeps the listeners as a list that hangs on its first link. */
const isAny = (first: unknown): boolean => valueAt(first, 'next') !== undefined;
