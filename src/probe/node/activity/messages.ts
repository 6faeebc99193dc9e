// Messages between threads, on every port: when each was posted and when it was delivered. No frame of ours stands on
// the stack of a program that posts or listens: people read the errors of both. So Node's and the program's look-up of a
// method is what is heard, not its call.
import { ActivityKind, PARENT_PORT, portOfWorker, portToThread } from '../../../protocol/activity';
import {
  PrivateMap,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  now,
  ownKeys,
  symbolFor,
  workerThreads,
} from '../tools/builtins';
import { isSame, portSite } from '../tools/callers';
import { callSite } from '../tools/callSite';
import type { Site } from '../../../protocol/probeEvents';
import { valueAt, valueOfSymbol } from '../tools/internals';
import { lookLater, lookNow } from '../tools/later';
import { beforeLookup, replaceMethod } from '../tools/replace';
import type { Channels } from '../lifecycle/channels';
import { ending } from '../tools/handed';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';
import { hearTypes, isListenedTo, type Before } from './eventTypes';
import { observePolls, type Polls } from './polls';
import { Tasks, taskReaderOf, type TaskReader } from './tasks';
import { clipped } from '../tools/text';

const DISPATCH = symbolFor('nodejs.internal.kHybridDispatch');
/** Stands on each port, and on nothing else. */
const RECEIVED_PORTS = symbolFor('nodejs.internal.kCurrentlyReceivingPorts');

/** How much of what a worker is given is looked at. */
const MOST_DATA = 16;
/** Of so many ports, and of each so often, it is told where they were made to keep the loop turning. */
const MOST_SITES = 64;
const MOST_SITES_OF_PORT = 2;
/** Of so many ports, and of each so many, it is told from where they are posted on. */
const MOST_POST_SITES = 64;
const MOST_POST_SITES_OF_PORT = 3;
/** What could not be deserialized comes as an event of this type. */
const BROKEN = 'messageerror';
/** Nobody listened when it was delivered, so it is gone. */
const UNHEARD = 1;

interface PortState {
  port: number;
  posts: number;
  receives: number;
  /** Node has looked whether the port can dispatch, and is about to dispatch. */
  delivering: boolean;
  /** It is about to dispatch a message, whose type it looks up next. */
  dispatching: boolean;
  /** Types are heard. */
  typed: boolean;
  /** So is its other end. */
  closed: boolean;
  /** How many were posted when nobody was there any more, and from where, as far as that was told. */
  astrays: number;
  astraySites: Site[];
  /** How often messages may have been taken off it unseen, and when that was told last, in µs. */
  polls: number;
  polledAt: number;
  /** The Worker whose messages come on it. */
  worker?: Emitter;
  isBroadcast?: true;
  /** How often it was told where it was made to keep the loop turning. */
  sites: number;
  /** From where it is posted on, as far as that was told. */
  postSites: Site[];
  /** Tasks of a pool come on it. */
  tasks?: TaskReader;
}
interface Emitter {
  _events?: Record<string, unknown>;
}

const newState = (port: number): PortState => ({
  port,
  posts: 0,
  receives: 0,
  delivering: false,
  dispatching: false,
  typed: false,
  closed: false,
  astrays: 0,
  astraySites: [],
  polls: 0,
  polledAt: 0,
  sites: 0,
  postSites: [],
});

/** Ports of this thread, by what they are for. */
export class Ports {
  private readonly states = new PrivateMap<object, PortState>();
  private others = 0;
  /** Messages come one after the other on the same port. */
  private lastPort: object | undefined;
  private lastState: PortState | undefined;
  /** Called with a port that is used for the first time, and may say what it is for. */
  onUnknown: ((port: object) => void) | undefined;
  /** The port of the last message, with which ports may have been moved that nobody has looked at since. */
  carrier: object | undefined;

  constructor(
    private readonly spool: Spool,
    private readonly ring: Ring,
    private readonly channels: Channels | undefined,
  ) {
    this.tasks = new Tasks(ring, spool);
    if (!channels) return;
    channels.hearBroadcasts((port) => {
      const state = this.numbered(port);
      const born = now();
      state.isBroadcast = true;
      // It may turn out to be Node's own, of a worker that is just being made.
      lookLater(() => this.states.get(port) === state && ring.putAt(born, ActivityKind.born, state.port, 0, 0));
    });
    channels.hearRefs((port, refd) => {
      if (refd) this.tellSite(port);
    });
  }

  of(port: object): PortState {
    const known = this.known(port);
    if (known) return known;
    this.onUnknown?.(port);
    if (this.carrier) this.tellMoved();
    this.channels?.settled(port);
    return this.states.get(port) ?? this.add(port, this.channels?.isOfNode(port) ? IGNORED : this.others++ * 2 + 1);
  }

