// The model as people see it: plain pictures of processes and threads, made from the facts. Pure.
import { t } from '../common/l10n';
import type {
  Delta,
  EarlierThreads,
  Notice,
  ProcessPicture,
  Snapshot,
  ThreadPicture,
  ThreadState,
} from '../protocol/picture';
import { conclusionsOf, type Conclusions } from './conclusions/conclusions';
import { mainEnding } from './conclusions/endings';
import { ownerOf } from './conclusions/once';
import { runtimeOf, runtimePicture } from './runtimes/runtimes';
import { notesOf } from './conclusions/notes';
import { MAIN_THREAD } from '../protocol/probeEvents';
import {
  isMain,
  mainOf,
  seenThreads,
  type Changes,
  type Model,
  type ProcessFacts,
  type ThreadFacts,
} from './facts/facts';
import { suspect } from './findings/evidence';
import { findingsOf, gravestFirst } from './findings/findings';
import { judged } from './findings/severity';
import { afterMainPicture, interruptedWait } from './conclusions/afterMain';
import { isLoopEnd } from './conclusions/waiting/loopEnds';
import { waitSpans } from './conclusions/waiting/waitSpans';
import { asyncTasksPicture } from './conclusions/undone/asyncTasks';
import { undoneByNobody } from './conclusions/undone/told';
import { waitText } from './conclusions/waiting/waitWords';
import { keepsAlive, ownFlips } from './conclusions/flips';
import { holdSpans, mainIdleSince } from './conclusions/holds';
import { keptTexts } from './conclusions/phrases/holderPhrases';
import { givenName, labelOf } from './conclusions/labels';
import { toolOf } from './conclusions/origin/packages';
import { movedStarts, startOf } from './conclusions/origin/starts';
import { libraryIn } from './facts/sites';
import { LEAST_OF_A_LINE, poolPicture, sizeOf, type Pool, type Pools } from './conclusions/pools';

/** What a snapshot holds in addition to the model. */
export interface Around {
  title: string;
  now: number;
  damaged: number;
  complete: boolean;
  notices: Notice[];
}

export function snapshotOf(model: Model, around: Around): Snapshot {
  const processes = [...model.processes.values()].map((process) => conclusionsOf(process, around.now));
  const { pools, findings } = verdictsOf(processes);
  return {
    ...around,
    revision: model.revision,
    pools,
    findings,
    processes: processes.map(processPicture),
    threads: processes.flatMap((process) => threadPictures(process, () => true)),
    ...earlierIn(model),
  };
}

export interface Verdicts extends Pick<Snapshot, 'pools' | 'findings'> {
  /** Keys of processes that will not end by themselves. */
  stuck: string[];
}

/** What is concluded of all threads together. It is drawn from the whole model each time: not for every change. */
export function verdicts(model: Model, now: number): Verdicts {
  return verdictsOf([...model.processes.values()].map((process) => conclusionsOf(process, now)));
}

function verdictsOf(processes: Conclusions[]): Verdicts {
  return {
    stuck: processes.filter(({ alive }) => alive?.stuck).map(({ process }) => process.key),
    pools: processes.flatMap(({ process, pools }) => pools.all.map((pool) => poolPicture(process, pool))),
    findings: processes.flatMap(findingsOf).sort(gravestFirst),
  };
}

/** The pictures that `changes` touched; the caller adds the revision that it builds on. */
export function deltaOf(model: Model, changes: Changes, from: number, around: Around): Delta {
  const processes = [...model.processes.values()]
    .filter(({ key }) => changes.processes.has(key))
    .map((process) => conclusionsOf(process, around.now));
  return {
    ...around,
    from,
    revision: model.revision,
    processes: processes.map(processPicture),
    threads: processes.flatMap((process) => {
      const others = new Set([...newlyPooled(process.pools, changes), ...movedStarts(process.process, changes)]);
      return threadPictures(process, (thread) => changes.threads.has(thread.key) || others.has(thread));
    }),
    ...(changes.removed.size > 0 ? { removed: [...changes.removed], ...earlierIn(model) } : {}),
    ...(changes.removedProcesses.size > 0 ? { removedProcesses: [...changes.removedProcesses] } : {}),
  };
}

/** Threads that did nothing, and belong to a pool since others of their line were started. */
function newlyPooled({ all }: Pools, { threads: changed }: Changes): Set<ThreadFacts> {
  const joined = new Set<ThreadFacts>();
  for (const pool of all) {
    if (pool.package !== undefined || sizeOf(pool) - changed.size >= LEAST_OF_A_LINE) continue;
    const others = pool.threads.filter(({ key }) => !changed.has(key));
    const before = others.length + sizeOf(pool) - pool.threads.length;
    if (before < LEAST_OF_A_LINE) for (const thread of others) joined.add(thread);
  }
  return joined;
}

