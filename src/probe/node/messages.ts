// Messages between threads, on every port: when each was posted and when it was delivered. No frame of ours stands on
// the stack of a program that posts or listens: people read the errors of both. So Node's and the program's look-up of a
// method is what is heard, not its call.
import { ActivityKind, PARENT_PORT, portOfWorker } from '../../protocol/activity';
import {
  PrivateMap,
  apply,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isExtensible,
  workerThreads,
} from './builtins';
import { beforeLookup, replaceMethod, valueOfSymbol } from './replace';
import type { Ring } from './ring';
import type { Spool } from './spool';
import { clipped } from './text';

const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch');
/** Stands on each port, and on nothing else. */
const RECEIVED_PORTS = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts');

/** Nobody listened when it was delivered, so it is gone. */
const UNHEARD = 1;

interface PortState {
  port: number;
  posts: number;
  receives: number;
  /** Node has looked whether the port can dispatch, and is about to dispatch. */
  delivering: boolean;
  /** Messages may have been taken off it unseen. */
  polled: boolean;
  /** The Worker whose messages come on it. */
  worker?: Emitter;
}
interface Emitter {
  _events?: Record<string, unknown>;
}

/** Ports of this thread, by what they are for. */
export class Ports {
  private readonly states = new PrivateMap<object, PortState>();
  private others = 0;
  /** Messages come one after the other on the same port. */
  private lastPort: object | undefined;
  private lastState: PortState | undefined;
  /** Called with a port that is used for the first time, and may say what it is for. */
  onUnknown: ((port: object) => void) | undefined;

  constructor(private readonly spool: Spool) {}

  of(port: object): PortState {
    const known = this.known(port);
    if (known) return known;
    this.onUnknown?.(port);
    return this.states.get(port) ?? this.add(port, this.others++ * 2 + 1);
  }

  known(port: object): PortState | undefined {
    if (port === this.lastPort) return this.lastState;
    const state = this.states.get(port);
    if (!state) return undefined;
    this.lastPort = port;
    return (this.lastState = state);
  }

  add(port: object, id: number, worker?: object): PortState {
    const state: PortState = { port: id, posts: 0, receives: 0, delivering: false, polled: false };
    if (worker) state.worker = worker;
    this.states.set(port, state);
    return state;
  }

  /** A worker that this thread started: its public port carries messages. */
  addWorker(worker: object, id: number): void {
    const publicPort = valueOfSymbol(worker, 'kPublicPort');
    if (publicPort) this.add(publicPort, portOfWorker(id), worker);
  }

  /** A port of Node's own. */
  ignore(port: object): void {
    this.add(port, IGNORED);
  }

  /** A BroadcastChannel's messages go through a port of its own. */
  addBroadcast(channel: object): void {
    const handle = valueOfSymbol(channel, 'kHandle');
    const name = valueOfSymbol(channel, 'kName');
    if (!handle || this.named.get(channel)) return;
    const { port } = this.of(handle);
    this.named.set(channel, true);
    this.spool.tell('port', { port, broadcast: clipped(typeof name === 'string' ? name : '') });
  }
  private readonly named = new PrivateMap<object, true>();
}

/** Node's own traffic. */
const IGNORED = -1;

type Needed = (name: string, found: boolean) => void;

export function observeMessages(ring: Ring, spool: Spool, missing: string[]): Ports {
  const ports = new Ports(spool);
  const { BroadcastChannel, MessagePort, parentPort } = workerThreads();
  if (parentPort) ports.add(parentPort, PARENT_PORT);
  const needed: Needed = (name, found) => void (found || missing.push(name));

  needed(
    'MessagePort.postMessage',
    beforeLookup(MessagePort.prototype, 'postMessage', (port) => {
      if (port === MessagePort.prototype) return;
      const state = ports.of(port);
      if (state.port !== IGNORED) ring.put(ActivityKind.post, state.port, 0, ++state.posts);
    }),
  );
  const broadcast = BroadcastChannel.prototype as object;
  needed(
    'BroadcastChannel.postMessage',
    beforeLookup(broadcast, 'postMessage', (channel) => channel !== broadcast && ports.addBroadcast(channel)),
  );
  needed(
    'EventTarget[kHybridDispatch]',
    beforeLookup(EventTarget.prototype, DISPATCH, (target) => {
      const known = ports.known(target);
      if (known) looked(ring, known);
      else if (getOwnPropertyDescriptor(target, RECEIVED_PORTS)) looked(ring, ports.of(target));
      else if (getPrototypeOf(target) === broadcast) ports.addBroadcast(target);
    }),
  );
  observeSynchronousReceive(ring, ports, needed);
  if (!parentPort) needed('BroadcastChannel[kHandle]', observePolls(ring, ports));
  return ports;
}

/** For each message Node looks the method up twice. Other events come hardly ever on a port, but for its close. */
function looked(ring: Ring, state: PortState): void {
  state.delivering = !state.delivering;
  if (state.delivering || state.port === IGNORED) return;
  const unheard = state.worker?._events !== undefined && state.worker._events['message'] === undefined;
  ring.put(ActivityKind.receive, state.port, unheard ? UNHEARD : 0, ++state.receives);
}

/** `receiveMessageOnPort` takes a message off a port without an event. */
function observeSynchronousReceive(ring: Ring, ports: Ports, needed: Needed): void {
  const exported = workerThreads();
  const heard = (port: unknown, result: unknown): void => {
    if (result === undefined || typeof port !== 'object' || port === null) return;
    const state = ports.of(receiving(port));
    if (state.port !== IGNORED) ring.put(ActivityKind.receive, state.port, 0, ++state.receives);
  };
  needed(
    'receiveMessageOnPort',
    replaceMethod(
      exported,
      'receiveMessageOnPort',
      () => undefined,
      undefined,
      (args, result) => heard(args[0], result),
    ),
  );
}

/** A BroadcastChannel is given where its port is meant. */
const receiving = (port: object): object => valueOfSymbol(port, 'kHandle') ?? port;

/**
 * In main the program may have taken `receiveMessageOnPort` before it was replaced, and what that gives is not to be had.
 * But it looks whether it was given a BroadcastChannel, so it is known which ports it asks.
 */
function observePolls(ring: Ring, ports: Ports): boolean {
  const key = keyOfHandle();
  const { prototype } = workerThreads().MessagePort;
  if (!key || !isExtensible(prototype)) return false;
  defineProperty(prototype, key, {
    configurable: true,
    get(this: object): undefined {
      if (this === prototype) return;
      const state = ports.of(this);
      if (state.polled || state.port === IGNORED) return;
      state.polled = true;
      ring.put(ActivityKind.poll, state.port, 0, 0);
    },
  });
  return true;
}

/** The key by which a BroadcastChannel keeps its port, from one that is none. */
function keyOfHandle(): symbol | undefined {
  let found: symbol | undefined;
  const get = (_: object, key: PropertyKey): unknown => {
    if (typeof key !== 'symbol' || key.description !== 'kHandle') return 'BroadcastChannel'; // its type
    found = key;
    return undefined;
  };
  try {
    apply(workerThreads().BroadcastChannel.prototype.ref, new Proxy({}, { get }), []);
  } catch {
    // it was not taken for one
  }
  return found;
}
