// The exit report: what a person wants to know when the program has ended. Made from pictures, so that whoever has a
// snapshot can make it. Pure; the renderings are in reportText.ts.
import { grouped } from '../../common/grouped';
import { t } from '../../common/l10n';
import type {
  AfterMain,
  Alive,
  AsyncTasksPicture,
  EarlierThreads,
  EndedBy,
  Ending,
  Finding,
  HiddenThreads,
  HoldSpan,
  PoolPicture,
  ProcessPicture,
  Snapshot,
  ThreadPicture,
  Unfinished,
} from '../../protocol/picture';
import { comparedStarts, comparedText, type ComparedStart } from './compared';
import { outcomeOf, type Outcome } from './outcome';
import { flipCount, isCutOff, isDaemon } from '../conclusions/cutOff';
import { ruleOf, rulePage, type RuleCategory } from '../../protocol/rules';

export interface ExitReport {
  title: string;
  /** How it came out, all in all. */
  outcome: Outcome;
  /** What has changed since the run before, in a sentence; absent where nothing has, or there was none. */
  compared?: string;
  /** Beside it, by the lines that start threads: those whose threads did not fare alike. */
  comparedStarts?: ComparedStart[];
  processes: ProcessReport[];
  /** Lines of the recording that could not be read. */
  damaged: number;
  notices: string[];
}

export interface ProcessReport {
  pid: number;
  runtime: string;
  /** The oldest that can be observed. */
  oldestRuntime: string;
  program: string;
  /** µs from the process's start to main's end; absent while that is not known. */
  lasted?: number;
  exit?: Ending;
  /** What went wrong, gravest first; empty for a healthy run. */
  findings: FindingReport[];
  held?: HeldReport;
  /** What keeps it alive, or did when it was ended from outside. */
  alive?: Alive;
  /** Child processes that were still running when it had ended. */
  outlived?: string[];
  /** Up to so many bytes of what main wrote to its standard output and error were never taken: lost. */
  unsent?: number;
  /** When all threads of the runtime's own pool were busy. */
  fullPool?: ProcessPicture['fullPool'];
  /** What it waited for once main's code was over, and in what main waited when that was broken off. */
  afterMain?: ProcessPicture['afterMain'];
  interrupted?: ProcessPicture['interrupted'];
  /** What nobody finished, where it is not known which thread was at it. */
  leftUndone?: string[];
  /** What was seen of threads and need be no trouble: sentences. */
  notes?: string[];
  /** Threads of the runtime's own, which the program does not see; their processor time in µs. */
  hidden?: Pick<HiddenThreads, 'label' | 'threads' | 'pool' | 'time'>;
  pools: PoolReport[];
  /** Tasks of all its event loops, where they are told. */
  asyncTasks?: Omit<AsyncTasksPicture, 'tasks'>;
  /** In tree order: each owner before the threads that it started. */
  threads: ThreadReport[];
  /** Threads that ended before those in `threads`, summed up by what started them. */
  earlier: EarlierReport[];
  /** Threads ended from outside, whatever they were doing, in the order of their ends. */
  cutOff: ThreadReport[];
  /** How many of the earlier threads were too. */
  earlierCutOff: number;
  supported: boolean;
  lost: number;
  /** More may be: at times it could not write. */
  unwritten?: true;
  /** Records of activity that were dropped for lack of room. */
  dropped: number;
  /** What could not be seen, as phrases. */
  unseen: string[];
  problems: string[];
  /** How many more there were. */
  moreProblems?: number;
}

export interface ThreadReport {
  key: string;
  id: number;
  label: string;
  kind: ThreadPicture['kind'];
  /** 0 for main, one more for each owner. */
  depth: number;
  /** At its end; undefined when not known. */
  daemon?: boolean;
  /** How often that changed by calls on it, or by listeners; absent while that was so seldom that each is known. */
  flips?: number;
  state: ThreadPicture['state'];
  startedAt: number;
  startSite?: ThreadPicture['startSite'];
  startedBy?: ThreadPicture['startedBy'];
  inherited?: true;
  madeBy?: string;
  ended?: Ending;
  /** What it was in the middle of when it was ended from outside; absent when that is not known. */
  unfinished?: Unfinished[];
  /** Where in the program it was. */
  stack?: ThreadPicture['stack'];
  /** How long it has computed, in µs, as the system told last. */
  processorTime?: number;
}

