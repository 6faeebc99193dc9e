// What to change about a wait of Python's that nobody ends, by what it is for. Pure.
import { t } from '../../../common/l10n';

/** Undefined where that depends on what the others do. */
export function adviceOn(kind: string): string | undefined {
  switch (kind) {
    case 'lock':
    case 'rlock':
      return giveBackAlways();
    case 'semaphore':
      return t('Whoever has acquired a semaphore must release it, best by a “with” block.');
    case 'barrier':
      return t(
        'A Barrier lets nobody go on until as many threads wait as it was made for. Start that many, or give it a timeout.',
      );
    case 'condition':
      return t(
        'notify() wakes only threads that wait already. Note under the Condition what has happened, and wait for that note with wait_for().',
      );
    case 'queue-put':
      return t(
        'put() waits while the queue is full. Have its reader go on when one item fails, or give put() a timeout.',
      );
    default:
      return undefined;
  }
}

export const giveBackAlways = (): string =>
  t('Take each lock by a “with” block: it is given back also when an error or a return leaves the block.');
