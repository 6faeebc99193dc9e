// What a bar looks like where its thread is in a state, as pixels of the screen: drawn once for each theme, scale and kind
// of bar, and then copied column by column.
import type { TrackState } from '../../../src/protocol/tracks';
import { paintBackground, paintState } from './activity';
import { paintHatch } from './bars';
import { type Color, cssOf } from './theme/color';
import type { Palette } from './theme/palette';
import { TILE_PX } from './theme/patterns';
import { STATE_FILLS } from './theme/shapes';

/** A piece of a bar, which repeats from left to right: `width` times `height` pixels, row by row, of RGBA in one number. */
export interface Ink {
  pixels: Uint32Array;
  width: number;
  height: number;
}

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

/** All inks of one kind of bar. */
export interface Inks {
  /** Where no state is drawn: the background alone. */
  background: Ink;
  of(state: TrackState): Ink;
  /** The pixel above a bar for a state; 0 where the state has no colour of its own. */
  tick(state: TrackState): number;
}

const inksOfPalettes = new WeakMap<Palette, Map<string, Inks>>();

export function inksOf(palette: Palette, kind: BarKind): Inks {
  const all = inksOfPalettes.get(palette) ?? new Map<string, Inks>();
  inksOfPalettes.set(palette, all);
  const key = `${kind.hatched} ${kind.height} ${kind.scale} ${cssOf(kind.color)}`;
  let inks = all.get(key);
  if (!inks) all.set(key, (inks = createInks(palette, kind)));
  return inks;
}

function createInks(palette: Palette, kind: BarKind): Inks {
  const ofState = once((state: TrackState) => drawInk(palette, kind, state));
  const tick = once((state: TrackState) => drawTick(palette, state));
  return { background: drawInk(palette, kind, undefined), of: ofState, tick };
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

function drawInk(palette: Palette, { color, hatched, height, scale }: BarKind, state: TrackState | undefined): Ink {
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
  const { pixels } = drawn(1, 1, (context) => {
    context.fillStyle = cssOf(colors[color]);
    context.fillRect(0, 0, 1, 1);
  });
  return pixels[0]!;
}

function drawn(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): Ink {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  paint(context);
  const { data } = context.getImageData(0, 0, width, height);
  return { pixels: new Uint32Array(data.buffer), width, height };
}
