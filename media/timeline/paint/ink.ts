// What a bar looks like where its thread is in a state, as pixels of the screen: drawn once for each theme, scale and kind
// of bar, and then copied column by column.
import { TRACK_STATES, type TrackState } from '../../../src/protocol/tracks';
import { paintBackground, paintState } from './activity';
import { paintHatch } from './bars';
import { type Color, cssOf } from './theme/color';
import type { Palette } from './theme/palette';
import { TILE_PX } from './theme/patterns';
import { STATE_FILLS } from './theme/shapes';

/** A kind of bar. */
export interface BarKind {
  /** The bar's own. */
  color: Color;
  hatched: boolean;
  /** px. */
  height: number;
  /** Pixels of the screen in one px. */
  scale: number;
}

const CODES = 16;
const BYTES = 256;

const inksOfPalettes = new WeakMap<Palette, Map<string, Inks>>();

export function inksOf(palette: Palette, kind: BarKind): Inks {
  const all = inksOfPalettes.get(palette) ?? new Map<string, Inks>();
  inksOfPalettes.set(palette, all);
  const key = `${kind.hatched} ${kind.height} ${kind.scale} ${cssOf(kind.color)}`;
  let inks = all.get(key);
  if (!inks) all.set(key, (inks = new Inks(palette, kind)));
  return inks;
}

/**
 * All inks of one kind of bar: pieces of it that repeat from left to right, each `width` times `height` pixels, one after the
 * other in `pixels`, row by row, of RGBA in one number. An ink is known by where it begins there.
 */
export class Inks {
  readonly width: number;
  readonly height: number;
  /** Another array when there are more inks. */
  pixels: Uint32Array;
  private count = 0;
  /** By the code of a state and the byte that tells how busy it is; -1: not drawn yet. */
  private readonly known = new Int32Array(CODES * BYTES).fill(-1);
  private readonly byHeight: (number | undefined)[] = [];
  private readonly ticks: (number | undefined)[] = [];

  constructor(
    private readonly palette: Palette,
    private readonly kind: BarKind,
  ) {
    [this.width, this.height] = [Math.round(TILE_PX * kind.scale), Math.round(kind.height * kind.scale)];
    this.pixels = new Uint32Array(16 * this.width * this.height);
    this.clear = this.add(new Uint32Array(this.width * this.height));
  }

  /** Where nothing is drawn. */
  readonly clear: number;

  /** Of the time in a state, by its code; busy so many 255ths of it. */
  of(code: number, busy: number): number {
    const at = code * BYTES + busy;
    const known = this.known[at]!;
    return known >= 0 ? known : (this.known[at] = this.make(code, busy));
  }

  /** The pixel above a bar for a state, by its code; 0 where the state has no colour of its own. */
  tick(code: number): number {
    return (this.ticks[code] ??= drawTick(this.palette, TRACK_STATES[code] ?? 'none'));
  }

  private make(code: number, busy: number): number {
    const state = TRACK_STATES[code] ?? 'none';
    if (STATE_FILLS[state].pattern !== 'height') return busy === 0 ? this.add(this.draw(state)) : this.of(code, 0);
    const high = Math.max(Math.round((busy / (BYTES - 1)) * this.height), 1);
    return (this.byHeight[high] ??= this.ofHeight(state, high));
  }

  /** As high as it is busy, on the background. */
  private ofHeight(state: TrackState, high: number): number {
    const ink = this.draw(undefined);
    const from = (this.height - high) * this.width;
    ink.set(this.draw(state).subarray(from), from);
    return this.add(ink);
  }

  private draw(state: TrackState | undefined): Uint32Array {
    return drawInk(this.palette, this.kind, state);
  }

  private add(ink: Uint32Array): number {
    const at = this.count++ * ink.length;
    if (at === this.pixels.length) {
      const larger = new Uint32Array(2 * at);
      larger.set(this.pixels);
      this.pixels = larger;
    }
    this.pixels.set(ink, at);
    return at;
  }
}

/** Where no state is drawn: the background alone. */
function drawInk(
  palette: Palette,
  { color, hatched, height, scale }: BarKind,
  state: TrackState | undefined,
): Uint32Array {
  // A little wider than the tile, whose last pixel would be a half one where the scale is odd.
  const whole = { x: 0, width: TILE_PX + 1 };
  const room = { top: 0, height, color };
  return drawn(Math.round(TILE_PX * scale), Math.round(height * scale), (context) => {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const brush = { context, scale, snap: (px: number) => Math.round(px * scale) / scale };
    paintBackground(brush, whole, room);
    if (hatched && state === 'alive') paintHatch(brush, palette, whole, room);
    if (state) paintState(brush, palette, state, { ...room, ...whole });
    if (hatched && state !== 'alive') paintHatch(brush, palette, whole, room);
  });
}

function drawTick({ colors }: Palette, state: TrackState): number {
  const { color } = STATE_FILLS[state];
  if (!color) return 0;
  const [pixel] = drawn(1, 1, (context) => {
    context.fillStyle = cssOf(colors[color]);
    context.fillRect(0, 0, 1, 1);
  });
  return pixel!;
}

function drawn(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): Uint32Array {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  paint(context);
  const { data } = context.getImageData(0, 0, width, height);
  return new Uint32Array(data.buffer);
}
