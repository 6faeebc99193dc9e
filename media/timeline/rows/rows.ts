// From a run and the way a person looks at it to the rows that are shown: the tree of owners, folded, filtered, sorted and
// with pools as one row. Pure.
import { t, writtenLanguage } from '../../../src/common/l10n';
import { poolTitle } from '../../../src/model/conclusions/phrases/poolTitle';
import {
  isTooling,
  type AsyncTaskPicture,
  type AsyncTasksPicture,
  type EarlierThreads,
  type Finding,
  type HiddenThreads,
  type PoolPicture,
  type ProcessPicture,
} from '../../../src/protocol/picture';
import type { Lane, Run } from '../data/run';
import type { Sign, Sort, ViewState } from '../look/view';
import { type RowCounts, rowCountsOf } from './counts';
import { matcherOf } from './search';
import { barSignOf, endSignOf } from './signs';

interface RowBase {
  /** Unique among the rows. */
  key: string;
  process: ProcessPicture;
  /** For each level above this row whether its guide line goes on below it; the last one is the row's own. */
  guides: readonly boolean[];
}

/** What can be folded tells whether it is, and how many threads that hides. */
interface Foldable {
  folded: boolean;
  hiddenBelow: number;
}

export interface LaneRow extends RowBase {
  kind: 'thread';
  lane: Lane;
  /** Undefined: nothing is below it. */
  fold: Foldable | undefined;
  /** It does not match what is looked for, but something below it does. */
  isContext: boolean;
  /** A copy on top of the others. */
  isPinned: boolean;
}

/** All threads of a pool that have the same owner; or all those of a process that tools started, whoever their owner is. */
export interface PoolRow extends RowBase {
  kind: 'pool';
  isTooling?: true;
  pool: PoolPicture;
  lanes: readonly Lane[];
  fold: Foldable;
  /** Gravest first. */
  findings: readonly Finding[];
}

/** A process's own row, when there is more than one to tell apart or when it cannot be observed. */
export interface ProcessRow extends RowBase {
  kind: 'process';
  fold: Foldable | undefined;
}

/** Threads of one owner that ended long ago: only sums are known of them. */
export interface EarlierRow extends RowBase {
  kind: 'earlier';
  earlier: EarlierThreads;
  fold: undefined;
}

/** Threads of the runtime's own, which the program does not see. */
export interface HiddenRow extends RowBase {
  kind: 'hidden';
  hidden: HiddenThreads;
  fold: undefined;
}

/** All tasks of the event loop of a thread, which are no threads. */
export interface TasksRow extends RowBase {
  kind: 'tasks';
  of: Lane;
  tasks: AsyncTasksPicture;
  fold: Foldable;
}

export interface TaskRow extends RowBase {
  kind: 'task';
  of: Lane;
  task: AsyncTaskPicture;
  fold: undefined;
}

export type Row = LaneRow | PoolRow | ProcessRow | EarlierRow | HiddenRow | TasksRow | TaskRow;

/** Whether it is about something that can be chosen, hidden and compared. */
export const isSubject = (row: Row): row is LaneRow | PoolRow => row.kind === 'thread' || row.kind === 'pool';

/** Key of the thread or the pool that it is about. */
export const subjectKey = (row: LaneRow | PoolRow): string => (row.kind === 'thread' ? row.lane.key : row.pool.key);

export interface Rows {
  list: Row[];
  /** By the key of a row; of a thread that is not pinned it is the thread's key. */
  positions: ReadonlyMap<string, number>;
  /** Threads that are left out because they were hidden by hand, with all below them. */
  hidden: number;
  /** Threads that are left out by the legend or by what is looked for. */
  filtered: number;
  /** Threads that match what is looked for; undefined: nothing is looked for. */
  matches: number | undefined;
  /** How many threads have each sign. */
  signs: ReadonlyMap<Sign, number>;
}

export const NO_ROWS: Rows = {
  list: [],
  positions: new Map(),
  hidden: 0,
  filtered: 0,
  matches: undefined,
  signs: new Map(),
};

