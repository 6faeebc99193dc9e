// A program that lives: so many workers, and so many events a second, told to the view as the adapter and the host tell it.
import { DELTA_EVERY_MS } from '../../../src/protocol/adapterEvents';
import type { Delta, Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import type { ToTimeline } from '../../../src/protocol/timelineMessages';
import { codeOf, LEVELS, type TrackChange } from '../../../src/protocol/tracks';
import type { FromHost } from './host';
import { activityOf, ORIGIN } from './pictures';
import type { Tracks } from './tracks';
import { chance } from './trace';

export interface LiveOrder {
  workers: number;
  perSecond: number;
  seconds: number;
}

interface Around {
  send(message: ToTimeline | FromHost): void;
  sendDelta(delta: Delta): void;
  tracks: Tracks;
  session: string;
}

const CODES = [codeOf('running', LEVELS), codeOf('idle'), codeOf('blocked'), codeOf('running', 4)];

/** ms, the same for all threads of the page. */
export const wall = (): number => performance.timeOrigin + performance.now();

export class Pump {
  private readonly random = chance(7);
  private readonly started = wall();
  private readonly threads: ThreadPicture[];
  /** µs on the adapter's clock up to which each thread's time was told. */
  private readonly told: number[];
  private revision = 1;
  private events = 0;
  private unseenSince: number | undefined;

  constructor(
    private readonly order: LiveOrder,
    private readonly first: Snapshot,
    private readonly around: Around,
  ) {
    this.threads = [...first.threads];
    this.told = first.threads.map(() => first.now);
  }

  snapshot(): Snapshot {
    return { ...this.first, threads: this.threads, revision: this.revision, now: this.now() };
  }

  /** When the oldest of what no look has asked for yet had come in. */
  looked(): number | undefined {
    const since = this.unseenSince;
    this.unseenSince = undefined;
    return since;
  }

  go(): void {
    const until = wall() + this.order.seconds * 1000;
    let last = wall();
    const timer = setInterval(() => {
      const now = wall();
      this.step((this.order.perSecond * (now - last)) / 1000);
      last = now;
      if (now < until) return;
      clearInterval(timer);
      this.around.send({ bench: 'over' });
    }, DELTA_EVERY_MS);
  }

  private now(): number {
    return ORIGIN + this.first.now - ORIGIN + (wall() - this.started) * 1000;
  }

  /** So many events, each of a thread by chance. */
  private step(events: number): void {
    const at = wall();
    const counts = new Map<number, number>();
    for (let i = 0; i < events; i++) {
      const thread = Math.floor(this.random() * this.threads.length);
      counts.set(thread, (counts.get(thread) ?? 0) + 1);
    }
    this.events += events;
    this.tellTracks(counts);
    this.tellPictures([...counts.keys()], at);
  }

  private tellTracks(counts: Map<number, number>): void {
    const to = this.now();
    const tracks = [...counts].map(([thread, count]) => this.change(thread, count, to));
    this.unseenSince ??= wall();
    this.around.tracks.take({ tracks, messagesDropped: 0 });
    this.around.send({ kind: 'tracks-changed', session: this.around.session });
  }

  private change(thread: number, count: number, to: number): TrackChange {
    const from = this.told[thread]!;
    this.told[thread] = to;
    const starts = Array.from({ length: count }, (_, i) => Math.floor(((to - from) * i) / count));
    const codes = starts.map(() => CODES[Math.floor(this.random() * CODES.length)]!);
    return { thread: this.threads[thread]!.key, from, starts, codes, to };
  }

  private tellPictures(changed: number[], at: number): void {
    const threads = changed.map(
      (i) => (this.threads[i] = { ...this.threads[i]!, activity: activityOf(this.events + i) }),
    );
    const from = this.revision++;
    const { threads: _, pools: __, findings: ___, ...rest } = this.snapshot();
    const delta: Delta = { ...rest, from, processes: [], threads };
    this.around.sendDelta(delta);
    this.around.send({ bench: 'sent', revision: this.revision, at, took: wall() - at });
  }
}
