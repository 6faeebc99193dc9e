// A thread's states over time, put together from what it reported and what others reported of it. Pure.
import { codeOf } from '../../protocol/tracks';
import { IDLE, UNRESPONSIVE_AFTER } from '../facts/samples';
import { isMain, type ThreadFacts } from '../facts/facts';

/** Times are µs; `code` as in tracks.ts. */
export interface StateSpan {
  from: number;
  to: number;
  code: number;
}

const ALIVE = codeOf('alive');
const STARTING = codeOf('starting');
const GAP = codeOf('gap');
const UNRESPONSIVE = codeOf('unresponsive');
const BLOCKED = codeOf('blocked');
const PAUSED = codeOf('paused');
const EXITING = codeOf('exiting');

/** First sign that it runs; Infinity while there is none. */
export const onlineSince = ({ firstWritten, onlineAt }: ThreadFacts): number =>
  Math.min(firstWritten ?? Infinity, onlineAt ?? Infinity);

/** Since when spans are kept singly, in µs. */
export function wholeFrom({ samples, activity }: ThreadFacts): number {
  const own = activity ? [activity.blockSpans, activity.stallSpans, activity.gapSpans] : [];
  return Math.max(...[samples.loops, samples.unturnedSpans, ...own].map((spans) => spans.wholeFrom));
}

/** Spans that end before `t` may be put together. */
export function keepFrom({ samples, activity }: ThreadFacts, t: number): void {
  const own = activity ? [activity.blockSpans, activity.stallSpans, activity.gapSpans] : [];
  for (const spans of [samples.loops, samples.unturnedSpans, ...own]) spans.keepFrom = t;
}

/** What it did between two moments, without a hole. */
export function statesBetween(thread: ThreadFacts, from: number, to: number): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const span of layersBetween(thread, from, to)) {
    span.from = Math.max(span.from, from);
    span.to = Math.min(span.to, to);
    if (span.to > span.from) spans.push(span);
  }
  return flattened(spans);
}

function layersBetween(thread: ThreadFacts, from: number, to: number): StateSpan[] {
  const { samples, activity, exiting } = thread;
  const spans: StateSpan[] = [{ from, to, code: ALIVE }];
  for (const { from: since, to: until, kind } of samples.loops.since(from)) {
    spans.push({ from: since, to: until, code: kind === IDLE ? codeOf('idle') : codeOf('running', kind) });
  }
  if (!isMain(thread)) spans.push({ from: thread.firstSeen, to: onlineSince(thread), code: STARTING });
  addUnresponsive(spans, samples.unturnedSpans.since(from));
  if (activity) {
    addUnresponsive(spans, activity.stallSpans.since(from));
    for (const { from: since, to: until } of activity.gapSpans.since(from))
      spans.push({ from: since, to: until, code: GAP });
    for (const { from: since, to: until } of activity.blockSpans.since(from)) {
      spans.push({ from: since, to: until, code: BLOCKED });
    }
    if (activity.blocked) spans.push({ from: activity.blocked.since, to, code: BLOCKED });
  }
  addPaused(spans, thread, to);
  if (exiting) spans.push({ from: exiting.t, to, code: EXITING });
  return spans;
}

function addUnresponsive(spans: StateSpan[], found: Iterable<{ from: number; to: number }>): void {
  for (const { from, to } of found) {
    if (to - from >= UNRESPONSIVE_AFTER) spans.push({ from, to, code: UNRESPONSIVE });
  }
}

function addPaused(spans: StateSpan[], { pauses }: ThreadFacts, end: number): void {
  pauses.forEach(({ k, t }, i) => {
    if (k === 'pause') spans.push({ from: t, to: pauses[i + 1]?.t ?? end, code: PAUSED });
  });
}

const rank = ({ code }: StateSpan): number => code & 15;

/** At each moment the highest layer; of one layer what began last. */
function flattened(spans: StateSpan[]): StateSpan[] {
  spans.sort((a, b) => a.from - b.from || rank(a) - rank(b) || a.to - b.to || a.code - b.code);
  const result: StateSpan[] = [];
  const open: StateSpan[] = [];
  let next = 0;
  for (let from = spans[0]?.from ?? Infinity; from < Infinity;) {
    while (next < spans.length && spans[next]!.from <= from) open.push(spans[next++]!);
    const top = takeTop(open, from);
    let to = spans[next]?.from ?? Infinity;
    for (const span of open) to = Math.min(to, span.to);
    const last = result.at(-1);
    if (top && last?.to === from && last.code === top.code) last.to = to;
    else if (top) result.push({ from, to, code: top.code });
    from = to;
  }
  return result;
}

/** The highest of those that last beyond `t`; the others are taken out. */
function takeTop(open: StateSpan[], t: number): StateSpan | undefined {
  let top: StateSpan | undefined;
  let kept = 0;
  for (const span of open) {
    if (span.to <= t) continue;
    open[kept++] = span;
    if (!top || rank(span) >= rank(top)) top = span;
  }
  open.length = kept;
  return top;
}
