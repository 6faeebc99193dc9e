// What the probe puts in place, in which thread and when. At the start as little as can be: a thread that starts no
// worker, and a main that has none, pay for nothing else.
import { PROBE_PROTOCOL_VERSION } from '../../protocol/probeEvents';
import { workerThreads } from './builtins';
import { isObserved, observeExit } from './exit';
import { onWorkerConstructor, whenWorkersCanBeMade } from './firstWorker';
import { handDown, inherited, placeOfProcess, type Place } from './place';
import { Recorder } from './recorder';
import { Scripts } from './scripts';
import { Spool } from './spool';
import { clipped } from './text';
import { observeWorkers } from './workers';

const MAIN = 0;

export function start(): void {
  if (isObserved()) return;
  if (isWorker()) startInWorker();
  else startInMain();
}

/** Told without loading worker_threads: a worker may not abort the process, and Node marks what it may not. */
const isWorker = (): boolean => (process.abort as { disabled?: boolean }).disabled === true;

function startInMain(): void {
  const place = placeOfProcess();
  if (!place) return;
  const spool = new Spool(place, MAIN);
  const wall = Date.now();
  let recorder: Recorder | undefined;
  observeExit(spool, MAIN, () => recorder?.drainAll());
  spool.tell('process-start', {
    v: PROBE_PROTOCOL_VERSION,
    pid: process.pid,
    ppid: process.ppid,
    runtime: 'node',
    version: process.versions.node,
    argv: process.argv,
    execArgv: process.execArgv,
    cwd: process.cwd(),
    wall,
  });
  whenWorkersCanBeMade(() =>
    beforeFirstWorker(spool, () => {
      recorder = Recorder.inMain(place, spool);
      return { place, recorder };
    }),
  );
}

function startInWorker(): void {
  const inheritance = inherited();
  if (!inheritance) return;
  const { threadId, threadName } = workerThreads() as { threadId: number; threadName?: string | null };
  const spool = new Spool(inheritance, threadId);
  const recorder = Recorder.inWorker(inheritance, spool, threadId);
  observeExit(spool, threadId, () => recorder?.drainOwn());
  spool.tell('thread-begin', threadName ? { name: clipped(threadName) } : {});
  beforeFirstWorker(spool, () => ({ place: inheritance, recorder }));
}

/** Whatever is to be there when a worker starts, and not before. */
function beforeFirstWorker(spool: Spool, prepare: () => { place: Place; recorder: Recorder | undefined }): void {
  const scripts = new Scripts();
  let recorder: Recorder | undefined;
  const first = (): void => {
    try {
      const { place, recorder: prepared } = prepare();
      recorder = prepared;
      const { threadId } = workerThreads();
      handDown({ ...place, owner: threadId, ...(recorder ? { arena: recorder.memory } : {}) });
      const missing = observeWorkers(spool, scripts, recorder);
      recorder?.begin(missing);
      if (missing.length > 0) spool.tell('hooks-missing', { names: missing });
    } catch (error) {
      spool.problem('start', error);
    }
  };
  // A Node whose constructor cannot be seen: at once, without what only the constructor tells.
  const made = (port: object): void => {
    recorder?.ports?.ignore(port);
    scripts.hearNextPost(port);
  };
  if (!onWorkerConstructor(first, made)) first();
}
