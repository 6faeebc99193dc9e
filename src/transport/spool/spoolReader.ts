// Reads a spool folder bit by bit.
import * as fs from 'node:fs';
import { errorCode } from '../../common/humanError';
import { eventsIn, inOrder, together, type Batch } from './events';
import { LineSplitter } from './lines';
import { spoolSources } from './spool';

const CHUNK_BYTES = 1 << 20;

/** Reads what is new in a spool folder, each byte once. */
export class SpoolReader {
  private readonly files = new Map<string, { offset: number; lines: LineSplitter }>();

  constructor(private readonly folder: string) {}

  /** All whole lines written since the last call. Throws a HumanError when the folder cannot be read. */
  read(): Batch {
    return together(this.batches());
  }

  /** As `read`, and lines that were begun but not finished: their writers are gone. */
  readRest(): Batch {
    return together(this.rest());
  }

  /** As `read`, bit by bit, for a spool may be larger than memory; by time, for each process writes several files. */
  *batches(): Iterable<Batch> {
    const news = spoolSources(this.folder).map(({ from, files }) => ({ from, files: files.filter(this.hasNews) }));
    const sources = news.filter(({ files }) => files.length > 0);
    yield* inOrder(sources.map(({ from, files }) => ({ from, batches: this.newInAll(files) })));
  }

  /** As `readRest`, bit by bit. */
  *rest(): Iterable<Batch> {
    yield* this.batches();
    yield eventsIn([...this.files.values()].map((f) => f.lines.takeRest()).filter((line) => line !== ''));
  }

  /** Only a file has: to open a pipe that somebody put there would wait for its writer. */
  private readonly hasNews = (file: string): boolean => {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size > (this.files.get(file)?.offset ?? 0);
  };

  private *newInAll(files: string[]): Iterable<Batch> {
    for (const file of files) yield* this.newIn(file);
  }

  private *newIn(file: string): Iterable<Batch> {
    let state = this.files.get(file);
    if (!state) this.files.set(file, (state = { offset: 0, lines: new LineSplitter() }));
    for (;;) {
      const chunk = chunkAt(file, state.offset);
      if (!chunk || chunk.length === 0) return;
      state.offset += chunk.length;
      yield eventsIn(state.lines.push(chunk));
    }
  }
}

/** Opened for each chunk, as there may be more files than descriptors. Undefined where the file is gone. */
function chunkAt(file: string, offset: number): Buffer | undefined {
  const fd = openIfThere(file);
  if (fd === undefined) return undefined;
  try {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, fs.fstatSync(fd).size - offset)));
    return chunk.subarray(0, fs.readSync(fd, chunk, 0, chunk.length, offset));
  } finally {
    fs.closeSync(fd);
  }
}

/** Of its activity a program removes the oldest itself, when it becomes too much. */
function openIfThere(file: string): number | undefined {
  try {
    return fs.openSync(file, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
