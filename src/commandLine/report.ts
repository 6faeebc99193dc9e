// `report`: prints again what was recorded.
import * as fs from 'node:fs';
import { forJson } from '../common/untrusted';
import { exitReport, type ExitReport } from '../model/report/report';
import { reportText } from '../model/report/text';
import { fails, FINDINGS_CODE, type FailOn } from './failOn';
import { pictureOf, tellTracks } from './reading';
import { toldInFile, toldInFolder } from './told';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import type { SnapshotLine } from '../protocol/tracks';
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

/** Throws a HumanError when there is nothing at `path` that can be read, or too much. */
export function report({ path, form, failOn, locale, keepThreads = DEFAULT_KEPT_THREADS }: ReportOptions): number {
  if (form === 'snapshot') takeUpLanguage(__dirname, locale);
  const isFolder = fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const told = isFolder ? toldInFolder(path) : toldInFile(path);
  const snapshot = form === 'snapshot' ? tellTracks(told, keepThreads, print) : pictureOf(told, keepThreads);
  const concluded = exitReport(snapshot);
  if (form === 'snapshot') print({ snapshot });
  else process.stdout.write(form === 'json' ? reportJson(concluded) : reportText(concluded));
  return fails(concluded, failOn) ? FINDINGS_CODE : 0;
}

const print = (line: SnapshotLine): void => void process.stdout.write(snapshotText(line));

/** A line of `report --snapshot`. */
export const snapshotText = (line: SnapshotLine): string => `${forJson(line)}\n`;

export const reportJson = (report: ExitReport): string => `${forJson(report, 2)}\n`;
