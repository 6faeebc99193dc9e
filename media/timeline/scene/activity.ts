// What a thread did, as runs of equal pixels placed in the view. Pure.
import { type SeenLane, stateIn, type TrackState } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
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
  answers: TrackAnswers | undefined,
  x: TimeScale,
  origin: number,
): Activity | undefined {
  const lane = answers?.lanes.get(thread);
  if (!answers || !lane || lane.x.length === 0) return undefined;
  const left = x(answers.from - origin);
  return { lane, left, step: x(answers.from + answers.perPixel - origin) - left, pixels: answers.pixels };
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
