// Which threads wait for their turn where one lock lets a single thread run at a time, as CPython's does. Linux alone tells it, and
// only of processes that we may trace, such as those that we started. Nothing of this costs the program anything.
import * as fs from 'node:fs';
import type { Turns } from '../protocol/probeEvents';

/** With more processes or threads than these nothing is looked at. */
const MOST_PROCESSES = 8;
const MOST_THREADS = 64;
/** A process that is older than this, in µs, is looked at so rarely. */
const YOUNG = 3e6;
const RARELY = 0.25e6;
/**
 * CPython waits for its lock by `pthread_cond_timedwait` of 5 ms on a clock of its own choice, other locks by semaphores: as in
 * `man 2 futex`, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG without FUTEX_CLOCK_REALTIME, until some time.
 */
const FUTEX: Partial<Record<NodeJS.Architecture, string>> = { x64: '202', arm64: '98' };
const WAIT = 0x89;
const RUNS = 'running';
/** The two words of one condition variable lie in as many bytes. */
const NEAR = 64n;

export interface TakesTurns {
  p: string;
  pid: number;
  /** The system's ids of its threads → those that they were told by. */
  threads: ReadonlyMap<number, number>;
  /** Whether that thread told that it waits for something else. */
  waiting: (id: number) => boolean;
}

interface Watched {
  since: number;
  next: number;
  /** By the ids of threads. */
  seen: Map<number, Seen>;
  isNew: boolean;
}

interface Seen {
  looks: number;
  /** How often it had a processor, or waited for one. */
  runs: number;
  /** How often it waited at each of these places. */
  at: Map<bigint, number>;
}

export class TurnLooks {
  private readonly watched = new Map<string, Watched>();

  /** @param root where the system tells of processes */
  constructor(
    private readonly root = process.platform === 'linux' ? '/proc' : undefined,
    private readonly futex = FUTEX[process.arch],
  ) {}

  /** Takes note of what these processes do at time `t` in µs. */
  look(processes: readonly TakesTurns[], t: number): void {
    if (this.root === undefined || this.futex === undefined || processes.length > MOST_PROCESSES) return;
    for (const one of processes) this.lookAt(one, t);
  }

  private lookAt({ p, pid, threads, waiting }: TakesTurns, t: number): void {
    const watched = this.watchedOf(p, t);
    if (t < watched.next || threads.size > MOST_THREADS || threads.size < 2) return;
    watched.next = t - watched.since < YOUNG ? t : t + RARELY;
    const free = [...threads].filter(([, id]) => !waiting(id));
    if (free.length < 2) return;
    for (const [native, id] of free) {
      const call = callOf(`${this.root}/${pid}/task/${native}/syscall`);
      if (call === undefined) continue;
      const seen = watched.seen.get(id) ?? { looks: 0, runs: 0, at: new Map<bigint, number>() };
      const at = this.turnAt(call);
      seen.looks++;
      if (call[0] === RUNS) seen.runs++;
      if (at !== undefined) seen.at.set(at, (seen.at.get(at) ?? 0) + 1);
      watched.seen.set(id, seen);
      watched.isNew = true;
    }
  }

  /** Where in the memory it waits, if it may be for its turn. */
  private turnAt([number, address, operation, , until]: string[]): bigint | undefined {
    if (number !== this.futex || Number(operation) !== WAIT || until === undefined || Number(until) === 0)
      return undefined;
    return BigInt(address!) / NEAR;
  }

  private watchedOf(p: string, t: number): Watched {
    let watched = this.watched.get(p);
    if (!watched) this.watched.set(p, (watched = { since: t, next: t, seen: new Map(), isNew: false }));
    return watched;
  }

  /** What is new since it was asked last. */
  take(t: number): Turns[] {
    return [...this.watched].flatMap(([p, watched]) => {
      if (!watched.isNew) return [];
      watched.isNew = false;
      const lock = commonPlace(watched);
      const all = [...watched.seen];
      const waits = all.map(([, { at }]) => (lock === undefined ? 0 : waitsNear(at, lock)));
      if (waits.every((count) => count === 0)) return [];
      return [
        {
          k: 'turns',
          p,
          t,
          ids: all.map(([id]) => id),
          looks: all.map(([, { looks }]) => looks),
          runs: all.map(([, { runs }]) => runs),
          waits,
        },
      ];
    });
  }
}

/** The lock of the interpreter is the one for which several threads wait, each at times. */
function commonPlace({ seen }: Watched): bigint | undefined {
  const counts = new Map<bigint, { threads: number; times: number }>();
  for (const { at } of seen.values()) {
    for (const [place, times] of at) {
      const known = counts.get(place) ?? { threads: 0, times: 0 };
      counts.set(place, { threads: known.threads + 1, times: known.times + times });
    }
  }
  const shared = [...counts].filter(([, { threads }]) => threads > 1).sort((a, b) => b[1].times - a[1].times);
  return shared[0]?.[0];
}

/** The words of a condition variable may lie to both sides of a border. */
const waitsNear = (at: ReadonlyMap<bigint, number>, place: bigint): number =>
  [place - 1n, place, place + 1n].reduce((sum, one) => sum + (at.get(one) ?? 0), 0);

/** As in `man 5 proc_pid_syscall`; undefined where it is gone or not to be seen. */
function callOf(file: string): string[] | undefined {
  try {
    return fs.readFileSync(file, 'latin1').trim().split(' ');
  } catch {
    return undefined;
  }
}
