// Reads batches of activity records as they stand in the spool.
import { ActivityKind, RECORD_WORDS, type ActivityKindName } from './activity';

export interface Activity {
  /** Its place in the batch, from 0. */
  index: number;
  kind: ActivityKindName;
  /** µs on the machine's monotonic clock. */
  t: number;
  arg: number;
  a: number;
  b: number;
}

const NAMES = Object.fromEntries(Object.entries(ActivityKind).map(([name, kind]) => [kind, name])) as Record<
  number,
  ActivityKindName
>;
const RECORD_BYTES = RECORD_WORDS * 4;

/** How many records are in a batch. */
export const recordsIn = (base64: string): number => Math.floor(bytesIn(base64) / RECORD_BYTES);

/** What ends in the middle of a record was not written so. */
export const endsWithRecord = (base64: string): boolean => bytesIn(base64) % RECORD_BYTES === 0;

function bytesIn(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/**
 * The records in a batch. `base` is the slot's; `t` is when the batch was drained, less than 71 minutes (2^32 µs) after
 * each of its records was written. Records of a kind that this version does not know are left out.
 */
export function activitiesIn(base64: string, base: number, t: number): Activity[] {
  const bytes = bytesOf(base64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const drained = t - base;
  const activities: Activity[] = [];
  for (let at = 0; at + RECORD_BYTES <= bytes.byteLength; at += RECORD_BYTES) {
    const word = view.getUint32(at + 4, true);
    const kind = NAMES[word >>> 24];
    if (!kind) continue;
    const age = (drained - view.getUint32(at, true)) % 2 ** 32;
    const arg = word & 0xffffff;
    const index = at / RECORD_BYTES;
    activities.push({
      index,
      kind,
      t: t - age,
      arg,
      a: view.getUint32(at + 8, true),
      b: view.getUint32(at + 12, true),
    });
  }
  return activities;
}

/** By a loop: to give `Uint8Array.from` a function takes several times as long. */
function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
