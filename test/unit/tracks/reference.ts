// The same as the index of tracks, in the plainest way: all spans of a thread in a list, looked at one by one.
import {
  levelIn,
  LEVELS,
  TRACK_STATES,
  codeOf,
  type SeenLane,
  type TrackChange,
  type TrackState,
} from '../../../src/protocol/tracks';

export interface ReferenceSpan {
  from: number;
  to: number;
  code: number;
}

/** What is known after a change. */
export function changed(spans: ReferenceSpan[], { from, starts, codes, to }: TrackChange): ReferenceSpan[] {
  const kept = spans.filter((span) => span.from < from).map((span) => ({ ...span, to: Math.min(span.to, from) }));
  const end = kept.at(-1)?.to ?? from;
  if (end < from) kept.push({ from: end, to: from, code: codeOf('gap') });
  starts.forEach((start, i) => {
    const next = starts[i + 1];
    const span = { from: from + start, to: Math.min(to, next === undefined ? to : from + next), code: codes[i]! };
    if (span.to > span.from) kept.push(span);
  });
  return kept;
}

export interface ReferencePixel {
  times: number[];
  busy: number;
}

/** µs in each state, and of its busy share. */
export function timesIn(spans: ReferenceSpan[], from: number, to: number): ReferencePixel {
  const times = TRACK_STATES.map(() => 0);
  let busy = 0;
  for (const span of spans) {
    const time = Math.min(span.to, to) - Math.max(span.from, from);
    if (time <= 0) continue;
    times[span.code & 15]! += time;
    busy += (time * levelIn(span.code)) / LEVELS;
  }
  return { times, busy };
}

/** Pixel `x` of a lane's runs. */
export function pixelOf(
  lane: SeenLane,
  x: number,
): { state: TrackState; share: number; busy: number; peak: TrackState } {
  let run = -1;
  while (run + 1 < lane.x.length && lane.x[run + 1]! <= x) run++;
  const state = (code: number | undefined): TrackState => TRACK_STATES[code ?? 0]!;
  if (run < 0) return { state: 'none', share: 0, busy: 0, peak: 'none' };
  return {
    state: state(lane.state[run]),
    share: lane.share[run]! / 255,
    busy: lane.busy[run]! / 255,
    peak: state(lane.peak[run]),
  };
}
