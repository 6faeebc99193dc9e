// What is put in place for workers: in main when it makes its first one, in a worker when it begins.
import { workerThreads } from './tools/builtins';
import { Looks } from './lifecycle/looks';
import type { Made } from './lifecycle/made';
import type { observeExit as ObserveExit } from './lifecycle/exit';
import { observeChannels, type Channels } from './lifecycle/channels';
import { observeLocks, type Locks } from './lifecycle/locks';
import { observeExitListeners } from './lifecycle/exitListeners';
import { awaitFirstWorker } from './lifecycle/firstWorker';
import { handDown, type Inheritance, type Place } from './spool/place';
import { Recorder } from './activity/recorder';
import { nativeThread } from './memory/nativeThread';
import { Spool } from './spool/spool';
import { clipped } from './tools/text';
import { REQUEST_SUFFIX } from '../../protocol/spool';
import type * as Owner from './owner';
import type { codeOf as CodeOf, part as Part } from './parts';

interface Parts {
  part: typeof Part;
  codeOf: typeof CodeOf;
}

/** What is heard of from the start, where it is to be had. */
interface Heard {
  channels: Channels | undefined;
  locks: Locks | undefined;
}

/** What main is to tell at its end; see `observeExit`. None of them throws. */
export interface Ends {
  beforeDeath: () => void;
  atDeath: () => void;
}

/** What this thread gives to its workers, but for what is found when there is one. */
interface Given {
  place: Place & { code?: SharedArrayBuffer };
  recorder: Recorder | undefined;
  channels: Channels | undefined;
}

/**
 * When main makes its first worker. Returns what puts all in place, which returns what is to be called with the port of each.
 * @param ready is given what tells all that was not told so far, before the process ends
 * @param attached the workers that were there before the probe
 */
export function loadInMain(
  parts: Parts,
  place: Place,
  spool: Spool,
  made: Made | undefined,
  { channels, locks }: Heard,
  ready: (ends: Ends) => void,
  attached: object[],
): () => (port: object) => void {
  const owner = parts.part<typeof Owner>('owner');
  return () => {
    const recorder = Recorder.inMain(place, spool, new Looks(spool, made), channels);
    recorder?.recordLocks(locks);
    if (recorder) recorder.asked = () => owner.tellStacksWhenAsked(spool, recorder, place.activity + REQUEST_SUFFIX);
    return begin(owner, parts, spool, { place, recorder, channels }, attached, (settle) =>
      ready({
        beforeDeath: () => {
          settle();
          recorder?.drainAll(true);
        },
        atDeath: () => recorder && owner.tellStacksAtEnd(spool, recorder),
      }),
    );
  };
}

export function startInWorker(inheritance: Inheritance, observeExit: typeof ObserveExit, parts: Parts): void {
  const { threadId, threadName } = workerThreads() as { threadId: number; threadName?: string | null };
  const spool = new Spool(inheritance, threadId);
  const native = nativeThread();
  spool.tell('thread-begin', {
    ...(threadName ? { name: clipped(threadName) } : {}),
    ...(native > 0 ? { native } : {}),
  });
  observeExitListeners(spool);
  const channels = observeChannels();
  const recorder = Recorder.inWorker(inheritance, spool, new Looks(spool), channels, threadId, native);
  recorder?.recordLocks(observeLocks());
  recorder?.observeTransactions();
  let settle: (() => void) | undefined;
  observeExit(spool, threadId, () => {
    settle?.();
    recorder?.drainOwn();
  });
  awaitFirstWorker(
    () => {
      const owner = parts.part<typeof Owner>('owner');
      return () =>
        begin(owner, parts, spool, { place: inheritance, recorder, channels }, [], (ofOwner) => (settle = ofOwner));
    },
    (error) => spool.problem('start', error),
  );
}

/** Puts in place what must be there when this thread starts a worker, and not before. */
function begin(
  owner: typeof Owner,
  parts: Parts,
  spool: Spool,
  { place, recorder, channels }: Given,
  attached: object[],
  ready: (settle: () => void) => void,
): (port: object) => void {
  const observed = owner.observeWorkers(spool, recorder, channels);
  ready(() => observed.settle());
  try {
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
    for (let i = 0; i < attached.length; i++) observed.adopt(attached[i]!);
  } catch (error) {
    spool.problem('start', error);
  }
  return (port) => observed.making(port);
}
