// What is put in place for workers: in main before its first one, in a worker when it begins.
import { workerThreads } from './builtins';
import type { observeExit as ObserveExit } from './exit';
import { onWorkerConstructor } from './firstWorker';
import { handDown, inherited, type Place } from './place';
import { Recorder } from './recorder';
import { Scripts } from './scripts';
import { Spool } from './spool';
import { clipped } from './text';
import { observeWorkers } from './workers';

interface Prepared {
  place: Place;
  recorder: Recorder | undefined;
}

/** `ready` is given what drains all that is recorded, once something is. */
export function awaitFirstWorkerInMain(place: Place, spool: Spool, ready: (drainAll: () => void) => void): void {
  awaitFirstWorker(spool, () => {
    const recorder = Recorder.inMain(place, spool);
    if (recorder) ready(() => recorder.drainAll());
    return { place, recorder };
  });
}

export function startInWorker(observeExit: typeof ObserveExit): void {
  const inheritance = inherited();
  if (!inheritance) return;
  const { threadId, threadName } = workerThreads() as { threadId: number; threadName?: string | null };
  const spool = new Spool(inheritance, threadId);
  spool.tell('thread-begin', threadName ? { name: clipped(threadName) } : {});
  const recorder = Recorder.inWorker(inheritance, spool, threadId);
  observeExit(spool, threadId, () => recorder?.drainOwn());
  awaitFirstWorker(spool, () => ({ place: inheritance, recorder }));
}

/** Puts in place what must be there when this thread starts a worker, and not before. */
function awaitFirstWorker(spool: Spool, prepare: () => Prepared): void {
  const scripts = new Scripts();
  let recorder: Recorder | undefined;
  const first = (): void => {
    try {
      const prepared = prepare();
      recorder = prepared.recorder;
      handDown({
        ...prepared.place,
        owner: workerThreads().threadId,
        ...(recorder ? { arena: recorder.memory } : {}),
      });
      const missing = observeWorkers(spool, scripts, recorder);
      recorder?.begin(missing);
      if (missing.length > 0) spool.tell('hooks-missing', { names: missing });
    } catch (error) {
      spool.problem('start', error);
    }
  };
  const made = (port: object): void => {
    recorder?.ports?.ignore(port);
    scripts.hearNextPost(port);
  };
  // A Node whose constructor cannot be seen: at once, without what only the constructor tells.
  if (!onWorkerConstructor(first, made)) first();
}
