// The memory that all threads of a process share: one slot a thread, with a ring of activity records. Whoever is left
// can read the ring of a thread that is gone.
import { RECORD_WORDS } from '../../../protocol/activity';
import { SLOT, slotBytes } from './slot';
import { compareExchange, floor, getOwnPropertyDescriptor, load, now, store, uncurried } from '../tools/builtins';

/** As many threads at once have a ring; the activity of others is unknown. */
const MOST_SLOTS = 1024;
const FIRST_SLOTS = 8;

/** `maxByteLength` and `grow` came with Node 20. */
interface Growable extends SharedArrayBuffer {
  grow?(bytes: number): void;
}
const OwnSharedArrayBuffer = globalThis.SharedArrayBuffer as
  (new (bytes: number, options: { maxByteLength: number }) => Growable) | undefined;
const lengthOf = getterOf(OwnSharedArrayBuffer?.prototype as object | undefined, 'byteLength');
const grow = (OwnSharedArrayBuffer?.prototype as Growable | undefined)?.grow;

/** In main, once. Undefined where the program runs without shared memory. */
export function createArena(records: number): SharedArrayBuffer | undefined {
  if (!load || !OwnSharedArrayBuffer || !grow) return undefined;
  const bytes = slotBytes(records);
  return new OwnSharedArrayBuffer(FIRST_SLOTS * bytes, { maxByteLength: MOST_SLOTS * bytes });
}

export class Arena {
  /** Header of the first slot, where the words of the whole process are. */
  readonly common: Int32Array;
  private readonly bytes: number;
  /** Those that were looked at: to make them anew each time leaves more behind than all else that an idle thread does. */
  private readonly made: (Slot | undefined)[] = [];

  /** @param records how many each ring holds */
  constructor(
    private readonly buffer: SharedArrayBuffer,
    private readonly records: number,
  ) {
    this.bytes = slotBytes(records);
    this.common = new Int32Array(buffer, 0, SLOT.headerWords);
  }

  /** Undefined when all slots are taken. */
  claim(thread: number, owner: number): Slot | undefined {
    for (let n = 0; n < MOST_SLOTS; n++) {
      if (n >= this.slots && !this.grew()) return undefined;
      const state = new Int32Array(this.buffer, n * this.bytes + SLOT.state * 4, 1);
      if (compareExchange(state, 0, 0, 1) !== 0) continue;
      const slot = this.slot(n);
      slot.begin(thread, owner);
      return slot;
    }
    return undefined;
  }

  /** Slots that are taken now. */
  taken(): Slot[] {
    const found: Slot[] = [];
    for (let n = 0; n < this.slots; n++) {
      const slot = this.slot(n);
      if (load(slot.words, SLOT.state) === 1) found[found.length] = slot;
    }
    return found;
  }

  /** Of main, which has the first. */
  get main(): Slot {
    return this.slot(0);
  }

  private get slots(): number {
    return floor(Number(lengthOf?.(this.buffer)) / this.bytes);
  }

  private slot = (n: number): Slot => (this.made[n] ??= new Slot(this.buffer, n * this.bytes, this.records));

  /** Someone else may do it at the same time. */
  private grew(): boolean {
    const before = this.slots;
    try {
      growBy?.(this.buffer, (before * 2 < MOST_SLOTS ? before * 2 : MOST_SLOTS) * this.bytes);
    } catch {
      // it is larger already, or there is no memory
    }
    return this.slots > before;
  }
}
const growBy = grow && uncurried(grow);

export class Slot {
  /** The header. */
  readonly words: Int32Array;
  readonly records: Uint32Array;
  private readonly baseTime: Float64Array;
  private readonly dueTime: Float64Array;

  constructor(buffer: SharedArrayBuffer, at: number, records: number) {
    this.words = new Int32Array(buffer, at, SLOT.headerWords);
    this.baseTime = new Float64Array(buffer, at + SLOT.base * 4, 1);
    this.dueTime = new Float64Array(buffer, at + SLOT.due * 4, 1);
    this.records = new Uint32Array(buffer, at + SLOT.headerWords * 4, records * RECORD_WORDS);
  }

  get base(): number {
    return this.baseTime[0]!;
  }

  get due(): number {
    return this.dueTime[0]!;
  }

  set due(t: number) {
    this.dueTime[0] = t;
  }

  set native(id: number) {
    store(this.words, SLOT.native, id);
  }

  begin(thread: number, owner: number): void {
    this.baseTime[0] = now();
    this.dueTime[0] = 0;
    store(this.words, SLOT.head, 0);
    store(this.words, SLOT.tail, 0);
    store(this.words, SLOT.blocked, 0);
    store(this.words, SLOT.native, 0);
    store(this.words, SLOT.owner, owner);
    store(this.words, SLOT.thread, thread);
  }

  /** For the next thread. */
  free(): void {
    store(this.words, SLOT.thread, -1);
    store(this.words, SLOT.state, 0);
  }
}

function getterOf(prototype: object | undefined, name: string): ((self: object) => unknown) | undefined {
  const get = prototype && getOwnPropertyDescriptor(prototype, name)?.get;
  return get && uncurried(get as (this: object) => unknown);
}
