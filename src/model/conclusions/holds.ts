// Who keeps a process alive: over time, and now or when it was ended from outside. Pure.
import type { Alive, Holder, HoldSpan } from '../../protocol/picture';
import { MAIN_THREAD, type Resources, type Site } from '../../protocol/probeEvents';
import { PARENT_PORT, workerOfPort } from '../../protocol/activity';
import { waitSite } from './callLines';
import { isAbrupt } from './cutOff';
import { endingOf, mainEnding } from './endings';
import { UNRESPONSIVE_AFTER } from '../facts/samples';
import type { ActivityFacts } from '../facts/activityFacts';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { PORT, countsWithout } from '../facts/resources';
import { keepsAlive, ownFlips } from './flips';
import * as phrases from './phrases/holderPhrases';
import { labelOf } from './labels';
import { lockWaitPictures } from './waiting/locks';
import { isInLibrary } from '../facts/sites';
import { startSite } from './origin/starts';
import { poolName, type Pool, type Pools } from './pools';
import type { BlockingPhrases } from '../runtimes/runtime';
import { runtimeOf } from '../runtimes/runtimes';
import { stalledCall, stalledIn } from './waiting/stalled';
import { isUnturned, silentSince, unturnedSince } from './tasks';
import { heldWorkers, isStuck, lastHeard, readsStdin } from './waiting/stuck';
import { pendingExit } from './undone/pendingEnds';
import { pollOf, waitOf } from './waiting/waits';
import { loopEnds } from './waiting/loopEnds';
import { waitedFor, whatAt } from './waiting/waitWords';
import { holdUps } from './afterMain';
import { mainStands, standstillOf } from './waiting/standstill';

const MOST_SPANS = 200;
const MOST_NAMES = 3;
const MOST_KEYS = 20;
const MOST_HOLDERS = 20;

/** Spans in which the same workers of main kept the process alive; without those in which none did. */
export function holdSpans(process: ProcessFacts, pools: Pools): HoldSpan[] {
  if (process.unwritten) return []; // that they ended sooner may be what could not be written
  const end = mainEnding(process);
  const changes = [
    ...workersOfMain(process).flatMap((thread) => {
      const pool = pools.of.get(thread);
      const holder = { label: pool ? poolName(pool) : labelOf(thread), key: thread.key };
      return changesOf(process, thread, end?.t ?? Infinity).map((change) => ({ ...change, holder }));
    }),
    ...(process.earlier?.holds ?? []).flatMap((holder) => [
      { t: holder.from, holder, holds: true },
      { t: holder.to, holder, holds: false },
    ]),
  ].sort((a, b) => a.t - b.t);
  const held = new Held();
  const spans: HoldSpan[] = [];
  for (let i = 0; i < changes.length;) {
    const { t } = changes[i]!;
    for (; i < changes.length && changes[i]!.t === t; i++) {
      const { holder, holds } = changes[i]!;
      if (holds) held.add(holder);
      else held.remove(holder);
    }
    close(spans, t);
    const { count } = held;
    if (count > 0) spans.push({ from: t, by: held.names(), threads: held.keys(), count });
    if (spans.length > 2 * MOST_SPANS) spans.splice(0, MOST_SPANS);
  }
  if (end) close(spans, end.t);
  return spans.filter(({ from, to }) => to === undefined || to > from).slice(-MOST_SPANS);
}

/** Without a key: one that ended long ago. */
interface Holding {
  label: string;
  key?: string;
}

/** Those that hold at a moment, of which few are told: what that costs must not depend on how many there are. */
class Held {
  private readonly holders = new Set<Holding>();
  /** Thousands of a pool have the same. */
  private readonly labels = new Map<string, number>();

  get count(): number {
    return this.holders.size;
  }

  add(holder: Holding): void {
    if (this.holders.has(holder)) return;
    this.holders.add(holder);
    this.labels.set(holder.label, (this.labels.get(holder.label) ?? 0) + 1);
  }

  remove(holder: Holding): void {
    if (!this.holders.delete(holder)) return;
    const left = this.labels.get(holder.label)! - 1;
    if (left > 0) this.labels.set(holder.label, left);
    else this.labels.delete(holder.label);
  }

  names(): string[] {
    return firstOf(this.labels.keys(), MOST_NAMES);
  }

