// Writes records to the process's spool file: at once, whole, in the thread where they happen. No file stays open in
// between, so that no file descriptor of the program gets another number, and none can be closed under us.
import type { ProbeRecord, Thing } from '../../../protocol/probeEvents';
import { UNWRITTEN_SUFFIX, activityFile } from '../../../protocol/spool';
import { SLOT } from '../memory/slot';
import { byteLength, compareExchange, linkSync, load, now, unlinkSync } from '../tools/builtins';
import { json, members, type Json } from '../tools/json';
import type { Begun, Place, Told } from '../given';
import { files } from '../tools/handed';

const { closeSync, constants, fstatSync, openSync, writeSync } = files;
const { O_APPEND, O_CREAT, O_WRONLY } = constants;
/** Records that wait for a disk with room, or a free file descriptor; later ones are counted as lost. */
const MOST_PENDING = 1000;
const MOST_PROBLEMS = 20;
/** Records that are written together. */
const MOST_HELD = 200;

export class Spool {
  private sequence = 0;
  private pending = '';
  private pendingCount = 0;
  private lost = 0;
  private problems = 0;
  private hasToldFailure = false;
  private isFull = false;
  /** What is told meanwhile is written with what is told next. */
  held = false;
  /** Words of the whole process, once there are any. */
  private common: Int32Array | undefined;

  /** @param begun by how much has been told before there was a spool */
  constructor(
    private readonly place: Place,
    private readonly tid: number,
    begun?: Begun,
  ) {
    if (!begun) return;
    this.sequence = begun.sequence;
    if (begun.pending !== '') this.keepUnwritten(begun.pending);
  }

  shareWith(common: Int32Array): void {
    this.common = common;
    this.isFull = false;
  }

  /** Never throws. */
  tell<K extends ProbeRecord['k']>(k: K, told: Told<K>): void {
    // Nearly all that each process does with the spool at its start and end: one function is compiled sooner than many.
    try {
      if (this.lost > 0) this.tellLoss();
      const line = this.line(k, told);
      if (this.pendingCount >= MOST_PENDING) this.lost++;
      else {
        this.pending += line;
        this.pendingCount++;
      }
      if (this.held && this.pendingCount < MOST_HELD) return;
      if (append(this.place.file, this.pending)) {
        this.pending = '';
        this.pendingCount = 0;
        return;
      }
      this.keepUnwritten(this.pending);
    } catch {
      // The program must not notice.
    }
  }

  /** A hook of ours failed; the program went on. Told a limited number of times. */
  problem(where: string, error: unknown): void {
    if (this.problems++ >= MOST_PROBLEMS) return;
    this.tell('probe-error', { message: `${where}: ${textOf(error)}` });
  }

  /** Records of a thread's ring from number `n` on. What cannot be written is gone; its numbers tell. Never throws. */
  tellActivity(tid: number, base: number, n: number, records: string): void {
    this.appendActivity(json({ k: 'activity', p: this.place.p, tid, t: now(), base, n, records }));
  }

  /** What keeps this thread's loop turning: how many of each kind, and what is known of some. Never throws. */
  tellResources(counts: Record<string, number>, ports: number[], things: Thing[], awaits: number[]): void {
    const told = {
      ...{ k: 'resources', p: this.place.p, tid: this.tid, t: now(), counts },
      ...(ports.length > 0 ? { ports } : {}),
      ...(things.length > 0 ? { things } : {}),
      ...(awaits.length > 0 ? { awaits } : {}),
    };
    this.appendActivity(json(told as unknown as Json));
  }

  private line<K extends ProbeRecord['k']>(k: K, told: Told<K>): string {
    const head = `"k":"${k}","p":"${this.place.p}","tid":${this.tid},"q":${this.sequence++},"t":${now()}`;
    return `{${members(told as Record<string, Json>, head)}}\n`;
  }

  private tellLoss(): void {
    const line = this.line('records-lost', { count: this.lost });
    if (this.pendingCount >= MOST_PENDING) return;
    this.lost = 0;
    this.pending += line;
    this.pendingCount++;
  }

  private keepUnwritten(text: string): void {
    this.pendingCount ||= 1;
    // What the disk took in part, of this thread's or another's, is ended, and ours is written once more whole.
    this.pending = text[0] === '\n' ? text : `\n${text}`;
    this.tellFailure();
  }

  /** By a second name of the file: that needs neither room on the disk nor a file descriptor. */
  private tellFailure(): void {
    if (this.hasToldFailure) return;
    this.hasToldFailure = true;
    try {
      linkSync(this.place.file, this.place.activity + UNWRITTEN_SUFFIX);
    } catch {
      // another thread has told, or there is no way to tell
    }
  }

  /**
   * Activity is kept in two files at most: when the newer is full, a third is begun and the oldest removed. Without threads
   * there is only one.
   */
  private appendActivity(line: string): void {
    try {
      if (this.isFull) return;
      const segment = this.common ? load(this.common, SLOT.segment) : 0;
      const size = Number(append(activityFile(this.place.activity, segment), `${line}\n`, true));
      if (!size) this.tellFailure();
      if (!size || size < this.place.activityBytes / 2) return;
      if (!this.common) return void (this.isFull = true);
      if (compareExchange(this.common, SLOT.segment, segment, segment + 1) !== segment || segment === 0) return;
      unlinkSync(activityFile(this.place.activity, segment - 1));
    } catch {
      // The program must not notice.
    }
  }
}

/** Returns the size of the file, if that is asked for; false when the text was not written whole. */
function append(file: string, text: string, sized = false): number | boolean {
  let fd: number | undefined;
  try {
    fd = openSync(file, O_WRONLY | O_APPEND | O_CREAT, 0o600);
    return writeSync(fd, text) === byteLength(text) && (!sized || fstatSync(fd).size);
  } catch {
    return false; // it waits for the next record
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function textOf(error: unknown): string {
  try {
    return String((error as Error).message);
  } catch {
    return 'unknown error';
  }
}
