// Hears the next event of one kind that an emitter emits, without being one of its listeners for anyone to see: it is put
// in front of them by hand just before the event, and is gone again before the first of them runs.
import { events } from './builtins';

const emitters = events().EventEmitter.prototype;

type Listener = (this: unknown, ...args: unknown[]) => unknown;
/** How Node keeps listeners: none, one alone, or a list. */
interface Emitter {
  emit?: unknown;
  _events?: Record<PropertyKey, Listener | Listener[] | undefined>;
  _eventsCount: number;
}

/**
 * `hear` must not throw. Does nothing for an emitter that keeps its listeners in another way. Returns what takes it back:
 * to be called when the event has not come before the program's own code runs.
 */
export function hearNext(emitter: object, event: PropertyKey, hear: (first: unknown) => void): () => void {
  const target = emitter as Emitter;
  const events = target._events;
  if (!events || typeof target._eventsCount !== 'number') return () => undefined;
  const before = events[event];
  const ours: Listener = (first) => {
    // The emitter has taken its list of listeners before it calls the first.
    takeBack(target, event, ours);
    hear(first);
  };
  if (before === undefined) target._eventsCount++;
  events[event] = before === undefined ? ours : typeof before === 'function' ? [ours, before] : withOurs(before, ours);
  return () => takeBack(target, event, ours);
}

/** A program that has an `emit` of its own sees each event that Node emits: it must see none on our account. */
export const emitsPlainly = (emitter: object): boolean => (emitter as Emitter).emit === emitters.emit;

/** Leaves what the program has added meanwhile. Harmless when ours is gone already. */
function takeBack(target: Emitter, event: PropertyKey, ours: Listener): void {
  const events = target._events;
  const now = events?.[event];
  if (!events || now === undefined) return;
  if (now === ours) {
    delete events[event];
    target._eventsCount--;
  } else if (typeof now === 'object') {
    const others = withoutOurs(now, ours);
    events[event] = others.length === 1 ? others[0] : others;
  }
}

function withOurs(listeners: Listener[], ours: Listener): Listener[] {
  const all = [ours];
  for (let i = 0; i < listeners.length; i++) all[i + 1] = listeners[i]!;
  return all;
}

function withoutOurs(listeners: Listener[], ours: Listener): Listener[] {
  const others: Listener[] = [];
  for (let i = 0; i < listeners.length; i++) if (listeners[i] !== ours) others[others.length] = listeners[i]!;
  return others;
}
