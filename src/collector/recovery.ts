// Spools of sessions that were cut off (the editor was killed): their events become recordings, then they are removed.
import * as fs from 'node:fs';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { monotonicMicros } from '../transport/clock';
import { SpoolReader } from '../transport/spool/spoolReader';
import { RecordingWriter, newRecordingPath, recordingsIn } from '../transport/spool/recording';
import { isAlive, leftOverSpools, removeSpool, removeUnclaimed } from '../transport/spool/spool';
import type { LifecycleEvent, ProcessEnd } from '../protocol/probeEvents';

/** How many recordings of the editor's own storage are kept. */
export const RECORDINGS_KEPT = 20;

/** Folders of the extension's storage. */
export interface StorageFolders {
  spools: string;
  recordings: string;
}

/** What sessions before could not clean up. Returns what went wrong, for the log. */
export function sweepStorage({ spools, recordings }: StorageFolders): string | undefined {
  try {
    recoverSpools(spools, recordings);
    pruneRecordings(recordings);
    return undefined;
  } catch (error) {
    return t('Old recordings could not be put in order: {0}', messageOf(error));
  }
}

/** Makes recordings of the spools below `spools` that nobody follows any more. Never throws for a single bad one. */
export function recoverSpools(spools: string, recordings: string): string[] {
  if (!fs.existsSync(spools)) return [];
  removeUnclaimed(spools);
  return leftOverSpools(spools).flatMap(({ folder, owner }) => {
    try {
      const { events } = new SpoolReader(folder).readRest();
      if (events.some((event) => 'pid' in event && isAlive(event.pid))) return []; // still written to
      removeSpool(folder);
      if (events.length === 0) return [];
      const file = newRecordingPath(recordings, owner.title, new Date(owner.startedAt));
      new RecordingWriter(file, owner.title).write([...events, ...endsFor(events)]);
      return [file];
    } catch {
      return []; // tried again when the next session starts
    }
  });
}

/** Closes processes whose end nobody saw. */
export function endsFor(events: LifecycleEvent[], how: ProcessEnd['how'] = 'lost-contact'): ProcessEnd[] {
  const open = new Set(events.map((event) => event.p));
  for (const event of events) if (event.k === 'process-end') open.delete(event.p);
  return [...open].map((p) => ({ k: 'process-end', p, t: monotonicMicros(), how }));
}

/** Removes all recordings in the folder but the newest. */
export function pruneRecordings(recordings: string, keep = RECORDINGS_KEPT): void {
  for (const file of recordingsIn(recordings).slice(keep)) fs.rmSync(file, { force: true });
}