  keys(): string[] {
    const found: string[] = [];
    for (const { key } of this.holders) if (key !== undefined && found.push(key) === MOST_KEYS) break;
    return found;
  }
}

function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const found: T[] = [];
  for (const one of all) if (found.push(one) === most) break;
  return found;
}

type Kept = Required<Pick<Resources, 'counts' | 'things'>>;

interface Change {
  t: number;
  holds: boolean;
}

/** When it kept the process alive, of a thread that has ended. */
export function holdsOf(process: ProcessFacts, thread: ThreadFacts): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let from: number | undefined;
  for (const { t, holds } of changesOf(process, thread, mainEnding(process)?.t ?? Infinity)) {
    if (holds) from ??= t;
    else if (from !== undefined) {
      spans.push({ from, to: t });
      from = undefined;
    }
  }
  return spans;
}

function changesOf(process: ProcessFacts, thread: ThreadFacts, exit: number): Change[] {
  const end = Math.min(endingOf(process, thread)?.t ?? Infinity, exit);
  const changes = keepsAlive(process, thread)
    .flatMap(({ t, value, run }) => [
      ...(run ? [{ t: run.since, holds: true }] : []), // now and again
      { t, holds: value === true },
    ])
    .filter(({ t }) => t < end);
  return end === Infinity ? changes : [...changes, { t: end, holds: false }];
}

function close(spans: HoldSpan[], t: number): void {
  const last = spans.at(-1);
  if (last && last.to === undefined) last.to = t;
}

const workersOfMain = (process: ProcessFacts): ThreadFacts[] =>
  [...process.threads.values()].filter(
    (thread) => thread.start && !thread.start.internal && (thread.start.tid === MAIN_THREAD || !ownersCount(thread)),
  );

const ownersCount = (thread: ThreadFacts): boolean => runtimeOf(thread).keepsAliveThroughOwner;

/**
 * Undefined while nothing is known of main, and once it has ended in order.
 * @param now in µs; of a process that is over, its end
 */
export function aliveBecause(process: ProcessFacts, pools: Pools, now: number): Alive | undefined {
  const main = mainOf(process);
  const resources = main?.activity?.resources;
  const end = mainEnding(process);
  if (main?.exiting && (!end || isAbrupt(end))) {
    const held = heldAfterMain(process, end?.t ?? now);
    if (held) return held;
  }
  if (main?.exiting && !process.end) return exitHeld(process, main);
  if (!main || main.exiting || (end && !isAbrupt(end))) return undefined;
  const t = end?.t ?? now;
  const still = standsStill(process, main, t);
  if (still) {
    const stuck = isStuck(process, t) || standsFor(process, t);
    return { t, main: still, holders: loopHolders(process), more: 0, stuck };
  }
  if (!resources) return undefined;
  // Work of native code keeps it alive too, and is not to be seen where there are no threads.
  const isAlone = process.threads.size === 1 && !process.earlier;
  const locks = lockWaitPictures(process, t);
  const holders = [
    ...workerHolders(process, pools, t),
    ...portHolders(process, main),
    ...resourceHolders(process, main),
  ].sort((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity));
  const waitingSince = isAlone && holders.length === 0 ? undefined : waitsSince(main);
  return {
    t,
    ...(isAlone ? { seen: resources.t } : {}),
    ...(waitingSince === undefined ? {} : { waitingSince }),
    holders: holders.slice(0, MOST_HOLDERS),
    more: Math.max(0, holders.length - MOST_HOLDERS),
    stuck: holders.length > 0 && isStuck(process, t),
    ...(locks.length > 0 ? { locks } : {}),
  };
}

/** Threads for which main waits at the end of its event loop. */
const loopHolders = (process: ProcessFacts): Holder[] =>
  loopEnds(process)
    .filter(({ to }) => to === undefined)
    .flatMap(({ threads }) => threads.slice(0, MOST_HOLDERS).map((thread) => threadHolder(process, thread)));

const threadHolder = (process: ProcessFacts, thread: ThreadFacts): Holder => ({
  kind: 'worker',
  what: phrases.workerPhrase(thread, undefined),
  thread: thread.key,
  since: thread.firstSeen,
  ...site(startSite(process, thread)),
  because: keptBy(process, thread),
});

