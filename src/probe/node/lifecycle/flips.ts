// Tells of the flips of workers: whether they keep this thread's loop turning. Each flip is told at once and with its line
// while there are few. A worker that is flipped again and again, as pools do for each task, is only counted: that it began
// is told at once, and what it came to soon after, and before anything else is told of the worker. So whoever kills this
// thread on the way leaves a known stretch of less than a second in which the state is unknown, and never a wrong one.
import type { Site } from '../../../protocol/probeEvents';
import type { Spool } from '../spool/spool';
import { now, thenOfPromises, uncurried, waitAsync } from '../tools/builtins';
import { callSite } from '../tools/callSite';

/** In this time, in µs, so many flips of one worker, and so many of all, are told one by one. */
const WINDOW = 1_000_000;
const MOST_OF_ONE = 16;
const MOST_OF_ALL = 64;
/** The first flips of each worker are, however many it has: nearly all are never flipped again. */
const FIRST = 4;
/** How soon it is told what came of a run, in ms: more and more rarely while it goes on. */
const FIRST_MS = 40;
const LONGEST_MS = 500;
/** A run is over when there was no flip for so long, in µs. */
const CALM = 250_000;

const then = uncurried(thenOfPromises as (this: Promise<unknown>, next: () => void) => void);

/** What is kept of one worker. */
export class Flipped {
  /** How many were told one by one, ever and since then. */
  told = 0;
  inWindow = 0;
  window = 0;
  run: Run | undefined;

  constructor(readonly id: number) {}
}

/** Flips that were not told, and how they left the worker. */
interface Run {
  count: number;
  since: number;
  until: number;
  refd: boolean;
  listener: boolean;
  /** The first calls since it was last told. */
  refAt: Site | undefined;
  unrefAt: Site | undefined;
  /** Whether one was looked for. */
  refSought: boolean;
  unrefSought: boolean;
  /** By then it is told, also if the loop does not turn. */
  due: number;
}

export class Flips {
  private inWindow = 0;
  private window = 0;
  /** Those that have a run. */
  private running: Flipped[] = [];
  private interval = FIRST_MS;
  private waits = false;
  private readonly still: Int32Array | undefined;

  constructor(private readonly spool: Spool) {
    if (waitAsync && typeof SharedArrayBuffer === 'function') this.still = new Int32Array(new SharedArrayBuffer(4));
  }

  /** @param listener it was flipped by a listener that came or went */
  tell(worker: Flipped, refd: boolean, listener: boolean): void {
    const t = now();
    const { run } = worker;
    if (run) return this.add(worker, run, t, refd, listener);
    if (!this.still || this.areFew(worker, t)) return this.tellOne(worker, refd, listener);
    const begun = begin(t);
    worker.run = begun;
    this.running[this.running.length] = worker;
    this.add(worker, begun, t, refd, listener);
    this.comeBack();
  }

  /** Before anything else is told of the worker. */
  settle(worker: Flipped): void {
    const { run } = worker;
    if (!run) return;
    this.report(worker, run, false);
    worker.run = undefined;
    const { running } = this;
    let kept = 0;
    for (let i = 0; i < running.length; i++) if (running[i]!.run) running[kept++] = running[i]!;
    running.length = kept;
  }

  /** Before this thread may end. */
  settleAll(): void {
    const { running } = this;
    for (let i = 0; i < running.length; i++) {
      this.spool.held = i < running.length - 1;
      this.report(running[i]!, running[i]!.run!, false);
      running[i]!.run = undefined;
    }
    running.length = 0;
  }

  private areFew(worker: Flipped, t: number): boolean {
    if (t - worker.window > WINDOW) {
      worker.window = t;
      worker.inWindow = 0;
    }
    if (t - this.window > WINDOW) {
      this.window = t;
      this.inWindow = 0;
    }
    return worker.told < FIRST || (worker.inWindow < MOST_OF_ONE && this.inWindow < MOST_OF_ALL);
  }

  private tellOne(worker: Flipped, refd: boolean, listener: boolean): void {
    worker.told++;
    worker.inWindow++;
    this.inWindow++;
    const at = callSite();
    const told = { id: worker.id, ...(at ? { at } : {}), ...(listener ? { listener: true as const } : {}) };
    this.spool.tell(refd ? 'thread-ref' : 'thread-unref', told);
  }

  /** What each flip of a run costs. */
  private add(worker: Flipped, run: Run, t: number, refd: boolean, listener: boolean): void {
    if (run.count++ === 0) run.since = t;
    run.until = t;
    run.refd = refd;
    run.listener = listener;
    if (refd ? !run.refSought : !run.unrefSought) seekSite(run, refd);
    if (t >= run.due) this.report(worker, run, true);
  }

  private report(worker: Flipped, run: Run, open: boolean): void {
    const { count, since, until, refd, refAt, unrefAt, listener } = run;
    this.spool.tell('thread-flips', {
      id: worker.id,
      count,
      since: count > 0 ? since : until,
      until,
      refd,
      ...(refAt ? { refAt } : {}),
      ...(unrefAt ? { unrefAt } : {}),
      ...(listener ? { listener: true as const } : {}),
      ...(open ? { open: true as const } : {}),
    });
    run.count = 0;
    run.refAt = run.unrefAt = undefined;
    run.refSought = run.unrefSought = false;
    run.due = now() + 2 * this.interval * 1000;
  }

  private comeBack(): void {
    if (this.waits || !this.still || !waitAsync) return;
    const { async, value } = waitAsync(this.still, 0, 0, this.interval);
    if (!async) return;
    this.waits = true;
    then(value, () => {
      this.waits = false;
      try {
        this.reportAll();
      } catch (error) {
        this.spool.problem('flips', error);
      }
    });
  }

  private reportAll(): void {
    const { running } = this;
    const t = now();
    let kept = 0;
    for (let i = 0; i < running.length; i++) {
      const worker = running[i]!;
      const run = worker.run!;
      const open = run.count > 0 && t - run.until < CALM;
      this.spool.held = i < running.length - 1;
      this.report(worker, run, open);
      if (open) running[kept++] = worker;
      else worker.run = undefined;
    }
    running.length = kept;
    if (kept === 0) this.interval = FIRST_MS;
    else {
      this.interval = this.interval * 2 < LONGEST_MS ? this.interval * 2 : LONGEST_MS;
      this.comeBack();
    }
  }
}

const begin = (t: number): Run => ({
  count: 0,
  since: t,
  until: t,
  refd: false,
  listener: false,
  refAt: undefined,
  unrefAt: undefined,
  refSought: false,
  unrefSought: false,
  due: t, // that it begins is told at once
});

function seekSite(run: Run, refd: boolean): void {
  const at = callSite();
  if (refd) {
    run.refAt = at;
    run.refSought = true;
  } else {
    run.unrefAt = at;
    run.unrefSought = true;
  }
}
