// A thread's activity as people see it. Pure.
import { t } from '../../common/l10n';
import { FileId, PARENT_PORT, portOfWorker, workerOfPort } from '../../protocol/activity';
import type { ThreadActivity, Traffic } from '../../protocol/picture';
import {
  noActivity,
  type ActivityFacts,
  type FileFacts,
  type PortFacts,
  type SampleFacts,
  type WriteFacts,
} from '../facts/activityFacts';
import { broadcastsOf } from './traffic/broadcasts';
import { callLines, waitSite } from './callLines';
import { lockPictures } from './waiting/locks';
import type { End } from '../facts/activityFacts';
import { failedPosts } from './traffic/failedPosts';
import { queuesTogether } from './traffic/queues';
import { stalledIn } from './waiting/stalled';
import { waitedFor } from './waiting/waitWords';
import { askedSince, isAsked, neverBegan, unturnedSince } from './tasks';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { untakenSince } from './waiting/mail';
import { runtimeOf } from '../runtimes/runtimes';
import { openTasks } from './poolTasks';
import { keptTexts } from './phrases/holderPhrases';

export function activityPicture(process: ProcessFacts, thread: ThreadFacts): ThreadActivity | undefined {
  const { samples } = thread;
  const activity = thread.activity ?? (hasMail(process, thread) || waitsForExit(thread) ? noActivity() : undefined);
  const unresponsive = unresponsiveSince(process, thread);
  if (!activity) {
    const isKnown = samples.loop !== undefined || samples.heap !== undefined || samples.unturned !== undefined;
    return isKnown ? { ...noThreadActivity(), ...latest(thread), ...unresponsive } : undefined;
  }
  const { blocked, resources } = activity;
  const at = waitSite(activity);
  const about = blocked?.wait ? waitedFor(process, blocked.wait) : {};
  const locks = lockPictures(thread);
  const transactions = openTransactions(activity);
  const tasks = openTasks(process, thread);
  return {
    ...withOwner(process, thread, activity),
    channels: channels(process, thread, activity),
    broadcasts: broadcastsOf(process, thread),
    otherPorts: otherPorts(thread, activity),
    ...(blocked
      ? {
          blocked: {
            kind: blocked.kind,
            what: runtimeOf(process).blocking(blocked.kind, about).name,
            since: blocked.since,
            ...(blocked.timeout ? { timeout: blocked.timeout } : {}),
            ...(at ? { at } : {}),
            ...about,
          },
        }
      : {}),
    ...callLines(process, thread, activity),
    blocks: activity.blocks,
    blockedFor: activity.blockedFor,
    stalls: thread.pauses.length > 0 ? noThreadActivity().stalls : activity.stalls, // which of them were ours is not known
    ...unresponsive,
    ...(isAsked(process, thread) ? { asked: { since: askedSince(process, thread)! } } : {}),
    ...(tasks ? { tasks } : {}),
    writing: [...activity.standard.values(), ...activity.writes.values()]
      .sort((x, y) => x.since - y.since)
      .map((write) => ({
        to: nameOf(activity, write),
        bytes: write.bytes,
        since: write.since,
        isFile: write.file >= FileId.firstOther,
      })),
    openFiles: [...activity.files].map(([file, { lastWrite }]) => ({ path: fileName(activity, file), lastWrite })),
    ...(locks.length > 0 ? { locks } : {}),
    ...(transactions.length > 0 ? { transactions } : {}),
    ...(waitsForExit(thread) ? { exitListeners: exitListeners(thread) } : {}),
    ...latest(thread),
    ...(resources ? { resources: resourcesPicture(process, resources) } : {}),
    dropped: activity.dropped,
  };
}

const openTransactions = ({
  transactions,
  databases,
  waitSites,
}: ActivityFacts): NonNullable<ThreadActivity['transactions']> =>
  [...transactions].flatMap(([database, { since, site }]) => {
    const file = databases.get(database);
    const at = waitSites.get(site);
    return file === undefined ? [] : [{ file, since, ...(at ? { at } : {}) }];
  });

/** It has listeners for its exit that have not begun to run. */
const waitsForExit = ({ exitListeners, exiting }: ThreadFacts): boolean =>
  !exiting && exitListeners !== undefined && exitListeners.count > 0;

function exitListeners(thread: ThreadFacts): NonNullable<ThreadActivity['exitListeners']> {
  const { count, at } = thread.exitListeners!;
  return { count, ...(at ? { at } : {}) };
}

/** Phrases are made where more is known than kinds. */
function resourcesPicture(
  process: ProcessFacts,
  resources: NonNullable<ActivityFacts['resources']>,
): NonNullable<ThreadActivity['resources']> {
  const { t, counts, things } = resources;
  return { t, counts, ...(things.length > 0 ? { kept: keptTexts(process, resources) } : {}) };
}

function unresponsiveSince(process: ProcessFacts, thread: ThreadFacts): Pick<ThreadActivity, 'unresponsive'> {
  const since = unturnedSince(thread);
  if (since === undefined) return {};
  const inside = stalledIn(thread);
  const computes = !isMain(thread) && untakenSince(process, thread) === undefined;
  return {
    unresponsive: {
      since,
      t: thread.samples.unturned!.t,
      ...(inside ? { in: inside } : {}),
      ...(computes ? { computes } : {}),
    },
  };
}

const latest = ({ samples: { loop, heap }, activity }: ThreadFacts): Pick<ThreadActivity, 'loop' | 'heap'> => ({
  ...(loop ? { loop: { t: loop.t, busy: busyOf(loop, activity) } } : {}),
  ...(heap ? { heap } : {}),
});