/** Main's code is over, and the process waits for threads, where the runtime has such a time. */
function heldAfterMain(process: ProcessFacts, t: number): Alive | undefined {
  const held = holdUps(process).find(({ from, to = Infinity }) => from <= t && to > t);
  if (!held || held.threads.length === 0) return undefined;
  const living = held.threads.filter((thread) => holdsAt(process, thread, t));
  const holders = living.map((thread) => threadHolder(process, thread));
  return {
    t,
    waitingSince: held.from,
    holders: holders.slice(0, MOST_HOLDERS),
    more: Math.max(0, holders.length - MOST_HOLDERS),
    stuck: standsFor(process, t),
  };
}

function standsFor(process: ProcessFacts, t: number): boolean {
  const still = standstillOf(process, t);
  return still !== undefined && mainStands(process, still);
}

/** Main is done, and the process does not end: it waits for threads that cannot be interrupted. */
function exitHeld(process: ProcessFacts, main: ThreadFacts): Alive | undefined {
  const pending = pendingExit(process);
  if (!pending) return undefined;
  const { cause, at } = main.exiting!;
  const call = runtimeOf(process).endings.awaited(cause === 'exit-call');
  const holders = [...pending.busy].map((thread): Holder => ({
    kind: 'worker',
    what: phrases.workerPhrase(thread, undefined),
    thread: thread.key,
    because: [],
  }));
  return {
    t: pending.until,
    main: { since: pending.since, call, ...site(at) },
    holders: holders.slice(0, MOST_HOLDERS),
    more: Math.max(0, holders.length - MOST_HOLDERS),
    stuck: false,
  };
}

/** What main does instead of turning its loop. Whatever else would keep it alive can do nothing meanwhile. */
function standsStill(process: ProcessFacts, main: ThreadFacts, t: number): Alive['main'] {
  const { activity } = main;
  const blocked = activity?.blocked;
  const since = blocked ? blocked.since : (unturnedSince(main) ?? silentSince(process, main, t));
  if (since === undefined || t - since < UNRESPONSIVE_AFTER) return undefined;
  if (blocked) return { since, call: blockingOf(process, main, blocked).name, ...site(waitSite(activity)) };
  const wait = waitOf(process, main, t) ?? pollOf(process, main, since, t);
  return { since, ...(wait ? { call: wait.call, ...site(wait.at) } : {}) };
}

/** Since when main has only waited, for messages at most: it has nothing of its own, and has not heard of a thread since. */
function waitsSince(main: ThreadFacts): number | undefined {
  const { quietSince } = main.activity?.resources ?? {};
  if (quietSince === undefined || isUnturned(main)) return undefined;
  return Math.max(quietSince, lastHeard(main), main.activity?.stallSpans.last()?.to ?? 0);
}

/** Since when threads alone have kept the process alive, as far as main told; undefined where it has something of its own. */
export function mainIdleSince(process: ProcessFacts): number | undefined {
  const { resources } = mainOf(process)?.activity ?? {};
  if (process.shutdown.phases.length > 0) return mainOf(process)?.exiting?.t;
  return (resources?.ports ?? []).some(isOwnPort) ? undefined : resources?.quietSince;
}

/** Not the port to one of its workers. */
const isOwnPort = (port: number): boolean => port !== PARENT_PORT && workerOfPort(port) === undefined;

function workerHolders(process: ProcessFacts, pools: Pools, t: number): Holder[] {
  const holding = workersOfMain(process).filter((thread) => holdsAt(process, thread, t));
  const counts = new Map<Pool | undefined, number>();
  for (const thread of holding) counts.set(pools.of.get(thread), (counts.get(pools.of.get(thread)) ?? 0) + 1);
  const shown = new Set<Pool>();
  return holding.flatMap((thread): Holder[] => {
    const pool = pools.of.get(thread);
    const flips = ownFlips(process, thread);
    const { t: since, at } = flips.at(-1)!;
    const isOfStart = flips.length === 1 || (at !== undefined && isInLibrary(at));
    if (!pool || pool.threads.length === 1) {
      const what = phrases.workerPhrase(thread, pool);
      const because = keptBy(process, thread);
      return [
        {
          kind: 'worker',
          what,
          thread: thread.key,
          ...(pool ? { pool: pool.key } : {}),
          since,
          ...site(isOfStart ? startSite(process, thread) : at),
          because,
        },
      ];
    }
    if (shown.has(pool)) return [];
    shown.add(pool);
    const what = phrases.poolPhrase(pool, counts.get(pool)!);
    return [{ kind: 'pool', what, pool: pool.key, since, ...site(pool.at), because: keptBy(process, thread) }];
  });
}

