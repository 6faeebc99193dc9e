// A thread that waits at the end of its event loop for the threads of the loop's executor. Pure.
import type { Wait } from '../../../protocol/probeEvents';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import type { PastWait } from '../../facts/waiting/waitLog';
import { endedApart } from '../endings';

/** Shorter ones are no one's concern, in µs. */
const LEAST = 0.05e6;

/** That it is such a wait is in its kind: a thread of the runtime's own, for which it is, joins the others one by one. */
export const isLoopEnd = ({ what }: Wait): boolean => what === 'asyncio-run' || what === 'loop-shutdown';

/** For whom, in the end, a thread waits right before a moment, in µs. */
export function awaitedBy(process: ProcessFacts, wait: Wait, moment: number): ThreadFacts | undefined {
  const first = wait.whom === undefined ? undefined : process.threads.get(wait.whom);
  if (!first || !isLoopEnd(wait)) return first;
  const whom = first.waits?.at(moment)?.whom ?? first.waits?.past.at(-1)?.whom;
  return whom === undefined ? undefined : process.threads.get(whom);
}

export interface LoopEnd {
  wait: Wait;
  /** In µs; `to` is absent while it lasts, and where the process ended in it. */
  from: number;
  to?: number;
  threads: ThreadFacts[];
  /** It ended although they had not, as by Ctrl-C. */
  broken?: true;
}

/** Such waits of main, with the threads for which each was. */
export function loopEnds(process: ProcessFacts): LoopEnd[] {
  const { past = [], current } = mainOf(process)?.waits ?? {};
  const waits: (Wait | PastWait)[] = [...past, ...(current ? [current] : [])];
  return waits.filter(isLoopEnd).flatMap((wait): LoopEnd[] => {
    const to = 'until' in wait ? wait.until : undefined;
    const threads = threadsOf(process, wait, to ?? Infinity);
    const lasted = (to ?? Infinity) - wait.t;
    if (threads.length === 0 || lasted < LEAST) return [];
    const isBroken = 'until' in wait && wait.outcome !== 'done';
    const ends = { ...(to === undefined ? {} : { to }), ...(isBroken ? { broken: true as const } : {}) };
    return [{ wait, from: wait.t, threads, ...ends }];
  });
}

/** Those that had not ended, or took at least that long to. */
function threadsOf(process: ProcessFacts, wait: Wait, to: number): ThreadFacts[] {
  const { past = [], current } = process.threads.get(wait.whom ?? -1)?.waits ?? {};
  const joins: (Wait | PastWait)[] = [...past, ...(current ? [current] : [])];
  const threads = joins.flatMap(({ whom, t }) =>
    whom !== undefined && t < to ? (process.threads.get(whom) ?? []) : [],
  );
  return [...new Set(threads)].filter((thread) => (endedApart(process, thread)?.t ?? Infinity) - wait.t >= LEAST);
}
