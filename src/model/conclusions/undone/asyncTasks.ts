// What became of the tasks of a thread's event loop. That one was still pending at the end need be no trouble: nothing is concluded
// from it. Pure.
import type { AsyncTaskPicture, AsyncTasksPicture } from '../../../protocol/picture';
import type { AsyncTask, AsyncTaskEnding } from '../../../protocol/probeEvents';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import type { PastAsyncTask } from '../../facts/tasks/asyncTasks';

/** Of those that have not ended, the ones that began first. */
const MOST_PENDING = 100;
const MOST_NAMES = 10;

/** @param endedAt when the thread ended, in µs */
export function asyncTasksPicture(
  process: ProcessFacts,
  thread: ThreadFacts,
  endedAt: number | undefined,
): AsyncTasksPicture | undefined {
  const { asyncTasks: log } = thread;
  if (!log) return undefined;
  const { pending, ended, count, leftOut, byName } = log;
  const cut = endedAt === undefined ? undefined : { t: endedAt, end: endOfPending(process, thread) };
  const tasks = [
    ...ended.map((task) => pictureOf(task, within(task.ended, endedAt))),
    ...pending.slice(0, MOST_PENDING).map((task) => pictureOf(task, cut)),
  ];
  const never = ended.filter((task) => task.ended.end === 'pending').length;
  const names = [...byName].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_NAMES);
  return {
    tasks: tasks.sort((a, b) => a.from - b.from || a.n - b.n),
    count,
    pending: pending.length + never,
    ...(leftOut > 0 ? { leftOut } : {}),
    names: names.map(([name, n]) => ({ name, count: n })),
  };
}

/** All that the thread had to tell was written when it, or main, was about to end. */
function endOfPending(process: ProcessFacts, { exit }: ThreadFacts): AsyncTaskEnding {
  const hasTold = exit !== undefined || mainOf(process)?.exited !== undefined;
  return hasTold && !process.unwritten ? 'pending' : 'unknown';
}

/** That nobody has one any more can be found when its thread is gone. */
const within = (ended: PastAsyncTask['ended'], last = Infinity): PastAsyncTask['ended'] =>
  ended.end === 'pending' && ended.t > last ? { ...ended, t: last } : ended;

type End = Pick<PastAsyncTask['ended'], 't' | 'end' | 'error' | 'at'>;

function pictureOf({ n, name, runs, of, at, t }: AsyncTask, ended: End | undefined): AsyncTaskPicture {
  const own = name === undefined || UNNAMED.test(name) ? undefined : name;
  const numbered = name ?? `#${n}`;
  return {
    n,
    label: own ?? runs ?? numbered,
    ...(name === undefined ? {} : { name }),
    ...(runs === undefined ? {} : { runs }),
    ...(of ? { of } : {}),
    ...(at ? { at } : {}),
    from: t,
    ...(ended ? { to: Math.max(t, ended.t), end: ended.end } : {}),
    ...(ended?.error === undefined ? {} : { error: ended.error }),
    ...(ended?.error !== undefined && ended.at ? { raisedAt: ended.at } : {}),
  };
}

/** As asyncio itself names them. */
const UNNAMED = /^(?:Task-\d+|None)$/;
