// Which files need to be told of anew to a client that asks for all of them again and again.

export class Dirty {
  private files = new Set<string>();
  private isAll = true;
  private wake: (() => void) | undefined;

  add(...files: string[]): void {
    for (const file of files) this.files.add(file);
    this.wake?.();
  }

  addAll(): void {
    this.isAll = true;
    this.wake?.();
  }

  /**
   * Resolves when there are any: then takes them out; undefined stands for all. Resolves with none when `given` does.
   * @param given resolves when nobody waits any more
   */
  async take(given: Promise<unknown>): Promise<ReadonlySet<string> | undefined> {
    if (!this.isAll && this.files.size === 0)
      await Promise.race([given, new Promise<void>((resolve) => (this.wake = resolve))]);
    this.wake = undefined;
    const { files, isAll } = this;
    this.files = new Set();
    this.isAll = false;
    return isAll ? undefined : files;
  }
}
