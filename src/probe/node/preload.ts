// Runs inside the debugged program, in each of its threads, before the program's first line. It must not throw, print,
// keep anything alive, or change what the program does; whatever goes wrong here, the program goes on without a probe.
//
// Every process runs all of this file, so it does only what each needs: it tells that main begins, and puts in place what
// notices the first thing that is to be told. What knows more is compiled then (`base.ts`). To compile a function and run it
// for the first time takes longer than what most would do here: so this is one sequence, with few functions, and short.
import type * as diagnostics from 'diagnostics_channel';
import type * as files from 'fs';
import type * as vms from 'vm';
import type * as workerThreads from 'worker_threads';
import {
  ACTIVITY_VARIABLE,
  DEBUGGER_VARIABLE,
  PROBE_PROTOCOL_VERSION,
  SPOOLS_VARIABLE,
  SPOOL_PREFIX,
  SPOOL_SUFFIX,
  SPOOL_VARIABLE,
} from '../../protocol/spool';
import { HAND } from '../../protocol/hand';
import {
  FIRST_LOOK_MS,
  FIRST_OTHERS,
  FIRST_SOCKETS,
  FIRST_TIMERS,
  FRAMES,
  FRAMES_TO_OWN,
  HANDED_DOWN,
  PORTS_PART,
  PROBE,
  WORKER_PART,
  type Base,
  type Begun,
  type ComeBack,
  type Ending,
  type Frame,
  type Given,
  type InWorker,
  type Inheritance,
  type Kept,
  type Made,
  type Main,
  type Part,
  type Shared,
  type Threads,
  type Watch,
} from './given';
import {
  OwnBuffer,
  OwnBytes,
  OwnFunction,
  OwnPromise,
  SharedMemory,
  WeakReference,
  apply,
  arrayPrototype,
  byteLength,
  captureStackTrace,
  create,
  defineProperty,
  getActiveRequests,
  getBuiltinModule,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hrtime,
  includes,
  includesItem,
  isExtensible,
  moduleLoadList,
  own,
  raw,
  resolve,
  setPrototypeOf,
  slice,
  sourceOf,
  startsWith,
  stringify,
  symbolFor,
  then,
  waitAsync,
} from './raw';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface ModuleClass {
  new (id: string): { exports: unknown };
  _load: (id: string) => object;
  prototype: { _compile: (text: string, file: string, format: 'commonjs') => void };
}
interface Awaited {
  name: string;
  loaded: () => void;
}

/** The oldest Node that tells of a worker's start on a diagnostics channel, and whose internals the hooks know. */
const OLDEST_MAJOR = 20;
/** Where it stands in a function's source, that function is ours. */
const MARK = 'thread-lifelines exit watch';
/** Of so many look-ups it is found out who does it. */
const MOST_LOOKUPS = 64;
/** Node's exit code of a module that waits for what nothing will do. */
const UNSETTLED_CODE = 13;

const CHANGEABLE = { writable: true, enumerable: false, configurable: true };
/** A program may have put `get` and the like on Object.prototype, where every descriptor would find them. */
const define = (object: object, key: PropertyKey, descriptor: PropertyDescriptor): object =>
  defineProperty(object, key, { __proto__: null, ...descriptor } as PropertyDescriptor);

const emitBefore = getOwnPropertyDescriptor(process, 'emit');
const ownEmit = emitBefore && (emitBefore.value as Method | undefined);
/** The probe may be loaded from two places. */
const isObserved = typeof ownEmit === 'function' && apply(includes, apply(sourceOf, ownEmit, []), [MARK]);

