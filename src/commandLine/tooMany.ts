// Recordings that tell of more threads at once than memory holds: no machine runs nearly as many.
import { HumanError } from '../common/humanError';
import { t } from '../common/l10n';
import type { Model } from '../model/facts/facts';

/** Ended threads are summed up; as many as a person may have kept whole are a part of these. */
const MOST_AT_ONCE = 400_000;

/** Throws a HumanError when so many threads have not ended, or ended so shortly before, that they cannot all be kept. */
export function demandFewThreads({ processes }: Model, most = MOST_AT_ONCE): void {
  let count = 0;
  for (const { threads } of processes.values()) count += threads.size;
  if (count > most)
    throw new HumanError(t('The recording cannot be shown: it tells of more than {0} threads at once.', most));
}
