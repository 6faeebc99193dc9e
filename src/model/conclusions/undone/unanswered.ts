// What a thread owed its owner when it was cut off. Pure.
import { hasOwn } from '../../facts/resources';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { exchange, isBusy, neverBegan } from '../tasks';
import { ownerOf } from '../once';
import { openTasks } from '../poolTasks';
import { runtimeOf } from '../../runtimes/runtimes';

/** What had become of the last message from its owner: its code had not started, it was busy, or something of its own was under way. */
export type Unanswered = 'not-begun' | 'busy' | 'under-way';

/**
 * Its owner had posted to it, was listening, and had heard nothing since. A thread that only waited had nothing to say.
 * @param t when it was cut off, in µs
 */
export function unansweredAt(process: ProcessFacts, thread: ThreadFacts, t: number): Unanswered | undefined {
  const look = ownerOf(process, thread)?.lastLook;
  const last = exchange(process, thread);
  if (!look?.heard.get(thread.id) || !last || last.post <= last.receive) return undefined;
  if (neverBegan(process, thread)) return 'not-begun';
  if (look.busy.get(thread.id) ?? isBusy(thread, t)) return thread.activity?.blocked ? undefined : 'busy';
  return openTasks(process, thread) || hasBegunSomething(thread, last.answers > 0) ? 'under-way' : undefined;
}

/**
 * Since its last message something has been added to what keeps its loop turning. Timers and servers may be there for good:
 * they count only of a thread that is known to answer.
 */
function hasBegunSomething(thread: ThreadFacts, answers: boolean): boolean {
  const { resources, ports } = thread.activity ?? {};
  const { isRequest } = runtimeOf(thread);
  if (!resources || resources.t < lastTaken(ports!.values())) return false;
  return answers ? hasOwn(resources.counts) : Object.keys(resources.counts).some(isRequest);
}

function lastTaken(ports: Iterable<{ lastReceive: number }>): number {
  let last = 0;
  for (const { lastReceive } of ports) last = Math.max(last, lastReceive);
  return last;
}
