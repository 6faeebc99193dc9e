// What an owner can tell of the workers that it starts: their start, ref() and unref(), terminate(), being online, their
// errors and their ends. Seen by methods replaced in place and by Node's diagnostics channel, without one listener.
import {
  PrivateMap,
  diagnosticsChannel,
  events,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  uncurried,
} from './tools/builtins';
import { callSite } from './tools/callSite';
import { errorFacts } from './lifecycle/errorFacts';
import { Flipped, Flips } from './lifecycle/flips';
import { hasOnceListener, listenersFor } from './tools/listeners';
import { emitsPlainly, hearNext } from './tools/nextEmit';
import { beforeInternal, valueAt, valueOfSymbol } from './tools/internals';
import { beforeLookup, replaceMethod } from './tools/replace';
import type { Channels } from './lifecycle/channels';
import type { Recorder } from './activity/recorder';
import { loadsIn } from './lifecycle/loads';
import { hearPosts, Scripts } from './lifecycle/scripts';
import { StartCalls } from './lifecycle/startCalls';
import { Stalls } from './activity/stalls';
import type { Spool } from './spool/spool';
import { clipped } from './tools/text';

export { tellStacksAtEnd, tellStacksWhenAsked } from './activity/stacks';

const { errorMonitor } = events();

/** Exit code of a thread that the runtime ended by an error of its own. */
const FAILED_CODE = 1;

interface Known {
  id: number;
  /** By ref() and unref(). */
  refd: boolean;
  /** Its port keeps the loop turning as well, for someone listens; of consequence while it is not ref'd. */
  heardOf: boolean;
  /** It has sent something, so it runs. */
  heard: boolean;
  ended: boolean;
  /** How many messages of its had come when it had ended and its owner waited for one more. */
  awaited: number | undefined;
  /** Nothing is to be sampled of it any more. */
  unwatch: () => void;
  flips: Flipped;
}

export interface ObservedWorkers {
  /** To be called with the port by which Node is about to tell a new worker what to run. */
  making(port: object): void;
  /** To be called with a worker that runs already: from now on it is observed, what came before is not known. */
  adopt(worker: object): void;
  /** To be called when this thread is about to end: what was not told so far is. */
  settle(): void;
}

/**
 * @param recorder where activity is recorded
 */
export function observeWorkers(
  spool: Spool,
  recorder: Recorder | undefined,
  channels: Channels | undefined,
): ObservedWorkers {
  const scripts = new Scripts();
  const flips = new Flips(spool);
  const workers = new PrivateMap<object, Known>();
  const byPort = new PrivateMap<object, Known>();
  const stalls = recorder && new Stalls(spool, recorder);
  /** What is to be done for a worker of ours; a failure of ours is no one else's. */
  const guarded =
    (where: string, tell: (known: Known, worker: object) => void) =>
    (worker: object): void => {
      try {
        const known = workers.get(worker);
        if (known) tell(known, worker);
      } catch (error) {
        spool.problem(where, error);
      }
    };

  // The first worker shows Node's own class: what worker_threads exports may have been replaced.
  const observeClass = (worker: object): Getters => {
    const prototype = prototypeOf(worker);
    const missing: string[] = [];
    const needed = (name: string, found: boolean): void => void (found || missing.push(name));
    const isCalling = observeCalls(prototype, spool, flips, guarded, needed);
    if (channels) hearListeners(channels, spool, flips, byPort, isCalling);
    observeLives(prototype, spool, flips, guarded, needed, recorder);
    recorder?.samples.askBy(prototype);
    stalls?.profileBy(prototype);
    const astray = guarded('postMessage', ({ id, ended }, worker) => {
      if (ended) recorder?.ports?.toEnded(worker, id);
    });
    needed('Worker.postMessage', beforeLookup(prototype, 'postMessage', astray));
    if (missing.length > 0) spool.tell('hooks-missing', { names: missing });
    return { threadId: getter(prototype, 'threadId'), threadName: getter(prototype, 'threadName') };
  };
  let getters: Getters | undefined;
  const know = (worker: object, refd: boolean, heard: boolean): Known => {
    getters ??= observeClass(worker);
    const id = Number(getters.threadId?.(worker));
    recorder?.ports?.addWorker(worker, id);
    const unwatch = recorder?.samples.watch(worker, id) ?? ((): void => undefined);
    const known: Known = {
      id,
      refd,
      heardOf: false,
      heard,
      ended: false,
      awaited: undefined,
      unwatch,
      flips: new Flipped(id),
    };
    workers.set(worker, known);
    const publicPort = valueOfSymbol(worker, 'kPublicPort');
    if (publicPort) byPort.set(publicPort, known);
    return known;
  };
  observeStarts(spool, scripts, (worker) => {
    const { id } = know(worker, true, false);
    return { id, name: getters?.threadName?.(worker) };
  });
  return {
    making: (port) => {
      recorder?.ports?.making(port);
      scripts.hearNextPost(port, () => recorder?.ports?.made());
    },
    adopt: (worker) => {
      const { id } = know(worker, hasRef(worker), true);
      spool.tell('thread-online', { id });
    },
    settle: () => {
      flips.settleAll();
      recorder?.samples.tellLastLook();
    },
  };
}

