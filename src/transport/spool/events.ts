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
