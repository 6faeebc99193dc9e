// Tasks of executors that failed, and whose errors nobody has seen. Pure.
import { grouped } from '../../../common/grouped';
import { t, tally } from '../../../common/l10n';
import type { TaskFailed } from '../../../protocol/probeEvents';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { codeSaysText } from '../shared/python';
import { lines, type Verdict } from '../verdict';
import { lineOf } from './restartLoop';

export const futureNeverRead: ProcessRule = { id: 'future-never-read', runtimes: ['python'], check };

/** Before its end somebody may still ask. */
function check({ process }: Evidence): Verdict[] {
  if (!process.end && !process.threads.get(0)?.exited) return [];
  const unread = process.shutdown.tasksFailed.filter(({ read }) => !read);
  const groups = grouped(unread, ({ from, at }) => (from ? lineOf(from) : at ? lineOf(at) : ''));
  return [...groups.values()].map((tasks) => {
    const first = tasks[0]!;
    return {
      t: first.t,
      at: first.from ?? first.at,
      text: [taskText(first), ...othersText(tasks.length - 1)].join(' ') + codeSaysText(process),
      related: lines([t('It was thrown here'), first.at]),
    };
  });
}

function taskText({ name, message, at, from }: TaskFailed): string {
  const what = name === undefined ? t('A task') : t('The task {0}()', name);
  const line = message.split('\n', 1)[0]!.replace(/\.$/, '');
  const error = at ? t('{0} at {1}', line, siteText(at)) : line;
  return from
    ? t('{0}, submitted at {1}, failed with {2}. Nobody asked for its result.', what, siteText(from), error)
    : t('{0} failed with {1}. Nobody asked for its result.', what, error);
}

const othersText = (count: number): string[] =>
  count > 0 ? [tally(count, 'So did {0} more task of that line.', 'So did {0} more tasks of that line.')] : [];