  known(port: object): PortState | undefined {
    if (port === this.lastPort) return this.lastState;
    const state = this.states.get(port);
    if (!state) return undefined;
    this.lastPort = port;
    return (this.lastState = state);
  }

  add(port: object, id: number, worker?: object): PortState {
    const state = newState(id);
    if (worker) state.worker = worker;
    this.states.set(port, state);
    if (port === this.lastPort) this.lastState = state;
    return state;
  }

  /** A worker that this thread started: its public port carries messages. */
  addWorker(worker: object, id: number): void {
    this.made();
    const publicPort = valueOfSymbol(worker, 'kPublicPort');
    if (!publicPort) return;
    this.add(publicPort, portOfWorker(id), worker);
    if (this.channels?.areOpen) this.carrier = publicPort;
    this.tellMoved();
  }

  /** How many messages have come from it. */
  receivedFrom(worker: object): number | undefined {
    const publicPort = valueOfSymbol(worker, 'kPublicPort');
    return publicPort && this.states.get(publicPort)?.receives;
  }

  /** Node has made the worker, or has failed to. */
  made(): void {
    if (this.channels) this.channels.isNodes = false;
  }

  /** The port by which Node is about to tell a new worker what to run. */
  making(port: object): void {
    this.tellMoved();
    if (this.channels) this.channels.isNodes = true;
    this.ignore(port);
  }

  /** By its own ports Node tells main of a way to each thread: the program's come so only by `postMessageToThread`. */
  ignoreAll(ports: readonly object[]): void {
    for (let i = 0; i < ports.length; i++) this.ignore(ports[i]!);
  }

  /** Node is about to post, for a message from thread to thread. */
  isNodesTurn = false;
  ignoreNext(port: object): void {
    this.isNodesTurn = false;
    this.ignore(port);
  }

  /** The last on which a message came was Node's, for a message from thread to thread. */
  ignoreLast(): void {
    const { lastPort, lastState } = this;
    if (lastPort && lastState?.port !== PARENT_PORT && !lastState?.worker) this.ignore(lastPort);
  }

  /** One of Node's own. */
  ignore(port: object): void {
    this.add(port, IGNORED);
  }

  /** It stays in this thread. What has been moved is told before, as that may be the other end of its channel. */
  settle(port: object): void {
    if (this.carrier) this.tellMoved();
    if (this.channels?.areOpen) this.channels.settled(port);
  }

  /** Ports that went with the last message. */
  tellMoved(): void {
    const { carrier } = this;
    if (!carrier || !this.channels) return;
    this.carrier = undefined;
    const { port: by, posts } = this.of(carrier);
    this.channels.findMoved(carrier, (moved, peer) => {
      const { port } = this.numbered(moved);
      if (peer) this.ring.put(ActivityKind.channel, port, this.numbered(peer).port, 0);
      this.ring.put(ActivityKind.moved, port, by, posts);
    });
  }

  /** Ports that came with message `n` on port `by`. Which of several is which is not known. */
  arrived(ports: readonly object[], by: number, n: number): void {
    for (let i = 0; i < ports.length; i++) this.channels?.settled(ports[i]!);
    if (ports.length === 1) this.ring.put(ActivityKind.arrived, this.of(ports[0]!).port, by, n);
  }

  private numbered(port: object): PortState {
    return this.states.get(port) ?? this.add(port, this.others++ * 2 + 1);
  }

  /** Where in the program a port is made to keep the loop turning. */
  private tellSite(port: object): void {
    if (this.sitesLeft === 0 || this.channels?.isOfNode(port)) return;
    const known = this.known(port);
    if (known && (known.port === IGNORED || known.worker || known.sites >= MOST_SITES_OF_PORT)) return;
    try {
      const at = portSite();
      if (!at) return;
      if (!known) this.onUnknown?.(port);
      const state = this.numbered(port);
      if (state.port === IGNORED) return;
      const tasks = taskReaderOf(at.file);
      if (tasks) state.tasks ??= tasks;
      state.sites++;
      this.sitesLeft--;
      this.spool.tell('port', { port: state.port, ...(state.isBroadcast ? { broadcast: '' } : {}), at });
    } catch (error) {
      this.spool.problem('port', error);
    }
  }
  private sitesLeft = MOST_SITES;

  /** Something is posted that goes nowhere. */
  astray(state: PortState): void {
    const { port, astraySites } = state;
    this.ring.put(ActivityKind.astray, port, 0, ++state.astrays);
    if (isPowerOfTwo(state.astrays)) this.tellSiteIn(astraySites, port, true);
  }

