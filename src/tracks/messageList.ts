// Messages from one thread to another, by the time of their post: 12 bytes each, and for every so many the latest moment
// at which one of them was under way, so that those that were at some moment are found without looking at all. Pure.

const FIRST = 8;
const BLOCK = 64;
/** What a list takes in addition to its columns, roughly, in bytes. */
const OWN_BYTES = 400;

/** Indexes in a list: some before `from` that were under way then, and all from `low` up to, and without, `high`. */
export interface InView {
  early: number[];
  low: number;
  high: number;
}

export class MessageList {
  private posts = new Float64Array(FIRST);
  /** µs from post to delivery; -1: never delivered. */
  private times = new Float32Array(FIRST);
  /** Of each block, when the last of its messages was delivered. */
  private ends = new Float64Array(1);
  length = 0;

  get bytes(): number {
    return this.posts.byteLength + this.times.byteLength + this.ends.byteLength + OWN_BYTES;
  }

  postedAt(i: number): number {
    return this.posts[i]!;
  }

  /** NaN: never. */
  receivedAt(i: number): number {
    const took = this.times[i]!;
    return took < 0 ? NaN : this.posts[i]! + took;
  }

  /** In any order; to tell what is older than the last costs as much as there is after it. */
  add(messages: [posted: number, took: number][]): void {
    messages.sort(([a], [b]) => a - b);
    const first = messages[0]?.[0] ?? 0;
    const at = this.indexOf(first);
    const later = Array.from({ length: this.length - at }, (_, i): [number, number] => [
      this.posts[at + i]!,
      this.times[at + i]!,
    ]);
    this.length = at;
    this.ends.fill(0, Math.ceil(at / BLOCK));
    this.refreshEnd();
    const all = later.length === 0 ? messages : [...later, ...messages].sort(([a], [b]) => a - b);
    for (const [posted, took] of all) this.push(posted, took);
  }

  inView(from: number, to: number): InView {
    const low = this.indexOf(from);
    const high = this.indexOf(to);
    const early: number[] = [];
    for (let block = 0; block * BLOCK < low; block++) {
      if (this.ends[block]! < from) continue;
      const end = Math.min(low, (block + 1) * BLOCK);
      for (let i = block * BLOCK; i < end; i++) if (this.posts[i]! + this.times[i]! >= from) early.push(i);
    }
    return { early, low, high };
  }

  posted(from: number, to: number): number {
    return this.indexOf(to) - this.indexOf(from);
  }

  /** How many were delivered in that time. */
  received(from: number, to: number): number {
    const { early, low, high } = this.inView(from, to);
    let count = 0;
    const look = (i: number): void => {
      const t = this.receivedAt(i);
      if (t >= from && t < to) count++;
    };
    early.forEach(look);
    for (let i = low; i < high; i++) look(i);
    return count;
  }

  *blockStarts(): Iterable<number> {
    for (let i = 0; i < this.length; i += BLOCK) yield this.posts[i]!;
  }

  /** Forgets what was posted before `t`; returns how many messages that were. */
  forget(t: number): number {
    const count = this.indexOf(t);
    if (count === 0) return 0;
    const rest = Array.from({ length: this.length - count }, (_, i): [number, number] => [
      this.posts[count + i]!,
      this.times[count + i]!,
    ]);
    this.posts = new Float64Array(FIRST);
    this.times = new Float32Array(FIRST);
    this.ends = new Float64Array(1);
    this.length = 0;
    for (const [posted, took] of rest) this.push(posted, took);
    return count;
  }

  /** Index of the first that was posted at `t` or later. */
  private indexOf(t: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.posts[middle]! < t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private push(posted: number, took: number): void {
    if (this.length === this.posts.length) this.grow();
    const i = this.length++;
    this.posts[i] = posted;
    this.times[i] = took;
    const block = Math.floor(i / BLOCK);
    this.ends[block] = Math.max(this.ends[block]!, posted + took);
  }

  /** Of the last block, when some of it have been taken out. */
  private refreshEnd(): void {
    const block = Math.floor(this.length / BLOCK);
    this.ends[block] = 0;
    for (let i = block * BLOCK; i < this.length; i++)
      this.ends[block] = Math.max(this.ends[block], this.posts[i]! + this.times[i]!);
  }

  private grow(): void {
    const size = this.length + Math.max(FIRST, this.length >> 3);
    const posts = new Float64Array(size);
    const times = new Float32Array(size);
    const ends = new Float64Array(Math.ceil(size / BLOCK) + 1);
    posts.set(this.posts);
    times.set(this.times);
    ends.set(this.ends);
    Object.assign(this, { posts, times, ends });
  }
}
