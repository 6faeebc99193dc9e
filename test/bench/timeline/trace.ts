// The spans that every chart draws: made from a seed wherever they are needed, or read from a recording. Pure.
import { codeOf, LEVELS, type TrackState } from '../../../src/protocol/tracks';

/** In columns. Spans of a lane follow one another without a gap; the last one ends with the lane. */
export interface Trace {
  /** µs from the first start to the last end; all other times count from that start. */
  length: number;
  labels: string[];
  /** Index of each lane's first span, and behind them the number of all spans. */
  first: Uint32Array;
  starts: Float64Array;
  /** As in tracks.ts. */
  codes: Uint8Array;
  /** End of each lane. */
  ends: Float64Array;
}

export interface Size {
  lanes: number;
  /** In each lane. */
  spans: number;
}

/** µs: a run of a minute. */
const LENGTH = 60e6;
/** All lanes live at the same time but for this share of the run at both ends. */
const EDGE = 0.05;
const STATES: TrackState[] = ['running', 'idle', 'running', 'blocked', 'running', 'idle', 'unresponsive', 'idle'];

/** Numbers from 0 to 1 that look like chance and are the same each time (mulberry32). */
export function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function generate({ lanes, spans }: Size): Trace {
  const trace: Trace = {
    length: LENGTH,
    labels: Array.from({ length: lanes }, (_, i) => (i === 0 ? 'main' : `worker ${i}`)),
    first: Uint32Array.from({ length: lanes + 1 }, (_, i) => i * spans),
    starts: new Float64Array(lanes * spans),
    codes: new Uint8Array(lanes * spans),
    ends: new Float64Array(lanes),
  };
  const random = chance(lanes * 31 + spans);
  for (let lane = 0; lane < lanes; lane++) fillLane(trace, lane, random);
  return trace;
}

/** Main lives from the first moment to the last. Spans are of very different lengths, as they are in programs. */
function fillLane(trace: Trace, lane: number, random: () => number): void {
  const from = lane === 0 ? 0 : Math.round(random() * EDGE * LENGTH);
  const to = lane === 0 ? LENGTH : Math.round(LENGTH - random() * EDGE * LENGTH);
  const [begin, after] = [trace.first[lane]!, trace.first[lane + 1]!];
  let sum = 0;
  for (let i = begin; i < after; i++) {
    trace.starts[i] = sum;
    trace.codes[i] = stateBy(i, random);
    sum += -Math.log(1 - random()) + 1e-3;
  }
  for (let i = begin; i < after; i++) trace.starts[i] = from + Math.round((trace.starts[i]! / sum) * (to - from));
  trace.ends[lane] = to;
}

function stateBy(index: number, random: () => number): number {
  const state = STATES[(index + Math.floor(random() * 2)) % STATES.length]!;
  return codeOf(state, state === 'running' ? 1 + Math.floor(random() * LEVELS) : 0);
}

export interface Span {
  lane: number;
  start: number;
  end: number;
  code: number;
}

export function eachSpan({ first, starts, codes, ends }: Trace, lane: number, visit: (span: Span) => void): void {
  const after = first[lane + 1]!;
  for (let i = first[lane]!; i < after; i++) {
    visit({ lane, start: starts[i]!, end: i + 1 < after ? starts[i + 1]! : ends[lane]!, code: codes[i]! });
  }
}
