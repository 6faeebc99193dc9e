// Workers that belong together: those of a package that is known for a pool, and many that one line started. Pure.
import { t } from '../../common/l10n';
import type { PoolPicture } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import { IDLE } from '../facts/samples';
import { endingOf } from './endings';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { fileLabel, siteText } from '../facts/sites';
import type { Span } from '../facts/spans';
import { isAsked } from './tasks';

/** From this number on, threads of one line are a pool of the program's own. */
const LEAST_OF_A_LINE = 3;

export interface Pool {
  key: string;
  package?: string;
  at?: Site;
  threads: ThreadFacts[];
}

/** In the order of their first threads. */
export function poolsOf(process: ProcessFacts): Pool[] {
  const groups = new Map<string, ThreadFacts[]>();
  for (const thread of process.threads.values()) {
    const group = groupOf(thread);
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members) members.push(thread);
    else groups.set(group, [thread]);
  }
  return [...groups.values()]
    .map((threads) => threads.sort((a, b) => a.firstSeen - b.firstSeen || a.id - b.id))
    .filter((threads) => packageOf(threads[0]!) !== undefined || threads.length >= LEAST_OF_A_LINE)
    .sort(([a], [b]) => a!.firstSeen - b!.firstSeen || a!.id - b!.id)
    .map((threads) => poolOf(process, threads));
}

export const poolsByThread = (pools: Pool[]): Map<ThreadFacts, Pool> =>
  new Map(pools.flatMap((pool) => pool.threads.map((thread): [ThreadFacts, Pool] => [thread, pool])));

function groupOf(thread: ThreadFacts): string | undefined {
  const { start } = thread;
  if (!start || start.internal) return undefined;
  const name = packageOf(thread);
  if (name) return `${start.tid} ${name} ${start.file ?? ''}`;
  return start.at && `${start.tid} ${start.at.file}:${start.at.line}:${start.at.column} ${start.file ?? ''}`;
}

/** By who starts it, or else by whose script it runs. */
function packageOf(thread: ThreadFacts): string | undefined {
  const { at, file } = thread.start ?? {};
  return runtimeOf(thread).poolPackages.find((name) => name === packageIn(at?.file) || name === packageIn(file));
}

/** Of a path within it. */
export const packageIn = (file: string | undefined): string | undefined =>
  /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file ?? '')?.[1]?.replace('\\', '/');

function poolOf(process: ProcessFacts, threads: ThreadFacts[]): Pool {
  const first = threads[0]!;
  const name = packageOf(first);
  const at = threads.find(({ start }) => start?.from)?.start?.from ?? first.start?.at;
  return {
    key: `${process.key}/${first.id}`,
    ...(name === undefined ? {} : { package: name }),
    ...(at ? { at } : {}),
    threads,
  };
}

export function poolPicture(process: ProcessFacts, pool: Pool): PoolPicture {
  const { key, threads, at } = pool;
  const living = threads.filter((thread) => !endingOf(process, thread));
  const known = threads.some((thread) => isAsked(process, thread) !== undefined);
  const most = mostRunning(threads);
  return {
    key,
    process: process.key,
    ...(pool.package === undefined ? {} : { package: pool.package }),
    label: poolLabel(pool),
    ...(at ? { at } : {}),
    threads: threads.map((thread) => thread.key),
    live: living.length,
    ...(known ? { busy: living.filter((thread) => isAsked(process, thread)).length } : {}),
    ...(most > 0 ? { mostBusy: most } : {}),
  };
}

export function poolLabel({ package: name, threads, at }: Pool): string {
  const { start } = threads[0]!;
  const script = start?.file ? fileLabel(start.file) : at ? siteText(at) : undefined;
  if (name === undefined) return `${threads.length} × ${script ?? t('worker')}`;
  return threads.length === 1 ? name : t('{0} ({1} threads)', name, threads.length);
}

/** The most whose loops were busy at once, as far as they were sampled. */
function mostRunning(threads: ThreadFacts[]): number {
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
