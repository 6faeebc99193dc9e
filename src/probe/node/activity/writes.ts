// Writes that a thread has begun and does not wait for: in flight while they are not finished. They are seen below
// Node's file-system functions, where callbacks, promises and streams all pass, so no frame of ours stands on a program's
// stack and no function that it can reach is replaced.
import { ActivityKind, FileId } from '../../../protocol/activity';
import {
  apply,
  defineProperty,
  deleteFromMap,
  getOfMap,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isExtensible,
  readlinkSync,
  setOfMap,
  sizeOfMap,
  thenOfPromises,
  uncurried,
  ownKeys,
} from '../tools/builtins';
import { binding } from '../tools/bindings';
import type { Ports } from './messages';
import { beforeInternal, replaceMethodWhile, valueOfSymbol } from '../tools/internals';
import { beforeLookup, replaceMethod } from '../tools/replace';
import type { Ring } from '../memory/ring';

const then = uncurried(thenOfPromises as (this: Promise<unknown>, done: () => void, failed: () => void) => unknown);
/** In bytes: a path stands in the ring, where there is little room. */
const LONGEST_PATH = 512;

/** Where in the arguments of Node's internal function stands whoever hears of the end: a request, or a symbol for a promise. */
const WRITES: Record<string, { request: number; bytes: (args: unknown[]) => number }> = {
  writeBuffer: { request: 5, bytes: (args) => Number(args[3]) || lengthOf(args[1]) },
  writeBuffers: { request: 3, bytes: (args) => sumOf(args[1] as unknown[]) },
  writeString: { request: 4, bytes: (args) => String(args[1]).length },
};

export function observeWrites(ring: Ring, ports: Ports, isWorker: boolean, missing: string[]): void {
  const fs = binding('fs');
  const files = new Files(ring);
  let writes = 0;
  const written = (write: Begun): void => ring.put(ActivityKind.written, write.file, 0, write.number);
  const begin = (fd: unknown, bytes: number): Begun => {
    const write = { file: files.of(Number(fd)), number: ++writes };
    ring.put(ActivityKind.write, write.file, bytes, write.number);
    return write;
  };
  const names = ownKeys(WRITES) as string[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const { request, bytes } = WRITES[name]!;
    const hear = (_: object, args: unknown[]): void => {
      const asked = args[request];
      if (typeof asked === 'object' && asked !== null) (asked as Request)[BEGUN] = begin(args[0], bytes(args));
    };
    const promised = (args: unknown[], result: unknown): void => {
      if (typeof args[request] !== 'symbol') return;
      const write = begin(args[0], bytes(args));
      const done = (): void => written(write);
      then(result as Promise<unknown>, done, done);
    };
    if (!fs || !replaceMethod(fs, name, hear, undefined, promised)) missing.push(`fs.${name}`);
  }
  if (!fs || !onComplete(fs, written)) missing.push('fs.FSReqCallback');
  if (
    !fs ||
    !replaceMethodWhile(
      fs,
      'close',
      () => files.areOpen,
      (_, args) => files.closed(Number(args[0])),
    )
  )
    missing.push('fs.close');
  const handles = (fs?.['FileHandle'] as { prototype: { fd?: number } } | undefined)?.prototype;
  const closing = (handle: { fd?: number }): void => {
    if (handle !== handles) files.closed(Number(handle.fd));
  };
  if (!handles || !beforeLookup(handles, 'close', closing)) missing.push('FileHandle.close');
  if (isWorker) {
    const standard = new StandardStreams(ring, ports);
    ports.onUnknown = (port) => {
      if (standard.begin(port)) ports.onUnknown = undefined;
    };
  }
}

/** Names each file descriptor when it is first written to. */
class Files {
  private readonly ids = new Map<number, number>();
  private next: number = FileId.firstOther;

  constructor(private readonly ring: Ring) {}

  get areOpen(): boolean {
    return mapSize(this.ids) > 0;
  }

  of(fd: number): number {
    const known = mapGet(this.ids, fd);
    if (known !== undefined) return known;
    const file = this.next++;
    mapSet(this.ids, fd, file);
    this.name(file, fd);
    return file;
  }

