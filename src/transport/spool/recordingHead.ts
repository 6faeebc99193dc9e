// The first line of a recording.
import { t } from '../../common/l10n';
import type { RecordingHead } from '../../protocol/probeEvents';
import { PROBE_PROTOCOL_VERSION } from '../../protocol/spool';

/** Longer text is cut. */
const LONGEST = 4096;

/** Checks it; says in `reason` what is wrong with it, for the person who opened the file. */
export function asRecordingHead(value: unknown): { head: RecordingHead } | { reason: string } {
  if (!isObject(value) || value['k'] !== 'recording') return { reason: t('it is not a recording') };
  const { v, by, title, wall } = value;
  if (!isNumber(v) || v < 1 || !Number.isInteger(v)) return { reason: t('its version cannot be read') };
  if (v > PROBE_PROTOCOL_VERSION) {
    return {
      reason: t(
        'it was written by a newer Thread Lifelines (recording version {0}, this one reads up to {1}); update Thread Lifelines to open it',
        v,
        PROBE_PROTOCOL_VERSION,
      ),
    };
  }
  if (typeof by !== 'string' || typeof title !== 'string' || !isNumber(wall) || !isMoment(wall)) {
    return { reason: t('its first line is damaged') };
  }
  return { head: { k: 'recording', v, by: by.slice(0, LONGEST), title: title.slice(0, LONGEST), wall } };
}

/** What a `Date` can tell. */
const isMoment = (ms: number): boolean => !Number.isNaN(new Date(ms).getTime());

const isNumber = (value: unknown): value is number => typeof value === 'number';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
