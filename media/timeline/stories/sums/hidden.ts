// What is told of threads that the program does not see. Pure.
import { counted, t } from '../../../../src/common/l10n';
import type { HiddenThreads } from '../../../../src/protocol/picture';
import type { HiddenRow } from '../../rows/rows';
import { duration } from '../../words/text';
import { fact } from '../facts';
import type { Story } from '../story';

/** Beside the label of their row. */
export const hiddenNote = ({ threads }: HiddenThreads): string => counted(threads, '{0} thread', '{0} threads');

/** One line for a screen reader. */
export const hiddenLabel = (hidden: HiddenThreads): string =>
  [hidden.label, hiddenNote(hidden), t('processor time {0}', duration(hidden.time))].join(', ');

export function hiddenStory({ hidden, process }: HiddenRow): Story {
  const { label, pool, time, busy } = hidden;
  const { fullPool } = process;
  const worked = busy.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    title: label,
    subtitle: t('{0}, which the program itself does not see', hiddenNote(hidden)),
    facts: [
      fact('processor', t('Processor time'), t('{0}, as last seen', duration(time))),
      ...(pool > 0
        ? [
            fact(
              'pool',
              t('Pool'),
              counted(pool, '{0} thread for files, DNS and the like', '{0} threads for files, DNS and the like'),
            ),
          ]
        : []),
      ...(worked > 0 ? [fact('worked', t('Pool at work'), t('for {0}', duration(worked)))] : []),
      ...(fullPool ? [fact('full', t('All of it busy'), t('for {0}', duration(fullPool.time)))] : []),
    ],
  };
}