/** At that moment, or, where it ended then with the process, right before. */
export function holdsAt(process: ProcessFacts, thread: ThreadFacts, t: number): boolean {
  const ended = endingOf(process, thread);
  if (ended && ended.t < t && !isAbrupt(ended)) return false;
  return keepsAlive(process, thread).at(-1)?.value === true;
}

/** Ports of main itself; those of its workers are shown as the workers. */
function portHolders(process: ProcessFacts, main: ThreadFacts): Holder[] {
  const { activity } = main;
  return (activity?.resources?.ports ?? []).filter(isOwnPort).map((port): Holder => {
    const name = activity!.broadcasts.get(port);
    const end = activity!.ends.get(port);
    const other = end && end.thread !== MAIN_THREAD ? process.threads.get(end.thread) : undefined;
    return {
      kind: name === undefined ? 'port' : 'broadcast',
      what: phrases.portPhrase(name, other),
      ...(other ? { thread: other.key } : {}),
      ...site(activity!.portSites.get(port)),
      because: [],
    };
  });
}

/** All else that keeps main's loop turning. */
function resourceHolders(process: ProcessFacts, { activity }: ThreadFacts): Holder[] {
  const { counts, things, ports } = activity!.resources!;
  const runtime = runtimeOf(process);
  const others = countsWithout(counts, things);
  const unnamed = ports.length === 0 ? (others[PORT] ?? 0) : 0;
  const kinds = [...(unnamed > 0 ? [phrases.portsPhrase(unnamed)] : []), ...runtime.resources(others)];
  return [
    ...things.map((thing): Holder => ({
      kind: 'resource',
      what: runtime.thing(thing),
      ...(thing.pid === undefined ? {} : { pid: thing.pid }),
      ...site(thing.at),
      because: [],
    })),
    ...kinds.map((what): Holder => ({ kind: 'resource', what, because: [] })),
  ];
}

/** Neither it nor its owner has told a sign of it. */
const isStarting = ({ onlineAt, firstWritten }: ThreadFacts): boolean =>
  onlineAt === undefined && firstWritten === undefined;

/** What keeps a worker from returning. */
function keptBy(process: ProcessFacts, thread: ThreadFacts): string[] {
  const { activity, probed } = thread;
  if (!probed) return [isStarting(thread) ? phrases.starting() : phrases.unprobed()];
  const call = stalledCall(thread);
  if (call !== undefined) return [phrases.sleepsIn(call)];
  if (isUnturned(thread)) return [phrases.unturned(stalledIn(thread))];
  if (activity?.blocked) return [phrases.waitsIn(blockingOf(process, thread, activity.blocked), waitSite(activity))];
  const seen = thread.awaitedIn && whatAt(process, thread, thread.awaitedIn.t);
  if (seen) return [phrases.isIn(seen.text)];
  const { ports = [] } = activity?.resources ?? {};
  const isRead = readsStdin(thread);
  return [
    ...(isRead ? [phrases.itsStdin()] : []),
    ...phrases.keptTexts(process, isRead ? withoutStdio(activity!.resources!) : (activity?.resources ?? {})),
    ...ports.map((port) => phrases.listens(port, activity?.portSites.get(port), activity?.broadcasts.get(port))),
    ...heldWorkers(process, thread).map(phrases.itsOwn),
  ];
}

const blockingOf = (
  process: ProcessFacts,
  thread: ThreadFacts,
  { kind, wait }: NonNullable<ActivityFacts['blocked']>,
): BlockingPhrases => runtimeOf(thread).blocking(kind, wait && waitedFor(process, wait));

const withoutStdio = ({ counts, things }: Kept): Kept => ({
  counts,
  things: things.filter(({ what }) => what !== 'worker-stdio'),
});

const site = (at: Site | undefined): { at?: Site } => (at ? { at } : {});
