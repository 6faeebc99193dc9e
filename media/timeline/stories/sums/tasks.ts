// What a tooltip tells of the tasks of a thread's event loop, all together and one by one: quietly, for they are no threads. Pure.
import { decimal, t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { AsyncTaskPicture } from '../../../../src/protocol/picture';
import type { TaskRow, TasksRow } from '../../rows/rows';
import type { Moments } from '../../time/scales';
import { duration, momentOf } from '../../words/text';
import { fact, type Fact, withSite } from '../facts';
import type { Story } from '../story';
import { allOf, pendingText, taskNote, tasksTitle } from './taskWords';

export function tasksStory({ tasks, of }: TasksRow): Story {
  const { names, leftOut = 0, pending } = tasks;
  const untold = allOf(tasks) - leftOut - tasks.tasks.length;
  return {
    title: tasksTitle(tasks),
    subtitle: t('Tasks of the event loop of {0}. They are no threads.', shown(of.thread.label)),
    facts: [
      ...(pending > 0 ? [fact('pending', t('Now'), pendingText(pending))] : []),
      ...names.map(({ name, count }, i) =>
        fact('coroutine', i === 0 ? t('Coroutines') : '', `${shown(name)} × ${decimal(count, 0)}`),
      ),
      ...(untold > 0 ? [fact('earlier', t('Earlier ones'), t('{0}, which have no rows', decimal(untold, 0)))] : []),
      ...(leftOut > 0
        ? [fact('left-out', t('Not recorded'), t('{0}, because there were too many at once', decimal(leftOut, 0)))]
        : []),
    ],
    isList: true,
  };
}

export function taskStory({ task, of: lane }: TaskRow, moments: Moments): Story {
  const { label, name, runs, of, at, from } = task;
  return {
    title: shown(label),
    subtitle: t('Task of the event loop of {0}', shown(lane.thread.label)),
    facts: [
      ...(name !== undefined && name !== label ? [fact('name', t('Name'), shown(name))] : []),
      ...coroutine(runs, of),
      fact('made', t('Created'), ...withSite(momentOf(from, moments), at)),
      ...endOf(task, lane.ended?.t, moments),
    ],
    isList: true,
  };
}

const coroutine = (runs: string | undefined, of: AsyncTaskPicture['of']): Fact[] =>
  runs === undefined ? [] : [fact('coroutine', t('Coroutine'), ...withSite(shown(runs), of))];

function endOf(task: AsyncTaskPicture, ended: number | undefined, moments: Moments): Fact[] {
  const { from, to = ended, raisedAt } = task;
  if (to === undefined) return [fact('now', t('Now'), t('{0} for {1}', taskNote(task), duration(moments.now - from)))];
  const when = `${momentOf(to, moments)}: ${taskNote(task)}`;
  return [fact('ended', t('Ended'), ...withSite(when, raisedAt)), fact('lasted', t('Lasted'), duration(to - from))];
}
