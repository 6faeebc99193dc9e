// Messages as arrows over the lanes; those that nobody took are dashed and end in a ring.
import type { Arrow } from '../arrows';
import { cssOf, faded } from '../color';
import type { Band } from './backdrop';
import type { Palette } from './palette';
import type { Brush } from './surface';

/** Of more arrows than this each is fainter, so that many do not cover what lies below. */
const FULL_UP_TO = 40;
const FAINTEST = 0.2;
const HEAD_PX = 5;
const RING_PX = 3;

export function paintArrows({ context }: Brush, { colors }: Palette, arrows: readonly Arrow[], band: Band): void {
  if (arrows.length === 0) return;
  const opacity = Math.max(FAINTEST, Math.min(1, FULL_UP_TO / arrows.length)) * 0.85;
  context.lineWidth = 1;
  const color = cssOf(faded(colors.text, opacity));
  const lost = cssOf(faded(colors.killed, Math.max(opacity, 0.5)));
  for (const { x1, x2, isRead, ...y } of arrows) {
    const [y1, y2] = [y.y1 - band.top, y.y2 - band.top];
    context.strokeStyle = context.fillStyle = isRead ? color : lost;
    context.setLineDash(isRead ? [] : [3, 3]);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    if (isRead) addHead(context, x1, y1, x2, y2);
    else context.arc(x2, y2, RING_PX, 0, 2 * Math.PI);
    if (isRead) context.fill();
    else context.stroke();
  }
}

function addHead(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
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
