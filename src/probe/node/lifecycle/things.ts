// What is told of single things that keep a loop turning: read from the properties of Node's own objects, without calling
// anything that a program may have put there.
import type { Thing } from '../../../protocol/probeEvents';
import { apply, getOwnPropertyDescriptor, getPrototypeOf } from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';
import { clipped } from '../tools/text';
import { isNative } from './firstWorker';

const MOST_CLASSES = 6;
const LONGEST_COMMAND = 300;
const MOST_WORDS = 32;

/** Names of its class and those above it, innermost first. */
export function constructorsOf(object: object): string[] {
  const names: string[] = [];
  let prototype = getPrototypeOf(object) as object | null;
  for (let i = 0; prototype && i < MOST_CLASSES; i++) {
    const made: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name: unknown = typeof made === 'function' && getOwnPropertyDescriptor(made, 'name')?.value;
    names[names.length] = typeof name === 'string' ? name : '';
    prototype = getPrototypeOf(prototype) as object | null;
  }
  return names;
}

export const isServer = (handle: object): boolean => typeof valueAt(handle, '_connectionKey') === 'string';

/** Between two processes, as Node makes it for `fork()`. */
export const isChannel = (handle: object): boolean =>
  getOwnPropertyDescriptor(handle, 'pendingHandle') !== undefined && valueAt(handle, 'sockets') !== undefined;

/** @param names of its classes */
export function serverThing(server: object, names: string[]): Thing {
  // In a cluster the first process listens for the others, by the handle alone.
  if (valueAt(server, '_handle') === null) return { name: 'TCPServerWrap', what: 'cluster-server' };
  const path = valueAt(server, '_pipeName');
  const what = kindOf(server, names);
  if (typeof path === 'string' && path !== '') return { name: 'PipeServerWrap', what, path: clipped(path) };
  const port = portOf(server);
  return { name: 'TCPServerWrap', what, ...(port > 0 ? { port } : {}) };
}

function kindOf(server: object, names: string[]): string {
  const isTls = valueAt(server, '_sharedCreds') !== undefined;
  for (let i = 0; i < names.length; i++) {
    if (names[i] === 'Http2Server' || names[i] === 'Http2SecureServer') return 'http2-server';
  }
  if (valueAt(server, 'httpAllowHalfOpen') !== undefined) return isTls ? 'https-server' : 'http-server';
  return isTls ? 'tls-server' : 'server';
}

/** 0 where it is not known. */
function portOf(server: object): number {
  const handle = valueAt(server, '_handle');
  if (typeof handle !== 'object' || handle === null) return 0;
  const prototype = getPrototypeOf(handle) as object | null;
  const getsockname: unknown = prototype && getOwnPropertyDescriptor(prototype, 'getsockname')?.value;
  if (!isNative(getsockname)) return askedFor(server);
  const out: { port?: number } = {};
  apply(getsockname as (this: object, out: object) => unknown, handle, [out]);
  return typeof out.port === 'number' ? out.port : 0;
}

/** What the program asked for: behind the last colon of what Node keeps of it. */
function askedFor(server: object): number {
  const key = valueAt(server, '_connectionKey') as string;
  let port = 0;
  let factor = 1;
  for (let i = key.length - 1; i >= 0 && key[i] !== ':'; i--) {
    const digit = +key[i]!;
    if (!(digit >= 0 && digit <= 9)) return 0;
    port += digit * factor;
    factor *= 10;
  }
  return port;
}

/** By the name of its class; undefined for other things. */
export function watcherThing(name: string): Thing | undefined {
  if (name === 'FSWatcher') return { name: 'FSEventWrap', what: 'watcher' };
  return name === 'StatWatcher' ? { name: 'StatWatcher', what: 'watcher' } : undefined;
}

/** Of a network connection, or a socket for UDP. */
export function socketThing(socket: object): Thing | undefined {
  const handle = valueOfSymbol(socket, 'kHandle') ?? valueAt(valueOfSymbol(socket, 'state symbol'), 'handle');
  if (typeof handle !== 'object' || handle === null) return undefined;
  const name = constructorsOf(handle)[0];
  if (name === 'UDP') return { name: 'UDPWrap', what: 'connection' };
  if (name !== 'TCP' || valueAt(socket, 'connecting') === true) return undefined;
  const server = valueAt(socket, 'server');
  const port = typeof server === 'object' && server !== null && isServer(server) ? portOf(server) : 0;
  return { name: 'TCPSocketWrap', ...(port > 0 ? { what: 'accepted', port } : { what: 'connection' }) };
}

export function childThing(child: object): Pick<Thing, 'pid' | 'command'> {
  const pid = valueAt(child, 'pid');
  const words = valueAt(child, 'spawnargs');
  const file = valueAt(child, 'spawnfile');
  let command = typeof file === 'string' ? file : '';
  for (let i = 1; i < MOST_WORDS && command.length < LONGEST_COMMAND; i++) {
    const word = valueAt(words, i);
    if (typeof word !== 'string') break;
    command += ` ${word}`;
  }
  return {
    ...(typeof pid === 'number' ? { pid } : {}),
    ...(command ? { command: clipped(command, LONGEST_COMMAND) } : {}),
  };
}
