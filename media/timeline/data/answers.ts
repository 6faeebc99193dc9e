// What threads do from moment to moment, as the host answers it: asked for what is in view and a little around it, and
// again when that changes or there is news. A picture goes on with the last answer until the next one is there.
import type { FromTimeline, ToTimeline } from '../../../src/protocol/timelineMessages';
import {
  type Look,
  type Measured,
  MOST_PIXELS,
  type Seen,
  type SeenLane,
  type SeenMessages,
  type SeenPool,
} from '../../../src/protocol/tracks';
import type { TimeWindow } from '../time/scales';

/** Times in µs on the adapter's clock. */
export interface Wanted {
  session: string;
  window: TimeWindow;
  /** Pixels of the screen in the window. */
  pixels: number;
  threads: string[];
  pools: { key: string; threads: string[] }[];
  /** Threads whose messages are to be seen one by one. */
  messagesOf: string[];
}

/** What was answered last, to be looked up by lane. */
export interface TrackAnswers {
  from: number;
  /** µs for each pixel of the answer. */
  perPixel: number;
  pixels: number;
  lanes: ReadonlyMap<string, SeenLane>;
  pools: ReadonlyMap<string, SeenPool>;
  messages: SeenMessages | undefined;
  wakes: SeenMessages | undefined;
}

/** Share of the window that is asked for on either side: so far one moves before it is asked again. */
const AROUND = 0.25;

/** ms for which a picture waits for what it asked. */
export const PATIENCE_MS = 30;

type AnswerMessage = Extract<ToTimeline, { kind: 'seen' | 'measured' | 'tracks-changed' }>;

export class Answers {
  private latest: TrackAnswers | undefined;
  private session: string | undefined;
  private asked: (Look & { key: string; at: number }) | undefined;
  /** The last question has been answered. */
  private isAnswered = true;
  /** ms that the last answer took. */
  private took = Infinity;
  private isStale = false;
  private measured: Measured | undefined;
  private measuring: { key: string; id: number } | undefined;
  private isMeasureStale = false;
  private isMeasuring = false;
  private next = 0;

  /** `heard` is called when there is something new to ask for, `answered` when there is something new to draw. */
  constructor(
    private readonly post: (message: FromTimeline) => void,
    private readonly heard: () => void,
    private readonly answered: () => void,
  ) {}

  receive(message: AnswerMessage): void {
    if (message.session !== this.session) return;
    switch (message.kind) {
      case 'seen':
        this.latest = answersOf(message.seen);
        if (message.seen.id === this.asked?.id) {
          this.isAnswered = true;
          this.took = performance.now() - this.asked.at;
        }
        break;
      case 'measured':
        this.isMeasuring = false;
        if (message.measured.id !== this.measuring?.id) return;
        this.measured = message.measured;
        break;
      case 'tracks-changed':
        this.isStale = this.isMeasureStale = true;
        return this.heard();
    }
    this.answered();
  }

  /**
   * Called before each picture; asks when what is known does not do. Returns whether an answer is under way that will be there
   * soon, if it comes like the last one.
   */
  look(wanted: Wanted): boolean {
    if (wanted.session !== this.session) this.startWith(wanted.session);
    if (wanted.pixels > 0 && wanted.window.end > wanted.window.start && this.mustAsk(wanted)) this.ask(wanted);
    return !this.isAnswered && this.took <= PATIENCE_MS;
  }

  /** What was answered last. */
  get known(): TrackAnswers | undefined {
    return this.latest;
  }

  /** How much of a range was spent in what; undefined until it is known. `range` on the adapter's clock. */
  measure(
    session: string,
    range: TimeWindow | undefined,
    threads: () => string[],
    ofWhat: string,
  ): Measured | undefined {
    if (!range || session !== this.session) {
      this.measured = this.measuring = undefined;
      return undefined;
    }
    const key = `${range.start} ${range.end} ${ofWhat}`;
    if (this.measuring?.key !== key) this.measured = undefined;
    else if (!this.isMeasureStale) return this.measured;
    // While a range is drawn it changes faster than it can be measured: one question at a time.
    if (this.isMeasuring) return this.measured;
    this.isMeasuring = true;
    this.isMeasureStale = false;
    this.measuring = { key, id: this.next++ };
    const measure = { id: this.measuring.id, from: range.start, to: range.end, threads: threads() };
    this.post({ kind: 'measure', session, measure });
    return this.measured;
  }

  private startWith(session: string): void {
    this.session = session;
    this.latest = this.asked = this.measured = this.measuring = undefined;
    this.isStale = this.isMeasureStale = this.isMeasuring = false;
    this.isAnswered = true;
  }

  private mustAsk(wanted: Wanted): boolean {
    const { asked } = this;
    if (!asked || this.isStale || asked.key !== keyOf(wanted)) return true;
    const { window, pixels } = wanted;
    if (window.start < asked.from || window.end > asked.to) return true;
    const before = (asked.to - asked.from) / asked.pixels;
    const now = (window.end - window.start) / pixels;
    return Math.abs(before / now - 1) > 1e-6;
  }

  private ask(wanted: Wanted): void {
    const { window, pixels, session, threads, pools, messagesOf } = wanted;
    const perPixel = (window.end - window.start) / pixels;
    const around = Math.min(Math.floor(pixels * AROUND), Math.floor((MOST_PIXELS - pixels) / 2));
    // On a grid that stays while time goes on: else all that is short would flicker.
    const first = Math.floor(window.start / perPixel) - Math.max(around, 0);
    const count = Math.min(pixels + 1 + 2 * Math.max(around, 0), MOST_PIXELS);
    const look: Look = {
      id: this.next++,
      from: first * perPixel,
      to: (first + count) * perPixel,
      pixels: count,
      threads,
      pools,
      messagesOf,
    };
    this.asked = { ...look, key: keyOf(wanted), at: performance.now() };
    this.isAnswered = this.isStale = false;
    this.post({ kind: 'look', session, look });
  }
}

const keyOf = ({ threads, pools, messagesOf }: Wanted): string =>
  [threads.join(), pools.map(({ key, threads: own }) => `${key} ${own.length}`).join(), messagesOf.join()].join('|');

function answersOf({ from, to, pixels, lanes, pools, messages, wakes }: Seen): TrackAnswers {
  return {
    from,
    perPixel: (to - from) / pixels,
    pixels,
    lanes: new Map(lanes.map((lane) => [lane.thread, lane])),
    pools: new Map(pools.map((pool) => [pool.key, pool])),
    messages,
    wakes,
  };
}

const statesOfLanes = new WeakMap<SeenLane, number>();

/** All states that are in the lane, a bit for the code of each. */
export function statesIn(lane: SeenLane): number {
  let states = statesOfLanes.get(lane);
  if (states !== undefined) return states;
  states = 0;
  for (const codes of [lane.state, lane.peak]) for (const code of codes) states |= 1 << (code & 15);
  statesOfLanes.set(lane, states);
  return states;
}
