// One thread's own end of its ring.
import { RECORD_WORDS } from '../../../protocol/activity';
import { SLOT } from './slot';
import type { Slot } from './arena';
import { now, store } from '../tools/builtins';

export class Ring {
  private head = 0;
  private readonly words: Int32Array;
  private readonly records: Uint32Array;
  private readonly base: number;
  /** Of the ring; a power of two less one. */
  private readonly last: number;

  /** @param awaken called after each record */
  constructor(
    readonly slot: Slot,
    private readonly awaken: () => void,
  ) {
    ({ words: this.words, records: this.records, base: this.base } = slot);
    this.last = slot.records.length / RECORD_WORDS - 1;
  }

  /** @param kind one of `ActivityKind` */
  put(kind: number, arg: number, a: number, b: number): void {
    this.putAt(now(), kind, arg, a, b);
  }

  /** @param t when it was, in µs; not before the last record, unless nobody goes by the order of its kind */
  putAt(t: number, kind: number, arg: number, a: number, b: number): void {
    const { records } = this;
    const at = (this.head & this.last) * RECORD_WORDS;
    records[at] = t - this.base;
    records[at + 1] = (kind << 24) | (arg & 0xffffff);
    records[at + 2] = a;
    records[at + 3] = b;
    this.head = (this.head + 1) | 0;
    store(this.words, SLOT.head, this.head); // whoever reads the ring sees the record before the count
    this.awaken();
  }
}
