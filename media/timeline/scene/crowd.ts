// The threads of a pool as one: how many of them lived, at each pixel. Pure.
import { costOf, isGrave } from '../../../src/model/conclusions/cutOff';
import type { Lane } from '../data/run';
import type { Crowd, SceneView } from './types';

/** @param key of the pool */
export function crowdOf(key: string, lanes: readonly Lane[], view: SceneView): Crowd {
  const { x, width, origin, now } = view;
  const pixels = Math.max(1, Math.ceil(width));
  const steps = new Int32Array(pixels + 1);
  const ends = new Map<string, Crowd['ends'][number]>();
  for (const { thread, ended } of lanes) {
    const [from, to] = [x(thread.startedAt - origin), x((ended?.t ?? now) - origin)];
    if (ended && isGrave(ended)) {
      const at = `${ended.by} ${ended.severity} ${Math.round(to)}`;
      const same = ends.get(at);
      if (same) same.count++;
      else ends.set(at, { x: to, ...costOf(ended), count: 1 });
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

function busyOf(key: string, pixels: number, { x, origin, answers }: SceneView): Float32Array | undefined {
  const pool = answers?.pools.get(key);
  if (!answers || !pool) return undefined;
  const left = x(answers.from - origin);
  const step = x(answers.from + answers.perPixel - origin) - left;
  return Float32Array.from({ length: pixels }, (_, px) => {
    const at = Math.floor((px + 0.5 - left) / step);
    return (pool.busy[at] ?? 0) / PARTS;
  });
}

const mostOfLanes = new WeakMap<readonly Lane[], number>();

function mostAtOnce(lanes: readonly Lane[], now: number): number {
  let most = mostOfLanes.get(lanes);
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
  mostOfLanes.set(lanes, most);
  return most;
}