export interface FindingReport extends Omit<Finding, 'id' | 'process'> {
  title: string;
  category: RuleCategory;
  /** Why it happens, for those who do not know. */
  explanation: string;
  /** Label of the thread or pool that it is about. */
  about?: string;
  /** Page of the rule, below the docs folder. */
  page: string;
}

/** Threads that ended before those that are reported one by one. */
export type EarlierReport = Omit<EarlierThreads, 'key' | 'process' | 'owner' | 'dropped'>;

/** For how many µs workers kept the process alive, and which of them did to its end. */
export interface HeldReport {
  time: number;
  /** `alone`: main had nothing of its own meanwhile. */
  last?: { by: string[]; count: number; time: number; alone: boolean };
}

export interface PoolReport extends Pick<PoolPicture, 'label' | 'package' | 'at' | 'live' | 'busy' | 'mostBusy'> {
  threads: number;
}

/** Times in the report are µs since the start of the thread's process. */
export function exitReport(snapshot: Snapshot, before?: Snapshot): ExitReport {
  const compared = before && comparedText(before, snapshot);
  const threads = byProcess(snapshot.threads);
  const pools = byProcess(snapshot.pools);
  const findings = byProcess(snapshot.findings);
  const earlier = byProcess(snapshot.earlier ?? []);
  return {
    title: snapshot.title,
    outcome: outcomeOf(snapshot),
    ...(compared === undefined ? {} : { compared, comparedStarts: comparedStarts(before!, snapshot) }),
    processes: snapshot.processes.map((process) =>
      processReport(process, snapshot.now, {
        threads: threads.get(process.key) ?? [],
        pools: pools.get(process.key) ?? [],
        findings: findings.get(process.key) ?? [],
        earlier: earlier.get(process.key) ?? [],
      }),
    ),
    damaged: snapshot.damaged,
    notices: snapshot.notices.map((notice) => notice.text),
  };
}

const byProcess = <T extends { process: string }>(all: T[]): Map<string, T[]> => grouped(all, ({ process }) => process);

type Own = Required<Pick<Snapshot, 'threads' | 'pools' | 'findings' | 'earlier'>>;

