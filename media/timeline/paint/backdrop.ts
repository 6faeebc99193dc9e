// What lies behind all lanes: the grid of time, the ends of the processes and the line of now.
import type { ExitLine, PhaseBand, Scene } from '../scene/types';
import type { Brush } from './surface';
import { cssOf, faded } from './theme/color';
import type { ColorName, Palette } from './theme/palette';

const EXIT_LINE_PX = 1.5;

/** The part of the rows that is painted, in px from the top of the first one. */
export interface PaintedBand {
  top: number;
  height: number;
}

export function paintBackdrop(brush: Brush, palette: Palette, scene: Scene, band: PaintedBand): void {
  const { context, snap, scale } = brush;
  context.fillStyle = cssOf(faded(palette.colors.line, 0.22));
  for (const { x } of scene.ticks) context.fillRect(snap(x - 0.5), 0, Math.max(snap(1), 1 / scale), band.height);
  for (const phase of scene.phases) paintPhase(brush, palette, phase, { scene, band });
  for (const line of scene.exits) paintExit(brush, palette, line, { scene, band });
  if (scene.nowX !== undefined) paintNow(brush, palette, scene.nowX, band);
}

/** A tint that hides nothing, and a line where it begins. */
function paintPhase(
  { context, snap, scale }: Brush,
  palette: Palette,
  phase: PhaseBand,
  { scene, band }: { scene: Scene; band: PaintedBand },
): void {
  const top = Math.max(phase.top - band.top, 0);
  const bottom = scene.isSeveral ? Math.min(phase.bottom - band.top, band.height) : band.height;
  if (bottom <= top) return;
  const x = snap(phase.x);
  context.fillStyle = cssOf(faded(palette.colors.dim, 0.08));
  context.fillRect(x, snap(top), phase.width, snap(bottom) - snap(top));
  if (phase.x <= 0) return; // it begins before what is in view
  context.strokeStyle = cssOf(faded(palette.colors.dim, 0.7));
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  strokeDown(context, x + 0.5 / scale, top, bottom);
}

/** With one process its line goes down to the bottom of the view, as its end is the end of all. */
function paintExit(
  { context, snap }: Brush,
  palette: Palette,
  line: ExitLine,
  { scene, band }: { scene: Scene; band: PaintedBand },
): void {
  const { width } = scene.geometry.area;
  const top = Math.max(line.top - band.top, 0);
  const bottom = scene.isSeveral ? Math.min(line.bottom - band.top, band.height) : band.height;
  if (bottom <= top || line.x > width) return;
  const x = snap(line.x);
  const color = palette.colors[lineColor(line.severity)];
  context.fillStyle = cssOf(faded(color, 0.07));
  context.fillRect(Math.max(x, 0), snap(top), width - Math.max(x, 0), snap(bottom) - snap(top));
  context.strokeStyle = cssOf(color);
  context.lineWidth = EXIT_LINE_PX;
  context.setLineDash(line.exit.by === 'lost-contact' ? [4, 4] : []);
  strokeDown(context, x, top, bottom);
}

/** Red only where the end of main cost something. */
const lineColor = (severity: ExitLine['severity']): ColorName =>
  severity === 'error' ? 'failed' : severity === 'warning' ? 'killed' : 'dim';

function paintNow({ context, snap, scale }: Brush, palette: Palette, nowX: number, band: PaintedBand): void {
  context.strokeStyle = cssOf(faded(palette.colors.returned, 0.7));
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  strokeDown(context, snap(nowX) + 0.5 / scale, 0, band.height);
}

function strokeDown(context: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
  context.setLineDash([]);
}
