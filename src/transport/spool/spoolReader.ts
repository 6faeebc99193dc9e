// Reads a spool folder bit by bit.
import * as fs from 'node:fs';
import { errorCode } from '../../common/humanError';
import type { LifecycleEvent } from '../../protocol/probeEvents';
import { eventsIn, together, type Batch } from './events';
import { LineSplitter } from './lines';
import { spoolFiles, unwrittenIn } from './spool';
import { monotonicMicros } from '../clock';

const CHUNK_BYTES = 1 << 20;

/** Reads what is new in a spool folder, each byte once. */
export class SpoolReader {
  private readonly files = new Map<string, { offset: number; lines: LineSplitter }>();
  /** Keys of processes of which it has been told that not all could be written. */
  private readonly unwritten = new Set<string>();

  constructor(private readonly folder: string) {}

  /** All whole lines written since the last call. Throws a HumanError when the folder cannot be read. */
  read(): Batch {
    return together(this.batches());
  }

  /** As `read`, and lines that were begun but not finished: their writers are gone. */
  readRest(): Batch {
    return together(this.rest());
  }

  /** As `read`, bit by bit: a spool may be larger than memory. */
  *batches(): Iterable<Batch> {
    for (const file of spoolFiles(this.folder)) yield* this.newIn(file);
    yield { events: this.newlyUnwritten(), damaged: 0 };
  }

  private newlyUnwritten(): LifecycleEvent[] {
    const keys = unwrittenIn(this.folder).filter((p) => !this.unwritten.has(p));
    for (const p of keys) this.unwritten.add(p);
    return keys.map((p) => ({ k: 'unwritten', p, t: monotonicMicros() }));
  }

  /** As `readRest`, bit by bit. */
  *rest(): Iterable<Batch> {
    yield* this.batches();
    yield eventsIn([...this.files.values()].map((f) => f.lines.takeRest()).filter((line) => line !== ''));
  }

  private *newIn(file: string): Iterable<Batch> {
    let state = this.files.get(file);
    if (!state) this.files.set(file, (state = { offset: 0, lines: new LineSplitter() }));
    const fd = openIfThere(file);
    if (fd === undefined) return;
    try {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, fs.fstatSync(fd).size - state.offset)));
      for (;;) {
        const count = fs.readSync(fd, chunk, 0, chunk.length, state.offset);
        if (count === 0) return;
        state.offset += count;
        yield eventsIn(state.lines.push(chunk.subarray(0, count)));
      }
    } finally {
      fs.closeSync(fd);
    }
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
