// Calls that end the process at once, such as Python's os._exit(), while threads are alive that keep it alive. Pure.
import { t, tally } from '../../../../common/l10n';
import { mainEnding } from '../../../conclusions/endings';
import { labelOf } from '../../../conclusions/labels';
import { unflushedText } from '../../../conclusions/undone/told';
import { withWhat } from '../../../conclusions/waiting/waitWords';
import type { Evidence } from '../../evidence';
import type { ProcessRule } from '../../rule';
import { ownStart } from '../../shared/python';
import { lines, type Verdict } from '../../verdict';

export const abruptExit: ProcessRule = { id: 'abrupt-exit', runtimes: ['python'], check };

const MOST_NAMED = 3;

function check({ process, workers }: Evidence): Verdict[] {
  const ended = mainEnding(process);
  if (process.endedBy === undefined || ended?.by !== 'exit-call') return [];
  const killed = workers.filter(
    (worker) => worker.daemon === false && worker.thread.id !== process.endedBy && worker.ended?.by === 'main-exit',
  );
  const unflushed = process.shutdown.undone.filter(({ undone }) => undone === 'unflushed');
  if (killed.length === 0 && unflushed.length === 0) return [];
  const names = killed.slice(0, MOST_NAMED).map(({ thread }) => withWhat(process, thread, ended.t));
  const who = killed.length > 0 ? ` ${killedText(names.join('; '), killed.length - names.length)}` : '';
  const lost = unflushed.slice(0, MOST_NAMED).map(unflushedText).join('; ');
  return [
    {
      t: ended.t,
      at: ended.at,
      text: t('{0} ended the process at once.', ended.because) + who + (lost ? ` ${t('Lost: {0}.', lost)}` : ''),
      ...(unflushed.length > 0 ? { severity: 'error' as const } : {}),
      related: killed
        .slice(0, MOST_NAMED)
        .flatMap(({ thread }) => lines([t('“{0}” was started here', labelOf(thread)), ownStart(thread)])),
    },
  ];
}

const killedText = (names: string, more: number): string =>
  more > 0
    ? tally(more, 'It killed {1} and {0} more thread.', 'It killed {1} and {0} more threads.', names)
    : t('It killed {0}.', names);
