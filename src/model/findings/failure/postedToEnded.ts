// Messages that go on being posted to a worker that has ended. Pure.
import { t } from '../../../common/l10n';
import { stray } from '../../conclusions/phrases/notePhrases';
import { strayMail, type StrayMail } from '../../conclusions/traffic/strayMail';
import { seenThreads } from '../../facts/facts';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';

export const postedToEnded: ProcessRule = { id: 'posted-to-ended', runtimes: ['node'], byReports: true, check };

/** In µs. */
const RIGHT_AFTER = 1e6;

function check({ process, workers }: Evidence): Verdict[] {
  return seenThreads(process).flatMap((from) =>
    strayMail(process, from).flatMap((mail): Verdict[] => {
      const worker = workers.find(({ thread }) => thread === mail.to);
      if (!worker || !isLoss(worker, mail)) return [];
      const { thread, ended } = worker;
      return [
        {
          thread,
          t: mail.first,
          at: mail.lines[0] ?? thread.start?.at,
          text: stray(from, mail),
          related: lines([t('It was started here'), thread.start?.at], [t('This line ended it'), ended?.at]),
        },
      ];
    }),
  );
}

/**
 * A worker may be asked to end, once, when it already has: that is no loss. Who posts again, or from where it posted before
 * and long after, has not noticed. Packages see to their workers themselves.
 */
function isLoss({ thread, pool }: Suspect, { count, last, lines: stray, before }: StrayMail): boolean {
  const end = thread.exit?.t;
  if (end === undefined || pool?.package !== undefined || stray.some(({ file }) => IN_PACKAGE.test(file))) return false;
  const isSameLine = stray.some((one) => before.some(({ file, line }) => file === one.file && line === one.line));
  const isAgain = stray.length <= Math.log2(count); // of the first, the second, the fourth it is told from where
  return count > 1 ? isSameLine || isAgain : isSameLine && last - end > RIGHT_AFTER;
}
const IN_PACKAGE = /[\\/]node_modules[\\/]/;
