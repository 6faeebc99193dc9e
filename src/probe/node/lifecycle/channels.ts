// Which ports belong together, and which were moved to another thread: Node tells neither. A channel's two ports are set
// up one right after the other; a port that was moved can be moved no more, and Node says so when it is tried.
import { PrivateMap, apply, getOwnPropertyDescriptor, weakly } from '../tools/builtins';
import { portPrototype } from './firstWorker';
import { beforeLookup, type Method } from '../tools/replace';

/** Channels whose ports may still be moved. Older ones are taken to stay. */
const MOST = 16;
/** Those of a thread that has not made a worker. */
const MOST_EARLY = 64;
const DETACHED = 'MessagePort in transfer list is already detached';

/** Must not throw. */
type OnRef = (port: object, refd: boolean) => void;
type Pair = [port1: object | undefined, port2: object | undefined];

/** Loads nothing. Undefined where there are no ports. */
export function observeChannels(): Channels | undefined {
  const prototype = portPrototype();
  return prototype && new Channels(prototype);
}

export class Channels {
  private readonly pairs: Pair[] = [];
  private readonly seen = new PrivateMap<object, true>();
  /** Set up last, and nothing has been done with it. */
  private single: object | undefined;
  private readonly post: Method;
  /** Set while Node makes a worker, and ports of its own for it. */
  isNodes = false;
  private readonly nodes = new PrivateMap<object, true>();
  /** Called with the port of a new BroadcastChannel: no other is used at once. */
  private onBroadcast: ((port: object) => void) | undefined;
  /** Those that were there before anybody wanted to hear of them. */
  private readonly early: (() => object | undefined)[] = [];
  private readonly heardBy: OnRef[] = [];

  /** Begins to listen. @param prototype of MessagePort */
  constructor(prototype: object) {
    this.post = getOwnPropertyDescriptor(prototype, 'postMessage')?.value as Method;
    // Node calls the one for each port that it sets up, and the other soon after for those that it uses itself.
    beforeLookup(prototype, 'unref', (port) => {
      this.setUp(port);
      this.tellRef(port, false);
    });
    beforeLookup(prototype, 'ref', (port) => {
      if (port === this.single) {
        this.single = undefined;
        this.tellBroadcast(port);
      }
      this.tellRef(port, true);
    });
  }

  /** Calls `hear` when a port begins to keep this thread's loop turning, or may do so no more; also when it did before. */
  hearRefs(hear: OnRef): void {
    this.heardBy[this.heardBy.length] = hear;
  }

  /** Calls `hear` with the port of each BroadcastChannel, those that are there too. */
  hearBroadcasts(hear: (port: object) => void): void {
    this.onBroadcast = hear;
    for (let i = 0; i < this.early.length; i++) {
      const port = this.early[i]!();
      if (port) hear(port);
    }
    this.early.length = 0;
  }

  private tellBroadcast(port: object): void {
    if (this.onBroadcast) this.onBroadcast(port);
    else if (this.early.length < MOST_EARLY) this.early[this.early.length] = weakly(port);
  }

  private tellRef(port: object, refd: boolean): void {
    for (let i = 0; i < this.heardBy.length; i++) this.heardBy[i]!(port, refd);
  }

  private setUp(port: object): void {
    if (this.seen.get(port)) return;
    this.seen.set(port, true);
    if (this.isNodes) return this.nodes.set(port, true);
    if (!this.single) {
      this.single = port;
      return;
    }
    const { pairs } = this;
    if (pairs.length === MOST) for (let i = 1; i < MOST; i++) pairs[i - 1] = pairs[i]!;
    pairs[pairs.length < MOST ? pairs.length : MOST - 1] = [this.single, port];
    this.single = undefined;
    this.areOpen = true;
  }

  /** Node made it for itself, or uses it while it makes a worker. */
  isOfNode(port: object): boolean {
    return this.isNodes || this.nodes.get(port) === true;
  }

  /** It came in a message, or is in use: it will not be moved, and those that came together are no pair. */
  settled(port: object): void {
    if (port === this.single) this.single = undefined;
    for (let i = 0; i < this.pairs.length; i++) {
      const pair = this.pairs[i]!;
      if (pair[0] === port || pair[1] === port) this.drop(i);
    }
  }

  /** There are ports that may be moved. */
  areOpen = false;

  /** Calls `tell` with each port that has been moved since the last call. @param carrier the port by which it went */
  findMoved(carrier: object, tell: (port: object, peer: object | undefined) => void): void {
    for (let i = this.pairs.length - 1; i >= 0; i--) {
      const pair = this.pairs[i]!;
      for (let side = 0; side < 2; side++) {
        const port = pair[side];
        if (!port || !this.isDetached(port, carrier)) continue;
        tell(port, pair[1 - side]);
        pair[side] = undefined;
      }
      if (!pair[0] && !pair[1]) this.drop(i);
    }
  }

  /** Never moves it: to name it twice is an error too. */
  private isDetached(port: object, carrier: object): boolean {
    try {
      apply(this.post, carrier, [0, [port, port]]);
    } catch (error) {
      return (error as Error).message === DETACHED;
    }
    return false;
  }

  private drop(index: number): void {
    const { pairs } = this;
    for (let i = index + 1; i < pairs.length; i++) pairs[i - 1] = pairs[i]!;
    pairs.length--;
    this.areOpen = pairs.length > 0;
  }
}
