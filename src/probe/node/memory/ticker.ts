// Comes back from time to time without a timer: a timer has an id that programs can count, and stands in lists that they
// read. A wait on a word of shared memory keeps nothing alive and is seen nowhere.
import { SLOT } from './slot';
import { load, now, thenOfPromises, uncurried, waitAsync } from '../tools/builtins';

/** News wait so long for more, in ms. */
const DRAIN_MS = 40;
/** Between two samples, in ms: short at first, longer while a thread goes on living, and for many workers. */
const FIRST_SAMPLE_MS = 200;
const LONGEST_SAMPLE_MS = 1_000;
const MS_A_WORKER = 5;

/** A wait that ends later than this after its time, in ms, was held up by a loop that did not turn. */
const STALL_MS = 100;

function longer(interval: number, workers: number): number {
  const longest = workers * MS_A_WORKER > LONGEST_SAMPLE_MS ? workers * MS_A_WORKER : LONGEST_SAMPLE_MS;
  return interval * 2 < longest ? interval * 2 : longest;
}

const then = uncurried(thenOfPromises as (this: Promise<unknown>, next: () => void) => void);

export interface Duties {
  drain: () => void;
  /** Returns of how many workers. */
  sample: () => number;
  /** What keeps the loop turning may have changed. */
  look: () => void;
  /** It sleeps until then, in µs. */
  sleeping: (due: number) => void;
  /** The loop has not turned for at least so many ms. */
  stalled: (ms: number) => void;
}

/**
 * Calls `drain` soon after there is news in `common` (without it: each time), and `sample` more and more rarely. None of
 * them may throw.
 */
export function everySoOften(common: Int32Array | undefined, { drain, sample, look, sleeping, stalled }: Duties): void {
  const wait = waitAsync;
  if (!wait || typeof SharedArrayBuffer !== 'function') return; // all is told at the end
  const still = new Int32Array(new SharedArrayBuffer(4));
  let interval = FIRST_SAMPLE_MS;
  let due = now() + interval * 1000;

  const sleep = (words: Int32Array, index: number, ms: number, next: () => void): void => {
    const timeout = ms > 1 ? ms : 1;
    sleeping(now() + timeout * 1000);
    const { async, value } = wait(words, index, 0, timeout);
    if (!async) return next();
    const due = now() + timeout * 1000;
    then(value, () => {
      const late = (now() - due) / 1000; // woken or not, it would have ended by then
      if (late > STALL_MS) stalled(late);
      next();
    });
  };
  const tick = (): void => {
    drain();
    if (now() >= due) {
      const workers = sample();
      interval = longer(interval, workers);
      due = now() + interval * 1000;
    } else look();
    rest();
  };
  const rest = (): void => {
    const left = (due - now()) / 1000;
    if (common) sleep(common, SLOT.news, left, gather);
    else sleep(still, 0, left, tick);
  };
  const gather = (): void => {
    if (common && load(common, SLOT.news) !== 0) sleep(still, 0, DRAIN_MS, tick);
    else tick();
  };
  rest();
}
