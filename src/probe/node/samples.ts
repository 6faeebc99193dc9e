// What is looked at from time to time: what keeps this thread's loop turning, and of the workers that it started how
// busy their loops are and how much memory they use.
import { ActivityKind } from '../../protocol/activity';
import { getOwnPropertyDescriptor, uncurried } from './builtins';
import type { Ring } from './ring';
import type { Spool } from './spool';

const { getActiveResourcesInfo } = process as { getActiveResourcesInfo?: () => string[] };
const then = uncurried(
  Promise.prototype.then as (this: Promise<unknown>, done: (value: never) => void, failed: () => void) => unknown,
);

interface Utilization {
  idle: number;
  active: number;
}
interface HeapStatistics {
  used_heap_size: number;
  heap_size_limit: number;
}
interface Watched {
  id: number;
  worker: object;
  utilization: () => Utilization;
  last: Utilization;
}

export class Samples {
  private readonly watched = new Set<Watched>();
  private lastResources = '';
  private heapOf: ((worker: object) => Promise<HeapStatistics>) | undefined;

  constructor(
    private readonly ring: Ring,
    private readonly spool: Spool,
  ) {}

  /** @param prototype of Node's own class of workers */
  readHeapsBy(prototype: object): void {
    const heap = getOwnPropertyDescriptor(prototype, 'getHeapStatistics')?.value as unknown;
    if (heap) this.heapOf = uncurried(heap as (this: object) => Promise<HeapStatistics>);
  }

  /** Returns what ends it. */
  watch(worker: object, id: number): () => void {
    const utilization = (worker as { performance?: { eventLoopUtilization?: unknown } }).performance
      ?.eventLoopUtilization as (() => Utilization) | undefined;
    if (typeof utilization !== 'function') return () => undefined;
    const watched = { id, worker, utilization, last: { idle: 0, active: 0 } };
    setAdd(this.watched, watched);
    return () => setDelete(this.watched, watched);
  }

  take(): void {
    try {
      this.takeResources();
      setForEach(this.watched, (watched) => this.takeWorker(watched));
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  private takeResources(): void {
    const names = getActiveResourcesInfo?.call(process) ?? [];
    const counts: Record<string, number> = {};
    for (let i = 0; i < names.length; i++) counts[names[i]!] = (counts[names[i]!] ?? 0) + 1;
    let text = '';
    for (const name in counts) text += `${name}:${counts[name]} `;
    if (text === this.lastResources) return;
    this.lastResources = text;
    this.spool.tellResources(counts);
  }

  private takeWorker(watched: Watched): void {
    const { idle, active } = watched.utilization();
    const { last } = watched;
    const ms = idle - last.idle + (active - last.active);
    watched.last = { idle, active };
    if (ms > 0)
      this.ring.put(ActivityKind.loop, watched.id, Math.round((1000 * (active - last.active)) / ms), Math.round(ms));
    this.takeHeap(watched);
  }

  private takeHeap({ id, worker }: Watched): void {
    if (!this.heapOf) return;
    const told = ({ used_heap_size, heap_size_limit }: HeapStatistics): void =>
      this.ring.put(ActivityKind.heap, id, used_heap_size / KIB, heap_size_limit / KIB);
    then(this.heapOf(worker), told, () => undefined);
  }
}
const KIB = 1024;

type WatchedSet = Set<Watched>;
const setAdd = uncurried(Set.prototype.add as (this: WatchedSet, item: Watched) => WatchedSet);
const setDelete = uncurried(Set.prototype.delete as (this: WatchedSet, item: Watched) => boolean);
const setForEach = uncurried(Set.prototype.forEach as (this: WatchedSet, each: (item: Watched) => void) => void);
