// Messages that could not be deserialized where they came, while nobody listened for that. Pure.
import { t } from '../../../common/l10n';
import { brokenMail } from '../../conclusions/traffic/brokenMail';
import { broken } from '../../conclusions/phrases/notePhrases';
import { seenThreads } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';

/** Of Node alone is it known what cannot be deserialized. */
export const brokenMessage: ProcessRule = { id: 'broken-message', runtimes: ['node'], byReports: true, check };

/** The report tells of the others. */
const MOST_PORTS = 3;

function check({ process }: Evidence): Verdict[] {
  return seenThreads(process).flatMap((thread): Verdict[] => {
    const lost = brokenMail(process, thread).filter(({ unheard }) => unheard > 0);
    if (lost.length === 0) return [];
    const [at, ...others] = lost.flatMap((mail) => mail.lines);
    return [
      {
        thread,
        t: Math.min(...lost.map((mail) => mail.t)),
        at: at ?? thread.start?.at,
        text: lost.slice(0, MOST_PORTS).map(broken).join(' '),
        related: lines(
          ...others.map((line): [string, typeof line] => [t('Messages to it are posted here too'), line]),
          [t('It was started here'), thread.start?.at],
        ),
      },
    ];
  });
}
