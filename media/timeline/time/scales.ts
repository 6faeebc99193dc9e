// Time to pixels and back. Pure. A window is in µs since the run began; the window, not a zoom factor, is what the view
// keeps, so that neither a resize nor a growing run moves what a person looks at.
import { decimal, t } from '../../../src/common/l10n';
import { scaleLinear } from 'd3-scale';

export interface TimeWindow {
  start: number;
  end: number;
}

/** What times on the screen are relative to: the start of the run and the present, in µs on the adapter's clock. */
export interface Moments {
  origin: number;
  now: number;
  /** µs in a pixel: moments are written no finer than that. Absent: exactly. */
  perPixel?: number;
}

/** Where time is drawn: px from the left edge of the plot. */
export interface TimeArea {
  left: number;
  width: number;
}

/** What d3-zoom calls a transform; its base scale is always 1 px per ms. */
export interface Zoom {
  k: number;
  x: number;
}

/** `fit`: the whole run, growing. `follow`: the last stretch of it. `free`: where the person put it. */
export type Mode = 'fit' | 'follow' | 'free';

const MICROS_PER_BASE_PIXEL = 1000;
/** Below this nothing can be told apart: the clock of the records counts in µs. */
const SHORTEST_SPAN_MICROS = 20;
/** A run that has just begun is drawn on at least this much time. */
const SHORTEST_RUN_MICROS = 1000;
/** Room beside the run, so that what starts or ends at its edge is seen whole. */
const ROOM_LEFT_PX = 8;
const ROOM_RIGHT_PX = 30;

export function fitWindow(length: number, area: TimeArea): TimeWindow {
  const run = Math.max(length, SHORTEST_RUN_MICROS);
  const perPixel = run / Math.max(area.width - ROOM_LEFT_PX - ROOM_RIGHT_PX, 1);
  return { start: -ROOM_LEFT_PX * perPixel, end: run + ROOM_RIGHT_PX * perPixel };
}

export function followWindow(span: number, length: number, area: TimeArea): TimeWindow {
  const end = length + (ROOM_RIGHT_PX * span) / Math.max(area.width, 1);
  return clampWindow({ start: end - span, end }, length, area);
}

/** Keeps a window inside the run and its zoom within sense. */
export function clampWindow(window: TimeWindow, length: number, area: TimeArea): TimeWindow {
  const fit = fitWindow(length, area);
  const wanted = window.end - window.start;
  const span = Math.max(wanted, SHORTEST_SPAN_MICROS);
  if (span >= fit.end - fit.start) return fit;
  const start = span === wanted ? window.start : (window.start + window.end - span) / 2;
  const inside = Math.min(Math.max(start, fit.start), fit.end - span);
  return { start: inside, end: inside + span };
}

/** Zooms by `factor` (> 1: in) and leaves the moment `at` where it is on the screen. */
export function zoomAbout(window: TimeWindow, factor: number, at: number): TimeWindow {
  return { start: at - (at - window.start) / factor, end: at + (window.end - at) / factor };
}

export function panBy(window: TimeWindow, micros: number): TimeWindow {
  return { start: window.start + micros, end: window.end + micros };
}

/** A window that shows all goes on showing all; one that shows the live end goes on following it. */
export function modeOf(window: TimeWindow, length: number, live: boolean, area: TimeArea): Mode {
  const fit = fitWindow(length, area);
  const slack = (window.end - window.start) * 1e-6;
  if (window.start <= fit.start + slack && window.end >= fit.end - slack) return 'fit';
  return live && window.end >= length ? 'follow' : 'free';
}

export function zoomOf(window: TimeWindow, area: TimeArea): Zoom {
  const k = (area.width * MICROS_PER_BASE_PIXEL) / (window.end - window.start);
  return { k, x: area.left - (window.start / MICROS_PER_BASE_PIXEL) * k };
}

export function windowOf({ k, x }: Zoom, area: TimeArea): TimeWindow {
  const start = ((area.left - x) / k) * MICROS_PER_BASE_PIXEL;
  return { start, end: start + (area.width / k) * MICROS_PER_BASE_PIXEL };
}

/** Px from the left edge of the time area. */
export function timeScale(window: TimeWindow, width: number) {
  return scaleLinear([window.start, window.end], [0, width]);
}
export type TimeScale = ReturnType<typeof timeScale>;

const PX_PER_TICK = 84;

/** Moments worth a label on the axis, none before the run began, in one unit for all. */
export function timeTicks(window: TimeWindow, width: number): { t: number; text: string }[] {
  const scale = timeScale(window, width);
  const ticks = scale.ticks(Math.max(2, Math.floor(width / PX_PER_TICK))).filter((t) => t >= 0);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : window.end - window.start;
  return ticks.map((at) => ({ t: at, text: tickText(at, step, window.end) }));
}

function tickText(at: number, step: number, largest: number): string {
  const size = largest >= 1e6 ? 1e6 : largest >= 1000 ? 1000 : 1;
  const decimals = at === 0 ? 0 : Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  const text = decimal(at / size, decimals);
  return size === 1e6 ? t('{0} s', text) : size === 1000 ? t('{0} ms', text) : t('{0} µs', text);
}