begin: {
  if (isObserved) break begin;
  if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(`${__filename.slice(0, -3)}.unsupported.js`);
    break begin;
  }
  // Neither passes what the program will put around module loading. The first came with Node 20.16; the second, as it is now,
  // gives at once what is named with `node:`.
  const { constructor: OwnModule } = module as unknown as { constructor: ModuleClass };
  const { _load } = OwnModule;
  const { _compile } = OwnModule.prototype;
  const builtin = (id: string): object => (getBuiltinModule ? getBuiltinModule(`node:${id}`) : _load(`node:${id}`));

  // A worker is told without loading worker_threads: it may not abort the process, and Node marks what it may not.
  const inheritance =
    own.abort.disabled === true &&
    ((builtin('worker_threads') as typeof workerThreads).getEnvironmentData(HANDED_DOWN) as Inheritance | undefined);
  if (inheritance === undefined) break begin;
  const { env, pid } = process;
  const { [SPOOL_VARIABLE]: spool, [SPOOLS_VARIABLE]: parent } = env;
  const makesFolder = !spool && parent && env[DEBUGGER_VARIABLE];
  if (!inheritance && !spool && !makesFolder) break begin;

  const fs = builtin('fs') as typeof files;
  const { closeSync, constants, existsSync, fstatSync, linkSync, openSync } = fs;
  const { readFileSync, readSync, readlinkSync, unlinkSync, writeSync } = fs;
  const ownFiles = {
    ...{ closeSync, constants, existsSync, fstatSync, linkSync, openSync },
    ...{ readFileSync, readSync, readlinkSync, unlinkSync, writeSync },
  };
  const { O_APPEND, O_CREAT, O_WRONLY } = constants;
  /** µs on the system's monotonic clock, the same in all threads. Not by `performance`: to touch it loads a part of Node. */
  const now = (): number => {
    const time = hrtime();
    return time[0] * 1_000_000 + ((time[1] / 1000) | 0);
  };
  const textOf = (name: string): string => readFileSync(`${apply(slice, __filename, [0, -3])}.${name}.js`, 'utf8');
  const partOf = (compiled: unknown, shared?: Shared): object => {
    const part = { exports: {} };
    (compiled as Part)(part, handed, shared, __filename);
    return part.exports;
  };
  const wrapped = (text: string): string => `(function (part, given, shared, __filename) {${text}\n})`;
  const part = (text: string, shared?: Shared): object => {
    let compiled: unknown;
    try {
      compiled = new OwnFunction('part', 'given', 'shared', '__filename', text);
    } catch {
      // `--disallow-code-generation-from-strings`. A preload before this one may hear of the following.
      const one = new OwnModule(__filename);
      apply(_compile, one, [`module.exports = ${wrapped(text)}`, __filename, 'commonjs']);
      compiled = one.exports;
    }
    return partOf(compiled, shared);
  };
  const threads = (code?: SharedArrayBuffer): Threads => {
    const { Script } = builtin('vm') as typeof vms;
    const script = new Script(wrapped(textOf('threads')), {
      filename: __filename, // under the same name, so that its frames are known for ours
      ...(code ? { cachedData: new OwnBytes(new OwnBytes(code)) } : {}), // a copy that is the thread's own
    });
    return { part: partOf(script.runInThisContext()), code: () => script.createCachedData() };
  };

  const isNodes = (file: string): boolean => apply(startsWith, file, ['node:']);
  const isOwn = (file: string): boolean => file !== '' && file !== __filename && !isNodes(file);
  /** To ask for the first line of a script, the engine counts all its lines: of Node's files and ours nobody needs one. */
  const framesOf = (_: Error, sites: NodeJS.CallSite[]): Frame[] => {
    const frames: Frame[] = [];
    for (let i = 0; i < sites.length; i++) {
      const site = sites[i]!;
      // What is evaluated stands for who evaluates it, but for what goes by a name of ours.
      const name = site.getFileName() || site.getScriptNameOrSourceURL();
      const file = name === PROBE ? __filename : name === HAND ? HAND : site.getFileName() || '';
      const line = (isOwn(file) && site.getLineNumber()) || 1;
      const column = (isOwn(file) && site.getColumnNumber()) || 1;
      frames[i] = { file, line, column, function: site.getFunctionName() || '', makes: site.isConstructor() };
    }
    return frames;
  };
  const stack = (most: number, below: unknown): Frame[] => {
    const prepare = getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    const limit = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
    if (!limit) throw new Error('the program wants no stacks');
    const found: { stack?: Frame[] } = {};
    try {
      define(Error, 'prepareStackTrace', { value: framesOf, ...CHANGEABLE });
      define(Error, 'stackTraceLimit', { ...limit, value: most });
      captureStackTrace(found, below as () => void);
      return found.stack || [];
    } finally {
      defineProperty(Error, 'stackTraceLimit', limit);
      if (prepare) defineProperty(Error, 'prepareStackTrace', prepare);
      else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    }
  };

  const awaited: Awaited[] = [];
  let trap: Record<number, unknown> | undefined;
  // Node pushes the name of each part to a list, whose prototype is one of ours until all have come that are waited for.
  const whenLoaded = (id: string, loaded: () => void): boolean => {
    const list = moduleLoadList;
    if (!list || !(trap || (isExtensible(list) && getPrototypeOf(list) === arrayPrototype))) return false;
    awaited[awaited.length] = { name: `NativeModule ${id}`, loaded };
    if (trap) return true;
    const ours = (trap = create(arrayPrototype) as Record<number, unknown>);
    const waitAt = (index: number): void => {
      define(ours, index, {
        configurable: true,
        set(this: unknown[], value: unknown) {
          define(this, index, { value, ...CHANGEABLE, enumerable: true });
          delete ours[index];
          let found: Awaited | undefined;
          let left = 0;
          for (let i = 0; i < awaited.length; i++) {
            if (!found && awaited[i]!.name === value) found = awaited[i];
            else awaited[left++] = awaited[i]!;
          }
          awaited.length = left;
          if (left > 0) waitAt(list.length);
          else {
            setPrototypeOf(list, arrayPrototype);
            trap = undefined;
          }
          if (found) found.loaded();
        },
      });
    };
    waitAt(list.length);
    setPrototypeOf(list, ours);
    return true;
  };

  const hearLookups = (hear: (adds: boolean) => void): void => {
    const prototype = getPrototypeOf(process) as object;
    const emitters = getPrototypeOf(prototype) as Record<string, unknown>;
    const hearOne = (key: string, adds: boolean): void => {
      if (getOwnPropertyDescriptor(prototype, key)) return;
      define(prototype, key, {
        ...{ configurable: true, enumerable: false },
        get(this: object): unknown {
          if (this === process) hear(adds);
          return emitters[key]; // what stands further up the chain is given as ever, and can be replaced there and here
        },
        set(this: object, value: unknown) {
          define(this, key, { value, ...CHANGEABLE, enumerable: true });
        },
      });
    };
    hearOne('on', true); // once() and the like call it
    hearOne('addListener', true);
    hearOne('prependListener', true);
    hearOne('off', false);
    hearOne('removeListener', false);
    hearOne('removeAllListeners', false);
  };

  const ending: Ending = { exiting: false, chosen: false, heard: undefined };
  const handed: Given = {
    raw,
    files: ownFiles,
    builtin,
    now,
    textOf,
    part,
    threads,
    whenLoaded,
    hearLookups,
    stack,
    ending,
    waiting: [],
  };
  let watch: Watch | undefined;
  let main: Main | undefined;
  let base = '';
  let isLoading = false;
  const load = (): Main => {
    if (main) return main;
    if (isLoading) throw new Error('something is heard of while the rest is loaded');
    isLoading = true;
    try {
      main = (part(base) as Base).mainOf(begun);
    } finally {
      isLoading = false;
    }
    base = '';
    begun.early = [];
    return main;
  };
  /** Where even that fails, nobody can be told. */
  const told = (body: (main: Main) => void): void => {
    try {
      body(load());
    } catch {
      // The program must not notice.
    }
  };
  const watched = (body: (watch: Watch) => void): void => {
    if (watch) body(watch);
    else told((known) => body(known.watch));
  };

  const begun: Begun = {
    ...{ p: `${pid}-${now()}`, path: '', sequence: 0, pending: '' },
    ...{ activity: env[ACTIVITY_VARIABLE], made: undefined, listeners: [], early: [], adder: undefined },
  };
  /** In main, as long as nothing more is known. At once: no file stays open, so that none of the program's has another number. */
  const tell = (kind: string, record: string): void => {
    begun.pending += `{"k":"${kind}","p":"${begun.p}","tid":0,"q":${begun.sequence++},"t":${now()},${record}}\n`;
    let fd: number | undefined;
    try {
      fd = openSync(begun.path + SPOOL_SUFFIX, O_WRONLY | O_APPEND | O_CREAT, 0o600);
      if (writeSync(fd, begun.pending) === apply(byteLength, OwnBuffer, [begun.pending])) begun.pending = '';
    } catch {
      // It is written when it can be, and that it could not is told.
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
    if (begun.pending !== '') told(() => undefined);
  };
  /** Not to be known where the program has frozen `Error`. */
  const isEndedByNode = (): boolean => {
    try {
      return stack(1, emit).length === 0;
    } catch {
      return false;
    }
  };
  const isQuiet = (): boolean => !watch && !main;
  const before = (code: unknown): boolean => {
    if (ending.exiting || own._exiting !== true) return false;
    ending.exiting = true;
    if (isQuiet() && isEndedByNode())
      tell('exiting', `"cause":"returned","code":${stringify(Number(code))}${ending.chosen ? ',"chosen":true' : ''}`);
    else watched((known) => known.exiting(code));
    return true;
  };
  const after = (code: unknown): void => {
    try {
      const { exitCode } = process;
      const last = Number(exitCode === undefined || exitCode === null ? code : exitCode);
      const isDone = isQuiet() && getActiveRequests && apply(getActiveRequests, process, []).length === 0;
      if (isDone) return tell('exited', `"code":${stringify(last)}`);
    } catch {
      // A getter of the program's: the watch meets it too, and says so.
    }
    watched((known) => known.exited(code));
  };
  const ranOut = (): void => {
    try {
      ending.chosen = Number(process.exitCode) === UNSETTLED_CODE; // whose code it is cannot be told later
    } catch {
      ending.chosen = false;
    }
  };
  // The process object's `emit` is the one place that every orderly end passes; it is no listener, so the program can neither see
  // nor remove it. One frame of ours stands on the stack of the program's handlers, and no more.
  const { emit } = {
    emit(this: unknown, ...args: unknown[]): unknown {
      'thread-lifelines exit watch'; // kept by the compiler as a directive
      const event = args[0];
      if (event === 'workerMessage' && ending.heard) ending.heard(args[2]);
      // Node emits the monitor's event before all else, whether or not someone listens.
      if (event === 'uncaughtExceptionMonitor') watched((known) => known.failing(args[1]));
      const isExit = event === 'exit' && before(args[1]);
      // Looked up anew each time: `domain`, for one, replaces the prototype's.
      const result = apply(ownEmit || (getPrototypeOf(process) as { emit: Method }).emit, this, args);
      if (isExit) after(args[1]);
      else if (event === 'uncaughtException') watched((known) => known.afterUncaught(result));
      else if (event === 'beforeExit') ranOut();
      return result;
    },
  };
  const emitOf = ownEmit || (process.emit as unknown as Method);
  const face = (wrapper: Method, original: Method, key: string): void => {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (descriptor) defineProperty(wrapper, key, descriptor);
  };
  /** Not before it is known where to write: what fails until then leaves nothing behind. */
  const hearEnd = (): void => {
    face(emit, emitOf, 'name');
    face(emit, emitOf, 'length');
    face(emit, emitOf, 'prototype');
    define(process, 'emit', { value: emit, ...CHANGEABLE });
  };

  if (inheritance) {
    watch = (threads(inheritance.code).part as InWorker).startInWorker(inheritance);
    hearEnd();
    break begin;
  }

  // Where main writes, and that it begins. Absolute, for the program may change its working folder; `path` takes long to load.
  const folder = makesFolder ? `${parent}/${SPOOL_PREFIX}${begun.p}` : spool!;
  if (makesFolder) {
    fs.mkdirSync(folder, { mode: 0o700 });
    env[SPOOL_VARIABLE] = folder; // for child processes
  }
  const isLoaded = (id: string): boolean => apply(includesItem, moduleLoadList || [], [`NativeModule ${id}`]);
  const cwd = process.cwd();
  const isAbsolute = folder[0] === '/' || folder[0] === '\\' || folder[1] === ':';
  begun.path = `${isAbsolute ? folder : `${cwd}/${folder}`}/${begun.p}`;
  let missing: Error | undefined;
  try {
    base = textOf('base'); // read now: later there may be no file descriptor, or no such file
  } catch (error) {
    missing = error as Error;
  }
  const { _events: events } = own;
  const exits = events && events.exit;
  if (exits) begun.listeners = typeof exits === 'function' ? [exits] : [...exits];
  const sizeOf = (listeners: unknown): unknown => typeof listeners === 'object' && (listeners as unknown[]).length;
  const exitCount = sizeOf(exits);

  const { activity } = begun;
  const isActivityTold = activity === undefined || Number.parseFloat(activity) !== 0;
  const canLook = isActivityTold && waitAsync !== undefined && typeof SharedMemory === 'function';
  let namespace = '';
  try {
    // Where the system counts processes apart for each container.
    if (process.platform === 'linux') namespace = `,"namespace":${stringify(readlinkSync('/proc/self/ns/pid'))}`;
  } catch {
    // no /proc, or the program may not read there
  }
  const list = (texts: string[]): string => {
    let text = '';
    for (let i = 0; i < texts.length; i++) text += `${i > 0 ? ',' : ''}${stringify(texts[i])}`;
    return `[${text}]`;
  };
  const { ppid, argv, execArgv, versions } = process;
  tell(
    'process-start',
    `"v":${PROBE_PROTOCOL_VERSION},"pid":${pid},"ppid":${ppid}${namespace},"runtime":"node","version":"${versions.node}",` +
      `"argv":${list(argv)},"execArgv":${list(execArgv)},"cwd":${stringify(cwd)},"wall":${Date.now()}` +
      (canLook && !missing ? `,"looksAfter":${FIRST_LOOK_MS}` : ''),
  );
  if (missing) tell('probe-error', `"message":${stringify(`start: ${missing.message}`)}`);
  hearEnd();

  const replaces = getOwnPropertyDescriptor(process, 'execve');
  if (replaces && typeof replaces.value === 'function' && replaces.configurable) {
    const original = replaces.value as Method;
    const { execve } = {
      execve(this: unknown, ...args: unknown[]): unknown {
        told((known) => known.replacing());
        return apply(original, this, args);
      },
    };
    face(execve, original, 'name');
    face(execve, original, 'length');
    face(execve, original, 'prototype');
    define(process, 'execve', { ...replaces, value: execve });
  }

  // What may keep the process alive later, and who listens for its exit.
  if (isActivityTold) {
    const made: Made = {
      ...{ timers: [], servers: [], children: [], sockets: [], watchers: [] },
      ...{ timersLeft: FIRST_TIMERS, othersLeft: FIRST_OTHERS, socketsLeft: FIRST_SOCKETS },
    };
    begun.made = made;
    const keep = (kept: Kept[], object: unknown): void => {
      // A child is asked for at the end. All else only when the process is looked at.
      if (main || kept === made.children) return told((known) => known.keep(kept, object));
      if (typeof object !== 'object' || object === null) return;
      try {
        const reference = WeakReference && new WeakReference(object);
        begun.early[begun.early.length] = { kept, reference, frames: stack(FRAMES_TO_OWN, keep) };
      } catch {
        told((known) => known.keep(kept, object)); // the program has frozen `Error`
      }
    };
    const promisify = symbolFor('nodejs.util.promisify.custom');
    const exported = builtin('timers') as Record<string, unknown>;
    const globals = globalThis as unknown as Record<string, Method>;
    // Nothing that a timer calls has a frame of ours on its stack; only the error of one that is given no function has.
    const hearTimers = (name: 'setTimeout' | 'setInterval'): void => {
      const descriptor = getOwnPropertyDescriptor(globalThis, name);
      if (!descriptor || !descriptor.writable || typeof descriptor.value !== 'function') return;
      const original = descriptor.value as Method;
      const { [name]: wrapper } = {
        // A timer costs little: what most of them pay must be next to nothing.
        [name]: function (this: unknown, ...args: unknown[]): unknown {
          if (made.timersLeft <= 0 && args.length < 3) return original(args[0], args[1]);
          const timer = apply(original, this, args);
          if (made.timersLeft-- > 0) keep(made.timers, timer);
          return timer;
        },
      };
      face(wrapper!, original, 'length');
      const custom = getOwnPropertyDescriptor(original, promisify);
      if (custom) defineProperty(wrapper!, promisify, custom);
      globals[name] = wrapper!;
      // Whoever takes it from there has the same; ES modules too, for which Node looks at it when the first one asks.
      if (exported[name] === original) exported[name] = wrapper;
    };
    hearTimers('setTimeout');
    hearTimers('setInterval');

    const hearChannels = (): void => {
      const { subscribe } = builtin('diagnostics_channel') as typeof diagnostics;
      const hear = (channel: string, kept: Kept[], key: string, left: 'othersLeft' | 'socketsLeft'): void =>
        subscribe(channel, (published) => {
          if (made[left]-- > 0) keep(kept, (published as Record<string, unknown>)[key]);
        });
      hear('tracing:net.server.listen:asyncStart', made.servers, 'server', 'othersLeft');
      hear('child_process', made.children, 'process', 'othersLeft');
      hear('net.client.socket', made.sockets, 'socket', 'socketsLeft');
      hear('udp.socket', made.sockets, 'socket', 'socketsLeft');
    };
    // An old Node has it only once something needs it, such as its part for servers.
    if (isLoaded('diagnostics_channel')) hearChannels();
    else whenLoaded('diagnostics_channel', hearChannels);
    whenLoaded('internal/fs/watchers', () => told((known) => known.hearWatchers()));

    // Listeners for its exit: who adds one is known where the method is looked up, and whether it did is seen a little later.
    let isWaiting = false;
    const look = (): void => {
      isWaiting = false;
      const now = own._events && own._events.exit;
      if (!main && (now !== exits || sizeOf(now) !== exitCount)) told(() => undefined);
    };
    const hear = (adds: boolean): void => {
      if (!main) look();
      if (main) return told((known) => known.lookedUp(adds));
      try {
        begun.adder = adds && lookups++ < MOST_LOOKUPS ? stack(FRAMES, hear) : undefined;
      } catch {
        begun.adder = undefined; // the program has frozen `Error`
      }
      if (isWaiting) return;
      isWaiting = true;
      void apply(then, apply(resolve, OwnPromise, []), [look]);
    };
    let lookups = 0;
    hearLookups(hear);
  }

  // Without a timer, which a program could count.
  if (canLook) {
    const still = new Int32Array(new SharedMemory!(4));
    const comeBack: ComeBack = (ms, next) => {
      const { async, value } = waitAsync!(still, 0, 0, ms);
      if (async) void apply(then, value, [() => void ((main && main.isLookedAt) || next())]);
    };
    comeBack(FIRST_LOOK_MS, () => told((known) => known.look(comeBack)));
  }

  // Workers can be made once Node has its part for them. It puts a process.chdir of its own in place then, which tells all threads:
  // that is our sign. A program may replace it too, then we are early, or go on waiting where ports are not to be had.
  const chdir = getOwnPropertyDescriptor(process, 'chdir');
  const ready = (): void => told((known) => known.workersCanBeMade());
  if (!chdir || !chdir.configurable) builtin('worker_threads'); // nothing will tell
  if (!chdir || !chdir.configurable || isLoaded(WORKER_PART)) ready();
  else {
    let { value } = chdir as { value: unknown };
    define(process, 'chdir', {
      ...{ configurable: true, enumerable: chdir.enumerable === true },
      get: () => value,
      set(changed: unknown) {
        value = changed;
        if (!isLoaded(PORTS_PART)) return;
        define(process, 'chdir', { ...chdir, value });
        ready();
      },
    });
  }
}
