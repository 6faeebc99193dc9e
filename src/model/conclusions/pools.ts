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
import { isAsked } from './tasks';

/** From this number on, threads of one line are a pool of the program's own. */
export const LEAST_OF_A_LINE = 3;

export interface Pool {
  key: string;
  package?: string;
  at?: Site;
  threads: ThreadFacts[];
  /** Those of it that ended long ago. */
  earlier?: EarlierGroup;
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
  const all = [...groups.values()]
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

export const sizeOf = ({ threads, earlier }: Pool): number => threads.length + (earlier?.count ?? 0);

function groupOf(thread: ThreadFacts): string | undefined {
  const { start } = thread;
  if (!start || start.internal) return undefined;
  return start.at || packageOf(thread) ? `${start.tid} ${startedBy(thread)}` : undefined;
}

/** What threads of one owner that are shown together have in common: their package or the line that started them, and their file. */
export function startedBy(thread: ThreadFacts): string {
  const { at, file = '' } = thread.start ?? {};
  const name = packageOf(thread);
  if (name) return `${name} ${file}`;
  return at ? `${at.file}:${at.line}:${at.column} ${file}` : file;
}

/** By who starts it, or else by whose script it runs. */
export function packageOf(thread: ThreadFacts): string | undefined {
  const { at, file } = thread.start ?? {};
  const starter = packageIn(at?.file);
  const started = packageIn(file);
  if (starter === undefined && started === undefined) return undefined;
  return runtimeOf(thread).poolPackages.find((name) => name === starter || name === started);
}

/** The package that a path lies in. */
export function packageIn(file: string | undefined): string | undefined {
  if (!file) return undefined;
  for (let at = file.lastIndexOf(PACKAGES); at >= 0; at = at === 0 ? -1 : file.lastIndexOf(PACKAGES, at - 1)) {
    IN_PACKAGES.lastIndex = at + PACKAGES.length;
    const name = IN_PACKAGES.exec(file)?.[1];
    if (name) return name.replace('\\', '/');
  }
  return undefined;
}
const PACKAGES = 'node_modules';
const IN_PACKAGES = /[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/y;

function poolOf(process: ProcessFacts, threads: ThreadFacts[]): Pool {
  const first = threads[0]!;
  const name = packageOf(first);
  const at = threads.find(({ start }) => start?.from)?.start?.from ?? first.start?.at;
  const earlier = first.start && process.earlier?.groups.get(first.start.tid)?.get(startedBy(first));
  const isOlder = earlier && (earlier.first < first.firstSeen || earlier.firstId < first.id);
  return {
    key: `${process.key}/${isOlder ? earlier.firstId : first.id}`,
    ...(name === undefined ? {} : { package: name }),
    ...(at ? { at } : {}),
    threads,
    ...(earlier ? { earlier } : {}),
  };
}

export function poolPicture(process: ProcessFacts, pool: Pool): PoolPicture {
  const { key, threads, at } = pool;
  const living = threads.filter((thread) => !endingOf(process, thread));
  const known = threads.some((thread) => isAsked(process, thread) !== undefined);
  const most = Math.max(pool.earlier?.mostBusy ?? 0, mostRunning(threads));
  return {
    key,
    process: process.key,
    ...(pool.package === undefined ? {} : { package: pool.package }),
    label: poolLabel(pool),
    ...(at ? { at } : {}),
    threads: threads.map((thread) => thread.key),
    ...(pool.earlier ? { earlier: pool.earlier.count } : {}),
    live: living.length,
    ...(known ? { busy: living.filter((thread) => isAsked(process, thread)).length } : {}),
    ...(most > 0 ? { mostBusy: most } : {}),
  };
}

export function poolLabel(pool: Pool): string {
  const { package: name, threads, at } = pool;
  const { start } = threads[0]!;
  const script = start?.file ? fileLabel(start.file) : at ? siteText(at) : undefined;
  if (name === undefined) return `${sizeOf(pool)} × ${script ?? t('worker')}`;
  return sizeOf(pool) === 1 ? name : t('{0} ({1} threads)', name, sizeOf(pool));
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
