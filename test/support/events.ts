// Builds lifecycle events for tests of the model: sequence numbers are counted, times are given in µs.
import type { LifecycleEvent, ProbeRecord, Site } from '../../src/protocol/probeEvents';
import { PROBE_PROTOCOL_VERSION } from '../../src/protocol/spool';

type RecordOf<K, R = ProbeRecord> = R extends { k: infer Kinds } ? (K extends Kinds ? R : never) : never;
type Told<K extends ProbeRecord['k']> = Omit<RecordOf<K>, 'k' | 'p' | 'tid' | 'q' | 't'>;

/** One process's story, told by several threads. */
export class Story {
  readonly events: LifecycleEvent[] = [];
  private readonly next = new Map<number, number>();

  constructor(
    readonly p = '100-1000',
    readonly pid = 100,
  ) {}

  /** Main's probe begins. */
  begin(t: number): this {
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
    });
  }

  tell<K extends ProbeRecord['k']>(tid: number, t: number, k: K, told: Told<K>): this {
    const q = this.next.get(tid) ?? 0;
    this.next.set(tid, q + 1);
    this.events.push({ k, p: this.p, tid, q, t, ...told } as unknown as LifecycleEvent);
    return this;
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
