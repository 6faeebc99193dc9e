// A pool as one lane: how many of its threads lived, as the height of an area, and how they ended.
import type { ScenePool } from '../scene/types';
import { paintCap } from './signs';
import type { Brush } from './surface';
import { cssOf, faded } from './theme/color';
import type { Palette } from './theme/palette';

/** Height of the area where most threads live, in px. */
export const CROWD_PX = 18;

export function paintCrowd({ context, snap, scale }: Brush, palette: Palette, crowd: ScenePool, middle: number): void {
  const { live, most, ends, busy } = crowd;
  const bottom = snap(middle + CROWD_PX / 2);
  const { colors } = palette;
  const heightOf = (count: number): number => Math.max((count / most) * CROWD_PX, 2);
  for (let x = 0; x < live.length;) {
    let end = x + 1;
    while (end < live.length && live[end] === live[x]) end++;
    if (live[x]! > 0) {
      const height = heightOf(live[x]!);
      context.fillStyle = cssOf(faded(colors.keepsAlive, 0.3));
      context.fillRect(x, bottom - height, end - x, height);
      context.fillStyle = cssOf(colors.keepsAlive);
      context.fillRect(x, bottom - height, end - x, Math.max(1, 1 / scale));
    }
    x = end;
  }
  if (busy) {
    context.fillStyle = cssOf(colors.keepsAlive);
    for (let x = 0; x < busy.length; x++) {
      const height = (busy[x]! / most) * CROWD_PX;
      if (height > 0) context.fillRect(x, bottom - height, 1, height);
    }
  }
  for (const { x, ...ending } of ends) {
    context.save();
    context.translate(x, snap(middle));
    context.scale(0.7, 0.7);
    paintCap(context, palette, ending);
    context.restore();
  }
}