  /** Something is posted to a worker whose end its owner has heard of. */
  toEnded(worker: object, id: number): void {
    let state = this.ended.get(worker);
    if (!state) this.ended.set(worker, (state = newState(portOfWorker(id))));
    this.astray(state);
  }
  private readonly ended = new PrivateMap<object, PortState>();

  /** The type of what is dispatched on it is heard from now on. */
  hearTypes(state: PortState, target: object): void {
    if (state.typed || state.port === IGNORED) return;
    state.typed = true;
    hearTypes(target, (type, isHeard) => {
      if (state.delivering) {
        state.delivering = false; // no message: of those Node looks up twice whether they can be dispatched
        if (type === 'close') state.closed = true;
      } else if (state.dispatching) {
        state.dispatching = false;
        if (type === BROKEN) this.broke(state, target, isHeard);
        else if (state.tasks) return this.hearTask(state);
      }
      return undefined;
    });
  }

  private hearTask(state: PortState): Before {
    return (message) => this.cameTask(state, message);
  }

  /** The last message on it may have brought a task. */
  cameTask({ tasks, port }: PortState, message: unknown): void {
    if (tasks) this.tasks.came(tasks, port, message);
  }
  private readonly tasks: Tasks;

  private broke(state: PortState, target: object, isHeard: boolean): void {
    const { worker, port, receives } = state;
    const unheard = worker ? worker._events?.[BROKEN] === undefined : !isHeard;
    this.ring.put(ActivityKind.broken, port, unheard ? UNHEARD : 0, receives);
    this.lastBroken = { state, target };
  }
  private lastBroken: { state: PortState; target: object } | undefined;

  /** Node hands on to a BroadcastChannel what came on its port. */
  handsOn(channel: object): void {
    const { lastBroken } = this;
    if (!lastBroken) return;
    this.lastBroken = undefined;
    const { state, target } = lastBroken;
    if (valueOfSymbol(channel, 'kHandle') !== target || isListenedTo(channel, BROKEN)) return;
    this.ring.put(ActivityKind.broken, state.port, UNHEARD, state.receives);
  }

  /** Where in the program a port is posted on. */
  tellPostSite({ port, postSites }: PortState): void {
    this.tellSiteIn(postSites, port, false);
  }

  private tellSiteIn(postSites: Site[], port: number, astray: boolean): void {
    if (this.postSitesLeft === 0 || postSites.length >= MOST_POST_SITES_OF_PORT) return;
    try {
      const at = callSite();
      if (!at) return;
      for (let i = 0; i < postSites.length; i++) if (isSame(postSites[i]!, at)) return;
      postSites[postSites.length] = at;
      this.postSitesLeft--;
      this.spool.tell('post-site', { port, at, ...(astray ? { astray: true as const } : {}) });
    } catch (error) {
      this.spool.problem('post-site', error);
    }
  }
  private postSitesLeft = MOST_POST_SITES;

