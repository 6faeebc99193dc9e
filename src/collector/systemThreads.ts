// What the system tells of a process's own threads, of which JavaScript sees none: whether those of the runtime's pool are
// busy. Linux alone tells it, and newer Nodes alone name them. Nothing of this costs the program anything.
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

interface Watched {
  since: number;
  next: number;
  /** When it was looked at last, and what each thread of the pool had computed by then, in ticks. */
  last: number;
  computed: Map<string, number>;
  wasBusy: boolean;
}

export class SystemThreadLooks {
  private readonly watched = new Map<string, Watched>();

  /** @param root where the system tells of processes */
  constructor(private readonly root = process.platform === 'linux' ? '/proc' : undefined) {}

  /** What is new of these processes (key, pid), at time `t` in µs. */
  look(processes: readonly (readonly [string, number])[], t: number): SystemThreads[] {
    if (this.root === undefined || processes.length > MOST_PROCESSES) return [];
    const keys = new Set(processes.map(([p]) => p));
    for (const key of this.watched.keys()) if (!keys.has(key)) this.watched.delete(key);
    return processes.flatMap(([p, pid]) => this.lookAt(p, pid, t));
  }

  private lookAt(p: string, pid: number, t: number): SystemThreads[] {
    let watched = this.watched.get(p);
    if (!watched) this.watched.set(p, (watched = { since: t, next: t, last: t, computed: new Map(), wasBusy: false }));
    if (t < watched.next) return [];
    const before = watched.computed;
    const pool = poolIn(`${this.root}/${pid}/task`);
    const over = t - watched.last;
    const busy = pool.filter(({ id, runs, ticks }) => {
      const computed = before.has(id) ? (ticks - before.get(id)!) * TICK : 0;
      return runs || (over > 0 && computed > over * BUSY_ABOVE);
    }).length;
    const isNews = busy > 0 || watched.wasBusy;
    Object.assign(watched, {
      last: t,
      computed: new Map(pool.map(({ id, ticks }) => [id, ticks])),
      wasBusy: busy > 0,
      next: t + (busy > 0 || t - watched.since < YOUNG ? SHORT : LONG),
    });
    return isNews ? [{ k: 'system-threads', p, t, pool: pool.length, busy }] : [];
  }
}

interface PoolThread {
  id: string;
  /** It has or wants a processor, or waits for a disk. */
  runs: boolean;
  ticks: number;
}

function poolIn(folder: string): PoolThread[] {
  try {
    const ids = fs.readdirSync(folder);
    return ids.length > MOST_THREADS ? [] : ids.flatMap((id) => threadIn(`${folder}/${id}/stat`, id));
  } catch {
    return []; // it is gone, or another user's
  }
}

/** As in `man 5 proc_pid_stat`; the name is in parentheses and may hold others. */
function threadIn(file: string, id: string): PoolThread[] {
  try {
    const stat = fs.readFileSync(file, 'utf8');
    const end = stat.lastIndexOf(')');
    if (stat.slice(stat.indexOf('(') + 1, end) !== POOL) return [];
    const [state, ...rest] = stat.slice(end + 2).split(' ');
    return [{ id, runs: state === 'R' || state === 'D', ticks: Number(rest[10]) + Number(rest[11]) }];
  } catch {
    return [];
  }
}
