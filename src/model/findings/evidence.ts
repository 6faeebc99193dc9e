// What the rules look at: one process, with each of its workers as it is or was. Pure.
import type { Ending, Holder, ThreadActivity, Unfinished } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import { activityPicture } from '../conclusions/activityPicture';
import type { Conclusions } from '../conclusions/conclusions';
import { isCutOff, isDaemon } from '../conclusions/cutOff';
import { endingOf, wasStopped } from '../conclusions/endings';
import { ownerOf } from '../conclusions/once';
import { keepsAlive } from '../conclusions/flips';
import { labelOf } from '../conclusions/labels';
import type { Pool } from '../conclusions/pools';
import { leftUndone } from '../conclusions/undone/unfinished';
import { isMain, seenThreads, type ProcessFacts, type ThreadFacts } from '../facts/facts';

export interface Evidence extends Conclusions {
  /** Without main and Node's own. */
  workers: Suspect[];
}

export interface Suspect {
  process: ProcessFacts;
  thread: ThreadFacts;
  owner?: ThreadFacts;
  label: string;
  ended?: Ending;
  activity?: ThreadActivity;
  unfinished: Unfinished[];
  /** Anything is known of that. */
  knowsUnfinished: boolean;
  pool?: Pool;
  /** At its end or now; undefined: not known. */
  daemon?: boolean;
  /** The call that made it a daemon. */
  madeDaemonAt?: Site;
}

/** One that keeps a process alive that will not end by itself. */
export interface Held {
  process: ProcessFacts;
  holder: Holder;
  /** All of them. */
  holders: Holder[];
  workers: Suspect[];
  /** The worker that holds, or the first of the pool. */
  thread?: ThreadFacts;
  pool?: Pool;
  /** Since when main has only waited, in µs. */
  since: number;
}

export function evidenceOf(conclusions: Conclusions): Evidence {
  const { process, pools } = conclusions;
  const workers = seenThreads(process)
    .filter((thread) => !isMain(thread) && !thread.start?.internal)
    .map((thread) => suspect(process, thread, pools.of.get(thread)));
  return { ...conclusions, workers };
}

export function suspect(process: ProcessFacts, thread: ThreadFacts, pool: Pool | undefined): Suspect {
  const ended = endingOf(process, thread);
  const activity = activityPicture(process, thread);
  const owner = ownerOf(process, thread);
  const flips = keepsAlive(process, thread);
  const daemon = isDaemon({ keepsAlive: flips });
  const last = flips.at(-1);
  const unfinished = leftUndone(process, thread, activity, ended);
  return {
    process,
    thread,
    ...(owner ? { owner } : {}),
    label: labelOf(thread),
    ...(ended ? { ended } : {}),
    ...(activity ? { activity } : {}),
    unfinished: unfinished ?? [],
    knowsUnfinished: unfinished !== undefined,
    ...(pool ? { pool } : {}),
    ...(daemon === undefined ? {} : { daemon }),
    ...(daemon && last?.at && last.by !== 'listener' ? { madeDaemonAt: last.at } : {}),
  };
}

/** Its ending, if that cut it off. */
export const cutOffOf = ({ ended }: Pick<Suspect, 'ended'>): Ending | undefined =>
  ended && isCutOff(ended) ? ended : undefined;

/** How long main must have waited, in µs. */
const LONG_ENOUGH = 2e6;

/**
 * None where the process may still end by itself. All of them have to go before it does. Nor of threads that wait for each
 * other: who makes daemons of them only has their work lost.
 */
export function heldIn({ process, alive, deadlock, lockCycle, workers, pools }: Evidence): Held[] {
  if (
    deadlock ||
    lockCycle ||
    !alive?.stuck ||
    alive.waitingSince === undefined ||
    alive.t - alive.waitingSince < LONG_ENOUGH
  )
    return [];
  const { holders, waitingSince: since } = alive;
  return holders.map((holder) => {
    const isThread = holder.kind === 'worker' || holder.kind === 'pool';
    const pool = isThread ? pools.all.find(({ key }) => key === holder.pool) : undefined;
    const worker = isThread ? workers.find(({ thread }) => thread.key === holder.thread) : undefined;
    const thread = worker?.thread ?? pool?.threads[0];
    return { process, holder, holders, workers, since, ...(thread ? { thread } : {}), ...(pool ? { pool } : {}) };
  });
}

/** A person stopped the process, and whatever it was at: that says nothing about the program. */
export const isOfStop = ({ process, ended }: Pick<Suspect, 'process' | 'ended'>): boolean =>
  ended?.by === 'signal' && process.end !== undefined && wasStopped(process, process.end.t) && !process.findsOnStop;
