// What lists of recordings say of each: kept beside the recordings, so that none has to be read for it.
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface RecordingSummary {
  title: string;
  /** ms since 1970. */
  wall: number;
  /** How many threads, and how it came out, in a few words. */
  brief: string;
}

const MOST_BYTES = 10_000;

const pathOf = (recording: string): string =>
  path.join(path.dirname(recording), '..', 'outcomes', `${path.basename(recording)}.json`);

/** Never throws: a list can do without. */
export function writeSummary(recording: string, summary: RecordingSummary): void {
  try {
    fs.mkdirSync(path.dirname(pathOf(recording)), { recursive: true, mode: 0o700 });
    fs.writeFileSync(pathOf(recording), JSON.stringify(summary), { mode: 0o600 });
  } catch {
    // the disk may be full
  }
}

/** Undefined where there is none, or it is not one. */
export function readSummary(recording: string): RecordingSummary | undefined {
  try {
    const stat = fs.statSync(pathOf(recording));
    if (!stat.isFile() || stat.size > MOST_BYTES) return undefined;
    const read = JSON.parse(fs.readFileSync(pathOf(recording), 'utf8')) as Partial<RecordingSummary> | null;
    const { title, wall, brief } = read ?? {};
    if (typeof title !== 'string' || typeof wall !== 'number' || typeof brief !== 'string') return undefined;
    return { title, wall, brief };
  } catch {
    return undefined;
  }
}

export const removeSummary = (recording: string): void => fs.rmSync(pathOf(recording), { force: true });
