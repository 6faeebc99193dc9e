// Patterns, drawn once for each theme and scale in whole pixels of the screen, so that they repeat without a seam.
import { type Color, cssOf, faded } from './color';
import type { Palette } from './palette';

/** px after which a pattern repeats. */
export const TILE_PX = 8;

export type Pattern = 'hatch' | 'stripes' | 'dots' | 'crossed';

const tiles = new WeakMap<Palette, Map<string, CanvasPattern>>();

/** To fill with, as it is anchored at the origin of the context. */
export function patternOf(
  context: CanvasRenderingContext2D,
  palette: Palette,
  name: Pattern,
  color: Color,
): CanvasPattern {
  const scale = context.getTransform().a;
  const patterns = tiles.get(palette) ?? new Map<string, CanvasPattern>();
  tiles.set(palette, patterns);
  const key = `${name} ${scale} ${cssOf(color)}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    const tile = drawTile(name, color, palette.stripe, scale);
    pattern = context.createPattern(tile, 'repeat')!;
    pattern.setTransform(new DOMMatrix().scale(1 / scale));
    patterns.set(key, pattern);
  }
  return pattern;
}

function drawTile(name: Pattern, color: Color, stripe: number, scale: number): HTMLCanvasElement {
  const size = Math.round(TILE_PX * scale);
  const tile = document.createElement('canvas');
  [tile.width, tile.height] = [size, size];
  const context = tile.getContext('2d')!;
  context.fillStyle = cssOf(faded(color, BACKGROUND_SHARES[name]));
  context.fillRect(0, 0, size, size);
  context.strokeStyle = context.fillStyle = cssOf(faded(color, name === 'hatch' ? 0.75 : 0.9));
  context.lineWidth = stripe * scale;
  DRAW[name](context, size);
  return tile;
}

const BACKGROUND_SHARES: Record<Pattern, number> = { hatch: 0.12, stripes: 0.3, dots: 0.15, crossed: 0.1 };

const DRAW: Record<Pattern, (context: CanvasRenderingContext2D, size: number) => void> = {
  hatch: (context, size) => strokeLines(context, size, [1]),
  crossed: (context, size) => {
    context.lineWidth /= 2;
    strokeLines(context, size, [1, -1]);
  },
  stripes: (context, size) => {
    for (const x of [0, size / 2]) context.fillRect(x, 0, size / 4, size);
  },
  dots: (context, size) => {
    for (const [x, y] of [
      [0.25, 0.25],
      [0.75, 0.75],
    ] as const) {
      context.beginPath();
      context.arc(x * size, y * size, size / 7, 0, 2 * Math.PI);
      context.fill();
    }
  },
};

/** Slanting lines: the one in the middle, and the corners that its neighbours reach into. */
function strokeLines(context: CanvasRenderingContext2D, size: number, slants: (1 | -1)[]): void {
  context.beginPath();
  for (const slant of slants) {
    for (const away of [-size, 0, size]) {
      const [from, to] = [size * 1.5, -size / 2];
      context.moveTo(away - size / 2, slant > 0 ? from : size - from);
      context.lineTo(away + size * 1.5, slant > 0 ? to : size - to);
    }
  }
  context.stroke();
}
