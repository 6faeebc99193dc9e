// What of a snapshot is shown: one run, its tree of threads, its length and its numbers. Pure.
import type {
  Ending,
  Finding,
  Flip,
  PoolPicture,
  ProcessPicture,
  Snapshot,
  ThreadPicture,
  ThreadState,
} from '../../src/protocol/picture';

/** A thread as it is drawn: what the snapshot leaves open is settled here once. */
export interface Lane {
  kind: 'thread';
  key: string;
  depth: number;
  /** For each level above this row whether its guide line goes on below it; the last one is the row's own. */
  guides: boolean[];
  thread: ThreadPicture;
  process: ProcessPicture;
  owner: ThreadPicture | undefined;
  state: ThreadState;
  ended: Ending | undefined;
  /** Undefined: not known. */
  daemon: boolean | undefined;
  pool: PoolPicture | undefined;
  /** What is wrong with it, gravest first. */
  findings: Finding[];
}

/** A process's own row, when there is more than one to tell apart or when it cannot be observed. */
export interface ProcessRow {
  kind: 'process';
  key: string;
  process: ProcessPicture;
}

export type Row = Lane | ProcessRow;

export interface Run {
  index: number;
  processes: ProcessPicture[];
  rows: Row[];
  lanes: Lane[];
  /** Of its processes, gravest first. */
  findings: Finding[];
  /** µs on the adapter's clock; all times on the screen count from here. */
  origin: number;
  /** µs from the origin to the last thing known to have happened. */
  known: number;
  live: boolean;
}

export function runsOf(snapshot: Snapshot): number[] {
  return [...new Set(snapshot.processes.map((p) => p.run))].sort((a, b) => a - b);
}

/** The chosen run while there is such a one, else the latest. */
export function runOf(snapshot: Snapshot, chosen: number | undefined): Run {
  const runs = runsOf(snapshot);
  const index = chosen !== undefined && runs.includes(chosen) ? chosen : (runs.at(-1) ?? 0);
  const processes = snapshot.processes.filter((p) => p.run === index).sort((a, b) => a.startedAt - b.startedAt);
  const rows = treeRows(processes, snapshot);
  const lanes = rows.filter((row) => row.kind === 'thread');
  const origin = Math.min(...processes.map((p) => p.startedAt), ...lanes.map((l) => l.thread.startedAt));
  const last = Math.max(
    ...processes.map(lastOfProcess),
    ...lanes.map(({ thread, ended }) => lastOfThread(thread, ended)),
  );
  const empty = processes.length === 0;
  return {
    index,
    processes,
    rows,
    lanes,
    findings: snapshot.findings.filter(({ process }) => processes.some(({ key }) => key === process)),
    origin: empty ? snapshot.now : origin,
    known: empty ? 0 : last - origin,
    live: !snapshot.complete && (empty || processes.some((p) => !p.over)),
  };
}

const lastOfProcess = (p: ProcessPicture): number => Math.max(p.startedAt, p.exit?.t ?? 0);

function lastOfThread(thread: ThreadPicture, ended = thread.ended): number {
  const flips = [thread.refs.at(-1), thread.keepsAlive.at(-1), thread.terminateCalls.at(-1), thread.error, ended];
  return Math.max(thread.startedAt, thread.onlineAt ?? 0, ...flips.map((f) => f?.t ?? 0));
}

/** Depth first: each thread under its owner, in the order in which they started. */
function treeRows(processes: ProcessPicture[], snapshot: Snapshot): Row[] {
  const threads = new Map(snapshot.threads.map((t) => [t.key, t]));
  const children = childrenByOwner(snapshot.threads, threads);
  const pools = new Map(snapshot.pools.map((p) => [p.key, p]));
  const findings = findingsByThread(snapshot.findings);
  const several = processes.length > 1;
  return processes.flatMap((process) => {
    const roots = (children.get(process.key) ?? []).sort(byStart);
    const lanes = roots.flatMap((root, i) => {
      const guides = several ? [i < roots.length - 1] : [];
      return laneRows(root, guides, { process, threads, children, pools, findings, complete: snapshot.complete });
    });
    const own: ProcessRow = { kind: 'process', key: process.key, process };
    return several || !process.supported ? [own, ...lanes] : lanes;
  });
}

