// What an owner can tell of the workers that it starts: their start, ref() and unref(), terminate(), being online, their
// errors and their ends. Seen by methods replaced in place and by Node's diagnostics channel, without one listener.
import { errorMonitor } from 'events';
import { PrivateMap, diagnosticsChannel, getOwnPropertyDescriptor, getPrototypeOf, uncurried } from './builtins';
import { callSite } from './callSite';
import { errorFacts } from './errorFacts';
import { emitsPlainly, hearNext } from './nextEmit';
import { beforeInternal, replaceMethod } from './replace';
import type { Recorder } from './recorder';
import { Scripts } from './scripts';
import type { Spool } from './spool';
import { clipped } from './text';

/** Exit code of a thread that the runtime ended by an error of its own. */
const FAILED_CODE = 1;

interface Known {
  id: number;
  refd: boolean;
  /** It has sent something, so it runs. */
  heard: boolean;
  ended: boolean;
  /** Nothing is to be sampled of it any more. */
  unwatch: () => void;
}

/**
 * Returns what is to be told of the port by which Node is about to tell a new worker what to run.
 * @param recorder where activity is recorded
 */
export function observeWorkers(spool: Spool, recorder: Recorder | undefined): (port: object) => void {
  const scripts = new Scripts();
  const workers = new PrivateMap<object, Known>();
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
    observeCalls(prototype, spool, guarded, needed);
    observeLives(prototype, spool, guarded, needed, recorder);
    recorder?.samples.readHeapsBy(prototype);
    if (missing.length > 0) spool.tell('hooks-missing', { names: missing });
    return { threadId: getter(prototype, 'threadId'), threadName: getter(prototype, 'threadName') };
  };
  observeStarts(spool, workers, scripts, recorder, observeClass);
  return (port) => {
    recorder?.ports?.making(port);
    scripts.hearNextPost(port, () => recorder?.ports?.made());
  };
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

/** What the program does to its workers. */
function observeCalls(prototype: object, spool: Spool, guarded: Guarded, needed: Needed): void {
  let terminating = 0;
  for (const [name, refd] of [
    ['ref', true],
    ['unref', false],
  ] as const) {
    const tell = guarded(name, (known) => {
      // terminate() calls ref() itself; and what is not a flip changes nothing.
      if (terminating > 0 || known.ended || known.refd === refd) return;
      known.refd = refd;
      spool.tell(`thread-${name}`, { id: known.id, ...at() });
    });
    needed(`Worker.${name}`, replaceMethod(prototype, name, tell));
  }
  const tellTerminate = guarded('terminate', (known) => {
    if (!known.ended) spool.tell('terminate-call', { id: known.id, ...at() });
  });
  const begin = (worker: object): void => {
    tellTerminate(worker);
    terminating++;
  };
  needed(
    'Worker.terminate',
    replaceMethod(prototype, 'terminate', begin, () => terminating--),
  );
}

/** What becomes of them. */
function observeLives(
  prototype: object,
  spool: Spool,
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
    hearNextError(worker, (error) => spool.tell('thread-error', { id, ...errorFacts(error) }));
  });
  // The last that Node does before it emits: the messages that were on their way have been delivered by now.
  before('kDispose', (known, worker) => {
    const exited = (code: number, outOfMemory: boolean): void => {
      forgetError();
      forgetExit();
      known.ended = true;
      known.unwatch();
      recorder?.ended(known.id);
      spool.tell('thread-exit', { id: known.id, code, ...(outOfMemory ? { outOfMemory } : {}) });
    };
    // An error of the runtime's own comes before 'exit', and may be the last that main does.
    const forgetError = hearNextError(worker, (error) => exited(FAILED_CODE, isOutOfMemory(error)));
    const forgetExit = hearNext(worker, 'exit', (code) => exited(Number(code), false));
  });
}

/** Before the program's listeners, and also when it has none. */
const hearNextError = (worker: object, hear: (error: unknown) => void): (() => void) =>
  emitsPlainly(worker) ? hearNext(worker, errorMonitor, hear) : () => undefined;

/** Node publishes each new Worker at the end of its constructor: the program's `new Worker` is still on the stack. */
function observeStarts(
  spool: Spool,
  workers: PrivateMap<object, Known>,
  scripts: Scripts,
  recorder: Recorder | undefined,
  observeClass: (worker: object) => Getters,
): void {
  let getters: Getters | undefined;
  diagnosticsChannel().subscribe('worker_threads', (published) => {
    try {
      const { worker } = published as { worker: object };
      getters ??= observeClass(worker);
      const id = Number(getters.threadId?.(worker));
      const name = getters.threadName?.(worker);
      recorder?.ports?.addWorker(worker, id);
      const unwatch = recorder?.samples.watch(worker, id) ?? ((): void => undefined);
      workers.set(worker, { id, refd: true, heard: false, ended: false, unwatch });
      spool.tell('thread-start', {
        id,
        ...(typeof name === 'string' && name !== '' ? { name: clipped(name) } : {}),
        ...scripts.take(),
        ...(isInternal(worker) ? { internal: true as const } : {}),
        ...at(),
      });
    } catch (error) {
      spool.problem('start', error);
    }
  });
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

function at(): { at?: NonNullable<ReturnType<typeof callSite>> } {
  const site = callSite();
  return site ? { at: site } : {};
}
