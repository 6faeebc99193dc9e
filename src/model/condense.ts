// Keeps the model small however many threads and processes a program starts: those that ended long ago are summed up, with
// all that can be concluded of them by then. A step of its own, so that folding stays a matter of facts alone. Pure.
import { grouped } from '../common/grouped';
import { endedApart } from './conclusions/endings';
import { ownerOf } from './conclusions/once';
import { isMain, type Changes, type Model, type ProcessFacts, type ThreadFacts } from './facts/facts';
import { sumUpProcesses } from './sums/processes';
import { sumUpThreads } from './sums/threads';

/** After this long nothing more is reported of a thread or a process that has ended, in µs. */
const SETTLED_AFTER = 5e6;
const LEAST_NEW = 500;
/** How many processes that have ended are kept whole, the newest; and how many more there must be before it is worth a look. */
const KEPT_PROCESSES = 200;
const LEAST_NEW_PROCESSES = 50;

export class Condenser {
  /** How many threads there must be before it is worth a look. */
  private next = 0;

  /**
   * @param kept how many ended threads of the session are kept whole, the newest
   * @param every after how many new threads it is worth a look at all of them
   */
  constructor(
    private readonly model: Model,
    private readonly kept: number,
    private readonly every = Math.max(LEAST_NEW, 2 * kept),
  ) {}

  /** @param now the latest moment that is known of, in µs */
  run(now: number, changes: Changes): void {
    const { processes, open } = this.model;
    if (processes.size - open >= KEPT_PROCESSES + LEAST_NEW_PROCESSES) this.lookAtProcesses(now, changes);
    if (this.threads >= this.next) this.look(now, changes);
  }

  /** Nothing more will be reported. */
  finish(changes: Changes): void {
    this.lookAtProcesses(Infinity, changes);
    this.look(Infinity, changes);
  }

  private lookAtProcesses(now: number, changes: Changes): void {
    const ended = endedProcesses(this.model, now);
    const surplus = ended.slice(0, Math.max(0, ended.length - KEPT_PROCESSES));
    if (surplus.length > 0) sumUpProcesses(this.model, surplus, changes);
  }

  private look(now: number, changes: Changes): void {
    const settled = [...this.model.processes.values()].flatMap((process) => settledIn(process, now));
    const surplus = settled.length - this.kept;
    if (surplus > 0) {
      settled.sort((a, b) => a.t - b.t || b.thread.id - a.thread.id);
      const gone = grouped(settled.slice(0, surplus), ({ process }) => process);
      for (const [process, all] of gone)
        sumUpThreads(
          process,
          all.map(({ thread }) => thread),
          changes,
        );
      this.model.revision++;
    }
    this.next = this.threads + this.every;
  }

  private get threads(): number {
    let count = 0;
    for (const { threads } of this.model.processes.values()) count += threads.size;
    return count;
  }
}

interface Settled {
  process: ProcessFacts;
  thread: ThreadFacts;
  /** When it and all below it had ended. */
  t: number;
}

/** Workers that ended some time ago, with all that they started. Who was cut off with the process is kept. */
function settledIn(process: ProcessFacts, now: number): Settled[] {
  const open = new Set<ThreadFacts>();
  const ends = new Map<ThreadFacts, number>();
  for (const thread of process.threads.values()) {
    const end = isMain(thread) ? undefined : endedApart(process, thread)?.t;
    if (end !== undefined && now - end >= SETTLED_AFTER) ends.set(thread, end);
    else for (let one: Owner = thread; one && !open.has(one); one = ownerOf(process, one)) open.add(one);
  }
  for (const thread of open) ends.delete(thread);
  // Who started a thread has a smaller number, so all below it is known when it is looked at.
  for (const thread of [...ends.keys()].sort((a, b) => b.id - a.id)) {
    const [owner, end] = [ownerOf(process, thread), ends.get(thread)!];
    if (owner && ends.get(owner)! < end) ends.set(owner, end);
  }
  return [...ends].map(([thread, t]) => ({ process, thread, t }));
}
type Owner = ThreadFacts | undefined;

/**
 * Those of which nothing more will be heard, by their ends. The first of each run is kept, and those of which too little is
 * known to sum it up.
 */
function endedProcesses({ processes }: Model, now: number): ProcessFacts[] {
  const runs = new Set<number>();
  const ended = [...processes.values()].filter(({ run, end, unsupported, unwritten }) => {
    const isFirst = !runs.has(run);
    runs.add(run);
    const isKnown = !isFirst && !unsupported && !unwritten;
    return isKnown && end !== undefined && end.how !== 'lost-contact' && now - end.t >= SETTLED_AFTER;
  });
  return ended.sort((a, b) => a.end!.t - b.end!.t);
}
