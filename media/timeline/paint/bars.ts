// A lane's bar: solid while it keeps the process alive, hatched while it is a daemon, dashed where that is not known.
// Where it is now this and now that, it is hatched in the colour of the first.
import type { Bar } from '../scene/types';
import type { BarArea } from './activity';
import type { Box, Brush } from './surface';
import { type Color, cssOf, faded, mixed } from './theme/color';
import type { ColorName, Palette } from './theme/palette';
import { patternOf } from './theme/patterns';

export const BAR_PX = 10;
const RADIUS_PX = 1.5;

interface BarLook {
  color: ColorName;
  /** How opaque its background is; of `daemon` the hatch says it. */
  fill: number;
  starting: number;
  /** How opaque its edge is; 0: it has none. */
  edge: number;
  dashes: number[];
  hatched?: true;
}

const LOOKS: Record<Bar['style'], BarLook> = {
  'keeps-alive': { color: 'keepsAlive', fill: 1, starting: 0.22, edge: 0, dashes: [] },
  daemon: { color: 'daemon', fill: 0, starting: 0.1, edge: 0.75, dashes: [], hatched: true },
  'by-turns': { color: 'keepsAlive', fill: 0, starting: 0.1, edge: 0.75, dashes: [], hatched: true },
  unknown: { color: 'unknown', fill: 0.25, starting: 0, edge: 1, dashes: [2, 2] },
};

/** Colour and hatch of a bar that shows what its thread did. */
export function insideOf({ colors }: Palette, { style }: Bar): { color: Color; hatched: boolean } {
  const { color, hatched = false } = LOOKS[style];
  return { color: colors[color], hatched };
}

/** Where a bar lies, on whole pixels of the screen; `middle` in px from the top of the canvas. */
export function boxOf({ snap, scale }: Brush, bar: Bar, middle: number): Box {
  const left = snap(bar.x);
  const half = snap(BAR_PX / 2);
  const width = Math.max(snap(bar.x + bar.width) - left, 1 / scale);
  return { left, top: snap(middle) - half, width, height: half * 2 };
}

interface BarOptions {
  /** px from the top of the canvas. */
  middle: number;
  /** Its inside is painted already. */
  filled?: boolean;
}

export function paintBar(brush: Brush, palette: Palette, bar: Bar, { middle, filled = false }: BarOptions): void {
  const { context, snap } = brush;
  const look = LOOKS[bar.style];
  const color = palette.colors[look.color];
  const { left, top, width: length, height } = boxOf(brush, bar, middle);
  if (!filled) {
    context.beginPath();
    context.roundRect(left, top, length, height, RADIUS_PX);
    context.fillStyle = fillOf(brush, palette, bar, look);
    context.fill();
  }
  const edge = bar.starting && look.edge === 0 ? 1 : look.edge;
  if (edge === 0) return;
  const width = Math.max(snap(palette.edge), 1 / brush.scale);
  context.beginPath();
  const inside = [left + width / 2, top + width / 2, Math.max(length - width, 0), height - width] as const;
  context.roundRect(...inside, RADIUS_PX);
  context.strokeStyle = cssOf(faded(color, edge));
  context.lineWidth = width;
  context.setLineDash(bar.starting ? [] : look.dashes);
  context.stroke();
  context.setLineDash([]);
}

function fillOf(brush: Brush, palette: Palette, bar: Bar, look: BarLook): string | CanvasPattern {
  const color = palette.colors[look.color];
  if (bar.starting) return cssOf(faded(color, look.starting));
  return look.hatched ? patternOf(brush.context, palette, 'hatch', color) : cssOf(faded(color, look.fill));
}

/** Over all that it did: stripes in its colour, and in the background's where it was busy. */
export function paintHatch(
  brush: Brush,
  palette: Palette,
  bar: Pick<Bar, 'x' | 'width'>,
  { top, height, color }: BarArea,
): void {
  const { context } = brush;
  context.fillStyle = patternOf(context, palette, 'hatch', mixed(palette.colors.background, color, 0.55));
  context.fillRect(bar.x, top, bar.width, height);
}
