// What editors say of the workers of a module.
import { t } from '../../common/l10n';
import type { Fate } from '../language';

export const labelOf = (fate: Exclude<Fate, 'unknown'>): string =>
  fate === 'daemon' ? t('daemon') : t('keeps the process alive');

export function storyOf(fate: Fate): string {
  if (fate === 'daemon') return t('When main finishes, this worker is killed, whatever it is doing.');
  if (fate === 'keeps-alive') return t('The process waits for this worker to end.');
  return t('The source does not show whether the process waits for this worker.');
}
