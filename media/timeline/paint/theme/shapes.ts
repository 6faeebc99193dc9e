// What each entry of the vocabulary looks like. The shape, pattern or line says what it is; the colour only underlines it.
import type { EndedBy } from '../../../../src/protocol/picture';
import type { Severity } from '../../../../src/protocol/rules';
import type { AsyncTaskEnding } from '../../../../src/protocol/probeEvents';
import type { TrackState } from '../../../../src/protocol/tracks';
import type { ArrowKind, MarkKind } from '../../words/vocabulary';
import type { ColorName } from './palette';

export interface Shape {
  /** SVG path around the origin, in px; see signs.ts for how it is painted. */
  path: string;
  color: ColorName;
  /** Outline only; else filled. */
  hollow?: true;
  /** What is behind it is not seen through it, though it is hollow. */
  opaque?: true;
  /** Its inner outlines are holes. */
  holes?: true;
}

export const MARK_SHAPES: Record<MarkKind, Shape> = {
  ref: { path: 'M0,-11 L4,-5.5 L-4,-5.5 Z', color: 'text' },
  unref: { path: 'M-4,-11 L4,-11 L0,-5.5 Z', color: 'text', hollow: true },
  'terminate-call': { path: 'M-3.5,-11 H3.5 V-9.2 H0.9 V-5.5 H-0.9 V-9.2 H-3.5 Z', color: 'stopped' },
  deed: { path: 'M0,-11.5 A2.9,2.9 0 1 1 -0.01,-11.5 Z', color: 'text', hollow: true },
};

/** In the colour of an ending that cost nothing; see `endingColor`. */
export const ENDING_SHAPES: Record<EndedBy, Shape> = {
  'main-exit': {
    path: 'M0,-7 A7,7 0 1 1 0,7 A7,7 0 1 1 0,-7 Z M-4.4,-3 L-3,-4.4 L0,-1.4 L3,-4.4 L4.4,-3 L1.4,0 L4.4,3 L3,4.4 L0,1.4 L-3,4.4 L-4.4,3 L-1.4,0 Z M-1.5,-14 H1.5 V-7 H-1.5 Z M-1.5,7 H1.5 V14 H-1.5 Z',
    color: 'stopped',
    holes: true,
  },
  'owner-exit': {
    path: 'M0,-6 A6,6 0 1 1 0,6 A6,6 0 1 1 0,-6 Z M-2.5,-2.5 L2.5,2.5 M2.5,-2.5 L-2.5,2.5',
    color: 'stopped',
    hollow: true,
    opaque: true,
  },
  returned: { path: 'M0,-4.5 A4.5,4.5 0 1 1 0,4.5 A4.5,4.5 0 1 1 0,-4.5 Z', color: 'returned' },
  'exit-call': { path: 'M-4.5,-4.5 H4.5 V4.5 H-4.5 Z', color: 'stopped' },
  terminate: {
    path: 'M-2.3,-5.5 H2.3 L5.5,-2.3 V2.3 L2.3,5.5 H-2.3 L-5.5,2.3 V-2.3 Z M-3,-0.9 V0.9 H3 V-0.9 Z',
    color: 'stopped',
    holes: true,
  },
  error: {
    path: 'M0,-7.5 L1.9,-3.3 L5.3,-5.3 L4,-1.4 L7.5,0 L4,1.4 L5.3,5.3 L1.9,3.3 L0,7.5 L-1.9,3.3 L-5.3,5.3 L-4,1.4 L-7.5,0 L-4,-1.4 L-5.3,-5.3 L-1.9,-3.3 Z',
    color: 'stopped',
  },
  'out-of-memory': { path: 'M-6.5,-6.5 H6.5 V-4.5 H-6.5 Z M0,-3 L6,5.5 H-6 Z', color: 'stopped' },
  signal: { path: 'M1.5,-8 L-5,1.5 H-0.8 L-1.8,8 L5,-2 H0.8 L2.5,-8 Z', color: 'stopped' },
  crash: { path: 'M0,-8 L2.2,-2.2 L8,0 L2.2,2.2 L0,8 L-2.2,2.2 L-8,0 L-2.2,-2.2 Z', color: 'stopped' },
  'lost-contact': {
    path: 'M0,-8 L3,-5 L-3,-1.7 L3,1.7 L-3,5 L0,8 M7,0 H8 M12,0 H13 M17,0 H18',
    color: 'stopped',
    hollow: true,
  },
  unknown: { path: 'M0,-5 L5,0 L0,5 L-5,0 Z', color: 'stopped', hollow: true, opaque: true },
};

