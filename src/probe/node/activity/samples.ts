// What is looked at from time to time: what keeps this thread's loop turning, and of the workers that it started how
// busy their loops are and how much memory they use.
import { ActivityKind } from '../../../protocol/activity';
import {
  _getActiveHandles,
  addToSet,
  apply,
  cpuUsage,
  deleteFromSet,
  floor,
  forEachOfSet,
  getActiveResourcesInfo,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  now,
  sizeOfSet,
  thenOfPromises,
  uncurried,
} from '../tools/builtins';
import { portPrototype } from '../lifecycle/firstWorker';
import type { Ports } from './messages';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';

/** So many are looked at only as often as samples are taken. */
const MANY_RESOURCES = 256;
const MOST_PORTS = 32;
/** Node counts them also while nobody reads. */
const READERS = ['PipeWrap', 'TTYWrap'] as const;
const PORT = 'MessagePort';
/** A heap is asked for in every so many samples: it takes a message to the thread and back. */
const SAMPLES_A_HEAP = 4;
/** A thread that does not run yet does not answer: until it has, it is asked in each sample, but no more than so often. */
const FIRST_ASKS = 4;
const then = uncurried(
  thenOfPromises as (this: Promise<unknown>, done: (value: never) => void, failed: () => void) => unknown,
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
  /** How often it was asked for its heap before it first answered. */
  asked: number;
}

export class Samples {
  private readonly watched = new Set<Watched>();
  private lastResources: string | undefined;
  private lastCount = 0;
  private taken = 0;
  private lastProcessor = { t: 0, used: 0 };
  /** Ids of workers that were busy at the last look, and of those whose loops had not begun to turn. */
  busy: number[] = [];
  unbegun: number[] = [];
  private heapOf: ((worker: object) => Promise<HeapStatistics>) | undefined;

  constructor(
    private readonly ring: Ring,
    private readonly spool: Spool,
    private readonly ports: () => Ports | undefined,
    private readonly isMain: boolean,
  ) {}

