// Workers that belong together: those of a package that is known for a pool, and many that one line started. Pure.
import { grouped } from '../../common/grouped';
import { t } from '../../common/l10n';
import type { PoolPicture } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import { IDLE } from '../facts/samples';
import { endingOf } from './endings';
import type { EarlierGroup } from '../facts/earlier';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { fileLabel, siteText } from '../facts/sites';
import type { Span } from '../facts/spans';
import { labelOf } from './labels';
import { isTooling, packageOf } from './origin/packages';
import { makes, startOf } from './origin/starts';
import { poolTitle } from './phrases/poolTitle';
import { isAsked } from './tasks';

/** From this number on, threads of one line are a pool of the program's own. */
export const LEAST_OF_A_LINE = 3;

export interface Pool {
  key: string;
  package?: string;
  at?: Site;
  threads: ThreadFacts[];
  /** Sums of those of it that ended long ago, the oldest first. */
  earlier: EarlierGroup[];
}

/** The pools of one process. */
export interface Pools {
  /** In the order of their first threads. */
  all: Pool[];
  of: ReadonlyMap<ThreadFacts, Pool>;
}

export function poolsOf(process: ProcessFacts): Pools {
  const groups = grouped(process.threads.values(), groupOf);
  groups.delete(undefined);
  const all = joined(groups)
    .map((threads) =>
      poolOf(
        process,
        threads.sort((a, b) => a.firstSeen - b.firstSeen || a.id - b.id),
      ),
    )
    .filter((pool) => pool.package !== undefined || sizeOf(pool) >= LEAST_OF_A_LINE)
    .sort(({ threads: [a] }, { threads: [b] }) => a!.firstSeen - b!.firstSeen || a!.id - b!.id);
  return { all, of: new Map(all.flatMap((pool) => pool.threads.map((thread): [ThreadFacts, Pool] => [thread, pool]))) };
}

/** Threads that a pool started later, on other lines than the one that made it, are its own where it is the only one. */
function joined(groups: ReadonlyMap<string | undefined, ThreadFacts[]>): ThreadFacts[][] {
  const all: ThreadFacts[][] = [];
  for (const alike of grouped(groups.values(), ([first]) => scriptKey(first!)).values()) {
    const made = alike.filter(([first]) => makes(first!));
    const isOne = made.length <= 1 && alike.length > 1 && packageOf(alike[0]![0]!) !== undefined;
    const isPool = isOne && !isOfStream(alike[0]![0]!);
    all.push(...(isPool ? [alike.flat()] : alike));
  }
  return all;
}

const scriptKey = (thread: ThreadFacts): string =>
  packageOf(thread) === undefined
    ? startedBy(thread)
    : `${thread.start!.tid} ${packageOf(thread)} ${thread.start!.file ?? ''}`;

const isOfStream = (thread: ThreadFacts): boolean => runtimeOf(thread).streamPackages.includes(packageOf(thread) ?? '');

const earlierCount = (earlier: readonly EarlierGroup[]): number => earlier.reduce((sum, { count }) => sum + count, 0);

export const sizeOf = ({ threads, earlier }: Pool): number => threads.length + earlierCount(earlier);

function groupOf(thread: ThreadFacts): string | undefined {
  const { start } = thread;
  if (!start || isTooling(thread)) return undefined;
  return start.at || packageOf(thread) ? `${start.tid} ${startedBy(thread)}` : undefined;
}

/** What threads of one owner that are shown together have in common: their package or the line that started them, and their file. */
export function startedBy(thread: ThreadFacts): string {
  const { at, file = '' } = thread.start ?? {};
  const name = packageOf(thread);
  if (name) return `${name} ${file}${makerText(thread)}`;
  return at ? `${siteKey(at)} ${file}` : file;
}

/** The line that makes one of a package's pools, or opens one of its streams. */
function makerText(thread: ThreadFacts): string {
  const { from } = thread.start!;
  return from && (makes(thread) || isOfStream(thread)) ? ` ${siteKey(from)}` : '';
}

const siteKey = ({ file, line, column }: Site): string => `${file}:${line}:${column}`;

function poolOf(process: ProcessFacts, threads: ThreadFacts[]): Pool {
  const first = threads[0]!;
  const name = packageOf(first);
  const at = poolSite(process, threads);
  const earlier = earlierOf(process, threads);
  const [oldest] = earlier.filter((group) => group.first < first.firstSeen || group.firstId < first.id);
  return {
    key: `${process.key}/${oldest ? oldest.firstId : first.id}`,
    ...(name === undefined ? {} : { package: name }),
    ...(at ? { at } : {}),
    threads,
    earlier,
  };
}

/** Of one that started all of its threads by itself, the package’s. */
function poolSite(process: ProcessFacts, threads: ThreadFacts[]): Site | undefined {
  const starts = threads.map((thread) => startOf(process, thread));
  return (starts.find(({ at, by }) => at !== by) ?? starts[0])?.at;
}

function earlierOf({ earlier }: ProcessFacts, threads: ThreadFacts[]): EarlierGroup[] {
  const groups = earlier?.groups.get(threads[0]!.start!.tid);
  if (!groups) return [];
  const found = [...new Set(threads.map(startedBy))].flatMap((key) => groups.get(key) ?? []);
  return found.sort((a, b) => a.first - b.first || a.firstId - b.firstId);
}

export function poolPicture(process: ProcessFacts, pool: Pool): PoolPicture {
  const { key, threads, at } = pool;
  const living = threads.filter((thread) => !endingOf(process, thread));
  const known = threads.some((thread) => isAsked(process, thread) !== undefined);
  const most = Math.max(...pool.earlier.map(({ mostBusy }) => mostBusy), mostRunning(threads));
  return {
    key,
    process: process.key,
    ...(pool.package === undefined ? {} : { package: pool.package }),
    name: poolName(pool),
    label: poolLabel(pool),
    ...(at ? { at } : {}),
    threads: threads.map((thread) => thread.key),
    ...(pool.earlier.length > 0 ? { earlier: earlierCount(pool.earlier) } : {}),
    live: living.length,
    ...(known ? { busy: living.filter((thread) => isAsked(process, thread)).length } : {}),
    ...(most > 0 ? { mostBusy: most } : {}),
  };
}

export function poolLabel(pool: Pool): string {
  const isNamed = pool.package !== undefined && sizeOf(pool) === 1;
  return isNamed ? labelOf(pool.threads[0]!) : poolTitle({ ...pool, name: poolName(pool) }, sizeOf(pool));
}

/** Its package, or what its threads run. */
export function poolName({ package: name, threads, at }: Pool): string {
  if (name !== undefined) return name;
  const file = threads[0]!.start?.file;
  return file ? fileLabel(file) : at ? siteText(at) : t('worker');
}

/** The most whose loops were busy at once, as far as they were sampled. */
export function mostRunning(threads: ThreadFacts[]): number {
  const changes = threads.flatMap(({ samples }) => changesOf(samples.loops));
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let running = 0;
  let most = 0;
  for (const [, change] of changes) most = Math.max(most, (running += change));
  return most;
}

/** Samples are rounded to milliseconds: the next of the same thread may begin before the last ends. */
function changesOf(loops: Iterable<Span>): [t: number, change: number][] {
  const changes: [number, number][] = [];
  let until = 0;
  for (const { from, to, kind } of loops) {
    if (kind === IDLE || to <= until) continue;
    changes.push([Math.max(from, until), 1], [to, -1]);
    until = to;
  }
  return changes;
}
