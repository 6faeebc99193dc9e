// What is looked at from time to time: what keeps this thread's loop turning, and of the workers that it started how
// busy their loops are and how much memory they use.
import { ActivityKind } from '../../../protocol/activity';
import {
  addToSet,
  apply,
  cpuUsage,
  deleteFromSet,
  floor,
  forEachOfSet,
  getOwnPropertyDescriptor,
  now,
  performanceHooks,
  sizeOfSet,
  thenOfPromises,
  threadCpuUsage,
  uncurried,
} from '../tools/builtins';
import { hasOnceListener, listenersFor } from '../tools/listeners';
import type { Looks } from '../lifecycle/looks';
import type { Ports } from './messages';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';

/** So many are looked at only as often as samples are taken. */
const MANY_RESOURCES = 256;
/** Of more workers it is not told whose message is waited for. */
const MOST_AWAITED = 32;
/** Of more workers nothing is sampled when this thread ends: it would push out what else its ring holds. */
const MOST_LAST = 128;
/** A heap, or a processor time, is asked for in every so many samples: it takes a message to the thread and back. */
const SAMPLES_AN_ASK = 4;
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
interface ProcessorTime {
  user: number;
  system: number;
}
interface Own {
  utilization: () => Utilization;
  last: Utilization;
}
interface Watched extends Own {
  id: number;
  worker: object;
  /** How often it was asked before it first answered. */
  asked: number;
}

export class Samples {
  private readonly watched = new Set<Watched>();
  private lastCount = 0;
  private taken = 0;
  /** Of main's loop; null where it cannot be told. */
  private own: Own | null | undefined;
  private lastProcessor = { t: 0, used: 0 };
  /** Ids of workers that were busy at the last look, and of those whose loops had not begun to turn. */
  busy: number[] = [];
  unbegun: number[] = [];
  private heapOf: ((worker: object) => Promise<HeapStatistics>) | undefined;
  /** Of a worker; only where nobody outside of the process can tell, as the follower does on Linux. */
  private processorTimeOf: ((worker: object) => Promise<ProcessorTime>) | undefined;

  constructor(
    private readonly ring: Ring,
    private readonly spool: Spool,
    private readonly looks: Looks,
    private readonly ports: () => Ports | undefined,
    private readonly isMain: boolean,
  ) {}

  /** Workers that are sampled. */
  get size(): number {
    return Number(setSize(this.watched));
  }

