// Messages that a thread was given and could not deserialize. Pure.
import { PARENT_PORT, portOfWorker, workerOfPort } from '../../../protocol/activity';
import type { Site } from '../../../protocol/probeEvents';
import type { End } from '../../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';

export interface BrokenMail {
  thread: ThreadFacts;
  count: number;
  /** Of how many of them nobody heard. */
  unheard: number;
  /** When the last message on that port came, in µs. */
  t: number;
  /** Who posted them, where that is known. */
  from?: ThreadFacts;
  /** Lines from which that posts to it, as far as they are known. */
  lines: Site[];
  /** Name of the BroadcastChannel, '' where it is unknown. */
  broadcast?: string;
}

/** By port. */
export function brokenMail(process: ProcessFacts, thread: ThreadFacts): BrokenMail[] {
  const { activity } = thread;
  const found: BrokenMail[] = [];
  for (const [port, { broken, lastReceive }] of activity?.ports ?? []) {
    if (broken.count === 0) continue;
    const broadcast = activity!.broadcasts.get(port);
    const end = broadcast === undefined ? senderOf(thread, port) : undefined;
    const from = end && process.threads.get(end.thread);
    const lines = from?.activity?.postSites.filter((site) => site.port === end!.port && !site.astray) ?? [];
    found.push({
      thread,
      count: broken.count,
      unheard: Math.min(broken.unheard, broken.count),
      t: lastReceive,
      ...(from ? { from } : {}),
      lines: lines.map(({ at }) => at),
      ...(broadcast === undefined ? {} : { broadcast }),
    });
  }
  return found;
}

/** The other end of a port. */
function senderOf({ id, start, activity }: ThreadFacts, port: number): End | undefined {
  if (port === PARENT_PORT) return start && { thread: start.tid, port: portOfWorker(id) };
  const worker = workerOfPort(port);
  return worker === undefined ? activity!.ends.get(port) : { thread: worker, port: PARENT_PORT };
}
