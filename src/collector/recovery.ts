// Spools of sessions that were cut off (the editor was killed): their events become recordings, then they are removed.
import * as fs from 'node:fs';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { monotonicMicros } from '../transport/clock';
import { SpoolReader } from '../transport/spool/spoolReader';
import { removeSummary } from '../transport/spool/recordingSummary';
import { RecordingWriter, newRecordingPath, recordingsIn } from '../transport/spool/recording';
import { claimSpool, isAlive, leftOverSpools, removeSpool, removeUnclaimed } from '../transport/spool/spool';
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
    return t('Old recordings could not be cleaned up: {0}', messageOf(error));
  }
}

/** Makes recordings of the spools below `spools` that nobody follows any more. Never throws for a single bad one. */
export function recoverSpools(spools: string, recordings: string): string[] {
  if (!fs.existsSync(spools)) return [];
  removeUnclaimed(spools);
  return leftOverSpools(spools).flatMap(({ folder, owner }) => {
    try {
      claimSpool(folder, owner.title, owner.startedAt); // another window leaves it alone
      const file = newRecordingPath(recordings, owner.title, new Date(owner.startedAt));
      return recovered(folder, owner.title, file) ? [file] : [];
    } catch {
      return []; // tried again when the next session starts
    }
  });
}

/** Returns whether there is a recording now: not of what is still written to, nor of nothing. */
function recovered(folder: string, title: string, file: string): boolean {
  const open = new OpenProcesses();
  let recording: RecordingWriter | undefined;
  for (const { events } of new SpoolReader(folder).rest()) {
    if (events.some((event) => 'pid' in event && isAlive(event.pid))) {
      recording?.discard();
      return false;
    }
    if (events.length === 0) continue;
    recording ??= new RecordingWriter(file, title);
    recording.write(events);
    open.see(events);
  }
  recording?.write(open.ends());
  if (recording?.problem) {
    recording.discard();
    return false;
  }
  removeSpool(folder);
  return recording !== undefined;
}

/** Processes whose end nobody saw. */
export class OpenProcesses {
  private readonly isOpen = new Map<string, boolean>();

  see(events: Iterable<LifecycleEvent>): void {
    for (const { k, p } of events)
      if (k === 'process-end' || !this.isOpen.has(p)) this.isOpen.set(p, k !== 'process-end');
  }

  /** What closes them. */
  ends(how: ProcessEnd['how'] = 'lost-contact'): ProcessEnd[] {
    const open = [...this.isOpen].filter(([, isOpen]) => isOpen);
    return open.map(([p]) => ({ k: 'process-end', p, t: monotonicMicros(), how }));
  }
}

/** Removes all recordings in the folder but the newest. */
export function pruneRecordings(recordings: string, keep = RECORDINGS_KEPT): void {
  for (const file of recordingsIn(recordings).slice(keep)) {
    fs.rmSync(file, { force: true });
    removeSummary(file);
  }
}
