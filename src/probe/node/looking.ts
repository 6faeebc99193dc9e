// Looks at what keeps main's loop turning, in a process that has no workers: also there people ask why it stays.
import { now } from './tools/builtins';
import type { Thing } from '../../protocol/probeEvents';
import { Looks } from './lifecycle/looks';
import { childThing } from './lifecycle/things';
import type { Made } from './given';
import type { Spool } from './spool/spool';

/** Then it is looked again, in ms, and more and more rarely. */
const FIRST_MS = 1_000;
const LONGEST_MS = 16_000;
/** A look may take this share of the time. */
const COST_SHARE = 1_000;

/** Looks now and at times. `comeBack` calls what it is given after so many ms, unless somebody else looks by then. */
export function lookAtTimes(spool: Spool, made: Made, comeBack: (ms: number, next: () => void) => void): void {
  const looks = new Looks(spool, made);
  let interval = FIRST_MS;
  const look = (): void => {
    const begun = now();
    try {
      looks.look();
    } catch (error) {
      return spool.problem('looks', error); // it would fail again
    }
    const least = ((now() - begun) / 1000) * COST_SHARE;
    comeBack(interval > least ? interval : least, look);
    interval = interval * 2 < LONGEST_MS ? interval * 2 : LONGEST_MS;
  };
  look();
}

const MOST_CHILDREN = 16;

/** What is known of child processes that have not ended. */
export function childrenIn({ children }: Made): Thing[] {
  const things: Thing[] = [];
  for (let i = 0; i < children.length && things.length < MOST_CHILDREN; i++) {
    const { get, at } = children[i]!;
    const child = get();
    if (child) things[things.length] = { name: 'ProcessWrap', ...childThing(child), ...(at ? { at } : {}) };
  }
  return things;
}
