// What a thread of Node's waits in without turning its loop, in words. Pure.
import { t } from '../../../common/l10n';
import type { BlockingKind } from '../../../protocol/activity';
import type { BlockingPhrases } from '../runtime';

export function blocking(kind: BlockingKind): BlockingPhrases {
  switch (kind) {
    case 'atomics-wait':
      return phrases('Atomics.wait');
    case 'synchronous-child':
      return {
        name: t('synchronous child process'),
        waits: t('it is waiting for a synchronous child process'),
        waited: t('it was waiting for a synchronous child process'),
      };
    default:
      return phrases(t('an unknown call'));
  }
}

const phrases = (name: string): BlockingPhrases => ({
  name,
  waits: t('it is waiting in {0}', name),
  waited: t('it was waiting in {0}', name),
});
