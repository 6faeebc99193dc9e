// The whole run in little: how many threads live at each moment, for the map above the axis. Pure.
import { costOf, isGrave } from '../../../src/model/conclusions/cutOff';
import type { Ending } from '../../../src/protocol/picture';
import { lengthOf, type Run } from '../data/run';

export interface Overview {
  /** For each pixel from the start of the run to its end, how many threads lived at once at most. */
  live: Uint16Array;
  /** Largest of `live`, at least 1. */
  most: number;
  /** Endings that somebody should look at, by pixel. */
  ends: (CostlyEnd & { x: number })[];
}

type CostlyEnd = Pick<Ending, 'by' | 'severity'>;

/** Costs a step for each lane and each pixel. */
export function overviewOf(run: Run, now: number, pixels: number): Overview {
  const width = Math.max(1, Math.floor(pixels));
  const length = Math.max(lengthOf(run, now), 1);
  const column = (t: number): number =>
    Math.min(Math.max(Math.floor(((t - run.origin) / length) * width), 0), width - 1);
  const steps = new Int32Array(width + 1);
  const ends = new Map<string, Overview['ends'][number]>();
  for (const { thread, ended } of run.lanes) {
    const last = ended ? column(ended.t) : width - 1;
    steps[column(thread.startedAt)]! += 1;
    steps[last + 1]! -= 1;
    if (ended && isGrave(ended)) ends.set(`${last} ${ended.by} ${ended.severity}`, { x: last, ...costOf(ended) });
  }
  const live = new Uint16Array(width);
  let [count, most] = [0, 1];
  for (let x = 0; x < width; x++) {
    count += steps[x]!;
    live[x] = Math.min(count, 0xffff);
    most = Math.max(most, live[x]!);
  }
  return { live, most, ends: [...ends.values()] };
}
