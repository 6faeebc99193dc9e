// What must hold of every file that is opened as a recording, whatever is in it: it is read, told of and asked about
// without an error that has a stack, and no text says what is no number or obeys what the program put in it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { report, type ReportOptions } from '../../../src/commandLine/report';
import { HumanError } from '../../../src/common/humanError';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { emptyModel, fold, noChanges } from '../../../src/model/facts/facts';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { exitReport } from '../../../src/model/report/report';
import { consoleSummary } from '../../../src/model/report/summary';
import { TrackLog } from '../../../src/model/trackLog';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import type { SnapshotLine, TracksDelta } from '../../../src/protocol/tracks';
import { Tracks } from '../../../src/tracks/tracks';
import { readRecording } from '../../../src/transport/spool/recording';

const NO_NUMBER = /\b(NaN|Infinity|undefined)\b/;
/** What a terminal obeys, and what reorders or splits a line; but for the ends of lines. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const AROUND = { title: 'fuzz', now: 1e15, damaged: 0, complete: true, notices: [] };

/** Throws what is wrong with what is made of the file; returns whether it was taken for a recording. */
export function checkRecording(file: string): boolean {
  const text = timed('text', () => printed({ path: file, form: 'text', failOn: [] }));
  if (text === undefined) return false;
  checkText(text, 'text');
  const json = timed('json', () => printed({ path: file, form: 'json', failOn: [] })!);
  assert.ok(!OBEYED.test(json), 'JSON is obeyed by a terminal');
  JSON.parse(json);
  const lines = timed('snapshot', () => printed({ path: file, form: 'snapshot', failOn: [] })!)
    .trimEnd()
    .split('\n');
  const told = lines.map((line) => JSON.parse(line) as SnapshotLine);
  const { snapshot } = told.at(-1) as { snapshot: Snapshot };
  checkText(reportMarkdown(exitReport(snapshot)), 'Markdown');
  checkText(consoleSummary(exitReport(snapshot)) ?? '', 'summary');
  const tracks = told.flatMap((line) => ('tracks' in line ? [line.tracks] : []));
  timed('tracks', () => checkTracks(tracks, snapshot));
  timed('deltas', () => checkLive(readRecording(file).events));
  return true;
}

/** What took longest of what was checked last, in ms of `clock`. */
export let longest = { what: '', ms: 0 };

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
    const ms = clock() - before;
    if (ms > longest.ms) longest = { what, ms };
  }
}

/** As `failureOf`; `longest` is in processor time then, which costs more to tell. */
export function measured(file: string, bytes: Buffer): void {
  const before = clock;
  clock = processorTime;
  failureOf(file, bytes);
  clock = before;
}

/** What `report` prints; undefined where it refuses the file with words for people. */
function printed(options: ReportOptions): string | undefined {
  const parts: string[] = [];
  const stdout = process.stdout as { write: (part: string) => boolean };
  const { write } = stdout;
  stdout.write = (part) => parts.push(part) > 0;
  try {
    report(options);
    return parts.join('');
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    assert.doesNotMatch(error.message, OBEYED);
    return undefined;
  } finally {
    stdout.write = write;
  }
}

function checkText(text: string, where: string): void {
  for (const pattern of [NO_NUMBER, OBEYED]) {
    const at = text.search(pattern);
    if (at >= 0) assert.fail(`${where} has ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
  }
}

/** What a view asks for, of all that there is and of a moment. */
function checkTracks(deltas: TracksDelta[], { threads, pools }: Snapshot): void {
  const tracks = new Tracks(1e8);
  for (const delta of deltas) tracks.add(delta);
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
function checkLive(events: LifecycleEvent[]): void {
  const model = emptyModel(true);
  const log = new TrackLog(model);
  const tracks = new Tracks(1e8);
  let picture = snapshotOf(model, AROUND);
  const step = Math.max(1, Math.ceil(events.length / 4));
  for (let i = 0; i < events.length; i += step) {
    const { revision } = model;
    const changes = noChanges();
    for (const event of events.slice(i, i + step)) fold(model, event, changes);
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
export function failureOf(file: string, bytes: Buffer): unknown {
  fs.writeFileSync(file, bytes);
  longest = { what: '', ms: 0 };
  try {
    checkRecording(file);
    return undefined;
  } catch (error) {
    return error ?? new Error('nothing was thrown');
  }
}
