// Threads that ended themselves while writes to files were under way. Pure.
import { t, tally } from '../../../common/l10n';
import { mainOf, type ThreadFacts } from '../../facts/facts';
import { labelOf } from '../../conclusions/labels';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';

export const exitWhileWriting: ProcessRule = { id: 'exit-while-writing', runtimes: ['node'], byReports: true, check };

function check({ process, workers }: Evidence): Verdict[] {
  const main = mainOf(process);
  return [
    ...(main ? verdictOn(main, t('Main')) : []),
    ...workers.flatMap(({ thread }) => verdictOn(thread, t('“{0}”', labelOf(thread)))),
  ];
}

function verdictOn(thread: ThreadFacts, label: string): Verdict[] {
  const { exiting, exited } = thread;
  if (exiting?.cause !== 'exit-call' || !exited?.writing) return [];
  return [
    {
      thread,
      t: exited.t,
      at: exiting.at ?? thread.start?.at,
      text: tally(
        exited.writing,
        '{1} called process.exit() while {0} write to a file was under way. That, and what waited behind it, may be missing there.',
        '{1} called process.exit() while {0} writes to files were under way. Those, and what waited behind them, may be missing there.',
        label,
      ),
      related: lines([t('It was started here'), thread.start?.at]),
    },
  ];
}
