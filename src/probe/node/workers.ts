// What an owner can tell of the workers that it starts: their start, ref() and unref(), terminate(), being online, their
// errors and their ends. Seen by methods replaced in place and by Node's diagnostics channel, without one listener.
import { subscribe } from 'diagnostics_channel';
import { types } from 'util';
import { deserialize } from 'v8';
import { MessagePort, Worker } from 'worker_threads';
import { PrivateMap, getOwnPropertyDescriptor, getPrototypeOf, uncurried } from './builtins';
import { callSite, pathOf } from './callSite';
import { replaceMethod, symbolNamed, type Around } from './replace';
import type { Spool } from './spool';

/** The longest `data:` URL that is worth keeping. */
const LONGEST_FILE = 300;

interface Known {
  id: number;
  refd: boolean;
  ended: boolean;
}

/** The message by which a Worker's constructor tells its thread what to run. */
interface LoadScript {
  filename: string;
  doEval: unknown;
}

/** Returns the names of the hooks that this Node does not have. */
export function observeWorkers(spool: Spool): string[] {
  const workers = new PrivateMap<object, Known>();
  const missing: string[] = [];
  const replace = (key: PropertyKey | undefined, name: string, around: Around): void => {
    if (key === undefined || !replaceMethod(Worker.prototype, key, around)) missing.push(name);
  };
  /** Tells first, then lets the original run; our own failure is no one else's. */
  const first =
    (where: string, tell: (known: Known, args: unknown[]) => void): Around =>
    (self, args, original) => {
      try {
        const known = workers.get(self);
        if (known) tell(known, args);
      } catch (error) {
        spool.problem(where, error);
      }
      return original();
    };

  observeStarts(spool, workers, missing);

  let terminating = 0;
  const refHook = (k: 'thread-ref' | 'thread-unref', refd: boolean): Around =>
    first(k, (known) => {
      // terminate() calls ref() itself; and what is not a flip changes nothing.
      if (terminating > 0 || known.ended || known.refd === refd) return;
      known.refd = refd;
      spool.tell(k, { id: known.id, ...at() });
    });
  replace('ref', 'Worker.ref', refHook('thread-ref', true));
  replace('unref', 'Worker.unref', refHook('thread-unref', false));

  const tellTerminate = first('terminate', (known) => {
    if (!known.ended) spool.tell('terminate-call', { id: known.id, ...at() });
  });
  replace('terminate', 'Worker.terminate', (self, args, original) =>
    tellTerminate(self, args, () => {
      terminating++;
      try {
        return original();
      } finally {
        terminating--;
      }
    }),
  );

  const internal = (name: string): symbol | undefined => symbolNamed(Worker.prototype, name);
  replace(
    internal('kOnMessage'),
    'Worker[kOnMessage]',
    first('online', ({ id }, [message]) => {
      if ((message as { type?: unknown }).type === 'upAndRunning') spool.tell('thread-online', { id });
    }),
  );
  replace(
    internal('kOnErrorMessage'),
    'Worker[kOnErrorMessage]',
    first('error', ({ id }, [serialized]) => spool.tell('thread-error', { id, ...errorIn(serialized) })),
  );
  replace(
    internal('kOnExit'),
    'Worker[kOnExit]',
    first('exit', (known, [code, customError]) => {
      known.ended = true;
      const outOfMemory = customError === 'ERR_WORKER_OUT_OF_MEMORY';
      spool.tell('thread-exit', { id: known.id, code: Number(code), ...(outOfMemory ? { outOfMemory } : {}) });
    }),
  );
  return missing;
}

/** Node publishes each new Worker at the end of its constructor: the program's `new Worker` is still on the stack. */
function observeStarts(spool: Spool, workers: PrivateMap<object, Known>, missing: string[]): void {
  let script: LoadScript | undefined;
  const seesScripts = replaceMethod(MessagePort.prototype, 'postMessage', (_self, args, original) => {
    const message = args[0];
    if (typeof message === 'object' && message !== null) script = loadScript(message) ?? script;
    return original();
  });
  if (!seesScripts) missing.push('MessagePort.postMessage');

  const getThreadId = getter('threadId');
  const getThreadName = getter('threadName');
  subscribe('worker_threads', (published) => {
    try {
      const { worker } = published as { worker: object };
      const id = Number(getThreadId?.(worker));
      const name = getThreadName?.(worker);
      workers.set(worker, { id, refd: true, ended: false });
      spool.tell('thread-start', {
        id,
        ...(typeof name === 'string' && name !== '' ? { name } : {}),
        ...scriptFacts(script),
        ...(isInternal(worker) ? { internal: true as const } : {}),
        ...at(),
      });
      script = undefined;
    } catch (error) {
      spool.problem('start', error);
    }
  });
}

/** Looks at own data properties alone: a getter or a proxy would run the program's code. */
function loadScript(message: object): LoadScript | undefined {
  if (types.isProxy(message)) return undefined;
  if (getOwnPropertyDescriptor(message, 'type')?.value !== 'loadScript') return undefined;
  const filename: unknown = getOwnPropertyDescriptor(message, 'filename')?.value;
  const doEval: unknown = getOwnPropertyDescriptor(message, 'doEval')?.value;
  return typeof filename === 'string' ? { filename, doEval } : undefined;
}

function scriptFacts(script: LoadScript | undefined): { file?: string; eval?: true } {
  if (!script) return {};
  if (script.doEval) return { eval: true };
  return { file: pathOf(script.filename).slice(0, LONGEST_FILE) };
}

/** The runtime's own getter: a subclass may have another, and it must not be called. */
function getter(name: string): ((self: object) => unknown) | undefined {
  const get = getOwnPropertyDescriptor(Worker.prototype, name)?.get;
  return get && (uncurried(get as (this: object) => unknown) as (self: object) => unknown);
}

/** Node's own threads, such as the one that runs module loader hooks. */
function isInternal(worker: object): boolean {
  const made = getOwnPropertyDescriptor(getPrototypeOf(worker) as object, 'constructor')?.value as unknown;
  return typeof made === 'function' && made.name === 'InternalWorker';
}

const ERROR_TAG_BYTES = 1;

/** What Node's own serialization of an error says of it; the shape is Node's business and may change. */
function errorIn(serialized: unknown): { name: string; message: string; stack?: string } {
  try {
    const { constructor, properties } = deserialize((serialized as Buffer).subarray(ERROR_TAG_BYTES)) as {
      constructor: string;
      properties: Record<string, { value?: unknown }>;
    };
    const text = (key: string): string | undefined => {
      const value = properties[key]?.value;
      return typeof value === 'string' ? value : undefined;
    };
    const stack = text('stack');
    return { name: text('name') ?? constructor, message: text('message') ?? '', ...(stack ? { stack } : {}) };
  } catch {
    return { name: 'Error', message: '' };
  }
}

function at(): { at?: NonNullable<ReturnType<typeof callSite>> } {
  const site = callSite();
  return site ? { at: site } : {};
}