/** Node counts the time in calls that wait, such as Atomics.wait(), as busy. */
function busyOf({ t: to, busy, over }: NonNullable<SampleFacts['loop']>, activity: ActivityFacts | undefined): number {
  if (!activity || over <= 0) return busy;
  const from = to - over;
  let waited = activity.blocked ? Math.max(0, to - Math.max(from, activity.blocked.since)) : 0;
  for (const span of activity.blockSpans.since(from))
    waited += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
  return Math.max(0, busy - waited / over);
}

/** It has reported nothing of what it does so far, but its owner has posted to it: it has not begun, or is too busy to take that. */
function hasMail(process: ProcessFacts, thread: ThreadFacts): boolean {
  const owner = thread.start && process.threads.get(thread.start.tid)?.activity;
  return (thread.probed || neverBegan(process, thread)) && owner?.ports.has(portOfWorker(thread.id)) === true;
}

/** What is shown of a thread that has done nothing that was recorded. */
export const noThreadActivity = (): ThreadActivity => ({
  channels: [],
  broadcasts: [],
  otherPorts: { posted: 0, received: 0 },
  blocks: 0,
  blockedFor: 0,
  stalls: { count: 0, longest: 0 },
  writing: [],
  openFiles: [],
  dropped: 0,
});

/** Both ends must have been recorded: a count of one alone says nothing of what arrived. */
function withOwner(
  process: ProcessFacts,
  thread: ThreadFacts,
  activity: ActivityFacts,
): Pick<ThreadActivity, 'toOwner' | 'fromOwner'> {
  const owner = thread.start && process.threads.get(thread.start.tid);
  if (!owner?.activity || thread.start?.internal) return {};
  const port = portOfWorker(thread.id);
  const here = activity.ports.get(PARENT_PORT);
  const there = owner.activity.ports.get(port);
  const posted = there && { ...there, posted: there.posted - failedPosts(owner, port) };
  return { toOwner: traffic(here, there), fromOwner: traffic(posted, here) };
}

function traffic(from: PortFacts | undefined, to: PortFacts | undefined): Traffic {
  const posted = from?.posted ?? 0;
  const received = to?.received ?? 0;
  const { count = 0, total = 0, longest = 0 } = to?.queue ?? {};
  return {
    received,
    unheard: to?.unheard ?? 0,
    // More received than posted: there were posts that were not seen, or not reported yet.
    ...(posted >= received ? { posted, waiting: posted - received } : {}),
    ...(count > 0 ? { queue: { count, mean: total / count, longest } } : {}),
  };
}

/** By other threads, each with all channels to it together. */
function channels(process: ProcessFacts, { id }: ThreadFacts, activity: ActivityFacts): ThreadActivity['channels'] {
  const byThread = new Map<number, { to: Traffic; from: Traffic }>();
  for (const [port, facts] of activity.ports) {
    const end = channelEnd(id, activity, port);
    if (!end) continue;
    const other = process.threads.get(end.thread)?.activity?.ports.get(end.port);
    const one = { to: traffic(facts, other), from: traffic(other, facts) };
    const sum = byThread.get(end.thread);
    byThread.set(end.thread, sum ? { to: together(sum.to, one.to), from: together(sum.from, one.from) } : one);
  }
  return [...byThread].map(([thread, both]) => ({ with: `${process.key}:${thread}`, ...both }));
}

/** The end of a channel in another thread, where it is known. */
function channelEnd(thread: number, { ends }: ActivityFacts, port: number): End | undefined {
  const end = port !== PARENT_PORT && workerOfPort(port) === undefined ? ends.get(port) : undefined;
  return end && end.thread !== thread ? end : undefined;
}

function together(a: Traffic, b: Traffic): Traffic {
  const queue = a.queue && b.queue ? queuesTogether(a.queue, b.queue) : (a.queue ?? b.queue);
  return {
    received: a.received + b.received,
    unheard: a.unheard + b.unheard,
    ...(a.posted === undefined || b.posted === undefined
      ? {}
      : { posted: a.posted + b.posted, waiting: (a.waiting ?? 0) + (b.waiting ?? 0) }),
    ...(queue ? { queue } : {}),
  };
}

function otherPorts(thread: ThreadFacts, activity: ActivityFacts): ThreadActivity['otherPorts'] {
  const sum = { posted: 0, received: 0 };
  const { broadcasts, ports } = activity;
  let polled = false;
  for (const [port, { posted, received, ...facts }] of ports) {
    if (port === PARENT_PORT || workerOfPort(port) !== undefined || broadcasts.has(port)) continue;
    if (channelEnd(thread.id, activity, port)) continue;
    sum.posted += posted;
    sum.received += received;
    polled ||= facts.polled !== undefined;
  }
  return polled ? { posted: sum.posted } : sum;
}

const nameOf = (activity: ActivityFacts, { file }: WriteFacts): string => fileName(activity, file);

function fileName({ files }: ActivityFacts, file: number): string {
  if (file === FileId.stdout) return t('standard output');
  if (file === FileId.stderr) return t('standard error');
  const facts = files.get(file);
  if (!facts) return t('a file');
  return pathOf(facts) ?? t('file descriptor {0}', facts.fd);
}

/** Undefined when it is not known, or not all of it. */
function pathOf({ path, pathLength }: FileFacts): string | undefined {
  if (pathLength === 0 || path.length * 4 < pathLength) return undefined;
  return new TextDecoder().decode(new Uint8Array(Uint32Array.from(path).buffer, 0, pathLength));
}
