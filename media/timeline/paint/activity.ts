// What each state of a thread looks like within its bar: how busy its loop was as a height, standing still, gaps and the
// like as patterns. And the band behind a row while the debugger held it.
import { stateIn, TRACK_STATES, type TrackState } from '../../../src/protocol/tracks';
import { statesIn } from '../data/answers';
import type { Activity, Bar } from '../scene/types';
import type { Brush } from './surface';
import { type Color, cssOf, faded } from './theme/color';
import type { Palette } from './theme/palette';
import { patternOf, TILE_PX } from './theme/patterns';
import { STATE_FILLS } from './theme/shapes';

/** Where a bar lies. */
export interface BarArea {
  top: number;
  height: number;
  /** The bar's own colour. */
  color: Color;
}

const BACKGROUND_SHARE = 0.22;
const LINE_PX = 2;
/** Of each tile. */
const DASH_PX = 4;

const BAND = 0.14;
const PAUSED = 1 << TRACK_STATES.indexOf('paused');

/** A row, in px from the top of the canvas. */
export interface RowBand {
  top: number;
  height: number;
}

/** While the debugger held a thread, its whole row is a band. */
export function paintPauses(
  { context }: Brush,
  { colors }: Palette,
  { lane, left, step, pixels }: Activity,
  { top, height }: RowBand,
): void {
  if (!(statesIn(lane) & PAUSED)) return;
  context.fillStyle = cssOf(faded(colors.text, BAND));
  for (let i = 0; i < lane.x.length; i++) {
    if (stateIn(lane.state[i]!) !== 'paused') continue;
    const start = left + lane.x[i]! * step;
    context.fillRect(start, top, left + (lane.x[i + 1] ?? pixels) * step - start, height);
  }
}

/** The background of a bar where it is known what its thread did. */
export function paintBackground(brush: Brush, bar: Pick<Bar, 'x' | 'width'>, { top, height, color }: BarArea): void {
  brush.context.fillStyle = cssOf(faded(color, BACKGROUND_SHARE));
  brush.context.fillRect(bar.x, top, bar.width, height);
}

/** Over `x` and `width` of the bar. */
export function paintState(
  { context }: Brush,
  palette: Palette,
  state: TrackState,
  { x, width, top, height, color: own }: BarArea & Pick<Bar, 'x' | 'width'>,
): void {
  const { pattern, color: name } = STATE_FILLS[state];
  const color = name ? palette.colors[name] : own;
  switch (pattern) {
    case 'dashes':
      context.fillStyle = cssOf(color);
      for (let dash = 0; dash < width; dash += TILE_PX)
        context.fillRect(x + dash, top + (height - LINE_PX) / 2, Math.min(DASH_PX, width - dash), LINE_PX);
      return;
    case 'base':
      context.fillStyle = cssOf(color);
      return context.fillRect(x, top + height - LINE_PX, width, LINE_PX);
    case 'rails':
      context.fillStyle = cssOf(color);
      for (const edge of [top, top + height - 1]) context.fillRect(x, edge, width, 1);
      return;
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
    case 'outline':
      return;
    default:
      pattern satisfies never;
  }
}
