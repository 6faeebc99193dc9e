// Hears the next event of one kind that an emitter emits, without being one of its listeners for anyone to see: it is put
// in front of them by hand, and is gone again before the first of them runs.

type Listener = (this: unknown, ...args: unknown[]) => unknown;
/** How Node keeps listeners: none, one alone, or a list. */
interface Emitter {
  _events?: Record<PropertyKey, Listener | Listener[] | undefined>;
  _eventsCount: number;
}

/** `hear` must not throw. Does nothing for an emitter that keeps its listeners in another way. */
export function hearNext(emitter: object, event: PropertyKey, hear: (args: unknown[]) => void): void {
  const target = emitter as Emitter;
  const events = target._events;
  if (!events || typeof target._eventsCount !== 'number') return;
  const before = events[event];
  const ours: Listener = (...args) => {
    // The emitter has taken its list of listeners before it calls the first.
    restore(target, event, ours, before);
    hear(args);
  };
  if (before === undefined) target._eventsCount++;
  events[event] = before === undefined ? ours : typeof before === 'function' ? [ours, before] : [ours, ...before];
}

function restore(target: Emitter, event: PropertyKey, ours: Listener, before: Listener | Listener[] | undefined): void {
  const now = target._events?.[event];
  const isOurs = now === ours || (Array.isArray(now) && now[0] === ours);
  if (!target._events || !isOurs) return; // the program took all listeners away meanwhile
  if (before === undefined) {
    delete target._events[event];
    target._eventsCount--;
  } else target._events[event] = before;
}
