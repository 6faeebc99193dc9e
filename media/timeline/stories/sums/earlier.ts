// What is shown of threads that ended long ago: only sums are known of them. Pure.
import { counted, decimal, t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { EarlierThreads, EndedBy } from '../../../../src/protocol/picture';
import type { Moments } from '../../time/scales';
import { duration, momentOf } from '../../words/text';
import { ENDINGS } from '../../words/vocabulary';
import { fact, withSite } from '../facts';
import type { Story } from '../story';

/** Beside the label of their row. */
export const earlierNote = ({ count, processes }: EarlierThreads): string =>
  processes === undefined
    ? counted(count, '{0} earlier thread', '{0} earlier threads')
    : counted(processes, '{0} earlier process', '{0} earlier processes');

/** One line for a screen reader. */
export const earlierLabel = (earlier: EarlierThreads): string =>
  [shown(earlier.label), earlierNote(earlier), endingsText(earlier)].join(', ');

export function earlierStory(earlier: EarlierThreads, moments: Moments): Story {
  const { label, at, count, daemons, first, last, lives } = earlier;
  return {
    title: shown(label),
    subtitle: t('{0}, grouped because they ended long ago', earlierNote(earlier)),
    facts: [
      fact('endings', t('Ended'), endingsText(earlier)),
      fact('daemons', t('Daemons'), decimal(daemons, 0)),
      fact('lived', t('Lived'), livesText(lives, count)),
      fact(
        'started',
        t('Started'),
        ...withSite(t('{0} to {1}', momentOf(first, moments), momentOf(last, moments)), at),
      ),
    ],
  };
}

/** "900 returned, 100 terminated" */
const endingsText = ({ endings }: EarlierThreads): string =>
  Object.entries(endings)
    .map(([by, count]) => `${decimal(count, 0)} ${ENDINGS[by as EndedBy].label}`)
    .join(', ');

const livesText = ({ shortest, longest, total }: EarlierThreads['lives'], count: number): string =>
  t('{0} to {1}, {2} on average', duration(shortest), duration(longest), duration(total / count));
