// What lies under the pointer. Pure.
import {
  hasStory,
  isLane,
  isSum,
  type Cap,
  type ExitLine,
  type Mark,
  type PhaseBand,
  type Scene,
  type SceneLane,
  type ScenePool,
  type SceneSum,
} from './types';

export type Hit =
  | { kind: 'mark'; mark: Mark }
  | { kind: 'cap'; cap: Cap }
  | { kind: 'bar' }
  | { kind: 'exit'; line: ExitLine }
  | { kind: 'phase'; band: PhaseBand }
  | { kind: 'nothing' };

export interface Found {
  sceneRow: SceneLane | ScenePool | SceneSum | undefined;
  hit: Hit | { kind: 'label' };
  /** px from the left edge of the time area. */
  x?: number;
}

/** Ticks, caps and lines are thin: they are hit from as far away as the widest of them, a cap, is drawn. */
const REACH_PX = 7;
/** Where labels stand above the bars, they end so far above the bar's middle. */
const LABEL_ABOVE_PX = 12;

/** At px from the left edge of the time area and from the top of the first row. */
export function findAt(scene: Scene, x: number, y: number): Found {
  const { rowHeight, narrow, middle } = scene.geometry;
  const row = scene.rows.find((one) => y >= one.y && y < one.y + rowHeight);
  const sceneRow = row && hasStory(row) ? row : undefined;
  const onLabel = narrow ? sceneRow && y - sceneRow.y < middle - LABEL_ABOVE_PX : x < 0;
  if (onLabel) return { sceneRow, hit: { kind: 'label' } };
  const hit = sceneRow ? hitOf(sceneRow, scene, x) : exitAt(scene, x, y);
  return { sceneRow, hit: hit.kind === 'nothing' ? phaseAt(scene, x, y) : hit, ...(sceneRow ? { x } : {}) };
}

function hitOf(sceneRow: NonNullable<Found['sceneRow']>, { exits }: Scene, x: number): Hit {
  if (isSum(sceneRow)) return isIn(sceneRow, x) ? { kind: 'bar' } : { kind: 'nothing' };
  return isLane(sceneRow) ? hitAt(sceneRow, exits, x) : crowdHit(sceneRow, x);
}

/** The nearest tick or cap within reach counts, before the bar below it. */
export function hitAt(lane: SceneLane, exits: ExitLine[], x: number): Hit {
  const small: { x: number; hit: Hit }[] = lane.marks.flatMap((mark) =>
    [mark.x, ...(mark.run ? [mark.run.x] : [])].map((end) => ({ x: end, hit: { kind: 'mark', mark } })),
  );
  if (lane.cap) small.push({ x: lane.cap.x, hit: { kind: 'cap', cap: lane.cap } });
  small.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  if (small[0] && isNear(small[0].x, x)) return small[0].hit;
  if (lane.bars.some((bar) => x >= bar.x && x <= bar.x + bar.width)) return { kind: 'bar' };
  const line = exits.find((e) => e.process.key === lane.row.process.key && isNear(e.x, x));
  return line ? { kind: 'exit', line } : { kind: 'nothing' };
}

const crowdHit = ({ live, ends }: ScenePool, x: number): Hit =>
  (live[Math.floor(x)] ?? 0) > 0 || ends.some((end) => isNear(end.x, x)) ? { kind: 'bar' } : { kind: 'nothing' };

function exitAt({ exits, isSeveral }: Scene, x: number, y: number): Hit {
  const line = exits.find((e) => isNear(e.x, x) && (!isSeveral || (y >= e.top && y < e.bottom)));
  return line ? { kind: 'exit', line } : { kind: 'nothing' };
}

/** It lies behind all lanes. */
function phaseAt({ phases, isSeveral }: Scene, x: number, y: number): Hit {
  const band = phases.find((one) => isIn(one, x) && (!isSeveral || (y >= one.top && y < one.bottom)));
  return band ? { kind: 'phase', band } : { kind: 'nothing' };
}

const isIn = ({ x: from, width }: { x: number; width: number }, x: number): boolean => x >= from && x <= from + width;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= REACH_PX;
