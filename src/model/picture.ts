// The model as people see it: plain pictures of processes and threads, made from the facts. Pure.
import type { Delta, Flip, Notice, ProcessPicture, Snapshot, ThreadPicture, ThreadState } from '../protocol/picture';
import { endingOf, mainEnding, ownerOf } from './endings';
import { activityPicture } from './activityPicture';
import { unseen } from './unseen';
import { unfinished } from './unfinished';
import { seenThreads, type Changes, type Model, type ProcessFacts, type ThreadFacts } from './facts';
import { givenName, labelOf } from './labels';

/** What a snapshot tells besides the model. */
export interface Around {
  title: string;
  now: number;
  damaged: number;
  complete: boolean;
  notices: Notice[];
}

export function snapshotOf(model: Model, around: Around): Snapshot {
  const processes = [...model.processes.values()];
  return {
    ...around,
    revision: model.revision,
    processes: processes.map(processPicture),
    threads: processes.flatMap((p) => seenThreads(p).map((t) => threadPicture(p, t))),
    pools: [],
    findings: [],
  };
}

/** The pictures that `changes` touched; the caller adds the revision that it builds on. */
export function deltaOf(model: Model, changes: Changes, from: number, around: Around): Delta {
  const processes = [...model.processes.values()];
  return {
    ...around,
    from,
    revision: model.revision,
    processes: processes.filter((p) => changes.processes.has(p.key)).map(processPicture),
    threads: processes.flatMap((p) =>
      seenThreads(p)
        .filter((t) => changes.threads.has(t.key))
        .map((t) => threadPicture(p, t)),
    ),
  };
}

export function processPicture(process: ProcessFacts): ProcessPicture {
  const { start, unsupported } = process;
  const exit = mainEnding(process);
  const firstSeen = Math.min(...seenThreads(process).map((t) => t.firstSeen), process.end?.t ?? Infinity);
  return {
    key: process.key,
    pid: start?.pid ?? unsupported?.pid ?? Number.parseInt(process.key, 10),
    run: process.run,
    runtime: 'node',
    version: start?.version ?? unsupported?.version ?? 'unknown',
    argv: start?.argv ?? [],
    cwd: start?.cwd ?? '',
    startedAt: start?.t ?? unsupported?.t ?? firstSeen,
    wall: start?.wall ?? unsupported?.wall ?? 0,
    supported: !unsupported,
    unseen: unseen(process.missing),
    lost: lostRecords(process),
    problems: process.problems,
    ...(exit ? { exit } : {}),
    over: process.end !== undefined,
    holds: [],
  };
}

/** Holes in the numbering are records that were lost; the probe's own count tells of those at the very end. */
function lostRecords(process: ProcessFacts): number {
  let holes = 0;
  for (const numbers of process.sequences.values()) holes += numbers.missing;
  return Math.max(holes, process.reportedLost);
}

export function threadPicture(process: ProcessFacts, thread: ThreadFacts): ThreadPicture {
  const ended = endingOf(process, thread);
  const name = givenName(thread);
  const onlineAt = earliest(thread.firstWritten, thread.onlineAt);
  const activity = activityPicture(process, thread);
  return {
    key: thread.key,
    process: thread.process,
    id: thread.id,
    owner: ownerOf(process, thread)?.key ?? null,
    kind: thread.id === 0 ? 'main' : thread.start?.internal ? 'loader-hooks' : 'worker',
    label: labelOf(thread),
    ...(name ? { name } : {}),
    ...(thread.start?.file ? { file: thread.start.file } : {}),
    startedAt: thread.firstSeen,
    ...(thread.start?.at ? { startSite: thread.start.at } : {}),
    ...(onlineAt === undefined ? {} : { onlineAt }),
    state: stateOf(thread, ended?.by, onlineAt),
    probed: thread.probed,
    refs: refFlips(thread),
    keepsAlive: keepsAlive(process, thread),
    terminateCalls: thread.terminateCalls.map(({ t, at }) => ({ t, ...(at ? { at } : {}) })),
    ...(thread.error ? { error: errorPicture(thread.error) } : {}),
    ...(ended ? { ended } : {}),
    ...(activity ? { activity } : {}),
    ...(activity && ended?.fromOutside ? { unfinished: unfinished(activity, ended) } : {}),
  };
}

function stateOf(thread: ThreadFacts, endedBy: string | undefined, onlineAt: number | undefined): ThreadState {
  if (endedBy === 'lost-contact') return 'lost-contact';
  if (endedBy) return 'ended';
  if (thread.exiting) return 'exiting';
  return onlineAt === undefined ? 'starting' : 'alive';
}

function errorPicture(error: NonNullable<ThreadFacts['error']>): NonNullable<ThreadPicture['error']> {
  const { t, name, message, stack, at } = error;
  return { t, name, message, ...(stack ? { stack } : {}), ...(at ? { at } : {}) };
}

/** ref()/unref() as its owner called them; a worker starts ref'd. Empty for main, and when its start was not seen. */
function refFlips(thread: ThreadFacts): Flip[] {
  if (!thread.start) return [];
  const { at } = thread.start;
  const flips: Flip[] = [{ t: thread.firstSeen, value: true, ...(at ? { at } : {}) }];
  for (const event of thread.refs) {
    const value = event.k === 'thread-ref';
    if (flips.at(-1)!.value !== value)
      flips.push({
        t: event.t,
        value,
        ...(event.at ? { at: event.at } : {}),
        ...(event.listener ? { by: 'listener' as const } : {}),
      });
  }
  return flips;
}

/** A worker keeps the process alive while it is ref'd in its owner and its owner does, up to main, which always does. */
function keepsAlive(process: ProcessFacts, thread: ThreadFacts): Flip[] {
  if (thread.id === 0) return [{ t: thread.firstSeen, value: true }];
  const owner = ownerOf(process, thread);
  if (!owner) return [];
  return both(effectiveFlips(thread, owner), keepsAlive(process, owner));
}

/** Once its owner is exiting, nothing that the owner does decides any more whether the process lives. */
function effectiveFlips(thread: ThreadFacts, owner: ThreadFacts): Flip[] {
  const flips = refFlips(thread);
  const over = owner.exiting?.t ?? Infinity;
  const effective = flips.filter(({ t }) => t < over);
  return effective.length > 0 ? effective : flips.slice(0, 1).map((flip) => ({ ...flip, value: false }));
}

/** Where two step functions hold together, from the first moment of `own` on; each flip keeps the call that made it. */
function both(own: Flip[], owners: Flip[]): Flip[] {
  if (own.length === 0 || owners.length === 0) return [];
  const result: Flip[] = [];
  const moments = [...own, ...owners.filter((f) => f.t > own[0]!.t)].sort((a, b) => a.t - b.t);
  for (const { t, at } of moments) {
    const value = valueAt(own, t) && valueAt(owners, t);
    if (result.at(-1)?.value !== value) result.push({ t, value, ...(at ? { at } : {}) });
  }
  return result;
}

function valueAt(flips: Flip[], t: number): boolean {
  let value = flips[0]!.value;
  for (const flip of flips) if (flip.t <= t) value = flip.value;
  return value;
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((t) => t !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