  /** @param prototype of Node's own class of workers */
  askBy(prototype: object): void {
    this.heapOf = asker(prototype, 'getHeapStatistics');
    if (!isToldOutside()) this.processorTimeOf = asker(prototype, 'cpuUsage');
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
      if (this.isMain) {
        this.takeProcessor();
        this.takeOwnTime();
        this.takeOwn();
      }
      setForEach(this.watched, (watched) => this.takeWorker(watched));
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  /** What is to be told of them, and of main, before this thread ends. Never throws. */
  tellLastLook(): void {
    try {
      if (this.own) this.takeLoop(MAIN, this.own);
      if (this.size === 0) return;
      if (this.size <= MOST_LAST) setForEach(this.watched, (watched) => this.takeLoop(watched.id, watched));
      this.spool.tell('last-look', this.lookAtWorkers());
    } catch (error) {
      this.spool.problem('samples', error);
    }
  }

  /** Also keeps which of them are busy, and which have not begun. */
  lookAtWorkers(): Look {
    const look: Look = { heard: [], unheard: [], idle: [], busy: [] };
    const unbegun: number[] = [];
    setForEach(this.watched, (watched) => lookAt(watched, look, unbegun));
    this.busy = look.busy;
    this.unbegun = unbegun;
    return look;
  }

  private takeResources(): void {
    this.lastCount = this.looks.look((port) => this.ports()?.numberOf(port), this.awaited());
  }

  private awaited(): number[] {
    const ids: number[] = [];
    if (this.size > MOST_AWAITED) return ids;
    setForEach(this.watched, ({ id, worker }) => {
      if (hasOnceListener(listenersFor(worker, 'message'))) ids[ids.length] = id;
    });
    return ids;
  }

  /** Work of native threads is seen nowhere else. */
  takeProcessor(): void {
    const t = now();
    const { user, system } = apply(cpuUsage, process, []);
    const { lastProcessor: last } = this;
    this.lastProcessor = { t, used: user + system };
    if (last.t > 0) this.ring.put(ActivityKind.cpu, 0, (user + system - last.used) / 1000, (t - last.t) / 1000);
  }

  private takeOwnTime(): void {
    if (threadCpuUsage && !isToldOutside()) this.tellTime(MAIN, apply(threadCpuUsage, process, []));
  }

  private tellTime(id: number, { user, system }: ProcessorTime): void {
    this.ring.put(ActivityKind.time, id, (user + system) / 1000, 0);
  }

  private takeWorker(watched: Watched): void {
    this.takeLoop(watched.id, watched);
    if (watched.asked < FIRST_ASKS || this.taken % SAMPLES_AN_ASK === 1) this.ask(watched);
  }

  /** Since the last time. */
  private takeLoop(id: number, loop: Own): void {
    const { idle, active } = loop.utilization();
    const { last } = loop;
    const ms = idle - last.idle + (active - last.active);
    if (!(ms >= 1)) return;
    loop.last = { idle, active };
    this.ring.put(ActivityKind.loop, id, floor((1000 * (active - last.active)) / ms + 0.5), floor(ms + 0.5));
  }

  /** Main's owner is nobody: it looks at itself, each time that it turns its loop, once a worker of its own has lived for long enough. */
  private takeOwn(): void {
    if (this.own === undefined) {
      if (this.size === 0) return;
      const { eventLoopUtilization: utilization } = performanceHooks().performance;
      this.own = typeof utilization === 'function' ? { utilization, last: { idle: 0, active: 0 } } : null;
    }
    if (this.own) this.takeLoop(MAIN, this.own);
  }

  private ask(watched: Watched): void {
    watched.asked++;
    const { id, worker } = watched;
    const told = ({ used_heap_size, heap_size_limit }: HeapStatistics): void => {
      watched.asked = FIRST_ASKS;
      this.ring.put(ActivityKind.heap, id, used_heap_size / KIB, heap_size_limit / KIB);
    };
    if (this.heapOf) then(this.heapOf(worker), told, () => undefined);
    if (this.processorTimeOf)
      then(
        this.processorTimeOf(worker),
        (time) => this.tellTime(id, time),
        () => undefined,
      );
  }
}
const KIB = 1024;
const MAIN = 0;

/** The follower reads what each thread has computed, without any help of the program. */
const isToldOutside = (): boolean => process.platform === 'linux';

function asker<T>(prototype: object, method: string): ((worker: object) => Promise<T>) | undefined {
  const ask = getOwnPropertyDescriptor(prototype, method)?.value as unknown;
  return ask ? uncurried(ask as (this: object) => Promise<T>) : undefined;
}

type Look = Record<'heard' | 'unheard' | 'idle' | 'busy', number[]>;

function lookAt({ id, worker, utilization }: Watched, { heard, unheard, idle, busy }: Look, unbegun: number[]): void {
  const ids = listenersFor(worker, 'message') === undefined ? unheard : heard;
  ids[ids.length] = id;
  const first = utilization();
  const hasBegun = first.idle > 0 || first.active > 0; // not while its script runs for the first time
  const share = !hasBegun ? unbegun : utilization().idle > first.idle ? idle : busy; // while it waits, its idle time grows
  share[share.length] = id;
}

type WatchedSet = Set<Watched>;
const setAdd = uncurried(addToSet as (this: WatchedSet, item: Watched) => WatchedSet);
const setDelete = uncurried(deleteFromSet as (this: WatchedSet, item: Watched) => boolean);
const setSize = uncurried(sizeOfSet);
const setForEach = uncurried(forEachOfSet as (this: WatchedSet, each: (item: Watched) => void) => void);
