// Things in the order of their times. Pure.

const NOTHING: never[] = [];

/** Put in order only when they are looked at: in whatever order they come, all of them together cost no more than to sort. */
export class ByTime<T extends { t: number }> implements Iterable<T> {
  private items: T[] = NOTHING;
  private isInOrder = true;

  /**
   * @param order of two at the same moment; without, as they came
   * @param isSame of two at the same moment: the one that came later does not count
   */
  constructor(
    private readonly order?: (a: T, b: T) => number,
    private readonly isSame?: (a: T, b: T) => boolean,
  ) {}

  add(item: T): void {
    if (this.items === NOTHING) this.items = [];
    if (this.items.length > 0 && this.items.at(-1)!.t >= item.t) this.isInOrder = false;
    this.items.push(item);
  }

  get all(): readonly T[] {
    if (!this.isInOrder) this.putInOrder();
    return this.items;
  }

  get length(): number {
    return this.all.length;
  }

  at(i: number): T | undefined {
    return this.all.at(i);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.all[Symbol.iterator]();
  }

  private putInOrder(): void {
    const { items, order } = this;
    items.sort((a, b) => a.t - b.t || (order?.(a, b) ?? 0));
    let kept = 0;
    for (const item of items) if (!this.isKnown(item, kept)) items[kept++] = item;
    items.length = kept;
    this.isInOrder = true;
  }

  /** Among the first `count`. */
  private isKnown(item: T, count: number): boolean {
    if (!this.isSame) return false;
    for (let i = count - 1; i >= 0 && this.items[i]!.t === item.t; i--)
      if (this.isSame(this.items[i]!, item)) return true;
    return false;
  }
}
