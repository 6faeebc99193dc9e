// What the probe puts in place when a thread begins: as little as can be. A main that never makes a worker pays for
// nothing else; what is for workers is compiled and run when there is one.
import { PROBE_PROTOCOL_VERSION } from '../../protocol/spool';
import { observeChannels } from './lifecycle/channels';
import { isObserved, observeExit } from './lifecycle/exit';
import { observeExitListeners } from './lifecycle/exitListeners';
import { observeLocks } from './lifecycle/locks';
import { awaitFirstWorker, whenWorkersCanBeMade } from './lifecycle/firstWorker';
import { hearMade, type Made } from './lifecycle/made';
import { observeReplacing } from './lifecycle/replacing';
import { inherited, placeOfProcess, takeAttachedWorkers } from './spool/place';
import { Spool } from './spool/spool';
import { thenOfPromises, uncurried, waitAsync } from './tools/builtins';
import { valueAt } from './tools/internals';
import { namespaceOfPids } from './tools/namespace';
import { codeOf, part } from './parts';
import type * as Looking from './looking';
import type * as Threads from './threads';
import type { Ends } from './threads';

const MAIN = 0;

export function start(): void {
  if (isObserved()) return;
  if (isWorker()) startInWorker();
  else startInMain();
}

/** Told without loading worker_threads: a worker may not abort the process, and Node marks what it may not. */
const isWorker = (): boolean => (process.abort as { disabled?: boolean }).disabled === true;

function startInWorker(): void {
  const inheritance = inherited();
  if (!inheritance) return;
  const threads = part<typeof Threads>('threads', inheritance.code);
  threads.startInWorker(inheritance, observeExit, { part, codeOf });
}

function startInMain(): void {
  const place = placeOfProcess();
  if (!place) return;
  const spool = new Spool(place, MAIN);
  const wall = Date.now();
  let ends: Ends | undefined;
  const made = place.ringRecords > 0 ? hearMade((error) => spool.problem('made', error)) : undefined;
  const looked = canComeBack() ? made : undefined;
  observeExit(
    spool,
    MAIN,
    () => {
      if (made) tellChildren(spool, made);
      ends?.beforeDeath();
    },
    () => ends?.atDeath(),
  );
  spool.tell('process-start', {
    v: PROBE_PROTOCOL_VERSION,
    pid: process.pid,
    ppid: process.ppid,
    ...namespaceOfPids(),
    runtime: 'node',
    version: process.versions.node,
    argv: process.argv,
    execArgv: process.execArgv,
    cwd: process.cwd(),
    wall,
    ...(looked ? { looksAfter: FIRST_LOOK_MS } : {}),
  });
  if (made) observeExitListeners(spool);
  observeReplacing(spool);
  const failed = (error: unknown): void => spool.problem('start', error);
  const over = looked && lookSoon(spool, looked);
  const ready = (known: Ends): void => {
    over?.(); // from now on it is looked more often, for all threads
    ends = known;
  };
  whenWorkersCanBeMade(() => {
    try {
      const channels = observeChannels();
      const locks = observeLocks();
      const attached = takeAttachedWorkers();
      const load = (): (() => (port: object) => void) =>
        part<typeof Threads>('threads').loadInMain(
          { part, codeOf },
          place,
          spool,
          made,
          { channels, locks },
          ready,
          attached ?? [],
        );
      awaitFirstWorker(load, failed, attached !== undefined);
    } catch (error) {
      failed(error);
    }
  });
}

/** Which of them outlive this process only who follows it can see. Told once. */
function tellChildren(spool: Spool, made: Made): void {
  const { children } = made;
  let left = 0;
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!.get();
    if (valueAt(child, 'exitCode') === null && valueAt(child, 'signalCode') === null) children[left++] = children[i]!;
  }
  children.length = left;
  if (left === 0 || made.hasToldChildren) return;
  made.hasToldChildren = true;
  try {
    spool.tell('children-left', { children: part<typeof Looking>('looking').childrenIn(made) });
  } catch {
    // no file descriptor is free: then nobody claims to know
  }
}

/** The first look at what keeps the process alive, in ms after its start: what is over sooner pays for next to nothing. */
const FIRST_LOOK_MS = 1_000;
const LAST_TRY_MS = 60_000;
const then = uncurried(thenOfPromises as (this: Promise<unknown>, next: () => void) => void);

const canComeBack = (): boolean => waitAsync !== undefined && typeof SharedArrayBuffer === 'function';

/** Without a timer, as in `ticker.ts`. Returns what ends it: somebody else looks from then on. */
function lookSoon(spool: Spool, made: Made): () => void {
  const still = new Int32Array(new SharedArrayBuffer(4));
  let over = false;
  const comeBack = (ms: number, next: () => void): void => {
    const { async, value } = waitAsync!(still, 0, 0, ms);
    if (async) then(value, () => void (over || next()));
  };
  const begin = (ms: number): void =>
    comeBack(ms, () => {
      try {
        part<typeof Looking>('looking').lookAtTimes(spool, made, comeBack);
      } catch (error) {
        // No file descriptor may be free, for a moment. Where none is for long it is told, so that nobody takes it for a standstill.
        if (ms > FIRST_LOOK_MS) spool.problem('look', error);
        if (ms < LAST_TRY_MS) begin(ms * 2);
      }
    });
  begin(FIRST_LOOK_MS);
  return () => void (over = true);
}
