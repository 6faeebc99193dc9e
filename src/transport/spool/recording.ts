// Recordings: the events of a run in one file, readable again by the command line and the timeline.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HumanError, errorCode, messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { LifecycleEvent, RecordingHead } from '../../protocol/probeEvents';
import { DEFAULT_ACTIVITY_MIB, MIB, PROBE_PROTOCOL_VERSION } from '../../protocol/spool';
import { makeFolders } from '../makeFolders';
import { eventsIn, parsed, together, type Batch } from './events';
import { chunksOf, type Chunk } from './lines';
import { asRecordingHead } from './recordingHead';

export const RECORDING_SUFFIX = '.lifelines';

/** More is not wanted of anyone who opens it. */
const MOST_ACTIVITY_MIB = 256;

/** There may be very many of them. */
const ACTIVITY = /^(?:activity|resources|system-threads|turns|async-task(?:-end|s-left-out)?)$/;
const isActivity = ({ k }: LifecycleEvent): boolean => ACTIVITY.test(k);
const ACTIVITY_LINE = new RegExp(`^\\{"k":"${ACTIVITY.source.slice(1, -1)}"`);

/** Injected at build time from package.json. */
declare const PRODUCT_VERSION: string;

/** Writes a recording as the events come, so that what was written is there whatever happens next. */
export class RecordingWriter {
  private failure: string | undefined;
  private activityBytes = 0;
  private readonly mostActivity: number;

  /**
   * Throws a HumanError when the file cannot be made. Missing folders are made.
   * @param activityMiB past this the oldest activity is removed; the holes in its numbering tell
   */
  constructor(
    readonly file: string,
    title: string,
    activityMiB = DEFAULT_ACTIVITY_MIB,
  ) {
    this.mostActivity = Math.min(activityMiB, MOST_ACTIVITY_MIB) * MIB;
    const head: RecordingHead = {
      k: 'recording',
      v: PROBE_PROTOCOL_VERSION,
      by: PRODUCT_VERSION,
      title,
      wall: Date.now(),
    };
    try {
      makeFolders(path.dirname(file));
      begin(file, JSON.stringify(head) + '\n');
    } catch (error) {
      throw new HumanError(
        t('The recording cannot be written to {0} ({1}).', file, errorCode(error) ?? messageOf(error)),
      );
    }
  }

  /** Never throws: once a write has failed, nothing more is written and `problem` says why. */
  write(events: LifecycleEvent[]): void {
    if (this.failure !== undefined || events.length === 0) return;
    try {
      fs.appendFileSync(this.file, events.map((event) => this.line(event)).join(''));
      if (this.activityBytes > this.mostActivity) this.forgetOldActivity();
    } catch (error) {
      this.failure = errorCode(error) ?? messageOf(error);
    }
  }

  private line(event: LifecycleEvent): string {
    const line = JSON.stringify(event) + '\n';
    if (isActivity(event)) this.activityBytes += line.length;
    return line;
  }

  /** Keeps the newer half of what is allowed. A reader sees the old file or the new one, whole. */
  private forgetOldActivity(): void {
    const draft = `${this.file}.draft`;
    const fd = fs.openSync(draft, 'w', 0o600);
    let activityBytes = this.activityBytes;
    try {
      for (const { lines } of chunksOf(this.file)) {
        const kept = lines.filter((line) => {
          if (activityBytes <= this.mostActivity / 2 || !ACTIVITY_LINE.test(line)) return true;
          activityBytes -= line.length + 1;
          return false;
        });
        if (kept.length > 0) fs.writeSync(fd, `${kept.join('\n')}\n`);
      }
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(draft, this.file);
    this.activityBytes = activityBytes;
  }

  /** Removes a recording of something that never ran. */
  discard(): void {
    if (fs.statSync(this.file, { throwIfNoEntry: false })?.isFile()) fs.rmSync(this.file);
  }

  /** For a person; undefined while all went well. */
  get problem(): string | undefined {
    if (this.failure === undefined) return undefined;
    return t(
      'The recording {0} ends early, because writing to it failed ({1}). Free space on its disk. What is shown here is complete.',
      this.file,
      this.failure,
    );
  }
}

/** Readable by this user alone, also where it takes the place of a file that others could read. */
function begin(file: string, text: string): void {
  const fd = fs.openSync(file, 'w', MODE);
  try {
    if (fs.fstatSync(fd).isFile()) makePrivate(fd);
    fs.writeSync(fd, text);
  } finally {
    fs.closeSync(fd);
  }
}
const MODE = 0o600;

function makePrivate(fd: number): void {
  try {
    fs.fchmodSync(fd, MODE);
  } catch {
    // another user's file, or a disk without modes: it was the person who named it
  }
}

/** A recording that is read bit by bit: it may be larger than memory. */
export interface OpenRecording {
  head: RecordingHead;
  /** From the first to the last, once. `share`: how much of the file has been read then, of 1. */
  batches: Iterable<Batch & { share: number }>;
}

export interface Recording extends Batch {
  head: RecordingHead;
}

/** Reads a whole recording. Throws a HumanError when the file is not one, and counts the damaged lines. */
export function readRecording(file: string): Recording {
  const { head, batches } = openRecording(file);
  return { head, ...together(batches) };
}

/** Throws a HumanError when the file is not a recording. */
export function openRecording(file: string): OpenRecording {
  const chunks = readable(file);
  const { lines, share } = firstOf(chunks);
  const head = asRecordingHead(parsed(lines.shift() ?? ''));
  if ('head' in head) return { head: head.head, batches: batchesOf({ lines, share }, chunks) };
  chunks.return(undefined);
  throw unopened(file, head.reason);
}

function firstOf(chunks: Iterator<Chunk, undefined>): Chunk {
  let chunk: Chunk = { lines: [], share: 0 };
  while (chunk.lines.length === 0 && chunk.share < 1) chunk = chunks.next().value ?? { lines: [], share: 1 };
  return chunk;
}

function* batchesOf(first: Chunk, rest: Iterable<Chunk>): Iterable<Batch & { share: number }> {
  yield { ...eventsIn(first.lines), share: first.share };
  for (const { lines, share } of rest) yield { ...eventsIn(lines), share };
}

function* readable(file: string): Generator<Chunk, undefined> {
  try {
    yield* chunksOf(file);
  } catch (error) {
    const code = errorCode(error);
    throw unopened(file, code === 'ENOENT' ? t('there is no such file') : (code ?? messageOf(error)));
  }
  return undefined;
}

const unopened = (file: string, reason: string): HumanError =>
  new HumanError(t('{0} cannot be opened: {1}.', file, reason));

/** Newest first. */
export function recordingsIn(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(RECORDING_SUFFIX))
      .sort()
      .reverse()
      .map((name) => path.join(folder, name));
  } catch {
    return []; // no folder, no recordings
  }
}

/** Path for a new recording: sorts by time, tells people what it is of. */
export function newRecordingPath(folder: string, title: string, now = new Date()): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 19);
  const name = title.replace(/[^\p{L}\p{N}.-]+/gu, '_').slice(0, 60) || 'program';
  return path.join(folder, `${time}-${name}${RECORDING_SUFFIX}`);
}
