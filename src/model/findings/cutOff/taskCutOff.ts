// Threads of a pool that were cut off at a task. Pure.
import { t, tally } from '../../../common/l10n';
import { poolLabel, type Pool } from '../../conclusions/pools';
import { isBusyAt } from '../../conclusions/tasks';
import type { Ending } from '../../../protocol/picture';
import { isInLibrary } from '../../facts/sites';
import { cutOffOf, type Suspect } from '../evidence';
import { ownStart } from '../shared/python';
import type { WorkerRule } from '../rule';
import { codeText, fell, taskNames, wasHere } from '../shared/cutOff';
import { isStream } from '../shared/work';
import { lines, type Verdict } from '../verdict';

export const taskCutOff: WorkerRule = { id: 'task-cut-off', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, activity, pool } = worker;
  const ended = cutOffOf(worker);
  if (ended && isInTask(worker)) return ofLibrary(worker, ended);
  if (!pool || !ended || isStream(worker)) return undefined;
  if (!activity?.tasks && !activity?.asked && !isBusyAt(process, thread, ended.t)) return undefined;
  return {
    thread,
    pool,
    t: ended.t,
    at: pool.at ?? ended.at,
    text: `${fell(worker, ended)} ${workedText(pool, activity?.tasks ?? [])}${codeText(worker)}`,
    related: lines(...wasHere(worker), [t('The pool was created here'), pool.at], [t('This line ended it'), ended.at]),
  };
}

const workedText = (pool: Pool, tasks: readonly string[]): string =>
  tasks.length === 0
    ? t('It belongs to {0} and was working on a task.', poolLabel(pool))
    : tally(
        tasks.length,
        'It belongs to {1} and was working on the task {2}.',
        'It belongs to {1} and was working on the tasks {2}.',
        poolLabel(pool),
        taskNames(tasks),
      );

/** It runs a task of a pool of Python’s library: a function of the program’s, or one of those that call it for each item. */
function isInTask({ thread: { stack } }: Suspect): boolean {
  const frames = stack?.frames ?? [];
  const pool = frames.findIndex(({ file, function: name }) => POOL.test(file) && name === 'worker');
  return frames.slice(0, Math.max(0, pool)).some((frame) => !isInLibrary(frame) || TASKS.test(frame.function ?? ''));
}
const POOL = /[\\/]multiprocessing[\\/]pool\.py$/;
const TASKS = /^(mapstar|starmapstar)$/;

const ofLibrary = (worker: Suspect, ended: Ending): Verdict => ({
  thread: worker.thread,
  t: ended.t,
  at: ownStart(worker.thread),
  text: `${fell(worker, ended)} ${t('It belongs to a pool and was working on a task.')}${codeText(worker)}`,
  related: lines(...wasHere(worker)),
});