/** Of tasks of event loops: outlines, in one quiet colour. */
export const TASK_SHAPES: Record<AsyncTaskEnding, Pick<Shape, 'path' | 'hollow'>> = {
  returned: { path: 'M0,-4 V4' },
  cancelled: { path: 'M-3,-3 L3,3 M3,-3 L-3,3' },
  raised: { path: 'M0,-4 L4,3 H-4 Z', hollow: true },
  pending: { path: 'M1.5,0 H2.5 M5.5,0 H6.5 M9.5,0 H10.5' },
  unknown: { path: 'M0,-3.5 L3.5,0 L0,3.5 L-3.5,0 Z', hollow: true },
};

/** By what it cost; undefined: nobody knows. */
export function endingColor(by: EndedBy, severity: Severity | undefined): ColorName {
  return severity === 'info' ? ENDING_SHAPES[by].color : COST_COLORS[severity ?? 'unknown'];
}
const COST_COLORS: Record<'error' | 'warning' | 'unknown', ColorName> = {
  error: 'failed',
  warning: 'killed',
  unknown: 'unknown',
};

/** How time in a state is drawn within the bar. The pattern says which it is; the colour only underlines it. */
export type StatePattern =
  /** The bar’s own colour, as high as the share of time that is busy. */
  | 'height'
  /** The bar’s own colour at its bottom: no share of time at all. */
  | 'base'
  /** Dashes along its middle: it is not known. */
  | 'dashes'
  /** Its outline only. */
  | 'outline'
  /** Its upper and lower edge. */
  | 'rails'
  /** A thin line: it is blocked. */
  | 'line'
  /** Upright stripes. */
  | 'stripes'
  /** Dots. */
  | 'dots'
  /** Crossed lines. */
  | 'crossed';

export interface StateFill {
  pattern: StatePattern;
  /** Where it is not the bar’s own. */
  color?: ColorName;
}

export const STATE_FILLS: Record<TrackState, StateFill> = {
  none: { pattern: 'outline' },
  alive: { pattern: 'dashes' },
  idle: { pattern: 'base' },
  running: { pattern: 'height' },
  starting: { pattern: 'outline' },
  gap: { pattern: 'crossed', color: 'unknown' },
  unresponsive: { pattern: 'stripes', color: 'killed' },
  blocked: { pattern: 'line', color: 'text' },
  paused: { pattern: 'dots', color: 'text' },
  exiting: { pattern: 'rails' },
};

export interface ArrowLine {
  color: ColorName;
  /** Lengths of its dashes and gaps, in px; none: a whole line. */
  dashes: number[];
  end: 'head' | 'ring' | 'dot';
  /** px. */
  width: number;
}

export const ARROW_LINES: Record<ArrowKind, ArrowLine> = {
  message: { color: 'text', dashes: [], end: 'head', width: 1 },
  unread: { color: 'killed', dashes: [3, 3], end: 'ring', width: 1 },
  wake: { color: 'returned', dashes: [1, 2], end: 'head', width: 2 },
  wait: { color: 'text', dashes: [1, 3], end: 'dot', width: 1 },
  hold: { color: 'keepsAlive', dashes: [6, 2], end: 'dot', width: 1 },
};