/** With fewer threads a pool is no crowd, and they have lanes of their own. */
export const LEAST_POOL = 3;
/** A pool with at least this many threads is folded until somebody opens it. */
export const LEAST_CROWD = 9;
const PINNED = 'pinned ';
export const pinnedKey = (key: string): string => PINNED + key;

type RowsLook = Pick<ViewState, 'folded' | 'unfolded' | 'hidden' | 'pinned' | 'query' | 'sort' | 'off'>;

export function rowsOf(run: Run, look: RowsLook): Rows {
  const tree = new Tree(run, look);
  const list = tree.rows();
  const { hidden, filtered } = tree.counts;
  return {
    list,
    positions: new Map(list.map((row, i) => [row.key, i])),
    hidden,
    filtered,
    matches: tree.matches,
    signs: signsOf(run.lanes),
  };
}

function signsOf(lanes: readonly Lane[]): Map<Sign, number> {
  const signs = new Map<Sign, number>();
  for (const lane of lanes)
    for (const sign of [barSignOf(lane), endSignOf(lane)]) signs.set(sign, (signs.get(sign) ?? 0) + 1);
  return signs;
}

type Child =
  | { lane: Lane }
  | { pool: PoolPicture; lanes: Lane[] }
  | { earlier: EarlierThreads }
  | { tasks: AsyncTasksPicture; of: Lane }
  | { task: AsyncTaskPicture; of: Lane };
/** What is still to be put out, the next one last. */
type Task = { child: Child; guides: boolean[]; process: ProcessPicture };

class Tree {
  matches: number | undefined;
  readonly counts: RowCounts;

  private readonly folded: ReadonlySet<string>;
  private readonly unfolded: ReadonlySet<string>;
  private readonly hiddenKeys: ReadonlySet<string>;
  /** Those that match, or have something below that does; undefined: all do. */
  private readonly shown: ReadonlySet<string> | undefined;
  private readonly matching: ReadonlySet<string> | undefined;
  private readonly order: (a: Lane, b: Lane) => number;

  constructor(
    private readonly run: Run,
    private readonly look: RowsLook,
  ) {
    this.folded = new Set(look.folded);
    this.unfolded = new Set(look.unfolded);
    this.hiddenKeys = new Set(look.hidden);
    this.order = orderOf(look.sort);
    this.matching = this.matchingLanes();
    this.shown = this.matching && withOwners(this.matching, run);
    this.counts = rowCountsOf(
      run,
      (lane) => this.isHidden(lane),
      (lane) => this.shown?.has(lane.key) === false,
      !this.shown,
    );
  }

  rows(): Row[] {
    const rows: Row[] = this.look.pinned.flatMap((key) => this.pinned(key) ?? []);
    const several = this.run.processes.length > 1;
    for (const process of this.run.processes) {
      const roots = [...this.childrenOf(process.key), ...this.toolingOf(process)];
      if (several || !process.supported) {
        const fold =
          roots.length > 0 && several ? this.foldOf(process.key, false, () => this.countOf(roots)) : undefined;
        rows.push({ kind: 'process', key: process.key, process, guides: [], fold });
        if (fold?.folded) continue;
      }
      this.putOut(rows, roots, process, several);
      const { hidden } = process;
      if (hidden && !this.shown)
        rows.push({
          kind: 'hidden',
          key: `${process.key}/hidden`,
          process,
          guides: several ? [false] : [],
          hidden,
          fold: undefined,
        });
    }
    return rows;
  }

