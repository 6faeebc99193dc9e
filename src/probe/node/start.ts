// What the probe puts in place when a thread begins: as little as can be. A main that never makes a worker pays for
// nothing else; what is for workers is compiled and run when there is one.
import { PROBE_PROTOCOL_VERSION } from '../../protocol/spool';
import { observeChannels } from './lifecycle/channels';
import { isObserved, observeExit } from './lifecycle/exit';
import { awaitFirstWorker, whenWorkersCanBeMade } from './lifecycle/firstWorker';
import { inherited, placeOfProcess, takeAttachedWorkers } from './spool/place';
import { Spool } from './spool/spool';
import { namespaceOfPids } from './tools/namespace';
import { codeOf, part } from './parts';
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
  observeExit(
    spool,
    MAIN,
    () => ends?.beforeDeath(),
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
  });
  const failed = (error: unknown): void => spool.problem('start', error);
  const ready = (known: Ends): void => void (ends = known);
  whenWorkersCanBeMade(() => {
    try {
      const channels = observeChannels();
      const attached = takeAttachedWorkers();
      const load = (): (() => (port: object) => void) =>
        part<typeof Threads>('threads').loadInMain({ part, codeOf }, place, spool, channels, ready, attached ?? []);
      awaitFirstWorker(load, failed, attached !== undefined);
    } catch (error) {
      failed(error);
    }
  });
}
