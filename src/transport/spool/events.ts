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
    const event = asLifecycleEvent(parsed(line));
    if (event) events.push(event);
    else damaged++;
  }
  return { events, damaged };
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

interface Source {
  batches: Iterator<Batch>;
  /** Time of the last event that was taken from it. */
  upTo: number;
}

/**
 * What several files hold, by time, each of which is in the order of time: always from the file that is furthest behind,
 * so that no more is kept than a batch of each.
 */
export function* inOrder(files: Iterable<Batch>[]): Iterable<Batch> {
  let open = files.map((file): Source => ({ batches: file[Symbol.iterator](), upTo: -Infinity }));
  let waiting: LifecycleEvent[] = [];
  let given = -Infinity;
  while (open.length > 0) {
    const behind = open.reduce((least, source) => (source.upTo < least.upTo ? source : least));
    const next = behind.batches.next();
    const batch: Batch = next.done ? { events: [], damaged: 0 } : next.value;
    if (next.done) open = open.filter((source) => source !== behind);
    for (const event of batch.events) {
      behind.upTo = Math.max(behind.upTo, event.t);
      waiting.push(event);
    }
    const until = open.reduce((least, { upTo }) => Math.min(least, upTo), Infinity);
    const events = until > given ? waiting.filter(({ t }) => t <= until).sort((a, b) => a.t - b.t) : [];
    if (events.length > 0) waiting = waiting.filter(({ t }) => t > until);
    given = Math.max(given, until);
    yield { events, damaged: batch.damaged };
  }
}

/** Undefined when it is no JSON. */
export function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // counted by the caller as damaged
  }
}
