// A thread's states over time, put together from what it reported and what others reported of it. Pure.
import { codeOf, LEVELS, TRACK_STATES } from '../../protocol/tracks';
import { IDLE, UNRESPONSIVE_AFTER, waitsAt } from '../facts/samples';
import type { Span, Spans } from '../facts/spans';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { type Mail, mailSince } from './waiting/mail';

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
const COMPUTING = codeOf('running', LEVELS);
const BLOCKED = codeOf('blocked');
const PAUSED = codeOf('paused');
const EXITING = codeOf('exiting');

/** First sign that it runs; Infinity while there is none. */
export const onlineSince = ({ firstWritten, onlineAt }: ThreadFacts): number =>
  Math.min(firstWritten ?? Infinity, onlineAt ?? Infinity);

/** Since when spans are kept singly, in µs. */
export function wholeFrom(thread: ThreadFacts): number {
  return Math.max(...spansOf(thread).map((spans) => spans.wholeFrom));
}

/** Spans that end before `t` may be put together. */
export function keepFrom(thread: ThreadFacts, t: number): void {
  for (const spans of spansOf(thread)) spans.keepFrom = t;
}

function spansOf({ samples, activity }: ThreadFacts): Spans[] {
  const { blockSpans, stallSpans, gapSpans, mailSpans } = activity ?? {};
  const own = blockSpans && stallSpans && gapSpans && mailSpans ? [blockSpans, stallSpans, gapSpans, mailSpans] : [];
  return [samples.loops, samples.unturnedSpans, ...own];
}

/** What it did between two moments, without a hole. */
export function statesBetween(process: ProcessFacts, thread: ThreadFacts, from: number, to: number): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const span of layersBetween(process, thread, from, to)) {
    span.from = Math.max(span.from, from);
    span.to = Math.min(span.to, to);
    if (span.to > span.from) spans.push(span);
  }
  return flattened(spans);
}

function layersBetween(process: ProcessFacts, thread: ThreadFacts, from: number, to: number): StateSpan[] {
  const { samples, activity, exiting } = thread;
  const spans: StateSpan[] = [{ from, to, code: ALIVE }];
  for (const { from: since, to: until, kind } of samples.loops.since(from)) {
    spans.push({ from: since, to: until, code: kind === IDLE ? codeOf('idle') : codeOf('running', kind) });
  }
  if (!isMain(thread)) spans.push({ from: thread.firstSeen, to: onlineSince(thread), code: STARTING });
  addUnturned(spans, process, thread, samples.unturnedSpans.since(from));
  if (activity) {
    addUnturned(spans, process, thread, activity.stallSpans.since(from));
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

/** A worker that does not turn its loop computes; it is unresponsive while somebody waits for it. */
function addUnturned(spans: StateSpan[], process: ProcessFacts, thread: ThreadFacts, found: Iterable<Span>): void {
  for (const span of found) {
    if (span.to - span.from < UNRESPONSIVE_AFTER) continue;
    for (const { from, to } of heldUp(thread, span)) {
      if (to - from < UNRESPONSIVE_AFTER) continue;
      spans.push({ from, to, code: isMain(thread) ? UNRESPONSIVE : COMPUTING });
      if (!isMain(thread)) addWaitedFor(spans, mailSince(process, thread, from), { from, to });
    }
  }
}

function addWaitedFor(spans: StateSpan[], mail: Iterable<Mail>, { from, to }: Omit<StateSpan, 'code'>): void {
  for (const { from: posted, to: taken } of mail) {
    const part = { from: Math.max(from, posted), to: Math.min(to, taken) };
    if (part.to - part.from >= UNRESPONSIVE_AFTER) spans.push({ ...part, code: UNRESPONSIVE });
  }
}

/**
 * The parts of a time without a turn of the loop in which it did not just wait, the latest first. Who waits for something to
 * come is late to turn its loop only because the machine has no processor free for it.
 */
export function* heldUp(
  { samples }: ThreadFacts,
  { from, to }: Pick<Span, 'from' | 'to'>,
): Iterable<Pick<Span, 'from' | 'to'>> {
  for (const { from: since, to: until, kind } of samples.loops.since(from)) {
    if (since >= to || !waitsAt(kind)) continue;
    if (until < to) yield { from: until, to };
    to = since;
  }
  if (from < to) yield { from, to };
}

function addPaused(spans: StateSpan[], { pauses }: ThreadFacts, end: number): void {
  const { all } = pauses;
  all.forEach(({ k, t }, i) => {
    if (k === 'pause') spans.push({ from: t, to: all[i + 1]?.t ?? end, code: PAUSED });
  });
}

const rank = ({ code }: StateSpan): number => code & 15;

/** At each moment the highest layer; of one layer what began last. */
function flattened(spans: StateSpan[]): StateSpan[] {
  spans.sort((a, b) => a.from - b.from || rank(a) - rank(b) || a.to - b.to || a.code - b.code);
  const result: StateSpan[] = [];
  const layers = TRACK_STATES.map((): StateSpan[] => []);
  let next = 0;
  for (let from = spans[0]?.from ?? Infinity; from < Infinity;) {
    for (; next < spans.length && spans[next]!.from <= from; next++) layers[rank(spans[next]!)]!.push(spans[next]!);
    const top = topOf(layers, from);
    const to = Math.min(spans[next]?.from ?? Infinity, top?.to ?? Infinity);
    const last = result.at(-1);
    if (top && last?.to === from && last.code === top.code) last.to = to;
    else if (top) result.push({ from, to, code: top.code });
    from = to;
  }
  return result;
}

/** What began last in the highest layer that lasts beyond `t`; what is over is taken off. */
function topOf(layers: StateSpan[][], t: number): StateSpan | undefined {
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const open = layers[layer]!;
    while (open.length > 0 && open.at(-1)!.to <= t) open.pop();
    if (open.length > 0) return open.at(-1);
  }
  return undefined;
}
