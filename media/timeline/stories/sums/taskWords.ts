// The words of the rows of tasks of an event loop, and what a screen reader says of them. Pure.
import { counted, decimal, t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { AsyncTaskPicture, AsyncTasksPicture } from '../../../../src/protocol/picture';
import type { AsyncTaskEnding } from '../../../../src/protocol/probeEvents';
import { TASK } from '../../words/vocabulary';

const LONGEST_ERROR = 400;

export const allOf = ({ count, leftOut = 0 }: AsyncTasksPicture): number => count + leftOut;

/** The label of their row. */
export const tasksTitle = (tasks: AsyncTasksPicture): string => t('tasks · {0}', decimal(allOf(tasks), 0));

export const pendingText = (n: number): string => t('{0} still pending', decimal(n, 0));

/** Beside that label, and in the facts of their thread. */
export const tasksNote = ({ pending }: AsyncTasksPicture): string => (pending > 0 ? pendingText(pending) : '');

/** One line for a screen reader. */
export const tasksLabel = (tasks: AsyncTasksPicture): string =>
  [counted(allOf(tasks), '{0} task of its event loop', '{0} tasks of its event loop'), tasksNote(tasks)]
    .filter(Boolean)
    .join(', ');

/** Beside the label of its row: what it does, or how it ended. */
export function taskNote({ end, error }: AsyncTaskPicture): string {
  if (end === undefined) return t('pending');
  return end === 'raised' && error !== undefined ? t('raised {0}', shown(error, LONGEST_ERROR)) : ENDED[end];
}

const ENDED: Record<AsyncTaskEnding, string> = {
  returned: t('returned'),
  cancelled: t('was cancelled'),
  raised: t('raised an error'),
  pending: t('was still pending when its loop ended'),
  unknown: t('its end was not recorded'),
};

export const taskLabel = (task: AsyncTaskPicture): string => [shown(task.label), TASK.label, taskNote(task)].join(', ');
