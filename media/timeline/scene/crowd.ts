// The threads of a pool as one: how many of them lived, at each pixel. Pure.
import { isGrave } from '../../../src/model/conclusions/cutOff';
import type { EndedBy } from '../../../src/protocol/picture';
import type { Crowd, View } from './types';
import type { Lane } from '../data/run';

/** @param key of the pool */
export function crowdOf(key: string, lanes: readonly Lane[], view: View): Crowd {
  const { x, width, origin, now } = view;
  const pixels = Math.max(1, Math.ceil(width));
  const steps = new Int32Array(pixels + 1);
  const ends = new Map<string, { x: number; by: EndedBy; count: number }>();
  for (const { thread, ended } of lanes) {
    const [from, to] = [x(thread.startedAt - origin), x((ended?.t ?? now) - origin)];
    if (ended && isGrave(ended)) {
      const place = `${ended.by} ${Math.round(to)}`;
      const same = ends.get(place);
      if (same) same.count++;
      else ends.set(place, { x: to, by: ended.by, count: 1 });
    }
    if (to < 0 || from >= pixels) continue;
    steps[Math.max(0, Math.floor(from))]! += 1;
    steps[Math.min(pixels, Math.floor(to) + 1)]! -= 1;
  }
  const live = new Uint16Array(pixels);
  let count = 0;
  for (let i = 0; i < pixels; i++) live[i] = Math.min((count += steps[i]!), 0xffff);
  return { live, most: mostAtOnce(lanes, now), ends: [...ends.values()], busy: busyOf(key, pixels, view) };
}

/** Parts of a thread in which the answer counts. */
const PARTS = 16;

function busyOf(key: string, pixels: number, { x, origin, known }: View): Float32Array | undefined {
  const pool = known?.pools.get(key);
  if (!known || !pool) return undefined;
  const left = x(known.from - origin);
  const step = x(known.from + known.perPixel - origin) - left;
  return Float32Array.from({ length: pixels }, (_, px) => {
    const at = Math.floor((px + 0.5 - left) / step);
    return (pool.busy[at] ?? 0) / PARTS;
  });
}

const known = new WeakMap<readonly Lane[], number>();

function mostAtOnce(lanes: readonly Lane[], now: number): number {
  let most = known.get(lanes);
  if (most !== undefined) return most;
  const steps = lanes
    .flatMap(({ thread, ended }) => [
      { t: thread.startedAt, by: 1 },
      { t: ended?.t ?? now, by: -1 },
    ])
    .sort((a, b) => a.t - b.t || a.by - b.by);
  let count = 0;
  most = 1;
  for (const { by } of steps) most = Math.max(most, (count += by));
  known.set(lanes, most);
  return most;
}
