// What lies under the pointer. Pure.
import type { Cap, ExitLine, Mark, PlacedLane } from './types';

const REACH_PX = 7;

export type Hit =
  | { kind: 'mark'; mark: Mark }
  | { kind: 'cap'; cap: Cap }
  | { kind: 'bar' }
  | { kind: 'exit'; line: ExitLine }
  | { kind: 'nothing' };

/** Ticks and caps are small, so they reach a little further than they are drawn; the nearest one counts. */
export function hitAt(lane: PlacedLane, exits: ExitLine[], x: number): Hit {
  const small: { x: number; hit: Hit }[] = lane.marks.map((mark) => ({ x: mark.x, hit: { kind: 'mark', mark } }));
  if (lane.cap) small.push({ x: lane.cap.x, hit: { kind: 'cap', cap: lane.cap } });
  small.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  if (small[0] && Math.abs(small[0].x - x) <= REACH_PX) return small[0].hit;
  if (lane.bars.some((bar) => x >= bar.x && x <= bar.x + bar.width)) return { kind: 'bar' };
  const line = exits.find((e) => e.process.key === lane.row.process.key && Math.abs(e.x - x) <= REACH_PX);
  return line ? { kind: 'exit', line } : { kind: 'nothing' };
}
