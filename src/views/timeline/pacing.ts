// Of threads that a place does not show, the numbers of what they do need not be heard at once: they go on all the time,
// and to copy a thousand of them with each delta would keep its page busy with what nobody sees. What is told of them
// is spread over the deltas of half a second. All else is told as it comes.
import { isSameData } from '../../common/sameData';
import type { Delta, Snapshot, ThreadPicture } from '../../protocol/picture';
import type { Look } from '../../protocol/tracks';

/** ms after which all that is held back has been told, while deltas come; and without one. */
const ALL_WITHIN_MS = 500;
const QUIET_MS = 100;

export class Pacing {
  /** As they were heard last. */
  private latest = new Map<string, ThreadPicture>();
  /** What is still to be told, the oldest first. */
  private readonly held = new Map<string, ThreadPicture>();
  private inView: ReadonlySet<string> = new Set();
  private last: Delta | undefined;
  /** ms */
  private tookAt = 0;
  private timer: NodeJS.Timeout | undefined;

  /** `tell` is called when no delta comes for a while. */
  constructor(
    private readonly tell: (delta: Delta) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** The place gets all of this. */
  begin({ threads }: Snapshot): void {
    this.stop();
    this.latest = new Map(threads.map((thread) => [thread.key, thread]));
  }

  look({ threads, messagesOf }: Look): void {
    this.inView = new Set([...threads, ...messagesOf]);
  }

  /** What is to be told in place of it. */
  take(delta: Delta): Delta {
    const now = this.clock();
    const threads: ThreadPicture[] = [];
    for (const key of delta.removed ?? []) {
      this.latest.delete(key);
      this.held.delete(key);
    }
    for (const thread of delta.threads) {
      const before = this.latest.get(thread.key);
      this.latest.set(thread.key, thread);
      const canWait = !this.inView.has(thread.key) && before && isSameData(before, thread, 'activity');
      if (canWait) this.held.set(thread.key, thread);
      else {
        this.held.delete(thread.key);
        threads.push(thread);
      }
    }
    const share = delta.complete ? 1 : (now - this.tookAt) / ALL_WITHIN_MS;
    threads.push(...this.due(Math.ceil(this.held.size * Math.min(share, 1))));
    this.tookAt = now;
    this.last = delta;
    this.askAgain();
    return { ...delta, threads };
  }

  stop(): void {
    clearTimeout(this.timer);
    this.held.clear();
    this.last = undefined;
  }

  private *due(count: number): Iterable<ThreadPicture> {
    let left = count;
    for (const [key, thread] of this.held) {
      if (left-- <= 0 && !this.inView.has(key)) continue;
      this.held.delete(key);
      yield thread;
    }
  }

  private askAgain(): void {
    clearTimeout(this.timer);
    if (this.held.size > 0) this.timer = setTimeout(() => this.tellRest(), QUIET_MS);
  }

  private tellRest(): void {
    if (!this.last) return;
    const { title, revision, now, damaged, complete, notices } = this.last;
    const threads = [...this.held.values()];
    this.held.clear();
    this.tell({ title, revision, from: revision, now, damaged, complete, notices, processes: [], threads });
  }
}
