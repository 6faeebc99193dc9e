// What each line of the program did to threads, from the picture of a session: the latest run of it. Pure.
import { isKilledWithMain, isKilledWithOwner } from '../model/conclusions/cutOff';
import {
  isTooling,
  type EarlierThreads,
  type Ending,
  type Finding,
  type Flip,
  type Holder,
  type Snapshot,
  type ThreadPicture,
} from '../protocol/picture';
import type { Site } from '../protocol/probeEvents';

/** All that is known of one line. A thread is in a list once, however often the line was run on it. */
export interface LineFacts {
  /** Threads that it started, oldest first. */
  started: ThreadPicture[];
  /** Those that it started before and that ended long ago, summed up. */
  earlier: EarlierThreads[];
  unrefd: ThreadPicture[];
  refd: ThreadPicture[];
  /** It added a listener, by which a thread is waited for again. */
  listened: ThreadPicture[];
  terminated: ThreadPicture[];
  /** It posts messages to them; there may be more. */
  messaged: ThreadPicture[];
  /** They stand still in a call there, as in `Atomics.wait()`, or were ended in it from outside. */
  waiting: ThreadPicture[];
  /** They were in the middle of it when main ended. */
  cutOff: ThreadPicture[];
  /** It made their loop wait for messages. */
  listening: ThreadPicture[];
  /** An error that was thrown there ended them. */
  failed: ThreadPicture[];
  /** It called process.exit(). */
  exits: Exit[];
  /** What holds a process whose main is done. */
  holders: Holder[];
  /** Gravest first. */
  findings: Finding[];
}

export interface Exit {
  thread: ThreadPicture;
  ending: Ending;
  /** Threads that were killed by it. */
  killed: number;
}

/** In µs. Shorter ones would flicker. */
export const SHORTEST_WAIT = 250_000;

/** By path of the file, then by line from 1. */
export type Lines = ReadonlyMap<string, ReadonlyMap<number, LineFacts>>;

/** Costs a step for each thread and each of its calls. `now` by the clock of the snapshot, which may be older. */
export function linesOf(snapshot: Snapshot, now = snapshot.now): Lines {
  const found = new Found();
  const { processes, keys, threads } = latestRun(snapshot);
  const byKey = new Map(threads.map((thread) => [thread.key, thread]));
  const around = { killed: killedBy(threads), handedOn: ownersOfFailed(threads, byKey) };
  for (const sums of snapshot.earlier ?? []) if (keys.has(sums.process)) found.at(sums.at)?.earlier.push(sums);
  for (const thread of threads) {
    addThread(found, thread, around);
    addWaits(found, thread, byKey, now);
  }
  for (const { alive, over } of processes) {
    if (over || alive?.waitingSince === undefined) continue;
    for (const holder of alive.holders) found.at(holder.at)?.holders.push(holder);
  }
  for (const finding of snapshot.findings) if (keys.has(finding.process)) found.at(finding.at)?.findings.push(finding);
  return found.files;
}

/** Threads that one line started, or that ran one script: those that are kept, oldest first, and sums of those before. */
export type StartedThreads = Pick<LineFacts, 'started' | 'earlier'>;

/** Those that ran each script as workers, by its path. */
export function threadsByScript(snapshot: Snapshot): Map<string, StartedThreads> {
  const found = new Map<string, StartedThreads>();
  const of = (file: string): StartedThreads => {
    let known = found.get(file);
    if (!known) found.set(file, (known = { started: [], earlier: [] }));
    return known;
  };
  const { keys, threads } = latestRun(snapshot);
  for (const thread of threads) if (thread.kind === 'worker' && thread.file) of(thread.file).started.push(thread);
  for (const sums of snapshot.earlier ?? []) if (keys.has(sums.process) && sums.file) of(sums.file).earlier.push(sums);
  return found;
}

/** Threads of tools are no one’s work. */
function latestRun({ processes: all, threads }: Snapshot) {
  const run = latestOf(all);
  const processes = all.filter((process) => process.run === run);
  const keys = new Set(processes.map(({ key }) => key));
  const own = threads.filter((thread) => keys.has(thread.process) && !isTooling(thread));
  return { processes, keys, threads: own };
}

/** When the latest run of the session began, in ms since 1970. */
export function beganAt({ processes }: Snapshot): number {
  const run = latestOf(processes);
  const walls = processes.filter((process) => process.run === run).map(({ wall }) => wall);
  return walls.reduce((least, wall) => Math.min(least, wall), Infinity);
}

