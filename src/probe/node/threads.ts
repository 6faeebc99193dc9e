// What is put in place for workers: in main before its first one, in a worker when it begins.
import { workerThreads } from './builtins';
import type { observeExit as ObserveExit } from './exit';
import { Channels } from './channels';
import { onWorkerConstructor, portPrototype } from './firstWorker';
import { handDown, takeAttachedWorkers, type Inheritance, type Place } from './place';
import { Recorder } from './recorder';
import { Spool } from './spool';
import { clipped } from './text';
import type * as Owner from './owner';
import type { codeOf as CodeOf, part as Part } from './parts';

interface Parts {
  part: typeof Part;
  codeOf: typeof CodeOf;
}

interface Prepared {
  place: Place & { code?: SharedArrayBuffer };
  recorder: Recorder | undefined;
}

/** `ready` is given what drains all that is recorded before the process ends, once something is. */
export function awaitFirstWorkerInMain(
  parts: Parts,
  place: Place,
  spool: Spool,
  ready: (drainAll: () => void) => void,
): void {
  const channels = observeChannels();
  awaitFirstWorker(
    parts,
    spool,
    channels,
    () => {
      const recorder = Recorder.inMain(place, spool, channels);
      if (recorder) ready(() => recorder.drainAll(true));
      return { place, recorder };
    },
    takeAttachedWorkers(),
  );
}

export function startInWorker(inheritance: Inheritance, observeExit: typeof ObserveExit, parts: Parts): void {
  const { threadId, threadName } = workerThreads() as { threadId: number; threadName?: string | null };
  const spool = new Spool(inheritance, threadId);
  spool.tell('thread-begin', threadName ? { name: clipped(threadName) } : {});
  const channels = observeChannels();
  const recorder = Recorder.inWorker(inheritance, spool, channels, threadId);
  observeExit(spool, threadId, () => recorder?.drainOwn());
  awaitFirstWorker(parts, spool, channels, () => ({ place: inheritance, recorder }));
}

function observeChannels(): Channels | undefined {
  const prototype = portPrototype();
  return prototype && new Channels(prototype);
}

/**
 * Puts in place what must be there when this thread starts a worker, and not before.
 * @param attached the workers that were there before the probe; with them all is put in place at once
 */
function awaitFirstWorker(
  parts: Parts,
  spool: Spool,
  channels: Channels | undefined,
  prepare: () => Prepared,
  attached?: object[],
): void {
  let made: ((port: object) => void) | undefined;
  let begun = false;
  const first = (): void => {
    if (begun) return;
    begun = true;
    try {
      const { place, recorder } = prepare();
      const observed = parts.part<typeof Owner>('owner').observeWorkers(spool, recorder, channels);
      made = (port) => observed.making(port);
      const missing: string[] = [];
      recorder?.begin(missing);
      if (missing.length > 0) spool.tell('hooks-missing', { names: missing });
      // By now most of what a worker will run has been compiled.
      const code = place.code ?? parts.codeOf('threads');
      handDown({
        ...place,
        owner: workerThreads().threadId,
        ...(recorder ? { arena: recorder.memory } : {}),
        ...(code ? { code } : {}),
      });
      if (attached) for (let i = 0; i < attached.length; i++) observed.adopt(attached[i]!);
    } catch (error) {
      spool.problem('start', error);
    }
  };
  // A Node whose constructor cannot be seen: at once, without what only the constructor tells.
  if (!onWorkerConstructor(first, (port) => made?.(port)) || attached) first();
}
