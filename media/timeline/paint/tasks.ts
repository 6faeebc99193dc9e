// Tasks of an event loop, thinner and fainter than any thread: a line with a small sign at its end. None of them alarms.
import type { AsyncTaskEnding } from '../../../src/protocol/probeEvents';
import type { SceneTask, SceneTasks } from '../scene/types';
import { pathOf } from './signs';
import type { Brush } from './surface';
import { cssOf, faded, over } from './theme/color';
import type { Palette } from './theme/palette';
import { TASK_SHAPES } from './theme/shapes';

const TASK_PX = 3;
/** Where most tasks were pending at once. */
const MOST_PX = 8;
const FAINT = 0.7;
const SIGN_PX = 1.25;

export function paintTask(brush: Brush, palette: Palette, { x, width, row }: SceneTask, middle: number): void {
  paintTaskLine(brush, palette, { x, width }, middle);
  if (row.task.end) paintTaskEnd(brush, palette, row.task.end, { x: x + width, middle });
}

export function paintTaskLine(
  { context, snap }: Brush,
  { colors }: Palette,
  { x, width }: Pick<SceneTask, 'x' | 'width'>,
  middle: number,
): void {
  context.fillStyle = cssOf(over(faded(colors.dim, FAINT), colors.background));
  context.fillRect(x, snap(middle - TASK_PX / 2), width, TASK_PX);
}

/** `x`: where it ended, in px. */
export function paintTaskEnd(
  { context, snap }: Brush,
  { colors }: Palette,
  end: AsyncTaskEnding,
  { x, middle }: { x: number; middle: number },
): void {
  const { path: svg, hollow } = TASK_SHAPES[end];
  const path = pathOf(svg);
  context.save();
  context.translate(x, snap(middle));
  context.lineWidth = SIGN_PX;
  context.lineCap = 'round';
  context.strokeStyle = cssOf(colors.dim);
  context.fillStyle = cssOf(colors.background);
  if (hollow) context.fill(path);
  context.stroke(path);
  context.restore();
}

/** As high as the share of the most at once that were pending. */
export function paintTasks({ context, snap }: Brush, { colors }: Palette, { busy }: SceneTasks, middle: number): void {
  const bottom = snap(middle) + MOST_PX / 2;
  context.fillStyle = cssOf(over(faded(colors.dim, FAINT), colors.background));
  for (const { x, width, share } of busy) {
    const height = Math.max(MOST_PX * share, 1);
    context.fillRect(x, bottom - height, width, height);
  }
}
