// `report`: prints again what was recorded.
import * as fs from 'node:fs';
import { SiteMapper } from '../collector/siteMapper';
import { endsFor } from '../collector/recovery';
import { fold, emptyModel, noChanges, type Model } from '../model/facts/facts';
import { snapshotOf } from '../model/picture';
import { TrackLog } from '../model/trackLog';
import { exitReport } from '../model/report/report';
import { reportText } from '../model/report/text';
import { fails, FINDINGS_CODE, type FailOn } from './failOn';
import type { Snapshot } from '../protocol/picture';
import type { LifecycleEvent } from '../protocol/probeEvents';
import type { SnapshotLine } from '../protocol/tracks';
import { monotonicMicros } from '../transport/clock';
import { SpoolReader } from '../transport/spool/spoolReader';
import { readRecording } from '../transport/spool/recording';
import { takeUpLanguage } from '../transport/translation';

export interface ReportOptions {
  path: string;
  form: 'text' | 'json' | 'snapshot';
  failOn: FailOn;
  /** Of a snapshot alone, which is for a person’s editor; reports are in English. */
  locale?: string;
}

/** Of a recording so many are read between two lines of output. */
const EVENTS_AT_ONCE = 50;

/** Throws a HumanError when there is nothing at `path` that can be read. */
export function report({ path, form, failOn, locale }: ReportOptions): number {
  if (form === 'snapshot') takeUpLanguage(__dirname, locale);
  const isFolder = fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const told = isFolder ? toldInFolder(path) : toldInFile(path);
  const snapshot = form === 'snapshot' ? withTracks(told) : pictureOf(told, modelOf(told.events));
  process.stdout.write(rendered(snapshot, form));
  return fails(exitReport(snapshot), failOn) ? FINDINGS_CODE : 0;
}

function rendered(snapshot: Snapshot, form: ReportOptions['form']): string {
  switch (form) {
    case 'snapshot':
      return line({ snapshot });
    case 'json':
      return `${JSON.stringify(exitReport(snapshot), undefined, 2)}\n`;
    case 'text':
      return reportText(exitReport(snapshot));
  }
}

const line = (told: SnapshotLine): string => `${JSON.stringify(told)}\n`;

interface Told {
  title: string;
  events: LifecycleEvent[];
  damaged: number;
}

function toldInFile(file: string): Told {
  const { head, events, damaged } = readRecording(file);
  return { title: head.title, events: events.concat(endsFor(events)), damaged };
}

/** What programs wrote that were started with the variables of `env`; some of them may still run. */
function toldInFolder(folder: string): Told {
  const sites = new SiteMapper();
  const { events, damaged } = new SpoolReader(folder).readRest();
  return { title: folder, events: events.map((event) => sites.map(event)), damaged };
}

function modelOf(events: LifecycleEvent[]): Model {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return model;
}

const pictureOf = ({ title, damaged }: Told, model: Model): Snapshot =>
  snapshotOf(model, { title, now: monotonicMicros(), damaged, complete: true, notices: [] });

/** Prints what threads did from moment to moment, bit by bit as it is read, and returns the picture of the end. */
function withTracks(told: Told): Snapshot {
  const model = emptyModel(true);
  const log = new TrackLog(model);
  let changes = noChanges();
  let heardOf = 0;
  const pass = (share: number): void => {
    const tracks = log.take(changes.threads, heardOf);
    changes = noChanges();
    if (tracks) process.stdout.write(line({ tracks, share }));
  };
  told.events.forEach((event, i) => {
    fold(model, event, changes);
    heardOf = Math.max(heardOf, event.t);
    if (i % EVENTS_AT_ONCE === EVENTS_AT_ONCE - 1 || log.isFull) pass(i / told.events.length);
  });
  for (const { threads } of model.processes.values()) for (const { key } of threads.values()) changes.threads.add(key);
  pass(1);
  return pictureOf(told, model);
}
