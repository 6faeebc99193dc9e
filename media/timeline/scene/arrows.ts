// What goes between lanes, of the chosen thread: its messages, who woke it or was woken by it, who waited for whom, and whom its
// process was held by; while none is chosen, who waits for whom now. Pure.
import type { SeenMessages } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
import type { Lane, Run } from '../data/run';
import type { Rows } from '../rows/rows';
import type { TimeScale } from '../time/scales';
import type { Arrow, Arrows } from './types';

export interface ArrowPlan {
  run: Run;
  rows: Rows;
  answers: TrackAnswers | undefined;
  /** Key of the thread that is chosen. */
  selected: string | undefined;
  /** From µs since the run began to px. */
  x: TimeScale;
  /** µs on the adapter's clock. */
  now: number;
  rowHeight: number;
  /** Middle of a bar, in px from the top of its row. */
  middle: number;
  /** px in view, from the left edge of the time area and from the top of the first row. */
  view: { width: number; top: number; bottom: number };
}

export function arrowsOf(plan: ArrowPlan): Arrows {
  const { messages, wakes } = plan.answers ?? {};
  const posted = messages ? sent(plan, messages, 'message') : NO_ARROWS;
  const wakeUps = wakes ? sent(plan, wakes, 'wake') : NO_ARROWS;
  const list = [...posted.list, ...wakeUps.list, ...holds(plan), ...waits(plan)].filter((arrow) =>
    isInView(arrow, plan.view),
  );
  return { list, more: posted.more + wakeUps.more };
}

const NO_ARROWS: Arrows = { list: [], more: 0 };

function sent(plan: ArrowPlan, messages: SeenMessages, kind: 'message' | 'wake'): Arrows {
  const { run, x, now } = plan;
  const list: Arrow[] = [];
  let { more } = messages;
  const heights = messages.threads.map((key) => heightOf(key, plan));
  const endOf = (key: string): number => run.byKey.get(key)?.ended?.t ?? now;
  for (let i = 0; i < messages.posted.length; i++) {
    const [y1, y2] = [heights[messages.from[i]!], heights[messages.to[i]!]];
    // Within one row there is nothing between lanes: it would be a dash.
    if (y1 === undefined || y2 === undefined || y1 === y2) {
      more++;
      continue;
    }
    const received = messages.received[i]!;
    const isRead = !Number.isNaN(received);
    const until = isRead ? received : endOf(messages.threads[messages.to[i]!]!);
    list.push({
      kind: isRead ? kind : 'unread',
      x1: x(messages.posted[i]! - run.origin),
      y1,
      x2: x(until - run.origin),
      y2,
    });
  }
  return { list, more };
}

/** From main, each time that others come to hold it, to each of those; of another thread those that lead to it. */
function holds(plan: ArrowPlan): Arrow[] {
  const { run, selected, x } = plan;
  const lane = selected === undefined ? undefined : run.byKey.get(selected);
  const main = lane && run.lanes.find(({ process, thread }) => process === lane.process && thread.kind === 'main');
  const y1 = main && heightOf(main.key, plan);
  if (y1 === undefined) return [];
  let before: readonly string[] = [];
  return lane!.process.holds.flatMap(({ from, threads }) => {
    const begun = threads.filter((key) => !before.includes(key) && (lane === main || key === selected));
    before = threads;
    const at = x(from - run.origin);
    return begun.flatMap((key): Arrow[] => {
      const y2 = heightOf(key, plan);
      return y2 === undefined || y2 === y1 ? [] : [{ kind: 'hold', x1: at, y1, x2: at, y2 }];
    });
  });
}

/** From who waits to who is waited for, where the wait begins or, if that is out of view, where the view does. */
function waits(plan: ArrowPlan): Arrow[] {
  const { run, selected, x, now } = plan;
  return waitersIn(run).flatMap(({ key, thread, ended }) =>
    (thread.waits ?? []).flatMap(({ from, to, whom }): Arrow[] => {
      const isGoingOn = to === undefined && !ended;
      if (selected === undefined ? !isGoingOn : selected !== key && selected !== whom) return [];
      const [y1, y2] = [heightOf(key, plan), heightOf(whom, plan)];
      if (y1 === undefined || y2 === undefined || y1 === y2 || x((to ?? ended?.t ?? now) - run.origin) < 0) return [];
      const at = Math.max(x(from - run.origin), 0);
      return [{ kind: 'wait', x1: at, y1, x2: at, y2 }];
    }),
  );
}

const waiters = new WeakMap<Run, Lane[]>();

/** In most runs nobody, of thousands of lanes. */
function waitersIn(run: Run): Lane[] {
  let found = waiters.get(run);
  if (!found) waiters.set(run, (found = run.lanes.filter(({ thread }) => thread.waits !== undefined)));
  return found;
}

const isInView = ({ x1, x2, y1, y2 }: Arrow, { width, top, bottom }: ArrowPlan['view']): boolean =>
  Math.max(x1, x2) >= 0 && Math.min(x1, x2) <= width && Math.max(y1, y2) >= top && Math.min(y1, y2) <= bottom;

/** Middle of the thread's own bar, else of the row that it is folded into; px from the top of the first row. */
function heightOf(key: string, { run: { byKey }, rows: { positions }, rowHeight, middle }: ArrowPlan) {
  for (let lane = byKey.get(key); lane; lane = lane.owner && byKey.get(lane.owner.key)) {
    const position = positions.get(lane.key) ?? (lane.pool && positions.get(lane.pool.key));
    if (position !== undefined) return position * rowHeight + middle;
  }
  return undefined;
}