function processPicture({ process, pools, alive, now }: Conclusions): ProcessPicture {
  const { start, unsupported } = process;
  const version = start?.version ?? unsupported?.version ?? t('unknown');
  const main = mainOf(process);
  const exit = main ? judged(suspect(process, main, undefined)) : mainEnding(process);
  const idleSince = mainIdleSince(process);
  const firstSeen = seenThreads(process).reduce(
    (first, thread) => Math.min(first, thread.firstSeen),
    process.end?.t ?? Infinity,
  );
  return {
    key: process.key,
    pid: start?.pid ?? unsupported?.pid ?? Number.parseInt(process.key, 10),
    run: process.run,
    runtime: runtimePicture(runtimeOf(process), version),
    version,
    argv: start?.argv ?? [],
    cwd: start?.cwd ?? '',
    startedAt: start?.t ?? unsupported?.t ?? (Number.isFinite(firstSeen) ? firstSeen : startInKey(process)),
    wall: start?.wall ?? unsupported?.wall ?? 0,
    supported: !unsupported,
    unseen: runtimeOf(process).unseen([...process.missing]),
    lost: lostRecords(process),
    ...(process.unwritten ? { unwritten: true } : {}),
    problems: process.problems,
    ...(process.moreProblems > 0 ? { moreProblems: process.moreProblems } : {}),
    ...(exit ? { exit } : {}),
    over: process.end !== undefined,
    ...(alive ? { alive } : {}),
    ...(idleSince === undefined ? {} : { mainIdleSince: idleSince }),
    ...hiddenThreads(process),
    ...outlivedBy(process),
    ...unsentBy(process),
    holds: holdSpans(process, pools),
    ...afterMainOf(process, now),
  };
}

/** When its probe started, which is all that is known of one of which only activity was told, in µs. */
const startInKey = ({ key }: ProcessFacts): number => Number(key.slice(key.indexOf('-') + 1)) || 0;

/** Holes in the numbering are records that were lost; the probe's own count adds those at the very end. */
export function lostRecords(process: ProcessFacts): number {
  let holes = process.earlier?.missing ?? 0;
  for (const numbers of process.sequences.values()) holes += numbers.missing;
  return Math.max(holes, process.reportedLost);
}

function earlierIn(model: Model): Pick<Snapshot, 'earlier'> {
  const earlier = [...model.processes.values()].flatMap(earlierPictures);
  return earlier.length > 0 ? { earlier } : {};
}

function earlierPictures(process: ProcessFacts): EarlierThreads[] {
  return [...(process.earlier?.groups ?? [])].flatMap(([owner, groups]) =>
    [...groups.values()].map(
      ({ key, label, file, at, count, processes, endings, heard, daemons, first, last, dropped, ...group }) => ({
        key,
        process: process.key,
        owner: (owner === undefined ? undefined : process.threads.get(owner)?.key) ?? null,
        label,
        ...(file === undefined ? {} : { file }),
        ...(at ? { at } : {}),
        count,
        ...(processes > 0 ? { processes } : {}),
        endings: Object.fromEntries(endings),
        ...(heard > 0 ? { heard } : {}),
        daemons,
        first,
        last,
        lives: { shortest: group.shortest, longest: group.longest, total: group.total },
        dropped,
      }),
    ),
  );
}

const threadPictures = ({ process, pools }: Conclusions, wanted: (thread: ThreadFacts) => boolean): ThreadPicture[] =>
  seenThreads(process)
    .filter(wanted)
    .map((thread) => threadPicture(process, thread, pools.of.get(thread)));

