// What of a snapshot is shown: one run, its tree of threads, its length and its numbers. Pure.
import { grouped } from '../../../src/common/grouped';
import { isDaemon, isKilledWithMain } from '../../../src/model/conclusions/cutOff';
import { endOf, lastSeen } from '../../../src/model/conclusions/lostContact';
import { failedThreads, failureCount } from '../../../src/model/report/failures';
import { lossesIn, type RunPictures } from '../../../src/model/report/losses';
import { outcomeOf, type Outcome } from '../../../src/model/report/outcome';
import {
  isTooling,
  type EarlierThreads,
  type Ending,
  type Finding,
  type PoolPicture,
  type ProcessPicture,
  type Snapshot,
  type ThreadPicture,
  type ThreadState,
} from '../../../src/protocol/picture';

/** A thread as it is drawn: what the snapshot leaves open is settled here once. The same object while nothing changes. */
export interface Lane {
  key: string;
  thread: ThreadPicture;
  process: ProcessPicture;
  /** Who started it. */
  owner: Pick<ThreadPicture, 'key' | 'kind' | 'label'> | undefined;
  state: ThreadState;
  ended: Ending | undefined;
  /** Undefined: not known. */
  daemon: boolean | undefined;
  pool: PoolPicture | undefined;
  /** What is wrong with it, gravest first. */
  findings: readonly Finding[];
}

export interface Run {
  index: number;
  processes: ProcessPicture[];
  /** As their processes, which stand by session and start; main first, then by their own start. */
  lanes: Lane[];
  byKey: ReadonlyMap<string, Lane>;
  /** Under the key of their owner or, where it is not known, of their process; in the order of `lanes`. */
  children: ReadonlyMap<string, readonly Lane[]>;
  /** What is kept of threads that ended long ago, by key as `children`; the oldest first. */
  earlier: ReadonlyMap<string, readonly EarlierThreads[]>;
  pools: ReadonlyMap<string, PoolPicture>;
  /** Findings about its processes, gravest first. */
  findings: Finding[];
  /** µs on the adapter's clock; all times on the screen count from here. */
  origin: number;
  /** µs from the origin to the last thing known to have happened. */
  knownLength: number;
  live: boolean;
}

export function runsOf(snapshot: Snapshot): number[] {
  return [...new Set(snapshot.processes.map((p) => p.run))].sort((a, b) => a - b);
}

/** The chosen run if there is one, else the latest. */
export function runOf(snapshot: Snapshot, chosen: number | undefined): Run {
  const runs = runsOf(snapshot);
  const index = chosen !== undefined && runs.includes(chosen) ? chosen : (runs.at(-1) ?? 0);
  const processes = snapshot.processes.filter((p) => p.run === index).sort(bySession);
  const lanes = lanesOf(processes, snapshot);
  let [origin, last] = [Infinity, 0];
  for (const process of processes) {
    origin = Math.min(origin, process.startedAt);
    last = Math.max(last, lastOfProcess(process));
  }
  for (const { thread, ended } of lanes) {
    origin = Math.min(origin, thread.startedAt);
    last = Math.max(last, lastSeen(thread), ended?.t ?? 0);
  }
  const earlier = earlierOf(processes, snapshot);
  for (const { first, last: end } of earlier) {
    origin = Math.min(origin, first);
    last = Math.max(last, end);
  }
  const empty = processes.length === 0;
  return {
    index,
    processes,
    lanes,
    byKey: new Map(lanes.map((lane) => [lane.key, lane])),
    children: childrenByOwner(lanes),
    earlier: grouped(earlier, ({ owner, process }) => owner ?? process),
    pools: new Map(snapshot.pools.map((pool) => [pool.key, pool])),
    findings: snapshot.findings.filter(({ process }) => processes.some(({ key }) => key === process)),
    origin: empty ? snapshot.now : origin,
    knownLength: empty ? 0 : last - origin,
    live: !snapshot.complete && (empty || processes.some((p) => !p.over)),
  };
}

