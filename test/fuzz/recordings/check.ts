// What must hold of every file that is opened as a recording, whatever is in it: it is read, told of and asked about
// without an error that has a stack, and no text says what is no number or obeys what the program put in it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { pictureOf, tellTracks } from '../../../src/commandLine/reading';
import { reportJson, snapshotText } from '../../../src/commandLine/report';
import { toldInFile, type Told } from '../../../src/commandLine/told';
import { HumanError } from '../../../src/common/humanError';
import { Condenser } from '../../../src/model/condense';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { emptyModel, fold, noChanges } from '../../../src/model/facts/facts';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { exitReport } from '../../../src/model/report/report';
import { consoleSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { TrackLog } from '../../../src/model/trackLog';
import { DEFAULT_KEPT_THREADS } from '../../../src/protocol/keptThreads';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { SnapshotLine, TracksLine } from '../../../src/protocol/tracks';
import { Tracks } from '../../../src/tracks/tracks';

const NO_NUMBER = /\b(NaN|Infinity|undefined)\b/;
/** What a terminal obeys, and what reorders or splits a line; but for the ends of lines. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const AROUND = { title: 'fuzz', now: 1e15, damaged: 0, complete: true, notices: [] };

/**
 * Throws what is wrong with what is made of the file; returns whether it was taken for a recording.
 * @param keepThreads how many ended threads are shown one by one
 */
export function checkRecording(file: string, keepThreads = DEFAULT_KEPT_THREADS): boolean {
  steps = [];
  const told = timed('report', () => checkReport(file, keepThreads));
  if (told) timed('snapshot', () => checkSnapshot(told, keepThreads));
  if (told) timed('deltas', () => checkLive(told, keepThreads));
  return told !== undefined;
}

/** As the command line, in each of its forms. Returns what was read, unless that was refused. */
function checkReport(file: string, keepThreads: number): Told | undefined {
  const told = unlessRefused(() => readWhole(file));
  const picture = told && unlessRefused(() => pictureOf(told, keepThreads));
  if (!picture) return undefined;
  const report = exitReport(picture);
  checkText(reportText(report), 'text');
  checkText(reportMarkdown(report), 'Markdown');
  checkText(consoleSummary(report) ?? '', 'summary');
  const json = reportJson(report);
  assert.ok(!OBEYED.test(json), 'JSON is obeyed by a terminal');
  JSON.parse(json);
  return told;
}

/** It can be gone through more than once then. */
function readWhole(file: string): Told {
  const { title, batches } = toldInFile(file);
  return { title, batches: [...batches] };
}

/** What each thing took that a person waits for, of the last check, in ms of `clock`. */
export let steps: { what: string; ms: number }[] = [];

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
let clock = (): number => performance.now();

function timed<T>(what: string, act: () => T): T {
  const before = clock();
  try {
    return act();
  } finally {
    steps.push({ what, ms: clock() - before });
  }
}

/** Undefined where that is refused with words for people. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    assert.doesNotMatch(error.message, OBEYED);
    return undefined;
  }
}

function checkText(text: string, where: string): void {
  for (const pattern of [NO_NUMBER, OBEYED]) {
    const at = text.search(pattern);
    if (at >= 0) assert.fail(`${where} has ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
  }
}

/** As an editor that opens it: what threads did is told first, and asked for when the picture has come. */
function checkSnapshot(told: Told, keepThreads: number): void {
  const tracks = new Tracks(1e8);
  const tell = (line: SnapshotLine): SnapshotLine => JSON.parse(snapshotText(line)) as SnapshotLine;
  const snapshot = tellTracks(told, keepThreads, (line) => tracks.add((tell(line) as TracksLine).tracks));
  tell({ snapshot });
  checkTracks(tracks, snapshot);
}

/** What a view asks for, of all that there is and of a moment. */
function checkTracks(tracks: Tracks, { threads, pools }: Snapshot): void {
  const keys = threads.map(({ key }) => key);
  const starts = threads.map(({ startedAt }) => startedAt);
  const [first, last] = [Math.min(0, ...starts.slice(0, 1000)), Math.max(1, ...starts.slice(0, 1000))];
  const living = { now: last + 1e6, lives: (): boolean => true };
  for (const [from, to] of [
    [first, last + 1e6],
    [last, last + 1],
    [0, 1e15],
  ] as const) {
    const look = { id: 1, from, to, pixels: 200, threads: keys, messagesOf: keys, pools };
    checkNumbers(tracks.see(look, living).pools, 'pools in view');
    checkNumbers(tracks.measure({ id: 1, from, to, threads: keys }, living), 'what is measured');
  }
  tracks.forgetHalf();
  tracks.see({ id: 2, from: 0, to: 1e15, pixels: 10, threads: keys, messagesOf: keys, pools });
}

/** As a session that is followed: pictures of what changed, each time that some of it has come. */
function checkLive({ batches }: Told, keepThreads: number): void {
  const model = emptyModel(true);
  const condenser = new Condenser(model, keepThreads, 1);
  let heardOf = 0;
  const log = new TrackLog(model);
  const tracks = new Tracks(1e8);
  let picture = snapshotOf(model, AROUND);
  const events = [...batches].flatMap(({ events }) => events);
  const step = Math.max(1, Math.ceil(events.length / (1 + (events.length % 4)))); // cut elsewhere in each
  for (let i = 0; i < events.length; i += step) {
    const { revision } = model;
    const changes = noChanges();
    for (const event of events.slice(i, i + step)) {
      fold(model, event, changes);
      heardOf = Math.max(heardOf, event.t);
    }
    condenser.run(i + step < events.length ? heardOf : Infinity, changes);
    log.forget(changes.removed);
    const delta = log.take(changes.threads, 1e15);
    if (delta) checkNumbers(delta, 'tracks');
    if (delta) tracks.add(delta);
    const next = applyDelta(picture, deltaOf(model, changes, revision, AROUND));
    assert.ok(next, 'a delta was refused');
    picture = next;
  }
  checkNumbers(picture, 'picture');
  checkNumbers(verdicts(model, AROUND.now), 'verdicts');
}

/** JSON would make `null` of what is no number. */
function checkNumbers(value: unknown, where: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${where}: ${value}`);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const key in value) {
    const part: unknown = (value as Record<string, unknown>)[key];
    if (typeof part === 'number' && !Number.isFinite(part)) assert.fail(`${where}: ${key} is ${part}`);
    if (typeof part === 'object') checkNumbers(part, where);
  }
}

/** @returns what is wrong with these bytes as a recording; undefined: nothing */
export function failureOf(file: string, bytes: Buffer, keepThreads?: number): unknown {
  fs.writeFileSync(file, bytes);
  try {
    checkRecording(file, keepThreads);
    return undefined;
  } catch (error) {
    return error ?? new Error('nothing was thrown');
  }
}

/** As `failureOf`, with `steps` in processor time: on a machine that others use too, time says little. It costs more to tell. */
export function failureInProcessorTime(...recording: Parameters<typeof failureOf>): unknown {
  const before = clock;
  clock = processorTime;
  try {
    return failureOf(...recording);
  } finally {
    clock = before;
  }
}
