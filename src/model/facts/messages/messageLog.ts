// Single messages between threads of one process, in columns, until they are reported. Pure.

/** How many are kept between two reports; what comes then is counted. */
const MOST = 1 << 15;
const FIRST = 64;

export interface MessageBatch {
  count: number;
  /** Ids of threads. */
  from: Int32Array;
  to: Int32Array;
  posted: Float64Array;
  /** NaN: never. */
  received: Float64Array;
}

export class MessageLog {
  /** In all. */
  dropped = 0;
  private batch = emptyBatch(0); // most processes have no messages to report

  get length(): number {
    return this.batch.count;
  }

  get isHalfFull(): boolean {
    return this.batch.count >= MOST / 2;
  }

  add(from: number, to: number, posted: number, received: number): void {
    let { batch } = this;
    const i = batch.count;
    if (i === MOST) return this.drop(1);
    if (i === batch.from.length) batch = this.batch = larger(batch);
    batch.from[i] = from;
    batch.to[i] = to;
    batch.posted[i] = posted;
    batch.received[i] = received;
    batch.count++;
  }

  drop(count: number): void {
    this.dropped += count;
  }

  take(): MessageBatch {
    const { batch } = this;
    this.batch = emptyBatch(0);
    return batch;
  }
}

const emptyBatch = (size: number): MessageBatch => ({
  count: 0,
  from: new Int32Array(size),
  to: new Int32Array(size),
  posted: new Float64Array(size),
  received: new Float64Array(size),
});

function larger(old: MessageBatch): MessageBatch {
  const batch = { ...emptyBatch(Math.max(FIRST, old.from.length * 2)), count: old.count };
  batch.from.set(old.from);
  batch.to.set(old.to);
  batch.posted.set(old.posted);
  batch.received.set(old.received);
  return batch;
}
