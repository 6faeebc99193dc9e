// The layout of the memory that the threads of a process share: one slot a thread.
import { RECORD_WORDS } from '../../../protocol/activity';

/** One thread's part of the shared memory, in 32-bit words: a header and the ring. */
export const SLOT = {
  /** 0: free, 1: taken. */
  state: 0,
  thread: 1,
  owner: 2,
  /** Records ever written, by the thread alone; and how many of them are drained or dropped. Both wrap at 2^32. */
  head: 3,
  tail: 4,
  /** Held while someone drains. */
  lock: 5,
  /** A 64-bit float, in µs on the machine's monotonic clock. */
  base: 6,
  /** In the first slot, for the whole process: number of the activity file that is written now; 1 when there is news. */
  segment: 8,
  news: 9,
  /** A 64-bit float, in µs: by when the thread will have turned its loop, unless it runs without a turn; 0: not known. */
  due: 10,
  /** In what the thread waits without turning its loop, one of `Blocking`; 0: in nothing that is known. */
  blocked: 12,
  /** The system's own number of the thread; 0: not known. */
  native: 13,
  headerWords: 16,
} as const;
export const slotBytes = (records: number): number => (SLOT.headerWords + records * RECORD_WORDS) * 4;
