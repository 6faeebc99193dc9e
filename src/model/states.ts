// A thread's states over time, put together from what it told and what others told of it. Pure.
import { Blocking, type BlockingName } from '../protocol/activity';
import { LoopState } from './activity';
import type { ProcessFacts, ThreadFacts } from './facts';
import { endingOf } from './endings';

/**
 * `alive`: it lives, and what it does is not known. `running`, `idle`: its loop was busy, or not, in the time of one
 * sample. `unresponsive`: its loop did not turn for a second and more.
 */
export type TimedState = 'starting' | 'alive' | 'running' | 'idle' | 'blocked' | 'unresponsive' | 'paused' | 'exiting';

/** Spans follow one another without a gap, from the start to the end. Times are µs. */
export interface StateSpan {
  from: number;
  to: number;
  state: TimedState;
  /** What it was blocked in. */
  what?: BlockingName;
}

/** Shorter runs without a turn of the loop are usual. */
const UNRESPONSIVE_AFTER = 1e6;
/** What lies over what, the lowest first. */
const LAYERS: TimedState[] = ['alive', 'idle', 'running', 'starting', 'unresponsive', 'blocked', 'paused', 'exiting'];
const BLOCKINGS = Object.fromEntries(Object.entries(Blocking).map(([name, n]) => [n, name])) as Record<
  number,
  BlockingName
>;

/** @param now end of a thread that lives, in µs */
export function statesOf(process: ProcessFacts, thread: ThreadFacts, now: number): StateSpan[] {
  const from = thread.firstSeen;
  const to = Math.max(from, endingOf(process, thread)?.t ?? now);
  const spans = layersOf(thread, from, to)
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.to > span.from);
  return flattened(spans);
}

/** µs in each state. */
export function timeByState(spans: StateSpan[]): Partial<Record<TimedState, number>> {
  const times: Partial<Record<TimedState, number>> = {};
  for (const { state, from, to } of spans) times[state] = (times[state] ?? 0) + to - from;
  return times;
}

function layersOf(thread: ThreadFacts, from: number, to: number): StateSpan[] {
  const { samples, activity, exiting } = thread;
  const online = Math.min(thread.firstWritten ?? Infinity, thread.onlineAt ?? Infinity);
  const spans: StateSpan[] = [{ from, to, state: 'alive' }];
  for (const { from, to, kind } of samples.loops)
    spans.push({ from, to, state: kind === LoopState.idle ? 'idle' : 'running' });
  if (thread.id !== 0) spans.push({ from, to: Math.min(online, to), state: 'starting' });
  spans.push(...unresponsiveSpans(thread));
  if (activity) spans.push(...blockedSpans(thread, to));
  spans.push(...pausedSpans(thread, to));
  if (exiting) spans.push({ from: exiting.t, to, state: 'exiting' });
  return spans;
}

function unresponsiveSpans({ activity, samples: { unturned } }: ThreadFacts): StateSpan[] {
  const spans = [...(activity?.stallSpans ?? [])].map(({ from, to }) => ({ from, to }));
  if (unturned) spans.push({ from: unturned.since, to: unturned.t });
  return spans
    .filter(({ from, to }) => to - from >= UNRESPONSIVE_AFTER)
    .map((span) => ({ ...span, state: 'unresponsive' }));
}

function blockedSpans({ activity }: ThreadFacts, end: number): StateSpan[] {
  const { blockSpans, blocked } = activity!;
  const spans = [...blockSpans].map(({ from, to, kind }): StateSpan => {
    const what = BLOCKINGS[kind];
    return { from, to, state: 'blocked', ...(what ? { what } : {}) };
  });
  if (blocked) spans.push({ from: blocked.since, to: end, state: 'blocked', what: blocked.what });
  return spans;
}

export function pausedSpans({ pauses }: ThreadFacts, end: number): StateSpan[] {
  return pauses.flatMap(({ k, t }, i): StateSpan[] =>
    k === 'pause' ? [{ from: t, to: pauses[i + 1]?.t ?? end, state: 'paused' }] : [],
  );
}

/** At each moment the highest layer. */
function flattened(spans: StateSpan[]): StateSpan[] {
  const rank = ({ state }: StateSpan): number => LAYERS.indexOf(state);
  const byStart = [...spans].sort((a, b) => a.from - b.from);
  const moments = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const result: StateSpan[] = [];
  let open: StateSpan[] = [];
  let next = 0;
  for (let i = 0; i + 1 < moments.length; i++) {
    const [from, to] = [moments[i]!, moments[i + 1]!];
    while (next < byStart.length && byStart[next]!.from <= from) open.push(byStart[next++]!);
    open = open.filter((span) => span.to > from);
    if (open.length === 0) continue;
    const top = open.reduce((a, b) => (rank(b) >= rank(a) ? b : a));
    const last = result.at(-1);
    if (last && last.to === from && last.state === top.state && last.what === top.what) last.to = to;
    else result.push({ ...top, from, to });
  }
  return result;
}
