// Threads of a pool that were cut off at a task. Pure.
import { t } from '../../../common/l10n';
import { poolLabel } from '../../conclusions/pools';
import { isBusyAt } from '../../conclusions/tasks';
import type { Ending } from '../../../protocol/picture';
import { isInLibrary } from '../../conclusions/waiting/stalled';
import { cutOffOf, type Suspect } from '../evidence';
import { ownStart } from '../shared/python';
import type { WorkerRule } from '../rule';
import { codeText, fell, wasHere } from '../shared/cutOff';
import { isStream } from '../shared/work';
import { lines, type Verdict } from '../verdict';

export const taskCutOff: WorkerRule = { id: 'task-cut-off', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, activity, pool } = worker;
  const ended = cutOffOf(worker);
  if (ended && isInTask(worker)) return ofLibrary(worker, ended);
  if (!pool || !ended || isStream(worker) || !(activity?.asked || isBusyAt(process, thread, ended.t))) return undefined;
  return {
    thread,
    pool,
    t: ended.t,
    at: pool.at ?? ended.at,
    text: `${fell(worker, ended)} ${t('It belongs to {0} and was working on a task.', poolLabel(pool))}${codeText(worker)}`,
    related: lines(...wasHere(worker), [t('The pool was created here'), pool.at], [t('This line ended it'), ended.at]),
  };
}

/** Functions of a library of Python's in which a thread of its pool runs a task, and what that makes its threads known by. */
const TASKS = /^(mapstar|starmapstar)$/;
const isInTask = ({ thread: { start, stack } }: Suspect): boolean =>
  start?.madeBy === 'multiprocessing-pool' &&
  (stack?.frames.some((frame) => !isInLibrary(frame) || TASKS.test(frame.function ?? '')) ?? false);

const ofLibrary = (worker: Suspect, ended: Ending): Verdict => ({
  thread: worker.thread,
  t: ended.t,
  at: ownStart(worker.thread),
  text: `${fell(worker, ended)} ${t('It belongs to a pool and was working on a task.')}${codeText(worker)}`,
  related: lines(...wasHere(worker)),
});
