// The first line of a recording.
import { t } from '../../common/l10n';
import type { RecordingHead } from '../../protocol/probeEvents';
import { PROBE_PROTOCOL_VERSION } from '../../protocol/spool';

/** Checks it; says in `reason` what is wrong with it, for the person who opened the file. */
export function asRecordingHead(value: unknown): { head: RecordingHead } | { reason: string } {
  if (!isObject(value) || value['k'] !== 'recording') return { reason: t('it is not a recording') };
  if (typeof value['v'] !== 'number') return { reason: t('its version cannot be read') };
  if (value['v'] > PROBE_PROTOCOL_VERSION) {
    return {
      reason: t(
        'it was written by a newer Thread Lifelines (recording version {0}, this one reads up to {1}); update Thread Lifelines to open it',
        value['v'],
        PROBE_PROTOCOL_VERSION,
      ),
    };
  }
  const { by, title, wall } = value;
  if (typeof by !== 'string' || typeof title !== 'string' || typeof wall !== 'number') {
    return { reason: t('its first line is damaged') };
  }
  return { head: { k: 'recording', v: value['v'], by, title, wall } };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
