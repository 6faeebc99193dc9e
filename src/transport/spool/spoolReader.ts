// Reads a spool folder bit by bit.
import * as fs from 'node:fs';
import { errorCode } from '../../common/humanError';
import { eventsIn, type Batch } from './events';
import { LineSplitter } from './lines';
import { spoolFiles } from './spool';

const CHUNK_BYTES = 1 << 20;

/** Reads what is new in a spool folder, each byte once. */
export class SpoolReader {
  private readonly files = new Map<string, { offset: number; lines: LineSplitter }>();

  constructor(private readonly folder: string) {}

  /** All whole lines written since the last call. Throws a HumanError when the folder cannot be read. */
  read(): Batch {
    return eventsIn(spoolFiles(this.folder).flatMap((file) => this.newLines(file)));
  }

  /** As `read`, and lines that were begun but not finished: their writers are gone. */
  readRest(): Batch {
    const batch = this.read();
    const torn = [...this.files.values()].map((f) => f.lines.takeRest()).filter((line) => line !== '');
    const rest = eventsIn(torn);
    return { events: [...batch.events, ...rest.events], damaged: batch.damaged + rest.damaged };
  }

  private newLines(file: string): string[] {
    let state = this.files.get(file);
    if (!state) this.files.set(file, (state = { offset: 0, lines: new LineSplitter() }));
    const fd = openIfThere(file);
    if (fd === undefined) return [];
    try {
      const lines: string[] = [];
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, fs.fstatSync(fd).size - state.offset)));
      for (;;) {
        const count = fs.readSync(fd, chunk, 0, chunk.length, state.offset);
        if (count === 0) return lines;
        state.offset += count;
        lines.push(...state.lines.push(chunk.subarray(0, count)));
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
