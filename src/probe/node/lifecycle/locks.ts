// Web Locks of this thread, as Node publishes them on diagnostics channels: the program's call is on the stack there, and no
// frame of ours is when its code runs. Nothing is loaded for it, and nothing is done while nobody asks for a lock.
import type { Site } from '../../../protocol/probeEvents';
import { diagnosticsChannel, isLoaded } from '../tools/builtins';
import { callSite } from '../tools/callSite';
import { whenLoaded } from '../tools/handed';

export type LockMoment = 'asked' | 'held' | 'refused' | 'freed';
/** What Node publishes. The other threads of the process know the lock by the same name. */
interface Published {
  name: string;
  mode: 'exclusive' | 'shared';
}
interface Open extends Published {
  state: Exclude<LockMoment, 'freed'>;
  at: Site | undefined;
}
/** @param at where it was asked for, when that was found out before */
type Hear = (moment: LockMoment, lock: Published, at?: Site) => void;

/** The oldest Node that has them. */
const OLDEST_MAJOR = 24;
/** Node's part for them. */
const PART = 'internal/locks';
const CHANNELS: readonly (readonly [channel: string, moment: LockMoment])[] = [
  ['locks.request.start', 'asked'],
  ['locks.request.grant', 'held'],
  ['locks.request.miss', 'refused'],
  ['locks.request.end', 'freed'],
];
/** Open ones are remembered until somebody hears of them. Most threads ask for none. */
const MOST_EARLY = 64;
/** And of so many it is looked where they are asked for: a program without workers pays for it too. */
const MOST_SITES = 64;

export class Locks {
  private readonly early: Open[] = [];
  private heardBy: Hear | undefined;
  private sitesLeft = MOST_SITES;
  private failed: ((error: unknown) => void) | undefined;

  /** Begins to listen once Node has its part for locks: most threads never ask for one. */
  constructor() {
    const listen = (): void => {
      const { subscribe } = diagnosticsChannel();
      for (let i = 0; i < CHANNELS.length; i++) {
        const moment = CHANNELS[i]![1];
        subscribe(CHANNELS[i]![0], (published) => this.tell(moment, published as Published));
      }
    };
    if (isLoaded(PART) || !whenLoaded(PART, listen)) listen();
  }

  /** From now on `hear` is called with each, after those that are open. */
  hear(hear: Hear, failed: (error: unknown) => void): void {
    this.heardBy = hear;
    this.failed = failed;
    const { early } = this;
    for (let i = 0; i < early.length; i++) {
      hear('asked', early[i]!, early[i]!.at);
      if (early[i]!.state !== 'asked') hear(early[i]!.state, early[i]!);
    }
    early.length = 0;
  }

  private tell(moment: LockMoment, lock: Published): void {
    try {
      if (typeof lock.name !== 'string') return; // published by the program
      if (this.heardBy) this.heardBy(moment, lock);
      else this.remember(moment, lock);
    } catch (error) {
      this.failed?.(error);
    }
  }

  private remember(moment: LockMoment, { name, mode }: Published): void {
    const { early } = this;
    if (moment === 'asked') {
      const at = this.sitesLeft-- > 0 ? callSite() : undefined;
      if (early.length < MOST_EARLY) early[early.length] = { name, mode, state: 'asked', at };
      return;
    }
    const find = (state: Open['state'], last = false): number => {
      let found = -1;
      for (let i = 0; i < early.length; i++) {
        const isIt = early[i]!.name === name && early[i]!.mode === mode && early[i]!.state === state;
        if (isIt && (last || found < 0)) found = i;
      }
      return found;
    };
    if (moment === 'freed') this.forget(first(find('refused'), find('held'), find('asked')));
    else {
      const found = find('asked', moment === 'refused'); // who is refused does not wait for those before it
      if (found >= 0) early[found]!.state = moment;
    }
  }

  private forget(index: number): void {
    const { early } = this;
    if (index < 0) return;
    for (let i = index + 1; i < early.length; i++) early[i - 1] = early[i]!;
    early.length--;
  }
}

const first = (a: number, b: number, c: number): number => (a >= 0 ? a : b >= 0 ? b : c);

/** Undefined where this Node has none. Loads nothing. */
export function observeLocks(): Locks | undefined {
  const has = Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR && isLoaded('diagnostics_channel');
  return has ? new Locks() : undefined;
}
