// Hears where timers, servers, sockets, child processes and file watchers are made, of those that may keep the process alive
// later. Servers, sockets and children are heard of on Node's diagnostics channels, watchers below Node's JavaScript, timers by
// functions replaced in place; few stacks are looked at. What stands here each process runs at its start: what becomes of it
// is in `kept.ts`.
import type { Site } from '../../../protocol/probeEvents';
import {
  apply,
  defineProperty,
  diagnosticsChannel,
  getOwnPropertyDescriptor,
  isLoaded,
  timers,
  weakly,
} from '../tools/builtins';
import { ownSite } from '../tools/callers';
import { binding } from '../tools/bindings';
import { whenLoaded } from '../tools/loads';
import { beforeLookup, type Method } from '../tools/replace';

/** Timers, and servers with children, whose lines are looked for before the first look at what keeps the loop turning. */
const FIRST_TIMERS = 24;
const FIRST_OTHERS = 64;
const FIRST_SOCKETS = 24;
/** Those of each kind that are kept in mind. */
const MOST = 64;

export interface Kept {
  /** Undefined once nobody else holds it. */
  get: () => object | undefined;
  at: Site | undefined;
}

export interface Made {
  timers: Kept[];
  servers: Kept[];
  children: Kept[];
  sockets: Kept[];
  /** By their handles. */
  watchers: Kept[];
  /** So many more may be looked at. */
  timersLeft: number;
  othersLeft: number;
  socketsLeft: number;
  /** Once this process has told which have not ended. */
  hasToldChildren?: true;
}

/** Begins to hear; loads no part of Node. @param failed must not throw */
export function hearMade(failed: (error: unknown) => void): Made {
  const made: Made = {
    timers: [],
    servers: [],
    children: [],
    sockets: [],
    watchers: [],
    timersLeft: FIRST_TIMERS,
    othersLeft: FIRST_OTHERS,
    socketsLeft: FIRST_SOCKETS,
  };
  const keep = (list: Kept[], object: unknown): void => {
    try {
      if (typeof object !== 'object' || object === null) return;
      const one = { get: weakly(object), at: ownSite() };
      if (list.length === MOST) for (let i = 1; i < MOST; i++) list[i - 1] = list[i]!;
      list[list.length < MOST ? list.length : MOST - 1] = one;
    } catch (error) {
      failed(error);
    }
  };
  try {
    const keepTimer = (timer: unknown): void => {
      made.timersLeft--;
      keep(made.timers, timer);
    };
    hearTimers('setTimeout', made, keepTimer);
    hearTimers('setInterval', made, keepTimer);
    const hear = guarded(failed, () => hearChannels(made, keep));
    // An old Node has it only once something needs it, such as its part for servers.
    if (isLoaded('diagnostics_channel')) hear();
    else whenLoaded('diagnostics_channel', hear);
    whenLoaded(
      'internal/fs/watchers',
      guarded(failed, () => hearWatchers(made, keep)),
    );
  } catch (error) {
    failed(error);
  }
  return made;
}

type Keep = (list: Kept[], object: unknown) => void;

const guarded = (failed: (error: unknown) => void, body: () => void) => (): void => {
  try {
    body();
  } catch (error) {
    failed(error);
  }
};

function hearChannels(made: Made, keep: Keep): void {
  const { subscribe } = diagnosticsChannel();
  subscribe('tracing:net.server.listen:asyncStart', (published) => {
    if (made.othersLeft-- > 0) keep(made.servers, (published as { server: object }).server);
  });
  subscribe('child_process', (published) => {
    if (made.othersLeft-- > 0) keep(made.children, (published as { process: object }).process);
  });
  const hearSocket = (published: unknown): void => {
    if (made.socketsLeft-- > 0) keep(made.sockets, (published as { socket: object }).socket);
  };
  subscribe('net.client.socket', hearSocket);
  subscribe('udp.socket', hearSocket);
}

/** What Node calls when one begins to watch: the program's call is on the stack. */
function hearWatchers(made: Made, keep: Keep): void {
  const classes = [binding('fs_event_wrap')?.['FSEvent'], binding('fs')?.['StatWatcher']];
  for (let i = 0; i < classes.length; i++) {
    const prototype: unknown = typeof classes[i] === 'function' && (classes[i] as { prototype: object }).prototype;
    if (!prototype) continue;
    beforeLookup(prototype, 'start', (handle) => {
      if (handle !== prototype && made.othersLeft-- > 0) keep(made.watchers, handle);
    });
  }
}

/** Nothing that a timer calls has a frame of ours on its stack; only the error of one that is given no function has. */
function hearTimers(name: 'setTimeout' | 'setInterval', made: Made, keep: (timer: unknown) => void): void {
  const descriptor = getOwnPropertyDescriptor(globalThis, name);
  if (!descriptor?.writable || typeof descriptor.value !== 'function') return;
  const original = descriptor.value as Method;
  const { [name]: wrapper } = {
    // A timer costs little: what most of them pay must be next to nothing.
    [name]: function (this: unknown, ...args: unknown[]): unknown {
      if (made.timersLeft <= 0 && args.length < 3) return original(args[0], args[1]);
      const timer = apply(original, this, args);
      if (made.timersLeft > 0) keep(timer);
      return timer;
    },
  };
  defineProperty(wrapper!, 'length', { value: original.length, configurable: true });
  const custom = getOwnPropertyDescriptor(original, PROMISIFY);
  if (custom) defineProperty(wrapper!, PROMISIFY, custom);
  (globalThis as Record<string, unknown>)[name] = wrapper;
  // Whoever takes it from there has the same; ES modules too, for which Node looks at it when the first one asks.
  const module = isLoaded('timers') ? timers() : {};
  if (module[name] === original) module[name] = wrapper;
}
const PROMISIFY = Symbol.for('nodejs.util.promisify.custom');
