// What a process waited for once main's code was over, where the runtime has such a time. Pure.
import type { AfterMain } from '../../protocol/picture';
import type { ExitPhase, Wait } from '../../protocol/probeEvents';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import type { PastWait } from '../facts/waiting/waitLog';
import { endedApart } from './endings';
import { once } from './once';
import { loopEnds } from './waiting/loopEnds';
import { waitText, withWhat } from './waiting/waitWords';

export interface HoldUp {
  phase: ExitPhase['phase'];
  /** In µs; `to` is absent while it lasts, and where the process ended in it. */
  from: number;
  to?: number;
  /** Those for whom it waited, and that had not ended before. */
  threads: ThreadFacts[];
  /** In what main waited, where that is no wait for threads alone. */
  wait?: Wait;
  /** It ended although that for which it waited had not come: an exception broke it off, as by Ctrl-C. */
  broken?: true;
}

/** Shorter ones are no one's concern, in µs. */
const LEAST = 0.05e6;
/** A thread tells its end, and whoever waits goes on, within so long; in µs. */
const TOGETHER = 0.2e6;

/** In their order; none of a runtime that does not wait so. */
export const holdUps: (process: ProcessFacts) => HoldUp[] = once((process) => {
  const main = mainOf(process);
  const { phases } = process.shutdown;
  if (!main?.exiting || phases.length === 0) return [];
  const found = phases.flatMap((phase, i): HoldUp[] => {
    const to = phases[i + 1]?.t ?? main.exited?.t;
    return phase.phase === 'threads' ? forThreads(process, phase, to) : inWaits(process, main, phase, to);
  });
  return found.filter(
    ({ from, to = Infinity, threads, wait }) => to - from >= LEAST && (wait ?? threads[0]) !== undefined,
  );
});

/** Threads may start others meanwhile, for which it then waits too. */
function forThreads(process: ProcessFacts, { t, waitsFor = [] }: ExitPhase, to: number | undefined): HoldUp[] {
  const first = waitsFor.flatMap((id) => process.threads.get(id) ?? []);
  if (first.length === 0) return [];
  const left = leftAt(process, to ?? Infinity);
  const threads =
    to === undefined || left.length > 0 ? left : first.filter((thread) => !endedBefore(process, thread, t));
  const broken = to !== undefined && left.length > 0;
  const until = broken || to === undefined ? to : lastEnd(process, t, to);
  return [
    {
      phase: 'threads',
      from: t,
      ...(until === undefined ? {} : { to: until }),
      threads,
      ...(broken ? { broken } : {}),
    },
  ];
}

/** Of all that were waited for: a debugger may keep the process for longer by threads of its own, which nobody sees. */
function lastEnd(process: ProcessFacts, from: number, to: number): number {
  const ends = [...process.threads.values()]
    .filter(({ start }) => start?.daemon === false)
    .flatMap((thread) => endedApart(process, thread)?.t ?? [])
    .filter((t) => t > from && t < to);
  return ends.length > 0 ? Math.max(...ends) : to;
}

/** Those that keep the process alive, had begun before, and had not ended. */
const leftAt = (process: ProcessFacts, t: number): ThreadFacts[] =>
  [...process.threads.values()].filter(
    (thread) => thread.start?.daemon === false && thread.firstSeen < t && !endedBefore(process, thread, t),
  );

function inWaits(process: ProcessFacts, main: ThreadFacts, { phase, t }: ExitPhase, to = Infinity): HoldUp[] {
  const { past = [], current } = main.waits ?? {};
  const waits: (Wait | PastWait)[] = [...past, ...(current ? [current] : [])];
  return waits
    .filter((wait) => wait.t >= t && wait.t < to)
    .map((wait) => {
      const whom = wait.whom === undefined ? undefined : process.threads.get(wait.whom);
      return {
        phase,
        from: wait.t,
        ...('until' in wait ? { to: wait.until } : {}),
        threads: whom ? [whom] : [],
        wait,
        ...('until' in wait && wait.outcome === 'error' ? { broken: true as const } : {}),
      };
    });
}

function endedBefore(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  const ended = endedApart(process, thread);
  return ended !== undefined && ended.t <= t + TOGETHER && !startedAfter(process, thread, t);
}

/** As a Timer that starts the next one: it cannot have ended by then. */
const startedAfter = (process: ProcessFacts, { children }: ThreadFacts, t: number): boolean =>
  [...children].some((id) => (process.threads.get(id)?.firstSeen ?? 0) > t);

/** Where main's wait ended by an exception in the midst of main's code, as by Ctrl-C. */
export function interruptedWait(process: ProcessFacts): PastWait | undefined {
  const main = mainOf(process);
  const { exiting, error, waits } = main ?? {};
  if (exiting?.cause !== 'error' || error?.name !== 'KeyboardInterrupt') return undefined;
  return waits?.past.filter(({ outcome, until }) => outcome === 'error' && until <= exiting.t).at(-1);
}

/** When nothing but that was to be seen: it was broken off, or a signal ended it, or it is now; in µs. */
export function standingAt(process: ProcessFacts, now: number): number {
  const held = holdUps(process).filter(({ broken }) => broken);
  const longest = held.sort((a, b) => lasted(b) - lasted(a))[0];
  return interruptedWait(process)?.until ?? longest?.to ?? process.end?.t ?? now;
}

const lasted = ({ from, to = from }: HoldUp): number => to - from;

/** @param now in µs; of a process that is over, its end */
export const afterMainPicture = (process: ProcessFacts, now: number): AfterMain[] => [
  ...loopEnds(process).map(({ wait, from, to, threads, broken }): AfterMain => ({
    phase: 'loop-end',
    from,
    ...(to === undefined ? {} : { to }),
    call: waitText(process, wait),
    threads: threads.map(({ key }) => key),
    what: namesOf(process, threads, to ?? process.end?.t ?? now),
    ...(broken ? { broken } : {}),
  })),
  ...holdUps(process).map(({ phase, from, to, threads, wait, broken }) => ({
    phase,
    from,
    ...(to === undefined ? {} : { to }),
    threads: threads.map(({ key }) => key),
    what:
      threads.length > 0
        ? namesOf(process, threads, to ?? process.end?.t ?? now)
        : wait
          ? [waitText(process, wait)]
          : [],
    ...(broken ? { broken } : {}),
  })),
];

const MOST_NAMED = 3;

const namesOf = (process: ProcessFacts, threads: ThreadFacts[], t: number): string[] =>
  threads
    .slice(0, MOST_NAMED)
    .map((thread) => withWhat(process, thread, Math.min(t, endedApart(process, thread)?.t ?? t)));
