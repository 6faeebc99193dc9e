// What happened to threads, moment by moment, to go from one to the next. Pure.
import type { Lane, Run } from '../data/run';

export interface LaneEvent {
  lane: Lane;
  /** µs since the run began. */
  t: number;
}

/** The nearest after `t` (before it, for -1) of these lanes; of several at once the first lane's. */
export function nextEvent(
  lanes: Iterable<Lane>,
  { origin }: Pick<Run, 'origin'>,
  t: number,
  direction: 1 | -1,
): LaneEvent | undefined {
  let best: LaneEvent | undefined;
  for (const lane of lanes) {
    for (const moment of momentsOf(lane)) {
      const at = moment - origin;
      const away = (at - t) * direction;
      if (away > 0 && (!best || away < (best.t - t) * direction)) best = { lane, t: at };
    }
  }
  return best;
}

function* momentsOf({ thread, ended }: Lane): Iterable<number> {
  yield thread.startedAt;
  if (thread.onlineAt !== undefined) yield thread.onlineAt;
  for (const { t, run } of thread.refs.slice(1)) {
    if (run) yield run.since;
    yield t;
  }
  for (const { t } of thread.terminateCalls) yield t;
  if (thread.error) yield thread.error.t;
  if (ended) yield ended.t;
}
