// What is put in place for workers: in main when it makes its first one, in a worker when it begins.
import { sharedCopyOf, workerThreads } from './tools/builtins';
import { Looks } from './lifecycle/looks';
import type { Made } from './given';
import { ExitWatch } from './lifecycle/exit';
import { observeChannels, type Channels } from './lifecycle/channels';
import { observeLocks, type Locks } from './lifecycle/locks';
import { ExitListeners, exitListeners } from './lifecycle/exitListeners';
import { awaitFirstWorker } from './lifecycle/firstWorker';
import type { Inheritance, Place } from './given';
import { handDown } from './spool/inheritance';
import { shared } from './shared';
import { Recorder } from './activity/recorder';
import { nativeThread } from './memory/nativeThread';
import { Spool } from './spool/spool';
import { hearLookups, part, textOf } from './tools/handed';
import { clipped } from './tools/text';
import { REQUEST_SUFFIX } from '../../protocol/spool';
import type * as Owner from './owner';

/** What is known in main before its first worker. */
interface InMain {
  place: Place;
  spool: Spool;
  made: Made | undefined;
  /** This part, as it is compiled by then. */
  code: () => Uint8Array;
}

const ownerPart = (): typeof Owner => part(textOf('owner'), shared()) as typeof Owner;

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
  /** In main. */
  code?: () => Uint8Array;
}

/**
 * When main makes its first worker. Returns what puts all in place, which returns what is to be called with the port of each.
 * @param ready is given what tells all that was not told so far, before the process ends
 * @param attached the workers that were there before the probe
 */
export function loadInMain(
  { place, spool, made, code }: InMain,
  { channels, locks }: Heard,
  ready: (ends: Ends) => void,
  attached: object[],
): () => (port: object) => void {
  const owner = ownerPart();
  return () => {
    const recorder = Recorder.inMain(place, spool, new Looks(spool, made), channels);
    recorder?.recordLocks(locks);
    if (recorder) recorder.asked = () => owner.tellStacksWhenAsked(spool, recorder, place.activity + REQUEST_SUFFIX);
    return begin(owner, spool, { place, recorder, channels, code }, attached, (settle) =>
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

export function startInWorker(inheritance: Inheritance): ExitWatch {
  const { threadId, threadName } = workerThreads() as { threadId: number; threadName?: string | null };
  const spool = new Spool(inheritance, threadId);
  const native = nativeThread();
  spool.tell('thread-begin', {
    ...(threadName ? { name: clipped(threadName) } : {}),
    ...(native > 0 ? { native } : {}),
  });
  const exits = new ExitListeners(spool, exitListeners());
  hearLookups((adds) => exits.lookedUp(adds));
  const channels = observeChannels();
  const recorder = Recorder.inWorker(inheritance, spool, new Looks(spool), channels, threadId, native);
  recorder?.recordLocks(observeLocks());
  recorder?.observeTransactions();
  let settle: (() => void) | undefined;
  awaitFirstWorker(
    () => {
      const owner = ownerPart();
      return () => begin(owner, spool, { place: inheritance, recorder, channels }, [], (ofOwner) => (settle = ofOwner));
    },
    (error) => spool.problem('start', error),
  );
  return new ExitWatch(spool, threadId, () => {
    settle?.();
    recorder?.drainOwn();
  });
}

/** Puts in place what must be there when this thread starts a worker, and not before. */
function begin(
  owner: typeof Owner,
  spool: Spool,
  { place, recorder, channels, code }: Given,
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
    const compiled = place.code ?? (code && sharedCopyOf(code()));
    handDown({
      ...place,
      owner: workerThreads().threadId,
      ...(recorder ? { arena: recorder.memory } : {}),
      ...(compiled ? { code: compiled } : {}),
    });
    for (let i = 0; i < attached.length; i++) observed.adopt(attached[i]!);
  } catch (error) {
    spool.problem('start', error);
  }
  return (port) => observed.making(port);
}
