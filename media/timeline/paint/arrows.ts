// What goes between lanes as arrows over them. Each kind has its own line and end; the colour only supports that.
import type { Arrow } from '../scene/types';
import type { PaintedBand } from './backdrop';
import type { Brush } from './surface';
import { cssOf, faded } from './theme/color';
import type { Palette } from './theme/palette';
import { ARROW_LINES } from './theme/shapes';

/** With more arrows than this each is fainter, so that many do not cover what lies below. */
const FULL_UP_TO = 40;
const FAINTEST = 0.2;
/** Those that must be seen among many. */
const LEAST = 0.5;
const HEAD_PX = 5;
const RING_PX = 3;

export function paintArrows(brush: Brush, palette: Palette, arrows: readonly Arrow[], band: PaintedBand): void {
  const opacity = Math.max(FAINTEST, Math.min(1, FULL_UP_TO / arrows.length)) * 0.85;
  for (const { x1, y1, x2, y2, kind } of arrows)
    paintArrow(brush, palette, { kind, x1, x2, y1: y1 - band.top, y2: y2 - band.top }, opacity);
}

export function paintArrow({ context }: Brush, { colors }: Palette, arrow: Arrow, opacity: number): void {
  const { x1, y1, x2, y2, kind } = arrow;
  const { color, dashes, end, width } = ARROW_LINES[kind];
  const own = kind === 'message' ? opacity : Math.max(opacity, LEAST);
  context.strokeStyle = context.fillStyle = cssOf(faded(colors[color], own));
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 1;
  context.beginPath();
  if (end === 'head') addHead(context, arrow);
  else context.arc(x2, y2, RING_PX, 0, 2 * Math.PI);
  if (end === 'ring') context.stroke();
  else context.fill();
}

function addHead(context: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Arrow): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const side = (turn: number): [number, number] => [
    x2 - HEAD_PX * Math.cos(angle + turn),
    y2 - HEAD_PX * Math.sin(angle + turn),
  ];
  context.moveTo(x2, y2);
  context.lineTo(...side(0.45));
  context.lineTo(...side(-0.45));
  context.closePath();
}