/** Those of one session stand together, by their start. */
const bySession = (a: ProcessPicture, b: ProcessPicture): number =>
  (a.session?.order ?? 0) - (b.session?.order ?? 0) || a.startedAt - b.startedAt;

/** With those of which sums alone are kept. */
export function processCount({ processes, earlier }: Run): number {
  let count = processes.length;
  for (const all of earlier.values()) for (const sums of all) count += sums.processes ?? 0;
  return count;
}

function earlierOf(processes: ProcessPicture[], { earlier = [] }: Snapshot): EarlierThreads[] {
  const keys = new Set(processes.map(({ key }) => key));
  return earlier.filter(({ process }) => keys.has(process)).sort((a, b) => a.first - b.first);
}

const lastOfProcess = (p: ProcessPicture): number => Math.max(p.startedAt, p.exit?.t ?? 0);

function lanesOf(processes: ProcessPicture[], snapshot: Snapshot): Lane[] {
  const threads = new Map(processes.map((process): [string, ThreadPicture[]] => [process.key, []]));
  for (const thread of snapshot.threads) threads.get(thread.process)?.push(thread);
  const index: SnapshotIndex = {
    threads: new Map(snapshot.threads.map((thread) => [thread.key, thread])),
    pools: new Map(snapshot.pools.map((pool) => [pool.key, pool])),
    findings: findingsByThread(snapshot.findings),
    complete: snapshot.complete,
    ownerless: inCircles(snapshot.threads),
  };
  return processes.flatMap((process) =>
    threads
      .get(process.key)!
      .sort(byStart)
      .map((thread) => laneOf(thread, process, index)),
  );
}

function findingsByThread(list: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of list) {
    if (finding.thread === undefined) continue;
    const others = found.get(finding.thread);
    if (others) others.push(finding);
    else found.set(finding.thread, [finding]);
  }
  return found;
}

function childrenByOwner(lanes: readonly Lane[]): Map<string, Lane[]> {
  const children = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const above = lane.owner?.key ?? lane.process.key;
    const siblings = children.get(above);
    if (siblings) siblings.push(lane);
    else children.set(above, [lane]);
  }
  return children;
}

/** One thread of each circle that owners make in a damaged recording: without its owner the others have a place. */
function inCircles(threads: readonly ThreadPicture[]): Set<string> {
  if (ownersStandFirst(threads)) return new Set();
  const owners = new Map(threads.map(({ key, owner }) => [key, owner]));
  const done = new Set<string>();
  const found = new Set<string>();
  for (const { key } of threads) {
    const path = new Set<string>();
    let next: string | null | undefined = key;
    while (next && !done.has(next) && !path.has(next)) {
      path.add(next);
      next = owners.get(next);
    }
    if (next && path.has(next)) found.add(next);
    for (const one of path) done.add(one);
  }
  return found;
}

function ownersStandFirst(threads: readonly ThreadPicture[]): boolean {
  const seen = new Set<string>();
  return threads.every(({ key, owner }) => (owner === null || seen.has(owner)) && seen.add(key));
}

const byStart = (a: ThreadPicture, b: ThreadPicture): number =>
  Number(b.kind === 'main') - Number(a.kind === 'main') || a.startedAt - b.startedAt || a.id - b.id;

interface SnapshotIndex {
  threads: ReadonlyMap<string, ThreadPicture>;
  pools: ReadonlyMap<string, PoolPicture>;
  findings: ReadonlyMap<string, Finding[]>;
  complete: boolean;
  /** Keys of threads whose owner is not to be believed. */
  ownerless: ReadonlySet<string>;
}

interface DrawnLane {
  lane: Lane;
  isOver: boolean;
}
const drawn = new WeakMap<ThreadPicture, DrawnLane>();
const NO_FINDINGS: readonly Finding[] = [];

