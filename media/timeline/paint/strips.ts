// The insides of bars, set pixel by pixel into one picture that is then laid over the lanes: where every pixel is another
// state, a call for each of them would cost several frames. Of each lane the picture holds no more than its bar, so that
// nothing is cleared, moved and blended that is empty.
import { TRACK_STATES, type SeenLane } from '../../../src/protocol/tracks';
import type { Activity, Bar, Scene } from '../scene/types';
import { BAR_PX, boxOf, insideOf } from './bars';
import { type Inks, inksOf } from './ink';
import type { Brush } from './surface';
import type { Palette } from './theme/palette';

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
  const sheet = new Sheet();
  return (brush, palette, strips, off) => {
    const { scale, snap } = brush;
    const tick = Math.round(TICK_PX * scale);
    sheet.begin(brush.context.canvas.width, tick + Math.round(snap(BAR_PX / 2) * 2 * scale));
    const look = { brush, palette, tick, isOff: TRACK_STATES.map((state) => off.has(state)) };
    for (const strip of strips) setStrip(sheet, strip, look);
    sheet.lay(brush.context);
  };
}

interface StripLook {
  brush: Brush;
  palette: Palette;
  /** Height of a tick, in pixels of the screen. */
  tick: number;
  /** By the code of a state. */
  isOff: readonly boolean[];
}

const ALIVE = TRACK_STATES.indexOf('alive');
/** The bits of it. */
const STATE = 15;

function setStrip(sheet: Sheet, { bar, activity, middle }: Strip, { brush, palette, tick, isOff }: StripLook): void {
  const { scale } = brush;
  const box = boxOf(brush, bar, middle);
  const first = Math.max(Math.round(box.left * scale), 0);
  const end = Math.min(Math.round((box.left + box.width) * scale), sheet.width);
  const inks = inksOf(palette, { ...insideOf(palette, bar), height: box.height, scale });
  sheet.goTo(Math.round(box.top * scale) - tick);
  sheet.put(isOff[ALIVE] ? inks.clear : inks.of(ALIVE, 0), first, end);
  const { lane, left, step, pixels } = activity;
  const { x, state, peak, busy } = lane;
  let done = first;
  let i = firstRun(activity, first / scale);
  let next = columnAt(x[i], activity, scale);
  for (; i < x.length && done < end; i++) {
    const from = Math.max(next, done);
    next = Math.round((left + (x[i + 1] ?? pixels) * step) * scale);
    const to = Math.min(next, end);
    if (to <= from) continue;
    const short = peak[i]! & STATE;
    if (short !== 0 && !isOff[short] && !isRim(lane, i, short)) sheet.setTick(inks.tick(short), tick, from, to);
    const code = state[i]! & STATE;
    sheet.put(isOff[code] ? inks.clear : inks.of(code, busy[i]!), from, to);
    done = to;
  }
  sheet.set(inks, tick, first, end);
  sheet.round(tick, first, end, Math.round(CORNER_PX * scale));
}

/** Of a pixel of the answer, in pixels of the screen. */
const columnAt = (pixel: number | undefined, { left, step, pixels }: Activity, scale: number): number =>
  Math.round((left + (pixel ?? pixels) * step) * scale);

/** A pixel into which the time of its neighbour reaches, where it is drawn already. */
const isRim = ({ state }: SeenLane, i: number, peak: number): boolean =>
  (i > 0 && (state[i - 1]! & STATE) === peak) || (i + 1 < state.length && (state[i + 1]! & STATE) === peak);

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

/** Pixels of the screen for each lane: what stands above its bar, and the bar; one lane below the other. */
class Sheet {
  width = 0;
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d', { willReadFrequently: true })!;
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(this.image.data.buffer);
  /** Where the ink of each column begins among all inks. */
  private cells = new Uint32Array(0);
  private rows = 0;
  /** Where the lanes belong on the canvas of the lanes. */
  private readonly tops: number[] = [];

  /** @param rows of pixels for each lane */
  begin(width: number, rows: number): void {
    this.tops.length = 0;
    if (width === this.width && rows === this.rows) return;
    this.width = width;
    this.rows = rows;
    this.cells = new Uint32Array(width);
    this.makeRoom(1);
  }

  /** The lane whose rows begin at `top` of the canvas of the lanes. Strips of one lane follow each other. */
  goTo(top: number): void {
    if (this.tops.at(-1) === top) return;
    this.tops.push(top);
    const size = this.width * this.rows;
    const begin = (this.tops.length - 1) * size;
    if (begin + size > this.pixels.length) this.makeRoom(2 * this.tops.length);
    else this.pixels.fill(0, begin, begin + size);
  }

  /** Which ink these columns have. */
  put(ink: number, from: number, to: number): void {
    const { cells } = this;
    for (let x = from; x < to; x++) cells[x] = ink;
  }

  setTick(pixel: number, rows: number, from: number, to: number): void {
    for (let row = 0; row < rows; row++) {
      const at = this.rowAt(row);
      for (let x = from; x < to; x++) this.pixels[at + x] = pixel;
    }
  }

  /** Row by row, as they lie in memory. @param top the row of the lane where the bar begins */
  set(inks: Inks, top: number, from: number, to: number): void {
    const { pixels, cells } = this;
    const { width, height, pixels: source } = inks;
    for (let x = from; x < to; x++) cells[x]! += x % width;
    for (let row = 0; row < height; row++) {
      const at = this.rowAt(top + row);
      const of = row * width;
      for (let x = from; x < to; x++) pixels[at + x] = source[cells[x]! + of]!;
    }
  }

  /** Takes away the corners of what lies in these columns from row `top` on, squares of `corner`. */
  round(top: number, from: number, to: number, corner: number): void {
    if (to - from <= 2 * corner) return;
    for (let i = 0; i < corner; i++) {
      for (const row of [top + i, this.rows - 1 - i]) {
        const at = this.rowAt(row);
        this.pixels.fill(0, at + from, at + from + corner);
        this.pixels.fill(0, at + to - corner, at + to);
      }
    }
  }

  /** Puts each lane to its place, pixel on pixel. */
  lay(context: CanvasRenderingContext2D): void {
    const { width, rows, tops } = this;
    if (tops.length === 0) return;
    this.context.putImageData(this.image, 0, 0, 0, 0, width, rows * tops.length);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    tops.forEach((top, i) => context.drawImage(this.canvas, 0, i * rows, width, rows, 0, top, width, rows));
    context.restore();
  }

  private rowAt(row: number): number {
    return ((this.tops.length - 1) * this.rows + row) * this.width;
  }

  private makeRoom(lanes: number): void {
    const { canvas, width, rows, pixels: before } = this;
    [canvas.width, canvas.height] = [width, rows * lanes];
    this.image = new ImageData(width, rows * lanes);
    this.pixels = new Uint32Array(this.image.data.buffer);
    if (this.tops.length > 0) this.pixels.set(before);
  }
}
