// Writes records to the process's spool file: at once, whole, in the thread where they happen. No file stays open in
// between, so that no file descriptor of the program gets another number, and none can be closed under us.
import { closeSync, constants, openSync, writeSync } from 'fs';
import { threadId } from 'worker_threads';
import type { ProbeRecord } from '../../protocol/probeEvents';
import { byteLength, now, stringify } from './builtins';
import type { Place } from './place';

const own = { closeSync, openSync, writeSync };
const { O_APPEND, O_CREAT, O_WRONLY } = constants;
/** Records that wait for a disk with room, or a free file descriptor; later ones are counted as lost. */
const MOST_PENDING = 1000;
const MOST_PROBLEMS = 20;

type RecordOf<K, R = ProbeRecord> = R extends { k: infer Kinds } ? (K extends Kinds ? R : never) : never;
export type Told<K extends ProbeRecord['k']> = Omit<RecordOf<K>, 'k' | 'p' | 'tid' | 'q' | 't'>;

export class Spool {
  private sequence = 0;
  private pending = '';
  private pendingCount = 0;
  private lost = 0;
  private problems = 0;

  constructor(private readonly place: Place) {}

  /** Never throws. */
  tell<K extends ProbeRecord['k']>(k: K, told: Told<K>): void {
    try {
      if (this.lost > 0) this.enqueue(this.line('records-lost', { count: this.lost }), true);
      this.enqueue(this.line(k, told), false);
      this.flush();
    } catch {
      // The program must not notice.
    }
  }

  /** A hook of ours failed; the program went on. Told a limited number of times. */
  problem(where: string, error: unknown): void {
    if (this.problems++ >= MOST_PROBLEMS) return;
    this.tell('probe-error', { message: `${where}: ${textOf(error)}` });
  }

  private line<K extends ProbeRecord['k']>(k: K, told: Told<K>): string {
    return stringify({ k, p: this.place.p, tid: threadId, q: this.sequence++, t: now(), ...told }) + '\n';
  }

  private enqueue(line: string, isLoss: boolean): void {
    if (this.pendingCount >= MOST_PENDING) {
      if (!isLoss) this.lost++;
      return;
    }
    if (isLoss) this.lost = 0;
    this.pending += line;
    this.pendingCount++;
  }

  private flush(): void {
    if (this.append()) this.clear();
    // What the disk took in part, of this thread's or another's, is ended, and ours is written once more whole.
    else if (this.pending[0] !== '\n') this.pending = `\n${this.pending}`;
  }

  private append(): boolean {
    let fd: number | undefined;
    try {
      fd = own.openSync(this.place.file, O_WRONLY | O_APPEND | O_CREAT, 0o600);
      return own.writeSync(fd, this.pending) === byteLength(this.pending);
    } catch {
      return false; // it waits for the next record
    } finally {
      if (fd !== undefined) own.closeSync(fd);
    }
  }

  private clear(): void {
    this.pending = '';
    this.pendingCount = 0;
  }
}

function textOf(error: unknown): string {
  try {
    return String((error as Error).message);
  } catch {
    return 'unknown error';
  }
}
