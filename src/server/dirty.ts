// Files whose diagnostics have to be sent again to a client that keeps asking for those of the workspace.

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
   * Removes and returns the files as soon as there are any; undefined: all files. Returns none when `cancelled` resolves
   * first.
   * @param cancelled resolves when nobody waits any more
   */
  async take(cancelled: Promise<unknown>): Promise<ReadonlySet<string> | undefined> {
    if (!this.isAll && this.files.size === 0)
      await Promise.race([cancelled, new Promise<void>((resolve) => (this.wake = resolve))]);
    this.wake = undefined;
    const { files, isAll } = this;
    this.files = new Set();
    this.isAll = false;
    return isAll ? undefined : files;
  }
}
