// The insides of bars, set pixel by pixel into one picture that is then laid over the lanes at once: where every pixel is
// another state, a call for each of them would cost several frames.
import { type SeenLane, stateIn, type TrackState } from '../../../src/protocol/tracks';
import type { Activity, Bar, Scene } from '../scene/types';
import { boxOf, insideOf } from './bars';
import { type Ink, type Inks, inksOf } from './ink';
import type { Brush } from './surface';
import type { Palette } from './theme/palette';
import { STATE_FILLS } from './theme/shapes';

/** Height of the tick above a bar, for what was too short to fill a pixel. */
const TICK_PX = 2;
const CORNER_PX = 0.75;

export interface Strip {
  bar: Bar;
  activity: Activity;
  /** Middle of the bar, in px from the top of the canvas. */
  middle: number;
}

/** Of states in `off` nothing is drawn. */
export type Strips = (brush: Brush, palette: Palette, strips: Iterable<Strip>, off: Scene['off']) => void;

export function createStrips(): Strips {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let sheet: Sheet | undefined;
  return (brush, palette, strips, off) => {
    const { width, height } = brush.context.canvas;
    if (!sheet || !sheet.isOf(width, height)) {
      [canvas.width, canvas.height] = [width, height];
      sheet = new Sheet(context.createImageData(width, height));
    } else sheet.clear();
    let isEmpty = true;
    for (const strip of strips) {
      setStrip(sheet, strip, { brush, palette, off });
      isEmpty = false;
    }
    if (isEmpty) return;
    context.putImageData(sheet.image, 0, 0);
    brush.context.drawImage(canvas, 0, 0, width / brush.scale, height / brush.scale);
  };
}

interface StripLook {
  brush: Brush;
  palette: Palette;
  off: Scene['off'];
}

function setStrip(sheet: Sheet, { bar, activity, middle }: Strip, { brush, palette, off }: StripLook): void {
  const { scale } = brush;
  const box = boxOf(brush, bar, middle);
  const top = Math.round(box.top * scale);
  const first = Math.max(Math.round(box.left * scale), 0);
  const end = Math.min(Math.round((box.left + box.width) * scale), sheet.width);
  const inks = inksOf(palette, { ...insideOf(palette, bar), height: box.height, scale });
  const unknown = inks.of('alive');
  const { lane, left, step, pixels } = activity;
  const columnAt = (pixel: number): number => Math.round((left + pixel * step) * scale);
  let done = first;
  for (let i = firstRun(activity, first / scale); i < lane.x.length && done < end; i++) {
    const from = Math.max(columnAt(lane.x[i]!), done);
    const to = Math.min(columnAt(lane.x[i + 1] ?? pixels), end);
    if (to <= from) continue;
    if (!off.has('alive')) sheet.set(unknown, top, done, from);
    setRun(sheet, inks, { lane, i, off, top, from, to, tick: Math.round(TICK_PX * scale) });
    done = to;
  }
  if (!off.has('alive')) sheet.set(unknown, top, done, end);
  sheet.round(top, first, end, inks.background.height, Math.round(CORNER_PX * scale));
}

/** A run of equal pixels, and where it is set, in pixels of the screen. */
interface StripRun {
  lane: SeenLane;
  /** Its number among those of the lane. */
  i: number;
  off: Scene['off'];
  top: number;
  from: number;
  /** Behind the last column. */
  to: number;
  /** Height of a tick. */
  tick: number;
}

function setRun(sheet: Sheet, inks: Inks, { lane, i, off, top, from, to, tick }: StripRun): void {
  const peak = stateIn(lane.peak[i]!);
  if (peak !== 'none' && !off.has(peak) && !isRim(lane, i, peak))
    sheet.setAll(inks.tick(peak), top - tick, top, from, to);
  const state = stateIn(lane.state[i]!);
  if (off.has(state)) return;
  const ink = inks.of(state);
  if (STATE_FILLS[state].pattern !== 'height') return sheet.set(ink, top, from, to);
  const height = Math.max(Math.round((lane.busy[i]! / 255) * ink.height), 1);
  sheet.set(inks.background, top, from, to, 0, ink.height - height);
  sheet.set(ink, top, from, to, ink.height - height);
}

/** A pixel into which the time of its neighbour reaches, where it is drawn already. */
const isRim = ({ state }: SeenLane, i: number, peak: TrackState): boolean =>
  (i > 0 && stateIn(state[i - 1]!) === peak) || (i + 1 < state.length && stateIn(state[i + 1]!) === peak);

/** The run in which a px lies; all before it are out of sight. */
function firstRun({ lane, left, step }: Activity, px: number): number {
  const at = (px - left) / step;
  let [low, high] = [0, lane.x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.x[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

/** The pixels of a canvas, row by row. Rows outside of it are left out; columns are never outside. */
class Sheet {
  readonly width: number;
  readonly height: number;
  private readonly pixels: Uint32Array;

  constructor(readonly image: ImageData) {
    this.width = image.width;
    this.height = image.height;
    this.pixels = new Uint32Array(image.data.buffer);
  }

  isOf(width: number, height: number): boolean {
    return this.width === width && this.height === height;
  }

  clear(): void {
    this.pixels.fill(0);
  }

  /** Rows of the ink from `first` to before `end`. Column by column: most runs are one wide. */
  set(ink: Ink, top: number, from: number, to: number, first = 0, end = ink.height): void {
    const { pixels, width, height } = this;
    const source = ink.pixels;
    const begin = Math.max(first, -top);
    const count = Math.min(end, height - top) - begin;
    for (let column = from; column < to; column++) {
      let at = (top + begin) * width + column;
      let of = begin * ink.width + (column % ink.width);
      for (let row = 0; row < count; row++) {
        pixels[at] = source[of]!;
        at += width;
        of += ink.width;
      }
    }
  }

  setAll(pixel: number, top: number, bottom: number, from: number, to: number): void {
    const last = Math.min(bottom, this.height);
    for (let row = Math.max(top, 0); row < last; row++) {
      this.pixels.fill(pixel, row * this.width + from, row * this.width + to);
    }
  }

  /** Takes away the corners of what lies in these columns, squares of `corner`. */
  round(top: number, from: number, to: number, height: number, corner: number): void {
    if (to - from <= 2 * corner) return;
    for (const row of [top, top + height - corner]) {
      this.setAll(0, row, row + corner, from, from + corner);
      this.setAll(0, row, row + corner, to - corner, to);
    }
  }
}