  /** Depth first, without recursion: owners may be nested deeper than a stack allows. */
  private putOut(rows: Row[], roots: Child[], process: ProcessPicture, indented: boolean): void {
    const tasks: Task[] = [];
    const push = (children: Child[], above: readonly boolean[] | undefined): void => {
      for (let i = children.length - 1; i >= 0; i--)
        tasks.push({ child: children[i]!, guides: above ? [...above, i < children.length - 1] : [], process });
    };
    push(roots, indented ? [] : undefined);
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      const { child, guides } = task;
      if ('earlier' in child) {
        const { earlier } = child;
        rows.push({ kind: 'earlier', key: earlier.key, process, guides, earlier, fold: undefined });
      } else if ('pool' in child) {
        const row = this.poolRow(child, guides, process);
        rows.push(row);
        if (!row.fold.folded)
          push(
            child.lanes.map((lane) => ({ lane })),
            guides,
          );
      } else if ('tasks' in child) {
        const { tasks, of } = child;
        const fold = this.foldOf(tasksKey(of), tasks.tasks.length >= LEAST_CROWD, () => 0);
        rows.push({ kind: 'tasks', key: tasksKey(of), process, guides, of, tasks, fold });
        if (!fold.folded)
          push(
            tasks.tasks.map((task) => ({ task, of })),
            guides,
          );
      } else if ('task' in child) {
        const { task, of } = child;
        rows.push({ kind: 'task', key: `${tasksKey(of)}/${task.n}`, process, guides, of, task, fold: undefined });
      } else {
        const children = [...this.tasksOf(child.lane), ...this.childrenOf(child.lane.key)];
        const row = this.laneRow(child.lane, guides, children);
        rows.push(row);
        if (!row.fold?.folded) push(children, guides);
      }
    }
  }

  private laneRow(lane: Lane, guides: readonly boolean[], children: Child[]): LaneRow {
    return {
      kind: 'thread',
      key: lane.key,
      process: lane.process,
      guides,
      lane,
      fold: children.length > 0 ? this.foldOf(lane.key, false, () => this.countOf(children)) : undefined,
      isContext: this.matching?.has(lane.key) === false,
      isPinned: false,
    };
  }

  private pinned(key: string): LaneRow | undefined {
    const lane = this.run.byKey.get(key);
    if (!lane || this.hiddenKeys.has(key)) return undefined;
    return { ...this.laneRow(lane, [], []), key: pinnedKey(key), isContext: false, isPinned: true };
  }

  private poolRow(
    { pool, lanes }: { pool: PoolPicture; lanes: Lane[] },
    guides: readonly boolean[],
    process: ProcessPicture,
  ): PoolRow {
    const keys = new Set(lanes.map(({ key }) => key));
    const findings = this.run.findings.filter(
      ({ pool: of, thread }) => of === pool.key || (thread !== undefined && keys.has(thread)),
    );
    const isOfTools = isTooling(lanes[0]!.thread);
    const isFolded = isOfTools || lanes.length >= LEAST_CROWD;
    const fold = this.foldOf(pool.key, isFolded, () => this.countOf([{ pool, lanes }]));
    const more = isOfTools ? { pool, isTooling: true as const } : { pool: titled(pool, lanes.length) };
    return { kind: 'pool', key: pool.key, process, guides, lanes, fold, findings, ...more };
  }

  /** While something is looked for nothing that matches is folded away. */
  private foldOf(key: string, byDefault: boolean, below: () => number): Foldable {
    const isSearch = this.matches !== undefined;
    const folded = !isSearch && (this.folded.has(key) || (byDefault && !this.unfolded.has(key)));
    return { folded, hiddenBelow: folded ? below() : 0 };
  }

  /** Those of them that are shown, with the threads of a pool together. */
  private childrenOf(key: string): Child[] {
    const earlier = this.shown ? [] : (this.run.earlier.get(key) ?? []);
    return [...earlier.map((sums) => ({ earlier: sums })), ...this.threadsOf(key)];
  }

  private tasksOf(lane: Lane): Child[] {
    const tasks = this.shown ? undefined : lane.thread.asyncTasks;
    return tasks ? [{ tasks, of: lane }] : [];
  }

  private threadsOf(key: string): Child[] {
    const lanes = (this.run.children.get(key) ?? []).filter((lane) => this.isShown(lane) && !isTooling(lane.thread));
    if (this.look.sort !== 'tree') lanes.sort(this.order);
    const pools = new Map<string, Lane[]>();
    for (const { pool } of lanes) if (pool && !pools.has(pool.key)) pools.set(pool.key, []);
    if (pools.size === 0) return lanes.map((lane) => ({ lane }));
    for (const lane of lanes) if (lane.pool) pools.get(lane.pool.key)!.push(lane);
    return lanes.flatMap((lane): Child[] => {
      const { pool } = lane;
      const members = pool && pools.get(pool.key)!;
      if (!members || members.length < LEAST_POOL) return [{ lane }];
      return members[0] === lane ? [{ pool, lanes: members }] : [];
    });
  }

  private toolingOf(process: ProcessPicture): Child[] {
    const all = this.run.lanes.filter((lane) => lane.process === process && isTooling(lane.thread));
    const lanes = all.filter((lane) => this.isShown(lane));
    return lanes.length > 0 ? [{ pool: toolingPool(process, all), lanes }] : [];
  }

  private isShown(lane: Lane): boolean {
    return !this.isHidden(lane) && (!this.shown || this.shown.has(lane.key));
  }

  private isHidden({ key, pool }: Lane): boolean {
    return this.hiddenKeys.has(key) || (pool !== undefined && this.hiddenKeys.has(pool.key));
  }

  private countOf(children: Child[]): number {
    let count = 0;
    for (const child of children) {
      if ('earlier' in child) {
        count += child.earlier.count;
        continue;
      }
      if ('of' in child) continue; // they are no threads
      for (const { key } of 'lane' in child ? [child.lane] : child.lanes)
        count += 1 + (this.counts.below.get(key) ?? 0);
    }
    return count;
  }

  private matchingLanes(): Set<string> | undefined {
    const matches = matcherOf(this.look.query);
    const off = new Set<Sign>(this.look.off);
    const isFiltering = [...off].some((sign) => !sign.startsWith('state:'));
    if (!matches && !isFiltering) return undefined;
    const found = new Set<string>();
    for (const lane of this.run.lanes) {
      if (off.has(barSignOf(lane)) || off.has(endSignOf(lane))) continue;
      if (!matches || matches(lane)) found.add(lane.key);
    }
    if (matches) this.matches = found.size;
    return found;
  }
}

