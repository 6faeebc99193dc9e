// Activity: what threads do between their lifecycle events. High-rate, so it is kept in fixed-size binary records in
// memory that all threads of a process share, one ring a thread, and copied from there to the spool in batches. When a
// ring overflows its oldest records go; each record has a number, so what went is counted.

/**
 * What a record tells. `arg` is a 24-bit number; `a` and `b` have 32 bits.
 *
 * | kind           | arg                | a                               | b                           |
 * | -------------- | ------------------ | ------------------------------- | --------------------------- |
 * | post           | port               | –                               | its number on this port, from 1 |
 * | receive        | port               | 1: nobody listened, it is gone  | its number on this port, from 1 |
 * | channel        | port               | the other port of its channel   | –                           |
 * | moved          | port               | port of the message that it went with | number of that message; 0: with the start of the worker |
 * | arrived        | port               | port of the message that it came with | as for moved          |
 * | born           | port               | –                               | –                           |
 * | shut           | port               | –                               | –                           |
 * | poll           | port               | number of a `wait-site`, 0: not known | how many so far; told now and then |
 * | block          | `blockArg`         | timeout in ms; 0: none          | where in shared memory, hashed; 0: not known |
 * | unblock        | what               | 1: another thread woke it       | –                           |
 * | notify         | how many it woke   | where in shared memory, hashed  | µs that the call took       |
 * | write          | file               | bytes                           | its number in this thread   |
 * | written        | file               | –                               | number of the write         |
 * | opened         | file               | its descriptor                  | bytes of its path; 0: not known |
 * | path           | file               | four bytes of its path (UTF-8)  | the next four               |
 * | stall          | –                  | ms by which its loop came late  | –                           |
 * | unturned       | thread it is about | ms since it should have turned its loop | –      |
 * | closed         | file               | –                               | –                           |
 * | loop           | thread it is about | busy share of its loop, 1/1000  | over this many ms           |
 * | heap           | thread it is about | KiB used                        | KiB limit                   |
 * | cpu            | –                  | ms of processor time of the whole process | over this many ms |
 * | lock           | number of its `lock-name` | `lockArg`                | asked: number of a `wait-site`, 0: not known |
 * | broken         | port               | 1: nobody listened for that     | number of the message on this port that could not be deserialized |
 * | astray         | port               | –                               | how many so far; it was posted where nobody is any more: to a thread whose end was known, or on a port that was closed |
 * | pending        | number of a `wait-site`, 0: not known | –            | its number in this thread, from 1; the promise of an `Atomics.waitAsync` |
 * | settled        | –                  | –                               | number of that promise      |
 * | transaction    | number of its `database` | 1: begun; 0: it is over  | begun: number of a `wait-site`, 0: not known |
 * | time           | thread it is about | ms that it has computed so far  | –                           |
 * | task           | port on which a pool gave it | number of its `task-name`, 0: not known | messages that are posted on this port until it is done |
 */
export const ActivityKind = {
  post: 1,
  receive: 2,
  block: 3,
  unblock: 4,
  write: 5,
  written: 6,
  closed: 7,
  loop: 8,
  heap: 9,
  opened: 10,
  path: 11,
  stall: 12,
  poll: 13,
  channel: 14,
  moved: 15,
  arrived: 16,
  born: 17,
  shut: 18,
  unturned: 19,
  cpu: 20,
  notify: 21,
  lock: 22,
  transaction: 23,
  broken: 24,
  astray: 25,
  pending: 26,
  settled: 27,
  task: 28,
  time: 29,
} as const;
export type ActivityKindName = keyof typeof ActivityKind;

/**
 * What a thread waits in without turning its event loop, by stable ids: the words for them are the runtime's (see
 * `model/runtimes`). The set is open: a reader keeps a number that it does not know as `unknown`. Runtimes without rings tell of
 * their waits by ids of their own (`Wait` in `probeEvents.ts`).
 */
export const Blocking = { 'atomics-wait': 1, 'synchronous-child': 2 } as const;
export type BlockingKind = string;
/** What it waits in, and where: number of a `wait-site` of the thread's, 0: not known. */
export const blockArg = (what: number, site: number): number => what | (site << 8);
export const blockOf = (arg: number): { what: number; site: number } => ({ what: arg & 0xff, site: arg >>> 8 });

/** What happens to a request for a lock. `refused`: it was not free, and the request would not wait; `freed` follows. */
export const LockStep = { asked: 1, held: 2, refused: 3, freed: 4 } as const;
export const lockArg = (step: number, isShared: boolean): number => step | (isShared ? 256 : 0);
export const lockOf = (a: number): { step: number; isShared: boolean } => ({
  step: a & 255,
  isShared: (a & 256) !== 0,
});

/** Port 0 is the thread's own way to its owner; a worker's port is named by its thread id, other ports by odd numbers. */
export const PARENT_PORT = 0;
export const portOfWorker = (threadId: number): number => threadId * 2;
/** And by what no port is needed for, messages from thread to thread, by odd numbers that no thread has so many ports for. */
const TO_THREADS = 0x800001;
export const portToThread = (threadId: number): number => TO_THREADS + threadId * 2;
export const threadOfPort = (port: number): number | undefined =>
  port >= TO_THREADS && port % 2 === 1 ? (port - TO_THREADS) / 2 : undefined;
export const workerOfPort = (port: number): number | undefined => (port > 0 && port % 2 === 0 ? port / 2 : undefined);

/** Files of the runtime's own, which have no record that names them. */
export const FileId = { stdout: 1, stderr: 2, firstOther: 3 } as const;

/** 32-bit words of one record: time in µs since the slot's base (low 32 bits), kind and arg, a, b. */
export const RECORD_WORDS = 4;
