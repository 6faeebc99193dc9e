// `report`: prints again what was recorded.
import * as fs from 'node:fs';
import { forJson } from '../common/untrusted';
import { exitReport, type ExitReport } from '../model/report/report';
import { reportText } from '../model/report/text';
import { fails, FINDINGS_CODE, type FailOn } from './failOn';
import { Kept } from './kept';
import { pictureOf, tellTracks } from './reading';
import { type Told, toldInFile, toldInFolder } from './told';
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
  /** Folder of an editor, for what was told of long recordings. */
  kept?: string;
}

/** Throws a HumanError when there is nothing at `path` that can be read, or too much. */
export function report(options: ReportOptions): number {
  const { path, form, failOn, keepThreads = DEFAULT_KEPT_THREADS } = options;
  if (form === 'snapshot') return reportToEditor(options, keepThreads);
  const concluded = exitReport(pictureOf(toldAt(path), keepThreads));
  process.stdout.write(form === 'json' ? reportJson(concluded) : reportText(concluded));
  return codeOf(concluded, failOn);
}

/** In the words of a person's language. */
function reportToEditor({ path, failOn, locale, kept: folder }: ReportOptions, keepThreads: number): number {
  takeUpLanguage(__dirname, locale);
  const kept = folder === undefined ? undefined : Kept.of(folder, path, { keepThreads, locale });
  if (kept?.print((bytes) => process.stdout.write(bytes))) return 0;
  const print = (line: SnapshotLine): void => {
    const text = snapshotText(line);
    process.stdout.write(text);
    kept?.add(text);
  };
  const snapshot = tellTracks(toldAt(path), keepThreads, print);
  print({ snapshot });
  kept?.finish(new Set(snapshot.threads.map(({ key }) => key)));
  return codeOf(exitReport(snapshot), failOn);
}

function toldAt(path: string): Told {
  const isFolder = fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? toldInFolder(path) : toldInFile(path);
}

const codeOf = (concluded: ExitReport, failOn: FailOn): number => (fails(concluded, failOn) ? FINDINGS_CODE : 0);

/** A line of `report --snapshot`. */
export const snapshotText = (line: SnapshotLine): string => `${forJson(line)}\n`;

export const reportJson = (report: ExitReport): string => `${forJson(report, 2)}\n`;