function processReport(process: ProcessPicture, now: number, own: Own): ProcessReport {
  const since = process.startedAt;
  const { threads: pictures, pools } = own;
  const labels = new Map([...pictures, ...pools].map(({ key, label }) => [key, label]));
  const threads = inTreeOrder(pictures).map(({ thread, depth }) => threadReport(thread, depth, since));
  const isFound = (note: string): boolean => own.findings.some(({ text }) => text.includes(note));
  const notes = pictures
    .flatMap((thread) => (thread.notes ?? []).map(({ text }) => text))
    .filter((text) => !isFound(text));
  const held = heldReport(process, pictures, now);
  const cutOff = threads
    .filter(({ kind, ended }) => kind === 'worker' && ended && isCutOff(ended))
    .sort((a, b) => a.ended!.t - b.ended!.t);
  return {
    pid: process.pid,
    runtime: process.runtime.label,
    oldestRuntime: process.runtime.oldest,
    program: process.argv.slice(1).join(' ') || process.argv[0] || t('(unknown program)'),
    ...(process.exit ? { lasted: process.exit.t - since, exit: relative(process.exit, since) } : {}),
    findings: own.findings.map((finding) => findingReport(finding, labels, since)),
    ...(held ? { held } : {}),
    ...(process.alive ? { alive: relativeAlive(process.alive, since) } : {}),
    ...(process.outlived ? { outlived: process.outlived } : {}),
    ...(process.unsent ? { unsent: process.unsent } : {}),
    ...(process.afterMain ? { afterMain: process.afterMain.map((one) => relativeWait(one, since)) } : {}),
    ...(process.interrupted ? { interrupted: relativeInterruption(process.interrupted, since) } : {}),
    ...(process.leftUndone ? { leftUndone: process.leftUndone.map(({ text }) => text) } : {}),
    ...(process.fullPool ? { fullPool: relativePool(process.fullPool, since) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(process.hidden ? { hidden: hiddenReport(process.hidden) } : {}),
    pools: pools.map(({ key: _, process: __, threads: { length }, earlier = 0, ...pool }) => ({
      ...pool,
      threads: length + earlier,
    })),
    ...asyncTasksIn(pictures),
    threads,
    earlier: own.earlier.map((sum) => earlierReport(sum, since)),
    cutOff,
    earlierCutOff: own.earlier.reduce((sum, one) => sum + cutsIn(one), 0),
    supported: process.supported,
    lost: process.lost,
    ...(process.unwritten ? { unwritten: true } : {}),
    dropped: droppedRecords(pictures) + own.earlier.reduce((sum, { dropped }) => sum + dropped, 0),
    unseen: process.unseen,
    problems: process.problems,
    ...(process.moreProblems === undefined ? {} : { moreProblems: process.moreProblems }),
  };
}

function asyncTasksIn(threads: readonly ThreadPicture[]): Pick<ProcessReport, 'asyncTasks'> {
  const all = threads.flatMap(({ asyncTasks }) => asyncTasks ?? []);
  if (all.length === 0) return {};
  const names = new Map<string, number>();
  for (const { name, count } of all.flatMap((one) => one.names)) names.set(name, (names.get(name) ?? 0) + count);
  const sum = (of: (one: AsyncTasksPicture) => number): number => all.reduce((before, one) => before + of(one), 0);
  const leftOut = sum((one) => one.leftOut ?? 0);
  return {
    asyncTasks: {
      count: sum(({ count }) => count),
      pending: sum(({ pending }) => pending),
      ...(leftOut > 0 ? { leftOut } : {}),
      names: [...names].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count),
    },
  };
}

const earlierReport = (
  { key: _, process: __, owner: ___, dropped: ____, ...sum }: EarlierThreads,
  since: number,
): EarlierReport => ({ ...sum, first: sum.first - since, last: sum.last - since });

/** Main threads are not cut off: their processes end. */
const cutsIn = ({ endings, processes }: EarlierThreads): number =>
  processes !== undefined
    ? 0
    : Object.entries(endings).reduce((sum, [by, count]) => sum + (isCutOff({ by: by as EndedBy }) ? count : 0), 0);

function findingReport(
  { id: _, process: __, ...finding }: Finding,
  labels: ReadonlyMap<string, string>,
  since: number,
): FindingReport {
  const { title, category, explanation } = ruleOf(finding.rule, finding.runtime);
  const about = labels.get(finding.pool ?? finding.thread ?? '');
  const page = rulePage(finding.rule);
  return {
    title,
    category,
    explanation,
    ...finding,
    t: finding.t - since,
    ...(about === undefined ? {} : { about }),
    page,
  };
}

/** Between the end of the last that held it and the end of the process, in µs. */
const TO_THE_END = 0.25e6;

function heldReport(
  { holds, exit, mainIdleSince }: ProcessPicture,
  threads: readonly ThreadPicture[],
  now: number,
): HeldReport | undefined {
  const last = holds.at(-1);
  if (!last) return undefined;
  const end = exit?.t ?? now;
  const time = holds.reduce((sum, { from, to = end }) => sum + to - from, 0);
  const isLast = end - (last.to ?? end) < TO_THE_END && !livedOn(last, threads, end);
  const { by, count } = last;
  const from = Math.max(last.from, mainIdleSince ?? 0);
  const lasted = Math.max(0, (last.to ?? end) - from);
  return { time, ...(isLast ? { last: { by, count, time: lasted, alone: mainIdleSince !== undefined } } : {}) };
}

const relativeWait = (wait: AfterMain, since: number): AfterMain => ({
  ...wait,
  from: wait.from - since,
  ...(wait.to === undefined ? {} : { to: wait.to - since }),
});

const relativeInterruption = (
  one: NonNullable<ProcessPicture['interrupted']>,
  since: number,
): NonNullable<ProcessPicture['interrupted']> => ({ ...one, t: one.t - since, since: one.since - since });

/** It held the process no more, and lived: it was made a daemon. */
function livedOn({ to, threads: keys }: HoldSpan, threads: readonly ThreadPicture[], end: number): boolean {
  if (to === undefined || to >= end) return false;
  const held = new Set(keys);
  return threads.some(({ key, ended }) => held.has(key) && (ended?.t ?? Infinity) > to);
}

const hiddenReport = ({ label, threads, pool, time }: HiddenThreads): NonNullable<ProcessReport['hidden']> => ({
  label,
  threads,
  pool,
  time,
});

const relativePool = (
  pool: NonNullable<ProcessPicture['fullPool']>,
  since: number,
): NonNullable<ProcessPicture['fullPool']> => ({ ...pool, from: pool.from - since, to: pool.to - since });

const relativeAlive = (alive: Alive, since: number): Alive => ({
  ...alive,
  t: alive.t - since,
  ...(alive.seen === undefined ? {} : { seen: alive.seen - since }),
  ...(alive.waitingSince === undefined ? {} : { waitingSince: alive.waitingSince - since }),
  ...(alive.main ? { main: { ...alive.main, since: alive.main.since - since } } : {}),
  ...(alive.locks ? { locks: alive.locks.map((lock) => ({ ...lock, since: lock.since - since })) } : {}),
  holders: alive.holders.map((holder) => ({
    ...holder,
    ...(holder.since === undefined ? {} : { since: holder.since - since }),
  })),
});

function threadReport(thread: ThreadPicture, depth: number, since: number): ThreadReport {
  const daemon = isDaemon(thread);
  return {
    key: thread.key,
    id: thread.id,
    label: thread.label,
    kind: thread.kind,
    depth,
    ...(daemon === undefined ? {} : { daemon }),
    ...(thread.refs.some(({ run }) => run) ? { flips: flipCount(thread.refs) } : {}),
    state: thread.state,
    startedAt: thread.startedAt - since,
    ...(thread.startSite ? { startSite: thread.startSite } : {}),
    ...(thread.startedBy ? { startedBy: thread.startedBy } : {}),
    ...(thread.inherited ? { inherited: thread.inherited } : {}),
    ...(thread.madeBy ? { madeBy: thread.madeBy } : {}),
    ...(thread.ended ? { ended: relative(thread.ended, since) } : {}),
    ...(thread.unfinished ? { unfinished: thread.unfinished } : {}),
    ...(thread.stack ? { stack: { ...thread.stack, t: thread.stack.t - since } } : {}),
    ...(thread.processorTime ? { processorTime: thread.processorTime.time } : {}),
  };
}

export const droppedRecords = (threads: ThreadPicture[]): number =>
  threads.reduce((sum, { activity }) => sum + (activity?.dropped ?? 0), 0);

const relative = (ending: Ending, since: number): Ending => ({ ...ending, t: ending.t - since });

/** Owners before the threads that they started, each group by time of start; threads of unknown owner come last. */
export function inTreeOrder(threads: ThreadPicture[]): { thread: ThreadPicture; depth: number }[] {
  const keys = new Set(threads.map(({ key }) => key));
  const byOwner = grouped(threads, ({ owner }) => (owner !== null && keys.has(owner) ? owner : null));
  const rows: { thread: ThreadPicture; depth: number }[] = [];
  const next: typeof rows = []; // the next one last: owners may be nested deeper than a stack allows
  const add = (owner: string | null, depth: number): void => {
    const group = byOwner.get(owner) ?? [];
    group.sort((a, b) => Number(a.kind !== 'main') - Number(b.kind !== 'main') || a.startedAt - b.startedAt);
    for (const thread of group.reverse())
      next.push({ thread, depth: thread.kind !== 'main' && owner === null ? 1 : depth });
  };
  add(null, 0);
  for (let row = next.pop(); row; row = next.pop()) {
    rows.push(row);
    add(row.thread.key, row.depth + 1);
  }
  return rows;
}
