// Reads a spool folder bit by bit.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { errorCode } from '../../common/humanError';
import type { LifecycleEvent } from '../../protocol/probeEvents';
import { monotonicMicros } from '../clock';
import { openRegular, UnfitFile } from '../regularFile';
import { eventsIn, inOrder, together, type Batch } from './events';
import { LineSplitter, NEWLINE } from './lines';
import { endedIn, keyIn, namesIn, putAside, spoolSources, unwrittenIn } from './spool';

const CHUNK_BYTES = 1 << 20;

/** A line of so many bytes is none, and neither is there anything behind it: an empty file may claim any size. */
const ENDLESS_LINE = 1 << 30;

interface Followed {
  offset: number;
  lines: LineSplitter;
  /** Bytes since the last end of a line. */
  unended: number;
  /** It was found to be no spool file, which is told once. */
  isUnfit: boolean;
}

/** Reads what is new in a spool folder, each byte once. */
export class SpoolReader {
  private readonly files = new Map<string, Followed>();
  /** Keys of processes that write no more, all of whose files have been read. */
  private readonly done = new Set<string>();
  /** Keys of processes of which it has been told that not all could be written. */
  private readonly unwritten = new Set<string>();
  /** What an earlier reader had put aside has been read. */
  private isBegun = false;

  constructor(private readonly folder: string) {}

  /** All whole lines written since the last call. Throws a HumanError when the folder cannot be read. */
  read(): Batch {
    return together(this.batches());
  }

  /** As `read`, and lines that were begun but not finished: their writers are gone. */
  readRest(): Batch {
    return together(this.rest());
  }

  /**
   * As `read`, bit by bit, for a spool may be larger than memory; by time, for each process writes several files. A file
   * that fails costs nothing of the others.
   */
  *batches(): Iterable<Batch> {
    const failures: unknown[] = [];
    const names = namesIn(this.folder).filter((name) => !this.done.has(keyIn(name)));
    const aside = this.isBegun ? undefined : endedIn(this.folder);
    this.isBegun = true;
    const all = [...(aside ? spoolSources(aside.folder, aside.names) : []), ...spoolSources(this.folder, names)];
    const sources = all.flatMap(({ from, files }) => {
      const news = files.filter((file) => this.hasNews(file));
      return news.length > 0 ? [{ from, batches: this.newInAll(news, failures) }] : [];
    });
    yield* inOrder(sources);
    yield { events: this.newlyUnwritten([...names, ...(aside?.names ?? [])]), damaged: 0 };
    if (failures.length > 0) throw failures[0];
  }

  /** A process has ended, and all whole lines of it have been read: returns the rest, and its files are not looked at again. */
  leave(p: string): Batch {
    this.done.add(p);
    const left = [...this.files].filter(([file]) => keyIn(path.basename(file)) === p);
    for (const [file] of left) this.files.delete(file);
    putAside(
      this.folder,
      namesIn(this.folder).filter((name) => keyIn(name) === p),
    );
    return restOf(left.map(([, state]) => state));
  }

  private newlyUnwritten(names: readonly string[]): LifecycleEvent[] {
    const keys = unwrittenIn(names).filter((p) => !this.unwritten.has(p));
    for (const p of keys) this.unwritten.add(p);
    return keys.map((p) => ({ k: 'unwritten', p, t: monotonicMicros() }));
  }

  /** As `readRest`, bit by bit. */
  *rest(): Iterable<Batch> {
    let failure: { error: unknown } | undefined;
    try {
      yield* this.batches();
    } catch (error) {
      failure = { error };
    }
    yield restOf([...this.files.values()]);
    if (failure) throw failure.error;
  }

  /** What is no file is looked into once, to be told as damage. */
  private hasNews(file: string): boolean {
    const state = this.files.get(file);
    if (state?.isUnfit) return false;
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    return found !== undefined && (!found.isFile() || found.size > (state?.offset ?? 0));
  }

  private *newInAll(files: string[], failures: unknown[]): Iterable<Batch> {
    for (const file of files) {
      try {
        yield* this.newIn(file);
      } catch (error) {
        failures.push(error);
      }
    }
  }

  /** Up to the end that the file has now: who writes faster than we read does not hold us. */
  private *newIn(file: string): Iterable<Batch> {
    let state = this.files.get(file);
    if (!state) this.files.set(file, (state = { offset: 0, lines: new LineSplitter(), unended: 0, isUnfit: false }));
    for (let end = Infinity; state.offset < end && !state.isUnfit;) {
      const read = readAt(file, state.offset);
      state.isUnfit = read === 'unfit';
      if (read === 'unfit') yield { events: [], damaged: 1 };
      if (read === 'unfit' || read === 'gone' || read.chunk.length === 0) return;
      end = Math.min(end, read.size);
      yield eventsIn(linesIn(read.chunk, state));
    }
  }
}

/** Lines that were begun but not finished. */
const restOf = (files: Followed[]): Batch =>
  eventsIn(files.map(({ lines }) => lines.takeRest()).filter((line) => line !== ''));

/**
 * Opened for each chunk, as there may be more files than descriptors. Gone: of its activity a program removes the oldest
 * itself, when it becomes too much.
 */
function readAt(file: string, offset: number): { chunk: Buffer; size: number } | 'unfit' | 'gone' {
  let fd: number | undefined;
  try {
    fd = openRegular(file, 'refuse');
    const { size } = fs.fstatSync(fd);
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, size - offset)));
    return { chunk: chunk.subarray(0, fs.readSync(fd, chunk, 0, chunk.length, offset)), size };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'gone';
    if (error instanceof UnfitFile) return 'unfit';
    throw error;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

function linesIn(chunk: Buffer, state: Followed): string[] {
  const end = chunk.lastIndexOf(NEWLINE);
  state.offset += chunk.length;
  state.unended = end < 0 ? state.unended + chunk.length : chunk.length - end - 1;
  state.isUnfit = state.unended > ENDLESS_LINE;
  return state.lines.push(chunk);
}
