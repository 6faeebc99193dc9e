// What happened to a thing that a thread had begun, for the report, the rules and the timeline. Pure.
import { t } from '../../../common/l10n';
import type { Unfinished } from '../../../protocol/picture';

/** What a thread leaves undone counts only where it is work, or words to somebody: what should have run at its exit is neither. */
export const isLost = ({ what, fate }: Pick<Unfinished, 'what' | 'fate'>): boolean =>
  fate === 'lost' && what !== 'listener' && what !== 'cleanup';

/** A phrase behind what the thing is. Undefined of what is over with its thread: there is nothing of it that could be lost, or it is said already. */
export function fateOf({ what, fate }: Unfinished): string | undefined {
  if (
    what === 'wait' ||
    what === 'lock' ||
    what === 'listener' ||
    what === 'code' ||
    what === 'pending' ||
    what === 'cleanup'
  )
    return undefined;
  switch (fate) {
    case 'lost':
      return t('lost');
    case 'completed':
      return t('completed if it had begun');
    case 'unknown':
      return t('outcome unknown');
  }
}

/** A sentence, of a write that was in flight. */
export function writeFate(fate: Unfinished['fate']): string {
  switch (fate) {
    case 'completed':
      return t('What the system had begun to write reached the file; what waited for its turn, and the rest, is lost.');
    case 'unknown':
      return t('Whether that data reached the file is unknown; the rest is lost.');
    case 'lost':
      return t('That data is lost.');
  }
}
