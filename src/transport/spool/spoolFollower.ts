// Follows a spool folder while programs write into it.
import * as fs from 'node:fs';
import type { Batch } from './events';
import { SpoolReader } from './spoolReader';

/** Where the system does not report changes, or reports them late, this is how late we notice. */
const LOOK_AGAIN_MS = 200;

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

  /** Returns whether all could be read. */
  look(): boolean {
    this.soon = undefined;
    return this.attempt(() => this.reader.batches());
  }

  /** A process has ended, and all that it wrote has been read: following costs nothing more on its account. */
  leave(p: string): void {
    this.attempt(() => [this.reader.leave(p)]);
  }

  /** Reads all that is left and stops. Returns whether all could be read. */
  finish(): boolean {
    clearInterval(this.timer);
    clearImmediate(this.soon);
    this.watcher?.close();
    return this.attempt(() => this.reader.rest());
  }

  private attempt(read: () => Iterable<Batch>): boolean {
    try {
      for (const batch of read()) if (batch.events.length > 0 || batch.damaged > 0) this.onBatch(batch);
      this.lastError = undefined;
      return true;
    } catch (error) {
      if (this.lastError !== String(error)) this.onError(error);
      this.lastError = String(error);
      return false;
    }
  }
}
