// Of what type an event is that Node is about to dispatch on a port: it looks up who listens for that type in a map that it
// keeps for each port. That look-up is heard, and is over before any listener runs.
import { defineProperty, getOfMap, uncurried } from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';

const KEY = 'kEvents';
const ofMap = uncurried(getOfMap as (this: object, key: unknown) => unknown);

/** Called with what comes, before anybody who listens for it. */
export type Before = (message: unknown) => void;

/**
 * @param hear called with each type that is looked up, and whether anybody listens for it; may give what is to hear this one
 * event before; must not throw
 */
export function hearTypes(port: object, hear: (type: unknown, isHeard: boolean) => Before | undefined): void {
  const map = valueOfSymbol(port, KEY);
  if (!map) return;
  const { get } = {
    get(this: object, type: unknown): unknown {
      const listeners = ofMap(this, type);
      const isHeard = isAny(listeners);
      const before = hear(type, isHeard);
      return before && isHeard ? withFirst(listeners as Link, before) : listeners;
    },
  };
  defineProperty(map, 'get', { value: get, writable: true, configurable: true, enumerable: false });
}

/** Whether anybody listens on it for events of that type. */
export function isListenedTo(target: object, type: string): boolean {
  const map = valueOfSymbol(target, KEY);
  return map !== undefined && isAny(ofMap(map, type));
}

interface Link {
  next: Link;
  resistStopPropagation: unknown;
}

/** The same list with one more in front, for this event alone: it is over before the first of the program's runs. */
const withFirst = ({ next, resistStopPropagation }: Link, before: Before): object => ({
  ...{ __proto__: null, resistStopPropagation },
  next: {
    ...{ __proto__: null, next, callback: before, isNodeStyleListener: true },
    ...{ once: false, passive: false, removed: false, weak: false, resistStopPropagation: false },
  },
});

/** Node keeps the listeners as a list that hangs on its first link. */
const isAny = (first: unknown): boolean => valueAt(first, 'next') !== undefined;