function threadPicture(process: ProcessFacts, thread: ThreadFacts, pool: Pool | undefined): ThreadPicture {
  const about = suspect(process, thread, pool);
  const ended = judged(about);
  const { activity } = about;
  const name = givenName(thread);
  const onlineAt = earliest(thread.firstWritten, thread.onlineAt);
  const notes = notesOf(process, thread, ended);
  const waits = waitSpans(process, thread);
  const asyncTasks = asyncTasksPicture(process, thread, ended?.t);
  const held = thread.pauses.at(-1);
  const paused = held?.k === 'pause' ? held : undefined;
  return {
    key: thread.key,
    process: thread.process,
    id: thread.id,
    owner: ownerOf(process, thread)?.key ?? null,
    kind: kindOf(thread),
    label: labelOf(thread),
    ...(name ? { name } : {}),
    ...(thread.start?.file ? { file: thread.start.file } : {}),
    startedAt: thread.firstSeen,
    ...startSites(process, thread),
    ...(thread.start?.inherited ? { inherited: true as const } : {}),
    ...(thread.start?.madeBy ? { madeBy: thread.start.madeBy } : {}),
    ...(onlineAt === undefined ? {} : { onlineAt }),
    state: stateOf(thread, ended?.by, onlineAt),
    probed: thread.probed,
    refs: ownFlips(process, thread),
    keepsAlive: keepsAlive(process, thread),
    terminateCalls: thread.terminateCalls.all.map(({ t, at, hand }) => ({
      t,
      ...(at ? { at } : {}),
      ...(hand ? { by: 'hand' as const } : {}),
    })),
    ...(paused && !ended ? { paused: { since: paused.t } } : {}),
    ...(thread.deeds.length > 0 ? { deeds: thread.deeds.all.map(({ t, deed }) => ({ t, deed })) } : {}),
    ...(thread.error ? { error: errorPicture(thread.error) } : {}),
    ...(ended ? { ended } : {}),
    ...(activity ? { activity } : {}),
    ...(thread.samples.processorTime ? { processorTime: thread.samples.processorTime } : {}),
    ...(about.knowsUnfinished ? { unfinished: about.unfinished } : {}),
    ...(thread.stack?.frames.length ? { stack: stackPicture(thread.stack) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(pool ? { pool: pool.key } : {}),
    ...(waits.length > 0 ? { waits } : {}),
    ...(asyncTasks ? { asyncTasks } : {}),
  };
}

function startSites(process: ProcessFacts, thread: ThreadFacts): Pick<ThreadPicture, 'startSite' | 'startedBy'> {
  const { at, by } = startOf(process, thread);
  const library = by && libraryIn(by.file);
  return {
    ...(at ? { startSite: at } : {}),
    ...(by ? { startedBy: { at: by, ...(library === undefined ? {} : { library }) } } : {}),
  };
}

function kindOf(thread: ThreadFacts): ThreadPicture['kind'] {
  if (isMain(thread)) return 'main';
  if (thread.start?.internal) return 'loader-hooks';
  return toolOf(thread) === undefined ? 'worker' : 'tool';
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

const stackPicture = ({
  t,
  frames,
  within,
}: NonNullable<ThreadFacts['stack']>): NonNullable<ThreadPicture['stack']> => ({
  t,
  frames,
  ...(within === undefined ? {} : { within }),
});

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((t) => t !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function afterMainOf(
  process: ProcessFacts,
  now: number,
): Pick<ProcessPicture, 'afterMain' | 'interrupted' | 'leftUndone'> {
  const afterMain = afterMainPicture(process, now);
  const wait = interruptedWait(process);
  const leftUndone = undoneByNobody(process);
  return {
    ...(afterMain.length > 0 ? { afterMain } : {}),
    ...(wait && !isLoopEnd(wait)
      ? { interrupted: { t: wait.until, since: wait.t, call: waitText(process, wait) } }
      : {}),
    ...(leftUndone.length > 0 ? { leftUndone } : {}),
  };
}

/** Less is no one's concern, in µs. */
const LEAST_FULL = 0.5e6;

/** Stretches that are told of them at most, the newest. */
const MOST_STRETCHES = 200;
/** Of hidden threads that have computed less in all, and of whose pool nothing was seen, nobody needs to know; in µs. */
const LEAST_HIDDEN = 0.1e6;

function hiddenThreads({ hidden }: ProcessFacts): Pick<ProcessPicture, 'fullPool' | 'hidden'> {
  if (!hidden || hidden.threads === 0) return {};
  const { threads, size: pool, time, longest, full, busy } = hidden;
  const fullPool = longest && full >= LEAST_FULL ? { threads: pool, time: full, ...longest } : undefined;
  if (busy.length === 0 && time < LEAST_HIDDEN) return {};
  const stretches = [...busy].slice(-MOST_STRETCHES).map(({ from, to, kind }) => ({ from, to, busy: kind }));
  return {
    hidden: { label: t('native threads'), threads, pool, time, t: hidden.t, busy: stretches },
    ...(fullPool ? { fullPool } : {}),
  };
}

function unsentBy({ threads }: ProcessFacts): Pick<ProcessPicture, 'unsent'> {
  const unsent = threads.get(MAIN_THREAD)?.exited?.unsent;
  return unsent ? { unsent } : {};
}

function outlivedBy(process: ProcessFacts): Pick<ProcessPicture, 'outlived'> {
  const { childrenLeft: children = [], outlived } = process;
  const things = children.filter(({ pid }) => pid !== undefined && outlived?.has(pid));
  return things.length > 0 ? { outlived: keptTexts(process, { things }) } : {};
}
