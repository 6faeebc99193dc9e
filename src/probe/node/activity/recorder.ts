// Records one thread's activity, and sees to it that it gets out: of this thread by itself, in main of all threads.
import { ActivityKind } from '../../../protocol/activity';
import { SLOT } from '../memory/slot';
import { Arena, createArena, type Slot } from '../memory/arena';
import { load, notify, now, store } from '../tools/builtins';
import { observeAsyncWaits } from './asyncWaits';
import { observeBlocking } from './blocking';
import type { Looks } from '../lifecycle/looks';
import type { Channels } from '../lifecycle/channels';
import type { Locks } from '../lifecycle/locks';
import { drain } from '../spool/drain';
import { recordLocks } from './locks';
import { observeMessages, type Ports } from './messages';
import { Polls } from './polls';
import type { Inheritance, Place } from '../given';
import { Ring } from '../memory/ring';
import { Samples } from './samples';
import type { Spool } from '../spool/spool';
import { everySoOften } from '../memory/ticker';
import { observeTransactions } from './transactions';
import { WaitSites } from './waitSites';
import { observeWrites } from './writes';

/** In ms. A thread that is so late does not turn its loop. */
const UNTURNED_MS = 500;

export class Recorder {
  readonly samples: Samples;
  ports: Ports | undefined;
  /** Called with each thread whose loop is found not to turn, and for how many ms it has not. */
  unturned: ((slot: Slot, ms: number) => void) | undefined;
  /** In main, from time to time: somebody may have asked for something. */
  asked: (() => void) | undefined;
  private begun = false;
  private readonly sites: WaitSites;

  private constructor(
    readonly memory: SharedArrayBuffer,
    private readonly arena: Arena,
    readonly ring: Ring,
    private readonly spool: Spool,
    looks: Looks,
    private readonly channels: Channels | undefined,
    private readonly isMain: boolean,
  ) {
    this.sites = new WaitSites(spool);
    this.samples = new Samples(ring, spool, looks, () => this.ports, isMain);
  }

  /** Undefined when no activity is to be recorded, or there is no shared memory. */
  static inMain(place: Place, spool: Spool, looks: Looks, channels: Channels | undefined): Recorder | undefined {
    const memory = place.ringRecords > 0 ? createArena(place.ringRecords) : undefined;
    return memory && Recorder.on(memory, place, spool, looks, channels, 0, 0);
  }

  static inWorker(
    inheritance: Inheritance,
    spool: Spool,
    looks: Looks,
    channels: Channels | undefined,
    threadId: number,
    native: number,
  ): Recorder | undefined {
    const { arena: memory, owner } = inheritance;
    const recorder = memory && Recorder.on(memory, inheritance, spool, looks, channels, threadId, owner);
    if (recorder) recorder.ring.slot.native = native;
    recorder?.begin([]);
    return recorder;
  }

  private static on(
    memory: SharedArrayBuffer,
    place: Place,
    spool: Spool,
    looks: Looks,
    channels: Channels | undefined,
    threadId: number,
    owner: number,
  ): Recorder | undefined {
    const arena = new Arena(memory, place.ringRecords);
    spool.shareWith(arena.common);
    const slot = arena.claim(threadId, owner);
    if (!slot) return undefined;
    return new Recorder(memory, arena, new Ring(slot, awakener(arena.common)), spool, looks, channels, threadId === 0);
  }

  /** Puts the hooks in place; adds to `missing` those that this Node does not have. */
  begin(missing: string[]): void {
    if (this.begun) return;
    this.begun = true;
    const polls = new Polls(
      this.ring,
      () => this.sites.here(),
      () => this.tellUnturned(),
    );
    this.ports = observeMessages(this.ring, this.spool, this.channels, this.isMain ? polls : undefined, missing);
    observeBlocking(this.ring, this.spool, this.sites, () => this.drainOwn(), missing);
    observeAsyncWaits(this.ring, this.sites);
    observeWrites(this.ring, this.ports, !this.isMain, missing);
    const { common } = this.arena;
    everySoOften(this.isMain ? common : undefined, {
      drain: () => (this.isMain ? this.drainAll() : this.drainOwn()),
      sample: () => {
        this.samples.take();
        this.lookAround();
        this.asked?.();
        return this.samples.size;
      },
      look: () => this.samples.look(),
      sleeping: (due) => (this.ring.slot.due = due),
      stalled: (ms) => this.ring.put(ActivityKind.stall, 0, ms, 0),
    });
  }

  recordLocks(locks: Locks | undefined): void {
    if (locks) recordLocks(locks, this.ring, this.spool, this.sites);
  }

  /** Of this thread, which is a worker: main's end is its own. */
  observeTransactions(): void {
    observeTransactions(this.ring, this.spool, this.sites);
  }

  /** Of all threads of the process that have one. */
  slots(): Slot[] {
    return this.arena.taken();
  }

  drainOwn(): void {
    this.ports?.tellMoved();
    drain(this.ring.slot, this.spool);
  }

  /** In main. `forced` at its end, which kills whoever is at it. */
  drainAll(forced = false): void {
    store(this.arena.common, SLOT.news, 0);
    this.ports?.tellMoved();
    const slots = this.arena.taken();
    // Whoever drained main’s while it did not turn its loop may have been killed at it.
    for (let i = 0; i < slots.length; i++) drain(slots[i]!, this.spool, forced || i === 0);
  }

  /** Main looks after all, and each of them after main: who runs without a turn of its loop cannot tell so itself. */
  private lookAround(): void {
    const t = now();
    const slots = this.isMain ? this.arena.taken() : [this.arena.main];
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const thread = load(slot.words, SLOT.thread);
      if (this.isMain ? thread <= 0 : thread !== 0) continue;
      const late = slot.due > 0 ? (t - slot.due) / 1000 : 0;
      if (late <= UNTURNED_MS) continue;
      this.ring.put(ActivityKind.unturned, thread, late, 0);
      if (thread === 0) this.standInForMain(slot);
      this.unturned?.(slot, late);
    }
  }

  /** Main runs without a turn of its loop, and all others may wait for it. */
  private tellUnturned(): void {
    const { due } = this.ring.slot;
    const late = due > 0 ? (now() - due) / 1000 : 0;
    if (late <= UNTURNED_MS) return;
    this.ring.put(ActivityKind.unturned, 0, late, 0);
    this.drainOwn();
  }

  private standInForMain(slot: Slot): void {
    this.samples.takeProcessor();
    drain(slot, this.spool);
  }

  /** A worker is gone, and with it those that it had started: their last records are told, their rings are free again. */
  ended(threadId: number): void {
    const slots = this.arena.taken();
    for (let i = 0; i < slots.length; i++) this.endSlot(slots[i]!, threadId);
  }

  private endSlot(slot: Slot, threadId: number): void {
    const thread = load(slot.words, SLOT.thread);
    if (thread !== threadId) {
      if (thread > 0 && load(slot.words, SLOT.owner) === threadId) this.ended(thread);
      return;
    }
    drain(slot, this.spool, true);
    slot.free();
  }
}

/** Lets main know that there is something to drain; after the first time it costs one look. */
const awakener = (common: Int32Array) => (): void => {
  if (load(common, SLOT.news) !== 0) return;
  store(common, SLOT.news, 1);
  notify(common, SLOT.news);
};
