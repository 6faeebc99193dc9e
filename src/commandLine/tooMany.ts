// Recordings that tell of more threads at once than memory holds: no machine runs nearly as many.
import { HumanError } from '../common/humanError';
import { t } from '../common/l10n';
import type { Model } from '../model/facts/facts';

/** Some kilobytes each: with more the reader would take more than 500 MB. Ended threads are summed up. */
const MOST_OPEN = 200_000;
/** So many times those that a person wants kept are there before some are summed up. */
const BEFORE_SUMS = 3;

export const mostThreads = (keepThreads: number): number => MOST_OPEN + BEFORE_SUMS * keepThreads;

/** Throws a HumanError when so many threads have not ended, or ended so shortly before, that they cannot all be kept. */
export function demandFewThreads({ processes }: Model, most: number): void {
  let count = 0;
  for (const { threads } of processes.values()) count += threads.size;
  if (count > most)
    throw new HumanError(t('The recording cannot be shown: it tells of more than {0} threads at once.', most));
}