/** Whether its handle keeps the loop turning; Node tells that of handles alone. */
function hasRef(worker: object): boolean {
  const handle = valueOfSymbol(worker, 'kHandle') as { hasRef?: () => boolean } | undefined;
  return handle?.hasRef?.() ?? true;
}

interface Getters {
  threadId: ((worker: object) => unknown) | undefined;
  threadName: ((worker: object) => unknown) | undefined;
}

/** Node's own, below all subclasses, of which some may have a `threadId` too. */
function prototypeOf(worker: object): object {
  let found = worker;
  for (let object: object | null = worker; object; object = getPrototypeOf(object) as object | null) {
    if (getOwnPropertyDescriptor(object, 'threadId')) found = object;
  }
  return found;
}

type Guarded = (where: string, tell: (known: Known, worker: object) => void) => (worker: object) => void;
type Needed = (name: string, found: boolean) => void;

/** What the program does to its workers. Returns whether it is at it: what ports do meanwhile is no one else's doing. */
function observeCalls(prototype: object, spool: Spool, flips: Flips, guarded: Guarded, needed: Needed): () => boolean {
  let terminating = 0;
  let calling = 0;
  const observeFlip = (name: 'ref' | 'unref', refd: boolean): void => {
    const tell = guarded(name, (known) => {
      // terminate() calls ref() itself; and what is not a flip changes nothing.
      if (terminating > 0 || known.ended) return;
      const before = known.refd || known.heardOf;
      known.refd = known.heardOf = refd;
      if (before !== refd) flips.tell(known.flips, refd, false);
    });
    const begin = (worker: object): void => {
      calling++;
      tell(worker);
    };
    needed(
      `Worker.${name}`,
      replaceMethod(prototype, name, begin, () => calling--),
    );
  };
  observeFlip('ref', true);
  observeFlip('unref', false);
  const tellTerminate = guarded('terminate', (known) => {
    if (known.ended) return;
    flips.settle(known.flips);
    const at = callSite();
    spool.tell('terminate-call', { id: known.id, ...(at ? { at } : {}) });
  });
  const begin = (worker: object): void => {
    tellTerminate(worker);
    terminating++;
  };
  needed(
    'Worker.terminate',
    replaceMethod(prototype, 'terminate', begin, () => terminating--),
  );
  return () => terminating > 0 || calling > 0;
}

/** A first listener for a worker's messages keeps the loop turning even where the worker was unref'd before. */
function hearListeners(
  channels: Channels,
  spool: Spool,
  flips: Flips,
  byPort: PrivateMap<object, Known>,
  isCalling: () => boolean,
): void {
  channels.hearRefs((port, refd) => {
    const known = byPort.get(port);
    if (!known || known.ended || known.refd || known.heardOf === refd || isCalling()) return;
    known.heardOf = refd;
    try {
      flips.tell(known.flips, refd, true);
    } catch (error) {
      spool.problem('listener', error);
    }
  });
}

