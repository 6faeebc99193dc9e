// `report`: prints again what was recorded.
import * as fs from 'node:fs';
import { folds } from '../collector/folds';
import { SiteMapper } from '../collector/siteMapper';
import { OpenProcesses } from '../collector/recovery';
import { forJson } from '../common/untrusted';
import { Condenser } from '../model/condense';
import { emptyModel, noChanges, type Model } from '../model/facts/facts';
import { snapshotOf } from '../model/picture';
import { TrackLog } from '../model/trackLog';
import { exitReport } from '../model/report/report';
import { reportText } from '../model/report/text';
import { fails, FINDINGS_CODE, type FailOn } from './failOn';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import type { Snapshot } from '../protocol/picture';
import type { SnapshotLine } from '../protocol/tracks';
import { monotonicMicros } from '../transport/clock';
import { SpoolReader } from '../transport/spool/spoolReader';
import type { Batch } from '../transport/spool/events';
import { openRecording } from '../transport/spool/recording';
import { takeUpLanguage } from '../transport/translation';

export interface ReportOptions {
  path: string;
  form: 'text' | 'json' | 'snapshot';
  failOn: FailOn;
  /** Of a snapshot alone, which is for a person’s editor; reports are in English. */
  locale?: string;
  /** How many ended threads are reported one by one. */
  keepThreads?: number;
}

/**
 * Between two lines of output so many characters of activity are read, for which an event of a life counts as so many: of
 * many threads that ended long ago nothing need be told then.
 */
const ACTIVITY_AT_ONCE = 2e6;
const CHARACTERS_AN_EVENT = 20;

/** Throws a HumanError when there is nothing at `path` that can be read. */
export function report({ path, form, failOn, locale, keepThreads = DEFAULT_KEPT_THREADS }: ReportOptions): number {
  if (form === 'snapshot') takeUpLanguage(__dirname, locale);
  const isFolder = fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const told = isFolder ? toldInFolder(path) : toldInFile(path);
  const snapshot = form === 'snapshot' ? withTracks(told, keepThreads) : withoutTracks(told, keepThreads);
  process.stdout.write(rendered(snapshot, form));
  return fails(exitReport(snapshot), failOn) ? FINDINGS_CODE : 0;
}

function rendered(snapshot: Snapshot, form: ReportOptions['form']): string {
  switch (form) {
    case 'snapshot':
      return line({ snapshot });
    case 'json':
      return `${forJson(exitReport(snapshot), 2)}\n`;
    case 'text':
      return reportText(exitReport(snapshot));
  }
}

const line = (told: SnapshotLine): string => `${forJson(told)}\n`;

/** The events, in the order in which they came; read only once, because they may not fit in memory. */
interface Told {
  title: string;
  /** `share`: how much has been read then, of 1. */
  batches: Iterable<Batch & { share: number }>;
}

function toldInFile(file: string): Told {
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
function toldInFolder(folder: string): Told {
  return { title: folder, batches: mapped(new SpoolReader(folder).rest()) };
}

function* mapped(batches: Iterable<Batch>): Told['batches'] {
  const sites = new SiteMapper();
  for (const { events, damaged } of batches)
    yield { events: events.map((event) => sites.map(event)), damaged, share: 0 };
}

function withoutTracks({ title, batches }: Told, keepThreads: number): Snapshot {
  const model = emptyModel();
  const condenser = new Condenser(model, keepThreads);
  let [damaged, heardOf] = [0, 0];
  for (const batch of batches) {
    damaged += batch.damaged;
    const changes = noChanges();
    for (const event of batch.events) {
      if (!folds(model, event, changes)) damaged++;
      else heardOf = Math.max(heardOf, event.t);
    }
    condenser.run(heardOf, changes);
  }
  condenser.finish(noChanges());
  return pictureOf(title, damaged, model);
}

const pictureOf = (title: string, damaged: number, model: Model): Snapshot =>
  snapshotOf(model, { title, now: monotonicMicros(), damaged, complete: true, notices: [] });

/** Prints what threads did from moment to moment, bit by bit as it is read, and returns the picture of the end. */
function withTracks({ title, batches }: Told, keepThreads: number): Snapshot {
  const model = emptyModel(true);
  const condenser = new Condenser(model, keepThreads);
  const log = new TrackLog(model);
  let changes = noChanges();
  let [damaged, heardOf, read, before] = [0, 0, 0, 0];
  const pass = (share: number): void => {
    log.forget(changes.removed);
    const tracks = log.take(changes.threads, heardOf);
    changes = noChanges();
    read = 0;
    if (tracks) process.stdout.write(line({ tracks, share }));
  };
  for (const batch of batches) {
    damaged += batch.damaged;
    batch.events.forEach((event, i) => {
      if (!folds(model, event, changes)) damaged++;
      else heardOf = Math.max(heardOf, event.t);
      read += event.k === 'activity' ? event.records.length : CHARACTERS_AN_EVENT;
      if (read >= ACTIVITY_AT_ONCE || log.isFull(event.p))
        pass(before + ((batch.share - before) * i) / batch.events.length);
    });
    before = batch.share;
    condenser.run(heardOf, changes);
  }
  condenser.finish(changes);
  for (const { threads } of model.processes.values()) for (const { key } of threads.values()) changes.threads.add(key);
  pass(1);
  return pictureOf(title, damaged, model);
}
