// Threads of a pool that were cut off at a task. Pure.
import { t } from '../../../common/l10n';
import { poolLabel } from '../../conclusions/pools';
import { isBusyAt } from '../../conclusions/tasks';
import { cutOffOf, type Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { codeText, fell, wasHere } from '../shared/cutOff';
import { isStream } from '../shared/work';
import { lines, type Verdict } from '../verdict';

export const taskCutOff: WorkerRule = { id: 'task-cut-off', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, activity, pool } = worker;
  const ended = cutOffOf(worker);
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