  /** Number of a port that keeps the loop turning; undefined for Node's own, of which none is told. */
  numberOf(port: object): number | undefined {
    const number = this.known(port)?.port;
    return number === IGNORED ? undefined : number;
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

const isPowerOfTwo = (n: number): boolean => (n & (n - 1)) === 0;

/** Node's own traffic. */
const IGNORED = -1;

type Exports = Omit<ReturnType<typeof workerThreads>, 'workerData'> & { workerData: unknown };
type Needed = (name: string, found: boolean) => void;

/** @param polls of main, where messages may be taken off a port unseen */
export function observeMessages(
  ring: Ring,
  spool: Spool,
  channels: Channels | undefined,
  polls: Polls | undefined,
  missing: string[],
): Ports {
  const ports = new Ports(spool, ring, channels);
  const { BroadcastChannel, MessagePort, parentPort, workerData } = workerThreads() as Exports;
  if (parentPort) {
    ports.add(parentPort, PARENT_PORT);
    ports.arrived(portsIn(workerData, MessagePort.prototype), PARENT_PORT, 0);
  }
  const needed: Needed = (name, found) => void (found || missing.push(name));

  needed(
    'MessagePort.postMessage',
    beforeLookup(MessagePort.prototype, 'postMessage', (port) => {
      if (port === MessagePort.prototype) return;
      if (ports.isNodesTurn) return ports.ignoreNext(port);
      const state = ports.of(port);
      if (state.port === IGNORED) return;
      ports.settle(port);
      lookNow();
      ports.hearTypes(state, port);
      if (state.closed) return ports.astray(state);
      ring.put(ActivityKind.post, state.port, 0, ++state.posts);
      if (channels?.areOpen) ports.carrier = port;
      if (isPowerOfTwo(state.posts)) ports.tellPostSite(state); // post 1, 2, 4, 8 …: nearly for nothing
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
      if (known) looked(ring, ports, known, target);
      else if (getOwnPropertyDescriptor(target, RECEIVED_PORTS)) looked(ring, ports, ports.of(target), target);
      else if (getPrototypeOf(target) === broadcast) {
        ports.handsOn(target);
        ports.addBroadcast(target);
      }
    }),
  );
  needed(
    'MessagePort.close',
    beforeLookup(MessagePort.prototype, 'close', (port) => {
      const state = ports.known(port);
      ports.settle(port); // a closed one looks as if it had been moved
      if (state && state.port !== IGNORED) ring.put(ActivityKind.shut, state.port, 0, 0);
    }),
  );
  observeSynchronousReceive(ring, ports, needed);
  observeThreadMessages(ring, ports);
  if (polls)
    needed(
      'BroadcastChannel[kHandle]',
      observePolls((port) => {
        const state = ports.of(port);
        if (state.port !== IGNORED) polls.polled(state);
      }),
    );
  return ports;
}

/** For each message Node looks the method up twice. Other events come hardly ever on a port, but for its close. */
function looked(ring: Ring, ports: Ports, state: PortState, target: object): void {
  state.delivering = !state.delivering;
  ports.hearTypes(state, target);
  if (state.delivering) return;
  state.dispatching = true;
  const came = (target as { [RECEIVED_PORTS]?: object[] })[RECEIVED_PORTS];
  if (state.port === IGNORED) return came && ports.ignoreAll(came);
  const unheard = state.worker?._events !== undefined && state.worker._events['message'] === undefined;
  ports.settle(target);
  ring.put(ActivityKind.receive, state.port, unheard ? UNHEARD : 0, ++state.receives);
  if (came) ports.arrived(came, state.port, state.receives);
}

/** Ports that a worker was given at its start. Data that came from another thread has no code in it that could run. */
function portsIn(data: unknown, prototype: object): object[] {
  if (typeof data !== 'object' || data === null) return [];
  if (getPrototypeOf(data) === prototype) return [data];
  const keys = ownKeys(data);
  const ports: object[] = [];
  for (let i = 0; i < keys.length && i < MOST_DATA; i++) {
    const value: unknown = getOwnPropertyDescriptor(data, keys[i]!)?.value;
    if (typeof value === 'object' && value !== null && getPrototypeOf(value) === prototype) ports[ports.length] = value;
  }
  return ports;
}

/** `postMessageToThread`, in Nodes that have it: it needs no port of the program's. */
function observeThreadMessages(ring: Ring, ports: Ports): void {
  const states: Record<number, PortState> = {};
  const stateOf = (thread: number): PortState | undefined => {
    if (!(thread >= 0 && thread <= LARGEST_THREAD)) return undefined;
    return (states[thread] ??= newState(portToThread(thread)));
  };
  const post = (thread: unknown): void => {
    const state = typeof thread === 'number' && thread !== workerThreads().threadId ? stateOf(thread) : undefined;
    if (!state) return;
    lookNow();
    ring.put(ActivityKind.post, state.port, 0, ++state.posts);
    if (isPowerOfTwo(state.posts)) ports.tellPostSite(state);
  };
  const begin = (_: object, args: unknown[]): void => {
    post(args[0]);
    ports.isNodesTurn = true;
  };
  replaceMethod(workerThreads(), 'postMessageToThread', begin, () => (ports.isNodesTurn = false));
  ending.heard = (thread) => {
    if (typeof thread !== 'number') return;
    const { _events } = process as unknown as { _events?: Record<string, unknown> };
    const isHeard = _events?.['workerMessage'] !== undefined;
    const state = stateOf(thread);
    if (workerThreads().threadId !== MAIN) ports.ignoreLast();
    if (state) ring.put(ActivityKind.receive, state.port, isHeard ? 0 : UNHEARD, ++state.receives);
  };
}
const MAIN = 0;
/** There is room for so many in the number of a port. */
const LARGEST_THREAD = 0x3fffff;

/** `receiveMessageOnPort` takes a message off a port without an event. */
function observeSynchronousReceive(ring: Ring, ports: Ports, needed: Needed): void {
  const exported = workerThreads();
  const heard = (port: unknown, result: unknown): void => {
    if (result === undefined || typeof port !== 'object' || port === null) return;
    const state = ports.of(receiving(port));
    if (state.port === IGNORED) return;
    ring.put(ActivityKind.receive, state.port, 0, ++state.receives);
    if (state.tasks) ports.cameTask(state, valueAt(result, 'message'));
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
