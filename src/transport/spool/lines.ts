// Lines out of chunks of bytes.
const NEWLINE = 0x0a;

/** Cuts chunks into whole lines; bytes after the last newline wait for the next chunk. */
export class LineSplitter {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.rest = Buffer.concat([this.rest, chunk]);
      return [];
    }
    const whole = Buffer.concat([this.rest, chunk.subarray(0, end)]).toString('utf8');
    this.rest = Buffer.from(chunk.subarray(end + 1));
    return whole.split('\n').filter((line) => line !== '');
  }

  /** What stands after the last newline: a line that was never finished. */
  takeRest(): string {
    const text = this.rest.toString('utf8');
    this.rest = Buffer.alloc(0);
    return text;
  }
}
