// Messages of the chosen threads as arrows: from where and when they were posted to where and when they were taken. Pure.
import type { Known } from './answers';
import type { Rows } from './rows/rows';
import type { Run } from './run';
import type { TimeScale } from './scales';

export interface Arrow {
  x1: number;
  y1: number;
  /** Where it was taken; of one that never was, where its receiver ended or lives now. */
  x2: number;
  y2: number;
  isRead: boolean;
}

export interface Arrows {
  list: Arrow[];
  /** Messages in view that are not among them: too many, or between rows that are not shown. */
  more: number;
}

export const NO_ARROWS: Arrows = { list: [], more: 0 };

export interface ArrowPlan {
  run: Run;
  rows: Rows;
  known: Known | undefined;
  /** From µs since the run began to px. */
  x: TimeScale;
  /** µs on the adapter's clock. */
  now: number;
  rowHeight: number;
  /** Of a bar, from the top of its row. */
  middle: number;
  /** px in view, from the left edge of the time area and from the top of the first row. */
  view: { width: number; top: number; bottom: number };
}

export function arrowsOf({ run, rows, known, x, now, rowHeight, middle, view }: ArrowPlan): Arrows {
  const messages = known?.messages;
  if (!messages) return NO_ARROWS;
  const list: Arrow[] = [];
  let more = messages.more;
  const places = messages.threads.map((key) => placeOf(key, run, rows));
  const endOf = (key: string): number => run.byKey.get(key)?.ended?.t ?? now;
  for (let i = 0; i < messages.posted.length; i++) {
    const [from, to] = [places[messages.from[i]!], places[messages.to[i]!]];
    if (from === undefined || to === undefined) {
      more++;
      continue;
    }
    const received = messages.received[i]!;
    const isRead = !Number.isNaN(received);
    const arrow: Arrow = {
      x1: x(messages.posted[i]! - run.origin),
      y1: from * rowHeight + middle,
      x2: x((isRead ? received : endOf(messages.threads[messages.to[i]!]!)) - run.origin),
      y2: to * rowHeight + middle,
      isRead,
    };
    if (isInView(arrow, view)) list.push(arrow);
  }
  return { list, more };
}

const isInView = ({ x1, x2, y1, y2 }: Arrow, { width, top, bottom }: ArrowPlan['view']): boolean =>
  Math.max(x1, x2) >= 0 && Math.min(x1, x2) <= width && Math.max(y1, y2) >= top && Math.min(y1, y2) <= bottom;

/** Of the thread's own row, else of what it is folded into. */
function placeOf(key: string, { byKey }: Run, { positions }: Rows): number | undefined {
  for (let lane = byKey.get(key); lane; lane = lane.owner && byKey.get(lane.owner.key)) {
    const place = positions.get(lane.key) ?? (lane.pool && positions.get(lane.pool.key));
    if (place !== undefined) return place;
  }
  return undefined;
}
