// Lines out of chunks of bytes.
import * as fs from 'node:fs';

export const NEWLINE = 0x0a;
/** Of ours none is nearly so long; in bytes. */
const LONGEST_LINE = 32 * 1024 * 1024;
/** Stands for a line that is too long to be one of ours: it reads as damaged. */
const TOO_LONG = '?';

/** Cuts chunks into whole lines; bytes after the last newline wait for the next chunk. */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restLength = 0;
  private isTooLong = false;

  push(chunk: Buffer): string[] {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.keep(Buffer.from(chunk));
      return [];
    }
    const text = Buffer.concat([...this.rest, chunk.subarray(0, end)]).toString('utf8');
    const lines = text.split('\n');
    if (this.isTooLong) lines[0] = TOO_LONG;
    this.forget();
    this.keep(Buffer.from(chunk.subarray(end + 1)));
    return lines.filter((line) => line !== '');
  }

  /** What comes after the last newline: a line that was never finished. */
  takeRest(): string {
    const text = this.isTooLong ? TOO_LONG : Buffer.concat(this.rest).toString('utf8');
    this.forget();
    return text;
  }

  private keep(bytes: Buffer): void {
    if (this.isTooLong || bytes.length === 0) return;
    this.rest.push(bytes);
    this.restLength += bytes.length;
    if (this.restLength <= LONGEST_LINE) return;
    this.forget();
    this.isTooLong = true;
  }

  private forget(): void {
    this.rest = [];
    this.restLength = 0;
    this.isTooLong = false;
  }
}

const CHUNK_BYTES = 1 << 20;
/** Where the size is not known, as of a pipe. */
const LEAST_CHUNK_BYTES = 4096;

export interface Chunk {
  lines: string[];
  /** How much of the file has been read, of 1. */
  share: number;
}

/** The lines of a file, as many at once as a chunk of it holds: it may be larger than memory. */
export function* chunksOf(file: string): Generator<Chunk, undefined> {
  const fd = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(fd);
    const chunk = Buffer.allocUnsafe(Math.max(LEAST_CHUNK_BYTES, Math.min(CHUNK_BYTES, size + 1)));
    const splitter = new LineSplitter();
    let read = 0;
    for (let count; (count = fs.readSync(fd, chunk)) > 0;) {
      read += count;
      yield { lines: splitter.push(chunk.subarray(0, count)), share: Math.min(1, read / Math.max(1, size)) };
    }
    const rest = splitter.takeRest();
    yield { lines: rest === '' ? [] : [rest], share: 1 };
  } finally {
    fs.closeSync(fd);
  }
  return undefined;
}