  closed(fd: number): void {
    const file = mapGet(this.ids, fd);
    if (file === undefined) return;
    mapDelete(this.ids, fd);
    this.ring.put(ActivityKind.closed, file, 0, 0);
  }

  private name(file: number, fd: number): void {
    const path = pathOf(fd);
    const length = path ? path.length : 0;
    this.ring.put(ActivityKind.opened, file, fd, length);
    for (let at = 0; at < length; at += 8) {
      this.ring.put(ActivityKind.path, file, wordAt(path!, at), wordAt(path!, at + 4));
    }
  }
}
type Numbers = Map<number, number>;
const mapGet = uncurried(getOfMap as (this: Numbers, key: number) => number | undefined);
const mapSet = uncurried(setOfMap as (this: Numbers, key: number, value: number) => Numbers);
const mapDelete = uncurried(deleteFromMap as (this: Numbers, key: number) => boolean);
const mapSize = uncurried(sizeOfMap);

/** Little-endian; beyond the end are zeros. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

/** Bytes where the system tells it, and it is not too long; else the file is known by its descriptor only. */
function pathOf(fd: number): Uint8Array | undefined {
  try {
    const path = readlinkSync(`/proc/self/fd/${fd}`, 'buffer');
    return path.length <= LONGEST_PATH ? path : undefined;
  } catch {
    return undefined;
  }
}

interface Begun {
  file: number;
  number: number;
}
const BEGUN = Symbol('write');
const CALLBACK = Symbol('oncomplete');
/** Of Node's own, which no program sees. */
interface Request {
  [BEGUN]?: Begun;
  [CALLBACK]?: unknown;
}

/** Node sets `oncomplete` of each request, and looks it up when the request is finished: that is heard. */
function onComplete(fs: Record<string, unknown>, written: (write: Begun) => void): boolean {
  const { prototype } = (fs['FSReqCallback'] ?? {}) as { prototype?: object };
  if (!prototype || !isExtensible(prototype) || getOwnPropertyDescriptor(prototype, 'oncomplete')) return false;
  defineProperty(prototype, 'oncomplete', {
    configurable: true,
    enumerable: true,
    get(this: Request) {
      const begun = this[BEGUN];
      if (begun) written(begun);
      return this[CALLBACK];
    },
    set(this: Request, callback: unknown) {
      this[CALLBACK] = callback;
    },
  });
  return true;
}

/** A worker's standard streams are sent to its owner, who acknowledges. */
class StandardStreams {
  /** By files. Node looks up how to send twice for each time, and not again before the owner has acknowledged. */
  private readonly isSending: Record<number, boolean> = {};

  constructor(
    private readonly ring: Ring,
    private readonly ports: Ports,
  ) {}

  /** `port`: one that sends for the first time. Returns whether it is Node's own, for these streams. */
  begin(port: object): boolean {
    const { stdout, stderr } = process as { stdout: object; stderr: object };
    if (valueOfSymbol(stdout, 'kPort') !== port) return false;
    this.ports.ignore(port);
    const fileOf = (stream: object): number | undefined =>
      stream === stdout ? FileId.stdout : stream === stderr ? FileId.stderr : undefined;
    const prototype = getPrototypeOf(stdout) as object;
    const length = getOwnPropertyDescriptor(getPrototypeOf(prototype), 'writableLength')?.get;
    const sends = (stream: object): void => {
      const file = fileOf(stream);
      if (file === undefined || this.isSending[file]) return;
      const bytes = Number(length && apply(length, stream, [])) || 0;
      if (bytes === 0) return;
      this.isSending[file] = true;
      this.ring.put(ActivityKind.write, file, bytes, 0);
    };
    sends(stdout);
    sends(stderr);
    beforeLookup(prototype, '_writev', sends);
    beforeInternal(prototype, 'kStdioWantsMoreDataCallback', (stream) => {
      const file = fileOf(stream);
      if (file === undefined) return;
      this.isSending[file] = false;
      this.ring.put(ActivityKind.written, file, 0, 0);
    });
    return true;
  }
}

const lengthOf = (data: unknown): number => Number((data as { byteLength?: unknown } | undefined)?.byteLength) || 0;

function sumOf(chunks: unknown[]): number {
  let sum = 0;
  for (let i = 0; i < chunks.length; i++) sum += lengthOf(chunks[i]);
  return sum;
}
