// What “cut off”, “killed” and “daemon” mean: decided here, for the rules, the report, the editor and the timeline. How a
// thread ended is concluded in `endings.ts`, whether it keeps the process alive in `flips.ts`. Pure.
import type { EndedBy, Ending, Flip } from '../../protocol/picture';
import type { Severity } from '../../protocol/rules';

type How = Pick<Ending, 'by' | 'interrupt'>;

/** By the end of its process or of its owner, or with all of its process by a signal or a crash. */
const KILLED: ReadonlySet<EndedBy> = new Set(['main-exit', 'owner-exit', 'signal', 'crash']);

export const isKilled = ({ by }: How): boolean => KILLED.has(by);
/** All of its process ended at once: nobody ran an exit handler. */
export const isAbrupt = ({ by }: How): boolean => by === 'signal' || by === 'crash';
export const isKilledWithMain = ({ by }: How): boolean => by === 'main-exit';
export const isKilledWithOwner = ({ by }: How): boolean => by === 'owner-exit';

/**
 * Stopped in the middle of whatever it did, without the program having asked for it. `terminate()` is no such end: the
 * program asked, and pools do it all the time.
 */
export const isCutOff = (ending: How): boolean => isKilled(ending) || ending.by === 'out-of-memory';

/** An error that nobody caught, of its own or of the runtime. */
export const isFailure = (ending: How): boolean => FAILED.has(ending.by) && !ending.interrupt;
const FAILED: ReadonlySet<EndedBy> = new Set(['error', 'out-of-memory', 'crash']);

/** What such an ending costs at least. Undefined: how it ended is not known, so nobody knows. */
export function leastSeverity(ending: How): Severity | undefined {
  if (UNKNOWN.has(ending.by)) return undefined;
  return isFailure(ending) ? 'error' : isKilled(ending) || ending.interrupt ? 'warning' : 'info';
}
const UNKNOWN: ReadonlySet<EndedBy> = new Set(['lost-contact', 'unknown']);

/** What a view needs to draw it. */
export const costOf = ({ by, severity }: Ending): Pick<Ending, 'by' | 'severity'> =>
  severity === undefined ? { by } : { by, severity };

/** Endings that somebody should look at: all that are known to be worse than neutral, and those of which it is not known. */
export const isGrave = ({ severity }: Pick<Ending, 'severity'>): boolean => severity !== 'info';

/**
 * Whether the process does not wait for it; undefined: not known.
 * @param keepsAlive whether it kept the process alive, over time
 * @param t moment in µs; Infinity: at its end, or now
 */
export function isDaemon({ keepsAlive }: { keepsAlive: readonly Flip[] }, t = Infinity): boolean | undefined {
  const keeps = valueAt(keepsAlive, t);
  return keeps === undefined ? undefined : !keeps;
}

/** How often it was flipped. @param refs the first is its start */
export const flipCount = (refs: readonly Flip[]): number =>
  refs.slice(1).reduce((sum, { value, run }) => sum + (value === undefined ? 0 : (run?.count ?? 1)), 0);

/** Before the first flip as after it; undefined when there is none, and while it changes all the time. */
export function valueAt(flips: readonly Flip[], t: number): boolean | undefined {
  let value = flips[0]?.value;
  for (const flip of flips) {
    if (flip.t <= t) value = flip.value;
    else if (flip.run && flip.run.since <= t) value = undefined;
  }
  return value;
}