  /** Workers that are sampled. */
  get size(): number {
    return Number(setSize(this.watched));
  }

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
    const watched = { id, worker, utilization, last: { idle: 0, active: 0 }, asked: 0 };
    setAdd(this.watched, watched);
    return () => setDelete(this.watched, watched);
  }

  /** Undefined of one that this thread did not start. */
  workerOf(id: number): object | undefined {
    let found: object | undefined;
    setForEach(this.watched, (watched) => {
      if (watched.id === id) found = watched.worker;
    });
    return found;
  }

  /** What keeps the loop turning, unless that is much to look at. */
  look(): void {
    try {
      if (this.lastCount <= MANY_RESOURCES) this.takeResources();
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  take(): void {
    try {
      this.taken++;
      this.takeResources();
      if (this.isMain) this.takeProcessor();
      setForEach(this.watched, (watched) => this.takeWorker(watched));
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  /** What is to be told of them before this thread ends; nothing where there are none. Never throws. */
  tellLastLook(): void {
    if (this.size === 0) return;
    try {
      const look: Look = { heard: [], unheard: [], idle: [], busy: [] };
      const unbegun: number[] = [];
      setForEach(this.watched, (watched) => lookAt(watched, look, unbegun));
      this.busy = look.busy;
      this.unbegun = unbegun;
      this.spool.tell('last-look', look);
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  private takeResources(): void {
    const names = getActiveResourcesInfo ? apply(getActiveResourcesInfo, process, []) : [];
    const counts: Record<string, number> = {};
    for (let i = 0; i < names.length; i++) counts[names[i]!] = (counts[names[i]!] ?? 0) + 1;
    this.lastCount = names.length;
    const ports = this.lookCloser(counts);
    let text = '';
    for (const name in counts) text += `${name}:${counts[name]} `;
    for (let i = 0; i < ports.length; i++) text += `${ports[i]} `;
    if (text === this.lastResources) return;
    this.lastResources = text;
    this.spool.tellResources(counts, ports);
  }

  /** Takes out of `counts` what keeps nothing alive; returns the ports that do. */
  private lookCloser(counts: Record<string, number>): number[] {
    const found: number[] = [];
    if (!_getActiveHandles || !(counts[PORT] || counts[READERS[0]] || counts[READERS[1]])) return found;
    const handles = apply(_getActiveHandles, process, []);
    const prototype = portPrototype();
    let ports = 0;
    let readers = 0;
    for (let i = 0; i < handles.length; i++) {
      const handle = handles[i]!;
      if (getPrototypeOf(handle) === prototype) {
        const number = this.ports()?.numberOf(handle);
        if (number === undefined) continue;
        if (ports++ < MOST_PORTS) found[found.length] = number;
      } else if (isPipeOrTerminal(handle)) readers++;
    }
    setCount(counts, PORT, ports);
    setCount(counts, READERS[1], 0);
    setCount(counts, READERS[0], readers);
    return found;
  }

  /** Work of native threads is seen nowhere else. */
  private takeProcessor(): void {
    const t = now();
    const { user, system } = apply(cpuUsage, process, []);
    const { lastProcessor: last } = this;
    this.lastProcessor = { t, used: user + system };
    if (last.t > 0) this.ring.put(ActivityKind.cpu, 0, (user + system - last.used) / 1000, (t - last.t) / 1000);
  }

  private takeWorker(watched: Watched): void {
    const { idle, active } = watched.utilization();
    const { last } = watched;
    const ms = idle - last.idle + (active - last.active);
    watched.last = { idle, active };
    if (ms > 0)
      this.ring.put(ActivityKind.loop, watched.id, floor((1000 * (active - last.active)) / ms + 0.5), floor(ms + 0.5));
    this.takeHeap(watched);
  }

  private takeHeap(watched: Watched): void {
    if (!this.heapOf || (watched.asked >= FIRST_ASKS && this.taken % SAMPLES_A_HEAP !== 1)) return;
    watched.asked++;
    const told = ({ used_heap_size, heap_size_limit }: HeapStatistics): void => {
      watched.asked = FIRST_ASKS;
      this.ring.put(ActivityKind.heap, watched.id, used_heap_size / KIB, heap_size_limit / KIB);
    };
    then(this.heapOf(watched.worker), told, () => undefined);
  }
}
const KIB = 1024;

type Look = Record<'heard' | 'unheard' | 'idle' | 'busy', number[]>;

function lookAt({ id, worker, utilization }: Watched, { heard, unheard, idle, busy }: Look, unbegun: number[]): void {
  const events = getOwnPropertyDescriptor(worker, '_events')?.value as Record<string, unknown> | undefined;
  const ids = events?.['message'] === undefined ? unheard : heard;
  ids[ids.length] = id;
  const first = utilization();
  const hasBegun = first.idle > 0 || first.active > 0; // not while its script runs for the first time
  const share = !hasBegun ? unbegun : utilization().idle > first.idle ? idle : busy; // while it waits, its idle time grows
  share[share.length] = id;
}

function setCount(counts: Record<string, number>, name: string, count: number): void {
  if (count > 0) counts[name] = count;
  else delete counts[name];
}

/** Whether this is a socket on a pipe or a terminal that is being read. */
function isPipeOrTerminal(socket: object): boolean {
  const handle = getOwnPropertyDescriptor(socket, '_handle')?.value as object | null | undefined;
  if (typeof handle !== 'object' || handle === null) return false;
  if (getOwnPropertyDescriptor(handle, 'reading')?.value !== true) return false;
  const made = getOwnPropertyDescriptor((getPrototypeOf(handle) as object | null) ?? {}, 'constructor')
    ?.value as unknown;
  return typeof made === 'function' && (made.name === 'Pipe' || made.name === 'TTY');
}

type WatchedSet = Set<Watched>;
const setAdd = uncurried(addToSet as (this: WatchedSet, item: Watched) => WatchedSet);
const setDelete = uncurried(deleteFromSet as (this: WatchedSet, item: Watched) => boolean);
const setSize = uncurried(sizeOfSet as (this: WatchedSet) => number);
const setForEach = uncurried(forEachOfSet as (this: WatchedSet, each: (item: Watched) => void) => void);
