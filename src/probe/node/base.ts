// What main knows to tell, once there is anything: compiled when the program first does something that is told.
import { FIRST_LOOK_MS, type Begun, type ComeBack, type Made, type Main } from './given';
import { observeChannels } from './lifecycle/channels';
import { ExitWatch } from './lifecycle/exit';
import { ExitListeners } from './lifecycle/exitListeners';
import { awaitFirstWorker, portPrototype } from './lifecycle/firstWorker';
import { hearWatchers, keep, keepEarly } from './lifecycle/keeping';
import { observeLocks } from './lifecycle/locks';
import { shared } from './shared';
import { takeAttachedWorkers } from './spool/inheritance';
import { placeOf } from './spool/place';
import { Spool } from './spool/spool';
import { callSite } from './tools/callSite';
import { part, textOf, threads } from './tools/handed';
import { valueAt } from './tools/internals';
import { soon } from './tools/later';
import type * as Looking from './looking';
import type * as Threads from './threads';
import type { Ends } from './threads';

const MAIN = 0;
const LAST_TRY_MS = 60_000;

const looking = (): typeof Looking => part(textOf('looking'), shared()) as typeof Looking;

export function mainOf(begun: Begun): Main {
  const { made, listeners, adder, early } = begun;
  const place = placeOf(begun);
  const spool = new Spool(place, MAIN, begun);
  let ends: Ends | undefined;
  /** A hook that fails tells that it did, and the program goes on. */
  const hook =
    <A extends unknown[]>(where: string, body: (...args: A) => void) =>
    (...args: A): void => {
      try {
        body(...args);
      } catch (error) {
        spool.problem(where, error);
      }
    };
  const beforeDeath = (): void => {
    if (made) tellChildren(spool, made);
    ends?.beforeDeath();
  };
  const keepOne = hook('made', keep);
  const exits = new ExitListeners(spool, listeners);
  hook('exit-listeners', () => exits.wasLookedUp(adder ?? []))();
  hook('made', () => {
    for (let i = 0; i < early.length; i++) keepEarly(early[i]!);
  })();
  const main: Main = {
    watch: new ExitWatch(spool, MAIN, beforeDeath, () => ends?.atDeath()),
    keep: keepOne,
    hearWatchers: hook('made', () => made && hearWatchers(made, keepOne)),
    lookedUp: (adds) => exits.lookedUp(adds),
    replacing: hook('execve', () => {
      const at = callSite();
      if (at) spool.tell('replacing', { at });
    }),
    // Where ports are not to be had yet, Node is half-way through loading them.
    workersCanBeMade: () => (portPrototype() ? awaitWorkers() : soon(awaitWorkers)),
    look: (comeBack) => made && lookAtTimes(spool, made, comeBack),
    isLookedAt: false,
  };
  const awaitWorkers = hook('start', () => {
    const heard = { channels: observeChannels(), locks: observeLocks() };
    const attached = takeAttachedWorkers();
    const ready = (known: Ends): void => {
      main.isLookedAt = true; // from now on more often, and for all threads
      ends = known;
    };
    const load = (): (() => (port: object) => void) => {
      const { part: forThreads, code } = threads();
      return (forThreads as typeof Threads).loadInMain({ place, spool, made, code }, heard, ready, attached ?? []);
    };
    awaitFirstWorker(load, (error) => spool.problem('start', error), attached !== undefined);
  });
  return main;
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
    spool.tell('children-left', { children: looking().childrenIn(made) });
  } catch {
    // no file descriptor is free: then nobody claims to know
  }
}

function lookAtTimes(spool: Spool, made: Made, comeBack: ComeBack, waited = FIRST_LOOK_MS): void {
  try {
    looking().lookAtTimes(spool, made, comeBack);
  } catch (error) {
    // No file descriptor may be free, for a moment. Where none is for long it is told, so that nobody takes it for a standstill.
    if (waited > FIRST_LOOK_MS) spool.problem('look', error);
    const next = waited * 2;
    if (waited < LAST_TRY_MS) comeBack(next, () => lookAtTimes(spool, made, comeBack, next));
  }
}