/** The number of the latest run. */
const latestOf = (processes: Snapshot['processes']): number =>
  processes.reduce((latest, { run }) => Math.max(latest, run), -Infinity);

interface Around {
  killed: ReadonlyMap<string, number>;
  handedOn: ReadonlySet<ThreadPicture>;
}

function addThread(found: Found, thread: ThreadPicture, around: Around): void {
  found.at(thread.startSite)?.started.push(thread);
  for (let i = 1; i < thread.refs.length; i++) addFlip(found, thread, thread.refs[i]!);
  for (const { at } of thread.terminateCalls) once(found.at(at)?.terminated, thread);
  const { ended, unfinished = [] } = thread;
  for (const { at } of unfinished) once(found.at(at)?.cutOff, thread);
  if (ended?.by === 'error' && !around.handedOn.has(thread))
    found.at(ended.at ?? thread.error?.at)?.failed.push(thread);
  if (ended?.by === 'exit-call') {
    const others = around.killed.get(thread.kind === 'main' ? thread.process : thread.key);
    found.at(ended.at)?.exits.push({ thread, ending: ended, killed: others ?? 0 });
  }
}

function addWaits(found: Found, thread: ThreadPicture, byKey: ReadonlyMap<string, ThreadPicture>, now: number): void {
  const { activity, ended } = thread;
  if (!activity) return;
  const { blocked, listens = [], posts = [] } = activity;
  const isWait = ended ? ended.fromOutside : blocked && now - blocked.since >= SHORTEST_WAIT;
  if (isWait) once(found.at(blocked?.at)?.waiting, thread);
  if (!ended) for (const at of listens) once(found.at(at)?.listening, thread);
  for (const { to, at } of posts) {
    const other = byKey.get(to);
    if (other) found.messaged(at, other);
  }
}

function addFlip(found: Found, thread: ThreadPicture, { at, value, by, run }: Flip): void {
  const other = found.at(run?.other);
  once(value ? other?.unrefd : other?.refd, thread);
  const line = found.at(at);
  if (by === 'listener') once(value ? line?.listened : undefined, thread);
  else once(value ? line?.refd : line?.unrefd, thread);
}

/** Under the key of a process those that ended with its main, under that of a thread those that ended with it. */
function killedBy(threads: readonly ThreadPicture[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ended, process, owner } of threads) {
    const by = ended && isKilledWithMain(ended) ? process : ended && isKilledWithOwner(ended) ? owner : null;
    if (by !== null) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return counts;
}

/** Where nobody hears of a thread's error it goes up and ends the owner too, which did nothing on that line. */
function ownersOfFailed(
  threads: readonly ThreadPicture[],
  byKey: ReadonlyMap<string, ThreadPicture>,
): Set<ThreadPicture> {
  const owners = new Set<ThreadPicture>();
  for (const { owner: key, ended, error } of threads) {
    const owner = ended?.by === 'error' && key !== null ? byKey.get(key) : undefined;
    if (owner?.ended?.by === 'error' && owner.error?.message === error?.message) owners.add(owner);
  }
  return owners;
}

/** Threads come one after the other, so one that is in a list already is its last. */
function once(list: ThreadPicture[] | undefined, thread: ThreadPicture): void {
  if (list && list.at(-1) !== thread) list.push(thread);
}

class Found {
  readonly files = new Map<string, Map<number, LineFacts>>();
  private readonly receivers = new Map<LineFacts, Set<ThreadPicture>>();

  /** Many threads may post to the same ones from the same line. */
  messaged(site: Site, thread: ThreadPicture): void {
    const facts = this.at(site)!;
    let known = this.receivers.get(facts);
    if (!known) this.receivers.set(facts, (known = new Set()));
    if (known.has(thread)) return;
    known.add(thread);
    facts.messaged.push(thread);
  }

  at(site: Site | undefined): LineFacts | undefined {
    if (!site) return undefined;
    let lines = this.files.get(site.file);
    if (!lines) this.files.set(site.file, (lines = new Map<number, LineFacts>()));
    let facts = lines.get(site.line);
    if (!facts) lines.set(site.line, (facts = noFacts()));
    return facts;
  }
}

const noFacts = (): LineFacts => ({
  started: [],
  earlier: [],
  unrefd: [],
  refd: [],
  listened: [],
  terminated: [],
  messaged: [],
  waiting: [],
  cutOff: [],
  listening: [],
  failed: [],
  exits: [],
  holders: [],
  findings: [],
});
