// Caps and ticks: the shapes of the vocabulary. The shape says what happened, the colour only underlines it.
import type { Ending } from '../../../src/protocol/picture';
import type { Mark } from '../scene/types';
import { cssOf } from './theme/color';
import type { Palette } from './theme/palette';
import { endingColor, ENDING_SHAPES, MARK_SHAPES } from './theme/shapes';

const CAP_LINE_PX = 2;
/** What is around a cap is held off by this much. */
const CAP_RIM_PX = 1.5;

const paths = new Map<string, Path2D>();
export function pathOf(svg: string): Path2D {
  let path = paths.get(svg);
  if (!path) paths.set(svg, (path = new Path2D(svg)));
  return path;
}

/** Around the origin of the context. */
export function paintCap(
  context: CanvasRenderingContext2D,
  { colors }: Palette,
  { by, severity }: Pick<Ending, 'by' | 'severity'>,
): void {
  const shape = ENDING_SHAPES[by];
  const path = pathOf(shape.path);
  const [color, background] = [cssOf(colors[endingColor(by, severity)]), cssOf(colors.background)];
  context.lineJoin = 'round';
  context.lineCap = shape.hollow ? 'round' : 'butt';
  context.lineWidth = shape.hollow ? CAP_LINE_PX : CAP_RIM_PX;
  context.strokeStyle = shape.hollow ? color : background;
  context.fillStyle = shape.hollow ? background : color;
  if (shape.hollow && shape.opaque) context.fill(path);
  context.stroke(path);
  if (!shape.hollow) context.fill(path, shape.holes ? 'evenodd' : 'nonzero');
}

/** `half`: of the bar's height. */
export function paintMark(
  context: CanvasRenderingContext2D,
  { colors }: Palette,
  { kind, calls }: Pick<Mark, 'kind' | 'calls'>,
  half: number,
): void {
  const { path: svg, hollow, color } = MARK_SHAPES[kind];
  const path = pathOf(svg);
  context.strokeStyle = cssOf(colors.background);
  context.lineWidth = 2;
  context.lineCap = 'butt';
  context.beginPath();
  context.moveTo(0, -half - 0.5);
  context.lineTo(0, half);
  context.stroke();
  context.lineJoin = 'round';
  context.lineWidth = calls > 1 ? 2 : 1;
  context.strokeStyle = cssOf(colors[color]);
  context.fillStyle = hollow ? cssOf(colors.background) : cssOf(colors[color]);
  context.fill(path);
  context.stroke(path);
}

/** From where a run of flips begins, `from` px from its last one, at which the context’s origin is. */
export function paintRun(context: CanvasRenderingContext2D, { colors }: Palette, from: number): void {
  const path = new Path2D(`M${from},-11 V-5.5 M${from},-8.25 H0`);
  context.lineCap = 'butt';
  context.strokeStyle = cssOf(colors.background);
  context.lineWidth = 4;
  context.stroke(path);
  context.strokeStyle = cssOf(colors.text);
  context.lineWidth = 1.5;
  context.stroke(path);
}

/** Where a thread lives now: a line, or the ring that its cap will fill. */
export function paintLiveEdge(context: CanvasRenderingContext2D, { colors }: Palette, exiting: boolean): void {
  const path = pathOf(exiting ? ENDING_SHAPES.returned.path : LIVE_EDGE);
  context.lineWidth = 1.5;
  context.lineCap = 'round';
  context.fillStyle = cssOf(colors.background);
  context.strokeStyle = cssOf(colors.text);
  if (exiting) context.fill(path);
  context.stroke(path);
}
const LIVE_EDGE = 'M0,-7 V7';
