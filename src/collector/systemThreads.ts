// What the system tells of a process's threads: how long each has computed, and of those that the program does not see whether
// they are busy. Linux alone tells it, and newer Nodes alone name those of their pool. Nothing of this costs the program anything.
import * as fs from 'node:fs';
import type { SystemThreads } from '../protocol/probeEvents';

/** The name that libuv gives the threads of its pool: since Node 22. */
const POOL = 'libuv-worker';

/** With more processes than this nothing is looked at. */
const MOST_PROCESSES = 16;
const MOST_THREADS = 256;
/** Between two looks at a process, in µs: while it is young or its pool at work, and else. */
const SHORT = 0.2e6;
const LONG = 1e6;
const YOUNG = 10e6;
/** Share of the time that a thread computed in which it counts as busy. */
const BUSY_ABOVE = 0.5;
/** The unit of processor times, in µs; it is the same on all systems that Node runs on. */
const TICK = 10_000;
const MS_A_TICK = TICK / 1000;

export interface Observed {
  p: string;
  pid: number;
  /** The system's ids of its threads → those that they were told by. */
  threads: ReadonlyMap<number, number>;
  /** All its threads that live are among them: what else there is are native ones. */
  isWhole: boolean;
}

interface Watched {
  since: number;
  next: number;
  /** When it was looked at last, and what was seen of each thread then, by the system's ids. */
  last: number;
  seen: ReadonlyMap<number, Seen>;
  wasBusy: boolean;
  /** What hidden threads that are gone had computed, in ticks. */
  goneTicks: number;
}

interface Seen {
  ticks: number;
  /** Id by which it was told, even if it has told its end since; undefined: it is hidden. */
  told: number | undefined;
}

export class SystemThreadLooks {
  private readonly watched = new Map<string, Watched>();

  /** @param root where the system tells of processes */
  constructor(private readonly root = process.platform === 'linux' ? '/proc' : undefined) {}

  /** What is new of these processes, at time `t` in µs. */
  look(processes: readonly Observed[], t: number): SystemThreads[] {
    if (this.root === undefined || processes.length > MOST_PROCESSES) return [];
    const keys = new Set(processes.map(({ p }) => p));
    for (const key of this.watched.keys()) if (!keys.has(key)) this.watched.delete(key);
    return processes.flatMap((observed) => this.lookAt(observed, t));
  }

  private lookAt({ p, pid, threads, isWhole }: Observed, t: number): SystemThreads[] {
    const watched = this.watchedOf(p, t);
    if (t < watched.next) return [];
    const all = threadsIn(`${this.root}/${pid}/task`);
    if (all.length === 0) return [];
    const before = watched.seen;
    const seen = new Map(all.map(({ id, ticks }) => [id, { ticks, told: threads.get(id) ?? before.get(id)?.told }]));
    const pool = all.filter(({ name }) => name === POOL);
    const busy = pool.filter((thread) => isBusy(thread, before.get(thread.id), t - watched.last)).length;
    const isNews = busy > 0 || watched.wasBusy || all.some(({ id, ticks }) => ticks > (before.get(id)?.ticks ?? 0));
    watched.last = t;
    watched.seen = seen;
    watched.wasBusy = busy > 0;
    if (isWhole) watched.goneTicks += goneTicks(before, seen);
    watched.next = t + (busy > 0 || t - watched.since < YOUNG ? SHORT : LONG);
    if (!isNews) return [];
    return [
      {
        k: 'system-threads',
        p,
        t,
        pool: pool.length,
        busy,
        ...(isWhole ? hiddenOf(seen, watched.goneTicks) : {}),
        ...toldOf(seen, before),
      },
    ];
  }

  private watchedOf(p: string, t: number): Watched {
    let watched = this.watched.get(p);
    if (!watched) {
      watched = { since: t, next: t, last: t, seen: new Map(), wasBusy: false, goneTicks: 0 };
      this.watched.set(p, watched);
    }
    return watched;
  }
}

function isBusy({ runs, ticks }: SystemThread, before: Seen | undefined, over: number): boolean {
  const computed = before ? (ticks - before.ticks) * TICK : 0;
  return runs || (over > 0 && computed > over * BUSY_ABOVE);
}

function goneTicks(before: ReadonlyMap<number, Seen>, seen: ReadonlyMap<number, Seen>): number {
  let gone = 0;
  for (const [id, { ticks, told }] of before) if (told === undefined && !seen.has(id)) gone += ticks;
  return gone;
}

function hiddenOf(seen: ReadonlyMap<number, Seen>, gone: number): Pick<SystemThreads, 'hidden' | 'hiddenMs'> {
  const hidden = [...seen.values()].filter(({ told }) => told === undefined);
  const ticks = hidden.reduce((sum, one) => sum + one.ticks, gone);
  return { hidden: hidden.length, hiddenMs: ticks * MS_A_TICK };
}

/** Those of which there is news. */
function toldOf(seen: ReadonlyMap<number, Seen>, before: ReadonlyMap<number, Seen>): Pick<SystemThreads, 'ids' | 'ms'> {
  const ids: number[] = [];
  const ms: number[] = [];
  for (const [id, { ticks, told }] of seen) {
    if (told === undefined || ticks <= (before.get(id)?.ticks ?? 0)) continue;
    ids.push(told);
    ms.push(ticks * MS_A_TICK);
  }
  return ids.length > 0 ? { ids, ms } : {};
}

interface SystemThread {
  id: number;
  name: string;
  /** It has or wants a processor, or waits for a disk. */
  runs: boolean;
  ticks: number;
}

function threadsIn(folder: string): SystemThread[] {
  try {
    const ids = fs.readdirSync(folder);
    return ids.length > MOST_THREADS ? [] : ids.flatMap((id) => threadIn(`${folder}/${id}/stat`, Number(id)));
  } catch {
    return []; // it is gone, or another user's
  }
}

/** As in `man 5 proc_pid_stat`; the name is in parentheses and may hold others. */
function threadIn(file: string, id: number): SystemThread[] {
  try {
    const stat = fs.readFileSync(file, 'utf8');
    const end = stat.lastIndexOf(')');
    const [state, ...rest] = stat.slice(end + 2).split(' ');
    const name = stat.slice(stat.indexOf('(') + 1, end);
    return [{ id, name, runs: state === 'R' || state === 'D', ticks: Number(rest[10]) + Number(rest[11]) }];
  } catch {
    return [];
  }
}
