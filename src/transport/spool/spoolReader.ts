// Reads a spool folder bit by bit.
import * as fs from 'node:fs';
import { errorCode } from '../../common/humanError';
import { openRegular, UnfitFile } from '../regularFile';
import { eventsIn, together, type Batch } from './events';
import { LineSplitter, NEWLINE } from './lines';
import { spoolFiles } from './spool';

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

  constructor(private readonly folder: string) {}

  /** All whole lines written since the last call. Throws a HumanError when the folder cannot be read. */
  read(): Batch {
    return together(this.batches());
  }

  /** As `read`, and lines that were begun but not finished: their writers are gone. */
  readRest(): Batch {
    return together(this.rest());
  }

  /** As `read`, bit by bit: a spool may be larger than memory. A file that fails costs nothing of the others. */
  *batches(): Iterable<Batch> {
    let failure: { error: unknown } | undefined;
    for (const file of spoolFiles(this.folder)) {
      try {
        yield* this.newIn(file);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  }

  /** As `readRest`, bit by bit. */
  *rest(): Iterable<Batch> {
    let failure: { error: unknown } | undefined;
    try {
      yield* this.batches();
    } catch (error) {
      failure = { error };
    }
    yield eventsIn([...this.files.values()].map((f) => f.lines.takeRest()).filter((line) => line !== ''));
    if (failure) throw failure.error;
  }

  private *newIn(file: string): Iterable<Batch> {
    let state = this.files.get(file);
    if (!state) this.files.set(file, (state = { offset: 0, lines: new LineSplitter(), unended: 0, isUnfit: false }));
    if (state.isUnfit) return;
    const fd = this.open(file, state);
    if (fd === 'unfit') yield { events: [], damaged: 1 };
    if (typeof fd !== 'number') return;
    try {
      yield* readOn(fd, state);
    } finally {
      fs.closeSync(fd);
    }
  }

  /** Of its activity a program removes the oldest itself, when it becomes too much. */
  private open(file: string, state: Followed): number | 'unfit' | undefined {
    try {
      return openRegular(file, 'refuse');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      if (!(error instanceof UnfitFile)) throw error;
      state.isUnfit = true;
      return 'unfit';
    }
  }
}

/** Up to the end that the file has now: who writes faster than we read does not hold us. */
function* readOn(fd: number, state: Followed): Iterable<Batch> {
  const { size } = fs.fstatSync(fd);
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, size - state.offset)));
  while (state.offset < size) {
    const count = fs.readSync(fd, chunk, 0, chunk.length, state.offset);
    if (count === 0) return;
    state.offset += count;
    const bytes = chunk.subarray(0, count);
    const end = bytes.lastIndexOf(NEWLINE);
    state.unended = end < 0 ? state.unended + count : count - end - 1;
    yield eventsIn(state.lines.push(bytes));
    if (state.unended > ENDLESS_LINE) state.isUnfit = true;
    if (state.isUnfit) return;
  }
}
