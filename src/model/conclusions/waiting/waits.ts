// Calls in which a thread waits until another one ends the wait, and turns no loop meanwhile. Pure.
import { PARENT_PORT, portOfWorker } from '../../../protocol/activity';
import type { Site } from '../../../protocol/probeEvents';
import type { ActivityFacts } from '../../facts/activityFacts';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { runtimeOf } from '../../runtimes/runtimes';
import { waitSite } from '../callLines';
import { waitedFor } from './waitWords';
import { lastSaid, unturnedSince } from '../tasks';

/** Threads look at what keeps them once a second, so by then each has reported it; in µs. */
export const SETTLED_AFTER = 2e6;
/** How long a sample holds, in µs. While main’s loop does not turn, each other thread whose loop does tells so once a second. */
export const SAMPLE_HOLDS = 2.5e6;

interface Waiting {
  thread: ThreadFacts;
  since: number;
}

export interface Wait extends Waiting {
  /** What it waits in, as the program names it. */
  call: string;
  at?: Site;
  /** It does not wait in the call, but asks by it again and again. */
  polls?: true;
}

/** For the next message of that thread, and for none after it, as by `once()`. */
export interface Await extends Waiting {
  from: ThreadFacts;
  /** How many had come from it before. */
  before: number;
}

/** What main waits for that turns its loop, and has nothing else to do. */
export function awaitOf(process: ProcessFacts): Await | undefined {
  const main = mainOf(process);
  const { resources, ports } = main?.activity ?? {};
  if (!main || resources?.quietSince === undefined) return undefined;
  for (const id of resources.awaits) {
    const from = process.threads.get(id);
    if (!from) continue;
    const { received = 0, lastReceive = 0 } = ports!.get(portOfWorker(id)) ?? {};
    return { thread: main, from, since: Math.max(resources.quietSince, lastReceive), before: received };
  }
  return undefined;
}

/** Without a time limit, and for long enough to be sure of it. */
export function waitOf(process: ProcessFacts, thread: ThreadFacts, t: number): Wait | undefined {
  const { activity } = thread;
  const { blocked } = activity ?? {};
  if (!blocked)
    return thread === mainOf(process)
      ? (loadingWait(process, thread, t) ?? pollingWait(process, thread, t))
      : undefined;
  if (blocked.timeout || t - blocked.since < SETTLED_AFTER) return undefined;
  const runtime = runtimeOf(thread);
  if (!runtime.waitsForThread(blocked.kind)) return undefined;
  return wait(
    thread,
    blocked.since,
    runtime.blocking(blocked.kind, blocked.wait && waitedFor(process, blocked.wait)).name,
    waitSite(activity!),
  );
}

/**
 * Main waits within the runtime for a thread of the runtime’s own, as for hooks that load modules: it does not turn its loop,
 * takes no processor time, and has not taken the question that this thread asked it last.
 */
function loadingWait(process: ProcessFacts, main: ThreadFacts, t: number): Wait | undefined {
  const since = unturnedSince(main);
  if (since === undefined || t - since < SETTLED_AFTER || !takesNoTime(process, t)) return undefined;
  for (const thread of process.threads.values()) {
    if (thread.start?.internal && asksMain(thread))
      return wait(main, since, runtimeOf(main).loading(), asked(main, thread));
  }
  return undefined;
}

/** The last that it said was on a channel of its own, and it waits there for the answer. */
function asksMain(thread: ThreadFacts): boolean {
  const { ports, resources } = thread.activity ?? {};
  const said = lastSaid(thread);
  return (resources?.ports ?? []).some((port) => {
    const { lastPost = 0, lastReceive = 0 } = ports!.get(port) ?? {};
    return port !== PARENT_PORT && said > 0 && lastPost === said && lastReceive < said;
  });
}

/** The last line from which main was seen to post to it. */
const asked = (main: ThreadFacts, { id }: ThreadFacts): Site | undefined =>
  main.activity?.postSites.filter(({ port, astray }) => port === portOfWorker(id) && !astray).at(-1)?.at;

/** What goes on is told twice a second; in µs. */
const POLLS_AGAIN = 2.5e6;
/** Of so much of the time that its loop has not turned it must have been seen to ask for messages. */
const POLLS_FOR = 1 / 3;

/** It asks a port for messages again and again, in vain, without turning its loop. */
export function pollOf(
  process: ProcessFacts,
  { activity }: ThreadFacts,
  since: number,
  t: number,
): { call: string; at?: Site } | undefined {
  for (const [port, { polled }] of activity?.ports ?? []) {
    if (!polled || t - polled.last > POLLS_AGAIN || polled.last - since <= (t - since) * POLLS_FOR) continue;
    if (!isInVain(process, activity!, port)) continue;
    const at = activity!.waitSites.get(polled.site);
    return { call: runtimeOf(process).polling(), ...(at ? { at } : {}) };
  }
  return undefined;
}

/** What may have been taken off the port unseen is less than half of what it was asked for: it was empty before long. */
function isInVain(process: ProcessFacts, { ports, ends }: ActivityFacts, port: number): boolean {
  const end = ends.get(port);
  const there = end && process.threads.get(end.thread)?.activity;
  const { polled, received } = ports.get(port)!;
  return there !== undefined && polled!.count > 2 * ((there.ports.get(end!.port)?.posted ?? 0) - received);
}

/** The same, for long enough to be sure of it. */
function pollingWait(process: ProcessFacts, main: ThreadFacts, t: number): Wait | undefined {
  const since = unturnedSince(main);
  if (since === undefined || t - since < SETTLED_AFTER) return undefined;
  const poll = pollOf(process, main, since, t);
  return poll && { ...wait(main, since, poll.call, poll.at), polls: true };
}

/** As some thread found. */
function takesNoTime({ threads }: ProcessFacts, t: number): boolean {
  let looked = 0;
  for (const { samples } of threads.values()) {
    if (t - (samples.computed ?? 0) < SETTLED_AFTER) return false;
    looked = Math.max(looked, samples.processorAt ?? 0);
  }
  return t - looked < SAMPLE_HOLDS;
}

const wait = (thread: ThreadFacts, since: number, call: string, at: Site | undefined): Wait => ({
  thread,
  since,
  call,
  ...(at ? { at } : {}),
});