/** What becomes of them. */
function observeLives(
  prototype: object,
  spool: Spool,
  flips: Flips,
  guarded: Guarded,
  needed: Needed,
  recorder: Recorder | undefined,
): void {
  const before = (method: string, tell: (known: Known, worker: object) => void): void =>
    needed(`Worker[${method}]`, beforeInternal(prototype, method, guarded(method, tell)));

  before('kOnMessage', (known) => {
    if (known.heard) return;
    known.heard = true;
    spool.tell('thread-online', { id: known.id });
  });
  before('kOnErrorMessage', ({ id }, worker) => {
    hearNextError(worker, (error) =>
      spool.tell('thread-error', { id, ...errorFacts(error), heard: listensForErrors(worker) }),
    );
  });
  // Node delivers what is on its way, and takes away who listens for messages.
  before('kOnExit', (known, worker) => {
    known.awaited = isAwaited(worker) ? recorder?.ports?.receivedFrom(worker) : undefined;
  });
  // The last that Node does before it emits.
  before('kDispose', (known, worker) => {
    const { awaited: before } = known;
    const isLeft = before !== undefined && before === recorder?.ports?.receivedFrom(worker);
    const awaited = isLeft ? { awaited: true as const } : {};
    const exited = (code: number, outOfMemory: boolean): void => {
      forgetError();
      forgetExit();
      known.ended = true;
      known.unwatch();
      recorder?.ended(known.id);
      flips.settle(known.flips);
      spool.tell('thread-exit', { id: known.id, code, ...(outOfMemory ? { outOfMemory } : {}), ...awaited });
    };
    // An error of the runtime's own comes before 'exit', and may be the last that main does.
    const forgetError = hearNextError(worker, (error) => exited(FAILED_CODE, isOutOfMemory(error)));
    const forgetExit = hearNext(worker, 'exit', (code) => exited(Number(code), false));
  });
}

const listensForErrors = (worker: object): boolean => listenersFor(worker, 'error') !== undefined;

/** Its owner waits for its next message, and does not hear of its end. */
const isAwaited = (worker: object): boolean =>
  hasOnceListener(listenersFor(worker, 'message')) && listenersFor(worker, 'exit') === undefined;

/** Before the program's listeners, and also when it has none. */
const hearNextError = (worker: object, hear: (error: unknown) => void): (() => void) =>
  emitsPlainly(worker) ? hearNext(worker, errorMonitor, hear) : () => undefined;

/**
 * Node publishes each new Worker at the end of its constructor: the program's `new Worker` is still on the stack.
 * @param know files it as a worker of ours
 */
function observeStarts(spool: Spool, scripts: Scripts, know: (worker: object) => { id: number; name: unknown }): void {
  const calls = new StartCalls();
  diagnosticsChannel().subscribe('worker_threads', (published) => {
    try {
      const { worker } = published as { worker: object };
      const { id, name } = know(worker);
      const facts = scripts.take();
      spool.tell('thread-start', {
        id,
        ...(typeof name === 'string' && name !== '' ? { name: clipped(name) } : {}),
        ...facts,
        ...(valueAt(valueOfSymbol(worker, 'kParentSideStdio'), 'stdin') ? { stdin: true as const } : {}),
        ...(isInternal(worker) ? { internal: true as const } : {}),
        ...calls.take(),
      });
      if (facts.file !== undefined) hearLoads(spool, worker, id, facts.file);
    } catch (error) {
      spool.problem('start', error);
    }
  });
}

function hearLoads(spool: Spool, worker: object, id: number, script: string): void {
  const hear = loadsIn(script, (files, more) =>
    spool.tell('thread-loads', { id, files, ...(more > 0 ? { more } : {}) }),
  );
  const port = hear && valueOfSymbol(worker, 'kPublicPort');
  if (port) hearPosts(port, hear);
}

/** The runtime's own getter: a subclass may have another, and it must not be called. */
function getter(prototype: object, name: string): ((self: object) => unknown) | undefined {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  return get && uncurried(get as (this: object) => unknown);
}

/** Node's own threads, such as the one that runs module loader hooks. */
function isInternal(worker: object): boolean {
  const made = getOwnPropertyDescriptor(getPrototypeOf(worker) as object, 'constructor')?.value as unknown;
  return typeof made === 'function' && made.name === 'InternalWorker';
}

function isOutOfMemory(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return getOwnPropertyDescriptor(error, 'code')?.value === 'ERR_WORKER_OUT_OF_MEMORY';
}
