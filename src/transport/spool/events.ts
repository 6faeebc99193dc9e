// Events out of the lines of a spool file or of a recording.
import { asLifecycleEvent, type LifecycleEvent } from '../../protocol/probeEvents';

/** Events of a file, as many as are read at once. */
export interface Batch {
  events: LifecycleEvent[];
  /** Number of lines that were none. */
  damaged: number;
}

/** Of a spool file, or of a recording's body. */
export function eventsIn(lines: string[]): Batch {
  const events: LifecycleEvent[] = [];
  let damaged = 0;
  for (const line of lines) {
    const event = eventIn(line);
    if (event) events.push(event);
    else damaged++;
  }
  return { events, damaged };
}

function eventIn(line: string): LifecycleEvent | undefined {
  try {
    return asLifecycleEvent(parsed(line));
  } catch {
    return undefined; // whatever is wrong with it costs no other line
  }
}

/** All in one. */
export function together(batches: Iterable<Batch>): Batch {
  const all: Batch = { events: [], damaged: 0 };
  for (const { events, damaged } of batches) {
    for (const event of events) all.events.push(event);
    all.damaged += damaged;
  }
  return all;
}

/** Files that tell of one thing, one after the other; each source is in the order of time. */
export interface Source {
  /** It tells of nothing before; in µs. */
  from: number;
  batches: Iterable<Batch>;
}

interface OpenSource {
  batches: Iterator<Batch>;
  /** All before has been taken from it. */
  upTo: number;
}

/**
 * What several sources hold, by time: always from the one that is furthest behind, so that no more is kept than a batch of
 * each that is under way. No source may throw.
 */
export function* inOrder(sources: Source[]): Iterable<Batch> {
  const open = new Set(sources.map(({ from, batches }) => ({ batches: batches[Symbol.iterator](), upTo: from })));
  let waiting: LifecycleEvent[] = [];
  let until = -Infinity;
  while (open.size > 0) {
    const behind = furthestBehind(open);
    const next = behind.batches.next();
    if (next.done) open.delete(behind);
    const { events, damaged }: Batch = next.done ? { events: [], damaged: 0 } : next.value;
    for (const event of events) {
      behind.upTo = Math.max(behind.upTo, event.t);
      waiting.push(event);
    }
    const before = until;
    until = open.size === 0 ? Infinity : Math.max(until, furthestBehind(open).upTo);
    const due = until > before ? waiting.filter(({ t }) => t <= until) : [];
    if (due.length > 0) waiting = waiting.filter(({ t }) => t > until);
    if (due.length > 0 || damaged > 0) yield { events: byTime(due), damaged };
  }
}

const furthestBehind = (open: Iterable<OpenSource>): OpenSource =>
  [...open].reduce((least, source) => (source.upTo < least.upTo ? source : least));

const byTime = (events: LifecycleEvent[]): LifecycleEvent[] => events.sort((a, b) => a.t - b.t);

/** Undefined when it is no JSON. Most that is none is not tried: to say what is wrong with it would cost much. */
export function parsed(line: string): unknown {
  if (!BEGINS_AS_OBJECT.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // counted by the caller as damaged
  }
}
const BEGINS_AS_OBJECT = /^\s*\{/;
