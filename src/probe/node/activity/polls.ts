// When main asks a port for a message by `receiveMessageOnPort`. The program may have taken that before it was replaced, and what
// it gives then is not to be had; but Node looks whether it was given a BroadcastChannel, so it is known which ports are asked.
import { ActivityKind } from '../../../protocol/activity';
import { apply, defineProperty, isExtensible, now, workerThreads } from '../tools/builtins';
import type { Ring } from '../memory/ring';

/** Of many polls one in so many looks at the clock, and they are told no more often than each so many µs. */
const LOOKS = 16;
const TELLS_AFTER = 500_000;

interface Polled {
  port: number;
  polls: number;
  polledAt: number;
}

export class Polls {
  /**
   * @param here number of the place that asks, 0: not known
   * @param told gets out what main has told, where nobody else may be there to do so
   */
  constructor(
    private readonly ring: Ring,
    private readonly here: () => number,
    private readonly told: () => void,
  ) {}

  polled(state: Polled): void {
    const count = ++state.polls;
    if (count > 1 && count % LOOKS !== 0) return;
    const t = now();
    if (count > 1 && t - state.polledAt < TELLS_AFTER) return;
    state.polledAt = t;
    this.ring.putAt(t, ActivityKind.poll, state.port, count > 1 ? this.here() : 0, count);
    if (count > 1) this.told();
  }
}

/** @param poll called with the port. Returns false where it cannot be known */
export function observePolls(poll: (port: object) => void): boolean {
  const key = keyOfHandle();
  const { prototype } = workerThreads().MessagePort;
  if (!key || !isExtensible(prototype)) return false;
  defineProperty(prototype, key, {
    configurable: true,
    get(this: object): undefined {
      if (this !== prototype) poll(this);
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
