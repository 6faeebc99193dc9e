// When a thread waited for another one, where the runtime tells for which. Pure.
import type { WaitSpan } from '../../../protocol/picture';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import type { PastWait } from '../../facts/waiting/waitLog';
import type { Wait } from '../../../protocol/probeEvents';

/** Shorter ones are no standing still that anybody would look for; in µs. */
const LEAST = 10_000;
/** Of each thread, the last. */
const MOST = 16;

export function waitSpans({ threads }: ProcessFacts, { waits }: ThreadFacts): WaitSpan[] {
  if (!waits) return [];
  const { past, current } = waits;
  const all: (Wait | PastWait)[] = [...past, ...(current ? [current] : [])];
  const spans = all.flatMap((wait): WaitSpan[] => {
    const other = threads.get(wait.whom ?? wait.holder ?? NOBODY);
    if (!other) return [];
    if (!('until' in wait)) return [{ from: wait.t, whom: other.key }];
    return wait.until - wait.t < LEAST ? [] : [{ from: wait.t, to: wait.until, whom: other.key }];
  });
  return spans.slice(-MOST);
}

const NOBODY = -1;