function findingsByThread(list: Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of list) {
    if (finding.thread === undefined) continue;
    found.set(finding.thread, [...(found.get(finding.thread) ?? []), finding]);
  }
  return found;
}

/** Under its owner's key or, where the owner is not known, under its process's. */
function childrenByOwner(list: ThreadPicture[], threads: Map<string, ThreadPicture>): Map<string, ThreadPicture[]> {
  const children = new Map<string, ThreadPicture[]>();
  for (const thread of list) {
    const above = thread.owner !== null && threads.has(thread.owner) ? thread.owner : thread.process;
    const siblings = children.get(above);
    if (siblings) siblings.push(thread);
    else children.set(above, [thread]);
  }
  return children;
}

const byStart = (a: ThreadPicture, b: ThreadPicture): number =>
  Number(b.kind === 'main') - Number(a.kind === 'main') || a.startedAt - b.startedAt || a.id - b.id;

interface Tree {
  process: ProcessPicture;
  threads: Map<string, ThreadPicture>;
  children: Map<string, ThreadPicture[]>;
  pools: Map<string, PoolPicture>;
  findings: Map<string, Finding[]>;
  complete: boolean;
}

function laneRows(thread: ThreadPicture, guides: boolean[], tree: Tree): Lane[] {
  const children = (tree.children.get(thread.key) ?? []).sort(byStart);
  const below = children.flatMap((child, i) => laneRows(child, [...guides, i < children.length - 1], tree));
  return [laneOf(thread, guides, tree), ...below];
}

function laneOf(thread: ThreadPicture, guides: boolean[], tree: Tree): Lane {
  const { process, threads, complete } = tree;
  const ended = thread.ended ?? (complete || process.over ? lastHeardOf(thread) : undefined);
  return {
    kind: 'thread',
    key: thread.key,
    depth: guides.length,
    guides,
    thread,
    process,
    owner: thread.owner === null ? undefined : threads.get(thread.owner),
    state: ended ? (ended.by === 'lost-contact' ? 'lost-contact' : 'ended') : thread.state,
    ended,
    daemon: daemonAt(thread, ended?.t ?? Infinity),
    pool: thread.pool === undefined ? undefined : tree.pools.get(thread.pool),
    findings: tree.findings.get(thread.key) ?? [],
  };
}

/** Its process is gone and nothing tells its end: it must not be drawn as alive. */
function lastHeardOf(thread: ThreadPicture): Ending {
  return { t: lastOfThread(thread), by: 'lost-contact', because: 'contact was lost while it ran', fromOutside: false };
}

export function daemonAt(thread: ThreadPicture, t: number): boolean | undefined {
  const value = valueAt(thread.keepsAlive, t);
  return value === undefined ? undefined : !value;
}

export function valueAt(flips: Flip[], t: number): boolean | undefined {
  let value = flips[0]?.value;
  for (const flip of flips) if (flip.t <= t) value = flip.value;
  return value;
}

/** µs from the origin to the right end of what is drawn. */
export function lengthOf(run: Run, now: number): number {
  return run.live ? Math.max(run.known, now - run.origin) : run.known;
}

export interface Counts {
  threads: number;
  live: number;
  daemons: number;
  killed: number;
}

export function countsOf(run: Run): Counts {
  const live = run.lanes.filter((lane) => !lane.ended);
  return {
    threads: run.lanes.length,
    live: live.length,
    daemons: live.filter((lane) => lane.daemon).length,
    killed: run.lanes.filter((lane) => lane.ended?.by === 'main-exit').length,
  };
}
