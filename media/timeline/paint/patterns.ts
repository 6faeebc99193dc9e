// Patterns, drawn once for each theme and scale in whole pixels of the screen, so that they repeat without a seam.
import { cssOf, faded } from '../color';
import type { Palette } from './palette';

/** px after which a pattern repeats. */
const TILE_PX = 8;

export type Hatch = 'daemon';

const tiles = new WeakMap<Palette, Map<string, CanvasPattern>>();

/** To fill with, as it is anchored at the origin of the context. */
export function hatchOf(context: CanvasRenderingContext2D, palette: Palette, hatch: Hatch): CanvasPattern {
  const scale = context.getTransform().a;
  const known = tiles.get(palette) ?? new Map<string, CanvasPattern>();
  tiles.set(palette, known);
  const name = `${hatch} ${scale}`;
  let pattern = known.get(name);
  if (!pattern) {
    const tile = drawTile(palette, scale);
    pattern = context.createPattern(tile, 'repeat')!;
    pattern.setTransform(new DOMMatrix().scale(1 / scale));
    known.set(name, pattern);
  }
  return pattern;
}

function drawTile({ colors, stripe }: Palette, scale: number): HTMLCanvasElement {
  const size = Math.round(TILE_PX * scale);
  const tile = document.createElement('canvas');
  [tile.width, tile.height] = [size, size];
  const context = tile.getContext('2d')!;
  context.fillStyle = cssOf(faded(colors.daemon, 0.12));
  context.fillRect(0, 0, size, size);
  context.strokeStyle = cssOf(faded(colors.daemon, 0.75));
  context.lineWidth = stripe * scale;
  context.beginPath();
  // The one in the middle, and the corners that its neighbours reach into.
  for (const away of [-size, 0, size]) {
    context.moveTo(away - size / 2, size * 1.5);
    context.lineTo(away + size * 1.5, -size / 2);
  }
  context.stroke();
  return tile;
}
