// The events that `report` reads, of a recording or of a folder, in the order in which they came.
import { OpenProcesses } from '../collector/recovery';
import { SiteMapper } from '../collector/siteMapper';
import { SpoolReader } from '../transport/spool/spoolReader';
import type { Batch } from '../transport/spool/events';
import { openRecording } from '../transport/spool/recording';

/** Read only once, because they may not fit in memory. */
export interface Told {
  title: string;
  /** `share`: how much has been read then, of 1. */
  batches: Iterable<Batch & { share: number }>;
}

/** Throws a HumanError when the file is no recording. */
export function toldInFile(file: string): Told {
  const { head, batches } = openRecording(file);
  return { title: head.title, batches: closed(batches) };
}

function* closed(batches: Told['batches']): Told['batches'] {
  const open = new OpenProcesses();
  for (const batch of batches) {
    open.see(batch.events);
    yield batch;
  }
  yield { events: open.ends(), damaged: 0, share: 1 };
}

/** What programs wrote that were started with the variables of `env`; some of them may still run. */
export function toldInFolder(folder: string): Told {
  return { title: folder, batches: mapped(new SpoolReader(folder).rest()) };
}

function* mapped(batches: Iterable<Batch>): Told['batches'] {
  const sites = new SiteMapper();
  for (const { events, damaged } of batches)
    yield { events: events.map((event) => sites.map(event)), damaged, share: 0 };
}
