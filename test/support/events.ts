// Builds lifecycle events for tests of the model: sequence numbers are counted, times are given in µs.
import { ActivityKind, RECORD_WORDS, type ActivityKindName } from '../../src/protocol/activity';
import type {
  AsyncTask,
  AsyncTaskEnding,
  LifecycleEvent,
  ProbeRecord,
  Site,
  Thing,
  Wait,
  Waited,
} from '../../src/protocol/probeEvents';
import { PROBE_PROTOCOL_VERSION } from '../../src/protocol/spool';

type RecordOf<K, R = ProbeRecord> = R extends { k: infer Kinds } ? (K extends Kinds ? R : never) : never;
type Told<K extends ProbeRecord['k']> = Omit<RecordOf<K>, 'k' | 'p' | 'tid' | 'q' | 't'>;

/** Its kind, its time in µs, and what it tells, as in the table of activity.ts. */
export type ActivityRecord = [kind: ActivityKindName, t: number, arg: number, a?: number, b?: number];

interface AsyncTaskTold {
  until?: number;
  end?: AsyncTaskEnding;
  error?: string;
}

/** One process's story, told by several threads. */
export class Story {
  readonly events: LifecycleEvent[] = [];
  private readonly next = new Map<number, number>();

  /** @param base what times of activity count from: they have 32 bits */
  constructor(
    readonly p = '100-1000',
    readonly pid = 100,
    private readonly base = 0,
  ) {}

  /** Main's probe begins. */
  begin(t: number, told: Partial<Told<'process-start'>> = {}): this {
    return this.tell(0, t, 'process-start', {
      v: PROBE_PROTOCOL_VERSION,
      pid: this.pid,
      ppid: 1,
      runtime: 'node',
      version: '24.0.0',
      argv: ['/usr/bin/node', '/app/main.js'],
      execArgv: [],
      cwd: '/app',
      wall: 1_700_000_000_000,
      ...told,
    });
  }

  tell<K extends ProbeRecord['k']>(tid: number, t: number, k: K, told: Told<K>): this {
    const q = this.next.get(tid) ?? 0;
    this.next.set(tid, q + 1);
    this.events.push({ k, p: this.p, tid, q, t, ...told } as unknown as LifecycleEvent);
    return this;
  }

  /**
   * A batch of thread `tid`'s ring, drained at `t`.
   * @param n number of its first record; the next one that is due unless given
   */
  activity(tid: number, t: number, records: ActivityRecord[], n = this.nextActivity.get(tid) ?? 0): this {
    this.nextActivity.set(tid, n + records.length);
    const words = new Uint32Array(records.length * RECORD_WORDS);
    records.forEach(([kind, at, arg, a = 0, b = 0], i) =>
      words.set([at - this.base, (ActivityKind[kind] << 24) | arg, a, b], i * RECORD_WORDS),
    );
    const base64 = Buffer.from(words.buffer).toString('base64');
    this.events.push({ k: 'activity', p: this.p, tid, t, base: this.base, n, records: base64 });
    return this;
  }
  private readonly nextActivity = new Map<number, number>();

  /** What keeps a thread's loop turning, as it tells it. */
  resources(tid: number, t: number, counts: Record<string, number>, ports: number[] = [], things: Thing[] = []): this {
    this.events.push({ k: 'resources', p: this.p, tid, t, counts, ports, things });
    return this;
  }

  /** A wait of a thread, as runtimes tell that have no rings; `until` absent: it goes on. */
  waits(
    tid: number,
    t: number,
    what: string,
    { until, outcome = 'done', ...rest }: { until?: number; outcome?: Waited['outcome'] } & Partial<Wait> = {},
  ): this {
    const n = this.nextWait.get(tid) ?? 0;
    this.nextWait.set(tid, n + 1);
    this.events.push({ k: 'wait', p: this.p, tid, t, n, what, ...rest });
    if (until !== undefined) this.events.push({ k: 'waited', p: this.p, tid, t: until, n, outcome });
    return this;
  }
  private readonly nextWait = new Map<number, number>();

  /** A task of a thread's event loop, by its number; `until` absent: its end is not told. */
  asyncTask(
    tid: number,
    t: number,
    n: number,
    { until, end = 'returned', error, ...rest }: AsyncTaskTold & Partial<AsyncTask> = {},
  ): this {
    this.events.push({ k: 'async-task', p: this.p, tid, t, n, ...rest });
    const failed = error === undefined ? {} : { error };
    if (until !== undefined) this.events.push({ k: 'async-task-end', p: this.p, tid, t: until, n, end, ...failed });
    return this;
  }

  /** As the records of a file that is written to for the first time. */
  static opened(t: number, file: number, fd: number, path: string): ActivityRecord[] {
    const bytes = Buffer.alloc(Math.ceil(Buffer.byteLength(path) / 8) * 8);
    bytes.write(path);
    const words = Array.from({ length: bytes.length / 8 }, (_, i): ActivityRecord => {
      return ['path', t, file, bytes.readUInt32LE(i * 8), bytes.readUInt32LE(i * 8 + 4)];
    });
    return [['opened', t, file, fd, Buffer.byteLength(path)], ...words];
  }

  end(t: number, how: 'exit-status' | 'gone' | 'lost-contact', rest: { code?: number; signal?: string } = {}): this {
    this.events.push({ k: 'process-end', p: this.p, t, how, ...rest });
    return this;
  }

  key(id: number): string {
    return `${this.p}:${id}`;
  }
}

export const site = (line: number, file = '/app/main.js'): Site => ({ file, line, column: 3 });
