// What a thread did, as runs of equal pixels placed in the view. Pure.
import { stateIn, type SeenLane, type TrackState } from '../../../src/protocol/tracks';
import type { Known } from '../data/answers';
import type { TimeScale } from '../time/scales';
import type { Activity } from './types';

export interface Doing {
  state: TrackState;
  /** Share of the time of that pixel, 0 to 1. */
  share: number;
  /** Busy share of its loop, 0 to 1. */
  busy: number;
  /** The gravest state that took some of the pixel, though not most of it. */
  peak: TrackState | undefined;
}

export function activityOf(
  thread: string,
  known: Known | undefined,
  x: TimeScale,
  origin: number,
): Activity | undefined {
  const lane = known?.lanes.get(thread);
  if (!known || !lane || lane.x.length === 0) return undefined;
  const left = x(known.from - origin);
  return { lane, left, step: x(known.from + known.perPixel - origin) - left, pixels: known.pixels };
}

/** At a px of the view; undefined: nothing is known there. */
export function doingAt({ lane, left, step, pixels }: Activity, px: number): Doing | undefined {
  const at = Math.floor((px - left) / step);
  if (at < 0 || at >= pixels) return undefined;
  let [low, high] = [0, lane.x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.x[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : runAt(lane, low - 1);
}

function runAt(lane: SeenLane, i: number): Doing {
  const peak = lane.peak[i]!;
  return {
    state: stateIn(lane.state[i]!),
    share: lane.share[i]! / 255,
    busy: lane.busy[i]! / 255,
    peak: peak === 0 ? undefined : stateIn(peak),
  };
}
