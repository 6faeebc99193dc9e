// Tasks of the event loop of one thread: those that have not ended, the last that have, and how many there were by what they run.
// Pure.
import type { AsyncTask, AsyncTaskEnd, AsyncTaskEvent } from '../../../protocol/probeEvents';

export interface PastAsyncTask extends AsyncTask {
  ended: AsyncTaskEnd;
}

/** Kept of one thread. */
const MOST_ENDED = 200;
const MOST_OPEN = 1000;
const MOST_NAMES = 50;

export class AsyncTaskLog {
  private readonly open = new Map<number, AsyncTask>();
  /** Ends of which the beginnings are not known so far. */
  private readonly early = new Map<number, AsyncTaskEnd>();
  private readonly past = new Map<number, PastAsyncTask>();
  /** Numbers up to this one are not kept any more, unless they are open. */
  private forgotten = -1;
  private readonly names = new Map<string, number>();
  private made = 0;
  private untold = 0;

  fold(event: AsyncTaskEvent): void {
    if (event.k === 'async-tasks-left-out') this.untold = Math.max(this.untold, event.count);
    else if (event.k === 'async-task') this.begin(event);
    else this.end(event);
  }

  /** Those that have not ended, as far as they are kept. */
  get pending(): readonly AsyncTask[] {
    return [...this.open.values()];
  }

  /** The last that were told to have ended. */
  get ended(): readonly PastAsyncTask[] {
    return [...this.past.values()];
  }

  /** How many were told, and how many were not because there were too many at once. */
  get count(): number {
    return this.made;
  }
  get leftOut(): number {
    return this.untold;
  }

  /** How many by what they run; of very many names the first. */
  get byName(): ReadonlyMap<string, number> {
    return this.names;
  }

  private begin(event: AsyncTask): void {
    if (event.n <= this.forgotten || this.open.has(event.n) || this.past.has(event.n)) return;
    this.made++;
    const name = event.runs ?? event.name ?? '';
    if (this.names.has(name) || this.names.size < MOST_NAMES) this.names.set(name, (this.names.get(name) ?? 0) + 1);
    const end = this.early.get(event.n);
    if (end) this.close(event, end);
    else keep(this.open, event);
  }

  private end(event: AsyncTaskEnd): void {
    const begun = this.open.get(event.n);
    if (begun) this.close(begun, event);
    else if (event.n > this.forgotten && !this.past.has(event.n)) keep(this.early, event);
  }

  private close(task: AsyncTask, ended: AsyncTaskEnd): void {
    this.open.delete(task.n);
    this.early.delete(task.n);
    this.past.set(task.n, { ...task, ...(ended.name === undefined ? {} : { name: ended.name }), ended });
    if (this.past.size <= MOST_ENDED) return;
    const gone = this.past.keys().next().value!;
    this.past.delete(gone);
    this.forgotten = Math.max(this.forgotten, gone);
  }
}

/** The newest. */
function keep<T extends { n: number }>(map: Map<number, T>, event: T): void {
  if (!map.has(event.n)) map.set(event.n, event);
  if (map.size > MOST_OPEN) map.delete(map.keys().next().value!);
}