const tasksKey = ({ key }: Lane): string => `${key}/tasks`;

/** As a pool, with which it has in common what a row shows. */
const toolingPool = ({ key: process }: ProcessPicture, lanes: readonly Lane[]): PoolPicture => ({
  key: `${process}/tooling`,
  process,
  name: t('tooling'),
  label: t('tooling'),
  threads: lanes.map(({ key }) => key),
  live: lanes.filter(({ ended }) => !ended).length,
});

/** By the threads that the row has: pools are judged a moment later than threads start. */
const titled = (pool: PoolPicture, shown: number): PoolPicture => ({
  ...pool,
  label: poolTitle(pool, shown + (pool.earlier ?? 0)),
});

function withOwners(keys: ReadonlySet<string>, { byKey }: Run): Set<string> {
  const all = new Set(keys);
  for (const key of keys) {
    for (let owner = byKey.get(key)?.owner; owner && !all.has(owner.key); owner = byKey.get(owner.key)?.owner)
      all.add(owner.key);
  }
  return all;
}

function orderOf(sort: Sort): (a: Lane, b: Lane) => number {
  const isMain = ({ thread }: Lane): number => Number(thread.kind === 'main');
  const start = (a: Lane, b: Lane): number => a.thread.startedAt - b.thread.startedAt || a.thread.id - b.thread.id;
  const end = ({ ended }: Lane): number => ended?.t ?? Infinity;
  const life = (lane: Lane): number => end(lane) - lane.thread.startedAt;
  const orders: Record<Sort, (a: Lane, b: Lane) => number> = {
    tree: () => 0,
    start: () => 0,
    lifetime: (a, b) => compared(life(b), life(a)),
    end: (a, b) => compared(end(a), end(b)),
    name: (a, b) => NAMES.compare(a.thread.label.slice(0, 200), b.thread.label.slice(0, 200)),
  };
  return (a, b) => isMain(b) - isMain(a) || orders[sort](a, b) || start(a, b);
}

const NAMES = new Intl.Collator(writtenLanguage(), { numeric: true, sensitivity: 'base' });
/** Infinity less itself is no number. */
const compared = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
