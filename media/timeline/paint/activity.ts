// What a thread did, within its bar: how busy its loop was as a height, standing still, gaps and the like as patterns, and
// what was too short to fill a pixel as a tick above it.
import { stateIn, type TrackState } from '../../../src/protocol/tracks';
import type { Activity } from '../activity';
import { cssOf, faded, type Color } from '../color';
import type { Bar, Scene } from '../layout';
import { STATES } from '../vocabulary';
import type { Palette } from './palette';
import { patternOf } from './patterns';
import type { Brush } from './surface';

/** Where a bar lies. */
export interface Room {
  top: number;
  height: number;
  /** The bar's own colour. */
  color: Color;
}

const GROUND = 0.22;
const LINE_PX = 2;
const TICK_PX = 2;

/** Of states that are turned off only the ground is seen. */
export function paintActivity(
  brush: Brush,
  palette: Palette,
  bar: Bar,
  activity: Activity & { off: Scene['off'] },
  room: Room,
): void {
  const { lane, left, step, pixels, off } = activity;
  const [from, to] = [bar.x, bar.x + bar.width];
  const { context } = brush;
  const busy = new Path2D();
  let hasBusy = false;
  for (let i = firstRun(activity, from); i < lane.x.length; i++) {
    const start = Math.max(left + lane.x[i]! * step, from);
    if (start >= to) break;
    const end = Math.min(left + (lane.x[i + 1] ?? pixels) * step, to);
    if (end <= start) continue;
    const state = stateIn(lane.state[i]!);
    const peak = stateIn(lane.peak[i]!);
    if (peak !== 'none' && !off.has(peak)) paintPeak(brush, palette, peak, start, end - start, room);
    if (off.has(state)) continue;
    if (STATES[state].pattern === 'height') {
      const height = Math.max((lane.busy[i]! / 255) * room.height, 1);
      busy.rect(start, room.top + room.height - height, end - start, height);
      hasBusy = true;
    } else paintState(brush, palette, state, start, end - start, room);
  }
  if (!hasBusy) return;
  context.fillStyle = cssOf(room.color);
  context.fill(busy);
}

const BAND = 0.14;

/** While the debugger held a thread, its whole row is a band. `top` and `height` are the row's. */
export function paintPauses(
  { context }: Brush,
  { colors }: Palette,
  { lane, left, step, pixels, off }: Activity & { off: Scene['off'] },
  top: number,
  height: number,
): void {
  if (off.has('paused')) return;
  context.fillStyle = cssOf(faded(colors.text, BAND));
  for (let i = 0; i < lane.x.length; i++) {
    if (stateIn(lane.state[i]!) !== 'paused') continue;
    const start = left + lane.x[i]! * step;
    context.fillRect(start, top, left + (lane.x[i + 1] ?? pixels) * step - start, height);
  }
}

/** The run in which a px lies; all before it are out of sight. */
function firstRun({ lane, left, step }: Activity, px: number): number {
  const at = (px - left) / step;
  let [low, high] = [0, lane.x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.x[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

/** The ground of a bar of which it is known what its thread did. */
export function paintGround(brush: Brush, bar: Bar, { top, height, color }: Room): void {
  brush.context.fillStyle = cssOf(faded(color, GROUND));
  brush.context.fillRect(bar.x, top, bar.width, height);
}

export function paintState(
  { context }: Brush,
  palette: Palette,
  state: TrackState,
  x: number,
  width: number,
  { top, height, color: own }: Room,
): void {
  const { pattern, color: name } = STATES[state];
  const color = name ? palette.colors[name] : own;
  switch (pattern) {
    case 'plain':
      context.fillStyle = cssOf(faded(own, 0.5));
      return context.fillRect(x, top, width, height);
    case 'line':
      context.fillStyle = cssOf(color);
      return context.fillRect(x, top + (height - LINE_PX) / 2, width, LINE_PX);
    case 'stripes':
    case 'dots':
    case 'crossed':
      context.fillStyle = patternOf(context, palette, pattern, color);
      return context.fillRect(x, top, width, height);
    case 'height':
      context.fillStyle = cssOf(color);
      return context.fillRect(x, top, width, height);
    case 'faint':
    case 'outline':
      return;
    default:
      pattern satisfies never;
  }
}

function paintPeak(
  { context }: Brush,
  palette: Palette,
  state: TrackState,
  x: number,
  width: number,
  { top }: Room,
): void {
  const { color } = STATES[state];
  if (!color) return;
  context.fillStyle = cssOf(palette.colors[color]);
  context.fillRect(x, top - TICK_PX, Math.max(width, 1), TICK_PX);
}
