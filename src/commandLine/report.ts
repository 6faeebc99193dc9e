// `report`: prints again what was recorded.
import * as fs from 'node:fs';
import { SiteMapper } from '../collector/siteMapper';
import { endsFor } from '../collector/recovery';
import { fold, emptyModel } from '../model/facts';
import { snapshotOf } from '../model/picture';
import { exitReport } from '../model/report/report';
import { reportText } from '../model/report/text';
import { fails, FINDINGS_CODE, type FailOn } from './failOn';
import type { Snapshot } from '../protocol/picture';
import type { LifecycleEvent } from '../protocol/probeEvents';
import { monotonicMicros } from '../transport/clock';
import { SpoolReader } from '../transport/follower';
import { readRecording } from '../transport/recording';

export interface ReportOptions {
  path: string;
  form: 'text' | 'json' | 'snapshot';
  failOn: FailOn;
}

/** Throws a HumanError when there is nothing at `path` that can be read. */
export function report({ path, form, failOn }: ReportOptions): number {
  const isFolder = fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const snapshot = isFolder ? snapshotOfFolder(path) : snapshotOfFile(path);
  process.stdout.write(rendered(snapshot, form));
  return fails(exitReport(snapshot), failOn) ? FINDINGS_CODE : 0;
}

function rendered(snapshot: Snapshot, form: ReportOptions['form']): string {
  switch (form) {
    case 'snapshot':
      return `${JSON.stringify(snapshot)}\n`;
    case 'json':
      return `${JSON.stringify(exitReport(snapshot), undefined, 2)}\n`;
    case 'text':
      return reportText(exitReport(snapshot));
  }
}

function snapshotOfFile(file: string): Snapshot {
  const { head, events, damaged } = readRecording(file);
  return picture(head.title, [...events, ...endsFor(events)], damaged);
}

/** What programs wrote that were started with the variables of `env`; some of them may still run. */
function snapshotOfFolder(folder: string): Snapshot {
  const sites = new SiteMapper();
  const { events, damaged } = new SpoolReader(folder).readRest();
  return picture(
    folder,
    events.map((event) => sites.map(event)),
    damaged,
  );
}

function picture(title: string, events: LifecycleEvent[], damaged: number): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title, now: monotonicMicros(), damaged, complete: true, notices: [] });
}
