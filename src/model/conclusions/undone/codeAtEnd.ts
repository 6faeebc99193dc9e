// In the middle of what code of the program a thread was when main ended and took it along. Pure.
import { t } from '../../../common/l10n';
import type { Ending, Unfinished } from '../../../protocol/picture';
import type { ThreadFacts } from '../../facts/facts';
import { isKilledWithMain } from '../cutOff';
import { ownPlace, placeText } from '../waiting/stalled';

/** Undefined of a thread that ran none, and where that is not known. */
export function codeAtEnd({ stack }: Pick<ThreadFacts, 'stack'>, ended: Pick<Ending, 'by'>): Unfinished | undefined {
  if (!stack || !isKilledWithMain(ended)) return undefined;
  const { frames, within } = stack;
  const [innermost] = frames;
  const at = ownPlace(frames);
  if (!innermost || !at) return undefined;
  const called = at === innermost ? within : placeText(innermost);
  const text =
    called === undefined
      ? t('in the middle of {0}', placeText(at))
      : t('in the middle of {0}, called from {1}', called, placeText(at));
  return { what: 'code', text, fate: 'unknown', at };
}
