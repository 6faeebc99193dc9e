// What was told of long recordings, kept for the next time that an editor opens them: to read a million threads again takes
// a minute, and what is shown of them is small. It is kept in a folder of the editor's own, for this user alone.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { forJson } from '../common/untrusted';
import type { SnapshotLine, TracksDelta } from '../protocol/tracks';
import { chunksOf } from '../transport/spool/lines';

declare const PRODUCT_VERSION: string;

/** Smaller recordings are read as soon as what was kept of them. */
const LEAST_RECORDING_BYTES = 4 * 1024 * 1024;
/** How many are kept, and how large each may be. */
const MOST_KEPT = 10;
const MOST_BYTES = 128 * 1024 * 1024;
const COPIED_AT_ONCE = 1024 * 1024;
const LONGEST_HEAD = 8192;

/** What the lines depend on beside the recording. */
export interface KeptFor {
  keepThreads: number;
  locale: string | undefined;
}

export class Kept {
  private readonly head: string;
  private readonly target: string;
  private draft: number | undefined;
  private bytes = 0;

  private constructor(
    private readonly folder: string,
    file: string,
    { size, mtimeMs }: fs.Stats,
    of: KeptFor,
  ) {
    const whose = { file, ...of };
    this.head = `${JSON.stringify({ ...whose, by: PRODUCT_VERSION, size, mtimeMs })}\n`;
    this.target = path.join(folder, `${createHash('sha256').update(JSON.stringify(whose)).digest('hex')}.json`);
  }

  /** Undefined where nothing is to be kept. @param file a recording */
  static of(folder: string, file: string, of: KeptFor): Kept | undefined {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size < LEAST_RECORDING_BYTES) return undefined;
    return new Kept(folder, path.resolve(file), stat, of);
  }

  /** Prints what was kept when the same recording was read; returns false where there is nothing. */
  print(write: (bytes: Buffer) => void): boolean {
    const fd = opened(this.target);
    if (fd === undefined) return false;
    try {
      const head = Buffer.from(this.head);
      const found = Buffer.alloc(head.length);
      if (fs.readSync(fd, found) !== head.length || !found.equals(head)) return false;
      for (;;) {
        const chunk = Buffer.allocUnsafe(COPIED_AT_ONCE);
        const count = fs.readSync(fd, chunk);
        if (count === 0) break;
        write(chunk.subarray(0, count));
      }
      fs.futimesSync(fd, new Date(), new Date()); // those that are opened most are kept longest
      return true;
    } finally {
      fs.closeSync(fd);
    }
  }

  /** Keeps a line too. Never throws: the disk may be full. */
  add(line: string): void {
    if (this.bytes > MOST_BYTES) return;
    try {
      this.draft ??= this.begin();
      this.bytes += line.length;
      fs.writeSync(this.draft, line);
    } catch {
      this.bytes = Infinity;
    }
  }

  /** All has been told. What was told of threads that are not in the picture is not kept. @param shown their keys */
  finish(shown: ReadonlySet<string>): void {
    if (this.draft === undefined) return;
    try {
      fs.closeSync(this.draft);
      if (this.bytes <= MOST_BYTES) this.keep(shown);
      tidy(this.folder);
    } catch {
      // it is read anew the next time
    } finally {
      fs.rmSync(this.draftPath, { force: true });
    }
  }

  private begin(): number {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return fs.openSync(this.draftPath, 'w', 0o600);
  }

  private get draftPath(): string {
    return `${this.target}.${process.pid}.draft`;
  }

  /** Line by line: all of them may be more than fits in memory. */
  private keep(shown: ReadonlySet<string>): void {
    const whole = `${this.draftPath}.whole`;
    const fd = fs.openSync(whole, 'w', 0o600);
    try {
      fs.writeSync(fd, this.head);
      for (const { lines } of chunksOf(this.draftPath)) {
        for (const line of lines) {
          const told = JSON.parse(line) as SnapshotLine;
          const kept = 'tracks' in told ? { ...told, tracks: tracksOf(told.tracks, shown) } : told;
          fs.writeSync(fd, `${forJson(kept)}\n`);
        }
      }
    } catch (error) {
      fs.rmSync(whole, { force: true });
      throw error;
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(whole, this.target);
  }
}

function tracksOf({ forgotten: _, ...told }: TracksDelta, shown: ReadonlySet<string>): TracksDelta {
  return { ...told, tracks: told.tracks.filter(({ thread }) => shown.has(thread)) };
}

function opened(file: string): number | undefined {
  try {
    return fs.openSync(file, 'r+');
  } catch {
    return undefined;
  }
}

/** Only the newest stay, and none whose recording is gone: nobody wants to be told of it any more. */
function tidy(folder: string): void {
  const files = fs
    .readdirSync(folder)
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, at: fs.statSync(file).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  files.forEach(({ file }, i) => {
    if (i >= MOST_KEPT || !hasRecording(file)) fs.rmSync(file, { force: true });
  });
}

function hasRecording(kept: string): boolean {
  const fd = fs.openSync(kept, 'r');
  try {
    const bytes = Buffer.alloc(LONGEST_HEAD);
    const head = bytes.toString('utf8', 0, fs.readSync(fd, bytes)).split('\n', 1)[0]!;
    return fs.existsSync((JSON.parse(head) as { file: string }).file);
  } catch {
    return false;
  } finally {
    fs.closeSync(fd);
  }
}
