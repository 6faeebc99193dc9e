// Messages that come faster than they are taken. Pure.
import type { Flow } from '../../facts/messages/flow';

/** How long it must have grown, in µs. */
const LEAST_TIME = 3e6;
const LEAST_MESSAGES = 1000;

export interface Backlog {
  /** When it was longest, and for how many µs it had grown till then. */
  t: number;
  lasted: number;
  most: number;
}

/** The first that grew to its peak for long enough; one burst that is worked off does not count. */
export function backlogOf(posts: Flow, receipts: Flow | undefined): Backlog | undefined {
  let waiting = 0;
  let from: number | undefined;
  let peak = { t: 0, most: 0 };
  const found = (): Backlog | undefined => {
    const lasted = from === undefined ? 0 : peak.t - from;
    return lasted >= LEAST_TIME && peak.most >= LEAST_MESSAGES ? { t: peak.t, lasted, most: peak.most } : undefined;
  };
  for (const [t, change] of changesOf(posts, receipts)) {
    waiting = Math.max(0, waiting + change);
    if (waiting > peak.most) {
      from ??= t;
      peak = { t, most: waiting };
    } else if (waiting <= peak.most / 2) {
      const backlog = found();
      if (backlog) return backlog;
      from = undefined;
      peak = { t, most: waiting };
    }
  }
  return found();
}

/** By time; each at the end of the longer of the two stretches that it may have fallen in. */
function changesOf(posts: Flow, receipts: Flow | undefined): [t: number, change: number][] {
  const step = Math.max(posts.length, receipts?.length ?? 0);
  const changes = new Map<number, number>();
  const add = (t: number, change: number): void => {
    const end = Math.ceil(t / step) * step;
    changes.set(end, (changes.get(end) ?? 0) + change);
  };
  for (const [t, count] of posts.steps()) add(t, count);
  for (const [t, count] of receipts?.steps() ?? []) add(t, -count);
  return [...changes].sort(([a], [b]) => a - b);
}
