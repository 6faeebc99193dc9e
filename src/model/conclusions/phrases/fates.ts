// What happened to a thing that a thread had begun, as a phrase behind what the thing is. Pure.
import { t } from '../../../common/l10n';
import type { Unfinished } from '../../../protocol/picture';

/** Undefined of a wait, which is over with its thread: there is nothing of it that could be lost. */
export function fateOf({ what, fate }: Unfinished): string | undefined {
  if (what === 'wait') return undefined;
  switch (fate) {
    case 'lost':
      return t('lost');
    case 'completed':
      return t('completed anyway');
    case 'unknown':
      return t('fate not known');
  }
}
