// Follows a spool folder while programs write into it.
import * as fs from 'node:fs';
import { errorCode } from '../common/humanError';
import { LineSplitter } from './lines';
import { eventsIn, together, type Batch } from './recording';
import { spoolFiles } from './spool';

/** Where the system does not tell of changes, or tells late, this is how late we notice. */
const LOOK_AGAIN_MS = 200;
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

  /** As `read`, bit by bit: a spool may be larger than memory. */
  *batches(): Iterable<Batch> {
    for (const file of spoolFiles(this.folder)) yield* this.newIn(file);
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

/**
 * Calls `onBatch` with what is new, soon after it was written, until stopped. Errors go to `onError`, once each in a
 * row; following goes on, for a folder may become readable again.
 */
export class SpoolFollower {
  private readonly reader: SpoolReader;
  private readonly timer: NodeJS.Timeout;
  private watcher: fs.FSWatcher | undefined;
  private lastError: string | undefined;
  private soon: NodeJS.Immediate | undefined;

  constructor(
    folder: string,
    private readonly onBatch: (batch: Batch) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.reader = new SpoolReader(folder);
    this.timer = setInterval(() => this.look(), LOOK_AGAIN_MS);
    try {
      this.watcher = fs.watch(folder, () => (this.soon ??= setImmediate(() => this.look())));
      this.watcher.on('error', () => this.watcher?.close()); // the timer goes on
    } catch {
      // no watcher on this file system: the timer alone looks
    }
  }

  look(): void {
    this.soon = undefined;
    this.attempt(() => this.reader.batches());
  }

  /** Reads all that is left and stops. */
  finish(): void {
    clearInterval(this.timer);
    clearImmediate(this.soon);
    this.watcher?.close();
    this.attempt(() => this.reader.rest());
  }

  private attempt(read: () => Iterable<Batch>): void {
    try {
      for (const batch of read()) if (batch.events.length > 0 || batch.damaged > 0) this.onBatch(batch);
      this.lastError = undefined;
    } catch (error) {
      if (this.lastError !== String(error)) this.onError(error);
      this.lastError = String(error);
    }
  }
}