/** Rebuilt only when what it shows has changed: of ten thousand lanes few change at once. */
function laneOf(thread: ThreadPicture, process: ProcessPicture, index: SnapshotIndex): Lane {
  const isOver = index.complete || process.over;
  const owner = thread.owner === null || index.ownerless.has(thread.key) ? undefined : index.threads.get(thread.owner);
  const pool = thread.pool === undefined ? undefined : index.pools.get(thread.pool);
  const findings = index.findings.get(thread.key) ?? NO_FINDINGS;
  const before = drawn.get(thread);
  if (before && before.isOver === isOver && isSame(before.lane, { process, owner, pool, findings })) return before.lane;
  const ended = endOf(thread, isOver);
  const lane: Lane = {
    key: thread.key,
    thread,
    process,
    owner,
    state: ended ? (ended.by === 'lost-contact' ? 'lost-contact' : 'ended') : thread.state,
    ended,
    daemon: isDaemon(thread, ended?.t),
    pool,
    findings,
  };
  drawn.set(thread, { lane, isOver });
  return lane;
}

type Surroundings = Pick<Lane, 'process' | 'owner' | 'pool' | 'findings'>;

/** Of its owner a lane tells no more than who that is. */
const isSame = (a: Surroundings, b: Surroundings): boolean =>
  a.process === b.process &&
  a.owner?.key === b.owner?.key &&
  a.owner?.kind === b.owner?.kind &&
  a.owner?.label === b.owner?.label &&
  a.pool === b.pool &&
  a.findings.length === b.findings.length &&
  a.findings.every((finding, i) => finding === b.findings[i]);

/** µs from the origin to the right end of what is drawn. */
export function lengthOf(run: Run, now: number): number {
  return run.live ? Math.max(run.knownLength, now - run.origin) : run.knownLength;
}

/** Threads of tools are counted by themselves. */
export interface RunCounts {
  threads: number;
  tooling: number;
  live: number;
  daemons: number;
  /** With main, and nothing of theirs is known to be lost. */
  killed: number;
  /** Who lost work, and errors that nobody caught. */
  lost: CountOfThreads;
  errors: CountOfThreads;
}

export interface CountOfThreads {
  count: number;
  /** Key of the first of them; absent where no thread is known that it was. */
  first: string | undefined;
}

const counted = new WeakMap<Run, RunCounts>();

/** Numbers of all lanes, counted once for each run, which is rebuilt when something in it changes. */
export function runCountsOf(run: Run): RunCounts {
  let counts = counted.get(run);
  if (counts) return counts;
  const [lost, errors] = costsOf(run);
  const own = run.lanes.filter(({ thread }) => !isTooling(thread));
  const tooling = run.lanes.length - own.length;
  counts = { threads: own.length, tooling, live: 0, daemons: 0, killed: 0, lost, errors };
  for (const all of run.earlier.values()) for (const { count } of all) counts.threads += count;
  for (const { ended, daemon } of own) {
    if (ended && isKilledWithMain(ended) && ended.severity === 'warning') counts.killed++;
    if (ended) continue;
    counts.live++;
    if (daemon) counts.daemons++;
  }
  counted.set(run, counts);
  return counts;
}

function costsOf(run: Run): [lost: CountOfThreads, errors: CountOfThreads] {
  const pictures = picturesOf(run);
  const losses = lossesIn(pictures);
  const first = losses.find(({ thread }) => thread)?.thread;
  return [
    { count: losses.length, first: first?.key },
    { count: failureCount(pictures), first: failedThreads(pictures)[0]?.key },
  ];
}

const outcomes = new WeakMap<Run, Outcome>();

/** How it came out, or fares so far. */
export function outcomeOfRun(run: Run, now: number): Outcome {
  let known = outcomes.get(run);
  if (!known) outcomes.set(run, (known = outcomeOf({ ...picturesOf(run), now })));
  return known;
}

const picturesOf = ({ lanes, processes, findings, earlier, live }: Run): RunPictures => ({
  now: 0,
  processes,
  threads: lanes.map(({ thread, ended }) => (ended === thread.ended || !ended ? thread : { ...thread, ended })),
  findings,
  earlier: [...earlier.values()].flat(),
  damaged: 0,
  complete: !live,
});
