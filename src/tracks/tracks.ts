// What all threads of a session did over time, indexed: columns that grow, of which any stretch of time is answered pixel
// by pixel, at a cost that does not depend on how much happened in it. Pure.
import {
  codeOf,
  MOST_PIXELS,
  TRACK_STATES,
  type Look,
  type Measure,
  type Measured,
  type Seen,
  type TracksDelta,
} from '../protocol/tracks';
import { seeLane } from './lanes';
import { Messages } from './messages';
import { timesBetween, type Tail, type View } from './pixels';
import { seePool } from './pools';
import { Track } from './track';

/** Columns × threads that all pools of one look together may cost. */
const POOL_WORK = 60_000;
const ALIVE = codeOf('alive');
/** States that last until something else is reported. */
const LASTING = new Set(['starting', 'blocked', 'paused', 'exiting'].map((state) => codeOf(state as 'blocked')));

/** Which threads live, and until when that is known. */
export interface Living {
  now: number;
  lives: (thread: string) => boolean;
}

export class Tracks {
  private readonly tracks = new Map<string, Track>();
  private readonly messages = new Messages();
  private readonly wakes = new Messages();
  private trackBytes = 0;
  private droppedBefore = 0;
  private forgottenMessages = 0;
  /** More than the bound where what is left takes that much: to try again and again would be in vain. */
  private forgetAt: number;

  /** @param mostBytes past it the older half of what is kept goes */
  constructor(private readonly mostBytes: number) {
    this.forgetAt = mostBytes;
  }

  /** Of all columns together. */
  get bytes(): number {
    return this.trackBytes + this.messages.bytes + this.wakes.bytes;
  }

  /** Messages that were not kept. */
  get messagesDropped(): number {
    return this.droppedBefore + this.forgottenMessages;
  }

  add({ tracks, forgotten = [], messages, wakes, messagesDropped }: TracksDelta): void {
    for (const change of tracks) {
      let track = this.tracks.get(change.thread);
      if (!track) this.tracks.set(change.thread, (track = new Track()));
      this.trackBytes -= track.length > 0 ? track.bytes : 0;
      track.replace(change);
      this.trackBytes += track.bytes;
    }
    if (messages) this.messages.add(messages);
    if (wakes) this.wakes.add(wakes);
    this.droppedBefore = messagesDropped;
    for (const key of forgotten) {
      this.trackBytes -= this.tracks.get(key)?.bytes ?? 0;
      this.tracks.delete(key);
    }
    if (forgotten.length > 0) for (const list of [this.messages, this.wakes]) list.forgetThreads(forgotten);
    if (this.bytes > this.forgetAt) this.forgetHalf();
  }

  see(look: Look, living?: Living): Seen {
    const { id, from, to, threads, pools, messagesOf } = look;
    const pixels = Math.max(1, Math.min(MOST_PIXELS, Math.floor(look.pixels)));
    const view: View = { from, to, pixels };
    const isEmpty = !(to > from);
    const found = (keys: string[]): [string, Track][] =>
      isEmpty
        ? []
        : keys.flatMap((key): [string, Track][] => (this.tracks.has(key) ? [[key, this.tracks.get(key)!]] : []));
    const members = pools.map(({ key, threads }) => ({ key, threads: found(threads) }));
    const work = POOL_WORK / Math.max(1, pools.length);
    return {
      id,
      from,
      to,
      pixels,
      lanes: found(threads).map(([key, track]) => seeLane(key, track, view, tailOf(key, track, living))),
      pools: members.map(({ key, threads }) =>
        seePool(
          key,
          threads.map(([thread, track]): [Track, Tail | undefined] => [track, tailOf(thread, track, living)]),
          view,
          work,
        ),
      ),
      ...(messagesOf.length > 0 && !isEmpty
        ? { messages: this.messages.see(messagesOf, from, to), wakes: this.wakes.see(messagesOf, from, to) }
        : {}),
    };
  }

  measure({ id, from, to, threads }: Measure, living?: Living): Measured {
    return {
      id,
      from,
      to,
      threads: threads.map((thread) => {
        const track = this.tracks.get(thread);
        const times = track && timesBetween(track, from, to, tailOf(thread, track, living));
        return {
          thread,
          times: TRACK_STATES.map((_, state) => times?.[state] ?? 0),
          posted: this.messages.posted(thread, from, to),
          received: this.messages.received(thread, from, to),
        };
      }),
    };
  }

  /** The older half of what is kept goes: what threads did then becomes a gap, and messages are counted. */
  forgetHalf(): void {
    const starts: number[] = [];
    for (const track of this.tracks.values()) for (const t of track.blockStarts()) starts.push(t);
    for (const list of [this.messages, this.wakes]) for (const t of list.blockStarts()) starts.push(t);
    const sorted = Float64Array.from(starts).sort();
    const middle = sorted[sorted.length >> 1] ?? 0;
    this.trackBytes = 0;
    for (const track of this.tracks.values()) {
      track.forget(middle);
      this.trackBytes += track.bytes;
    }
    this.forgottenMessages += this.messages.forget(middle);
    this.wakes.forget(middle);
    this.forgetAt = Math.max(this.mostBytes, this.bytes * 1.25);
  }
}

/** Of what was not reported yet, nothing is claimed but that the thread is alive, unless its state is one that lasts. */
function tailOf(thread: string, track: Track, living: Living | undefined): Tail | undefined {
  if (!living || track.length === 0 || living.now <= track.end || !living.lives(thread)) return undefined;
  const last = track.codeAt(track.count - 1);
  return { code: LASTING.has(last) ? last : ALIVE, to: living.now };
}
