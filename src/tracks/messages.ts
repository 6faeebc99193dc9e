// Messages between threads, a list for each pair of them. Pure.
import type { MessageColumns, SeenMessages } from '../protocol/tracks';
import { MessageList } from './messageList';

/** How many messages are sent one by one; of more, evenly chosen ones. */
const MOST_SEEN = 2000;

interface Pair {
  from: string;
  to: string;
  list: MessageList;
}

interface Chosen {
  pair: Pair;
  i: number;
}

export class Messages {
  /** By sender and receiver, and all that a thread has a part in. */
  private readonly pairs = new Map<string, Map<string, Pair>>();
  private readonly byThread = new Map<string, Set<Pair>>();
  bytes = 0;

  add({ threads, from, to, base, posted, took }: MessageColumns): void {
    const news = new Map<Pair, [posted: number, took: number][]>();
    for (let i = 0; i < posted.length; i++) {
      const pair = this.pairOf(threads[from[i]!]!, threads[to[i]!]!);
      const message: [number, number] = [base + posted[i]!, took[i]!];
      const told = news.get(pair);
      if (told) told.push(message);
      else news.set(pair, [message]);
    }
    for (const [{ list }, told] of news) {
      this.bytes -= list.length > 0 ? list.bytes : 0;
      list.add(told);
      this.bytes += list.bytes;
    }
  }

  /** Those from or to one of these threads that were under way between two moments. */
  see(threads: string[], from: number, to: number): SeenMessages {
    const pairs = [...new Set(threads.flatMap((thread) => [...(this.byThread.get(thread) ?? [])]))];
    const views = pairs.map((pair) => ({ pair, view: pair.list.inView(from, to) }));
    const count = views.reduce((sum, { view }) => sum + view.early.length + view.high - view.low, 0);
    const every = Math.max(1, Math.ceil(count / MOST_SEEN));
    const chosen: Chosen[] = [];
    let next = 0; // of all that follow, the one to choose
    for (const { pair, view } of views) {
      const { early, low, high } = view;
      const all = early.length + high - low;
      for (; next < all; next += every)
        chosen.push({ pair, i: next < early.length ? early[next]! : low + next - early.length });
      next -= all;
    }
    chosen.sort((a, b) => a.pair.list.postedAt(a.i) - b.pair.list.postedAt(b.i));
    return columnsOf(chosen, count);
  }

  posted(thread: string, from: number, to: number): number {
    return this.sum(thread, (pair) => (pair.from === thread ? pair.list.posted(from, to) : 0));
  }

  received(thread: string, from: number, to: number): number {
    return this.sum(thread, (pair) => (pair.to === thread ? pair.list.received(from, to) : 0));
  }

  *blockStarts(): Iterable<number> {
    for (const pairs of this.pairs.values()) for (const { list } of pairs.values()) yield* list.blockStarts();
  }

  /** Forgets all messages from and to these threads. */
  forgetThreads(threads: string[]): void {
    for (const thread of threads) {
      for (const pair of this.byThread.get(thread) ?? []) this.forgetPair(pair);
      this.byThread.delete(thread);
    }
  }

  private forgetPair(pair: Pair): void {
    const { from, to, list } = pair;
    this.bytes -= list.length > 0 ? list.bytes : 0;
    const receivers = this.pairs.get(from);
    receivers?.delete(to);
    if (receivers?.size === 0) this.pairs.delete(from);
    for (const thread of [from, to]) this.byThread.get(thread)?.delete(pair);
  }

  /** Forgets what was posted before `t`; returns how many messages that were. */
  forget(t: number): number {
    let count = 0;
    this.bytes = 0;
    for (const pairs of this.pairs.values()) {
      for (const { list } of pairs.values()) {
        count += list.forget(t);
        if (list.length > 0) this.bytes += list.bytes;
      }
    }
    return count;
  }

  private sum(thread: string, of: (pair: Pair) => number): number {
    let sum = 0;
    for (const pair of this.byThread.get(thread) ?? []) sum += of(pair);
    return sum;
  }

  private pairOf(from: string, to: string): Pair {
    let receivers = this.pairs.get(from);
    if (!receivers) this.pairs.set(from, (receivers = new Map<string, Pair>()));
    let pair = receivers.get(to);
    if (!pair) {
      receivers.set(to, (pair = { from, to, list: new MessageList() }));
      for (const thread of [from, to]) {
        const known = this.byThread.get(thread);
        if (known) known.add(pair);
        else this.byThread.set(thread, new Set([pair]));
      }
    }
    return pair;
  }
}

function columnsOf(chosen: Chosen[], count: number): SeenMessages {
  const numbers = new Map<string, number>();
  const numberOf = (thread: string): number => {
    const number = numbers.get(thread) ?? numbers.size;
    numbers.set(thread, number);
    return number;
  };
  return {
    from: Uint16Array.from(chosen, ({ pair }) => numberOf(pair.from)),
    to: Uint16Array.from(chosen, ({ pair }) => numberOf(pair.to)),
    posted: Float64Array.from(chosen, ({ pair, i }) => pair.list.postedAt(i)),
    received: Float64Array.from(chosen, ({ pair, i }) => pair.list.receivedAt(i)),
    threads: [...numbers.keys()],
    more: count - chosen.length,
  };
}
