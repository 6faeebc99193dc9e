// Whether threads keep the process alive, over time. Pure.
import type { Flip } from '../../protocol/picture';
import { endingOf } from './endings';
import { downOwners, ownerOf } from './once';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';

/** Runs that follow each other so soon are one, in µs: the probe takes a shorter pause for a part of the run, too. */
const SAME_RUN = 250_000;

/** Whether its owner, or the process, waits for it; see `Runtime.flips`. */
export const ownFlips = (process: ProcessFacts, thread: ThreadFacts): Flip[] => joinRuns(apartFlips(process, thread));

/** Whether its owner waited for it at the last. */
export const isRefd = (process: ProcessFacts, thread: ThreadFacts): boolean =>
  ownFlips(process, thread).at(-1)?.value === true;

/** Whoever killed its owner did so before it could tell of its last flips. */
function apartFlips(process: ProcessFacts, thread: ThreadFacts): Flip[] {
  const flips = runtimeOf(thread).flips(thread);
  const last = flips.at(-1);
  if (!last || !thread.flips.open) return flips;
  const owner = ownerOf(process, thread);
  return owner && endingOf(process, owner) ? [...flips, { t: last.t }] : flips;
}

function joinRuns(flips: Flip[]): Flip[] {
  const joined: Flip[] = [];
  for (const flip of flips) {
    const before = joined.at(-1);
    if (!flip.run || !before?.run || flip.run.since - before.t > SAME_RUN) joined.push(flip);
    else {
      const count = (before.run.count ?? 0) + (flip.run.count ?? 0);
      joined[joined.length - 1] = { ...flip, run: { ...flip.run, since: before.run.since, count } };
    }
  }
  return joined;
}

/** Main always does; a thread of Node’s only while it is ref'd in its owner and its owner does, up to main. */
export const keepsAlive: (process: ProcessFacts, thread: ThreadFacts) => Flip[] = downOwners<Flip[]>(
  (process, thread, owner, owners) => {
    if (isMain(thread)) return [{ t: thread.firstSeen, value: true }];
    if (!owner) return [];
    if (!runtimeOf(thread).keepsAliveThroughOwner) return ownFlips(process, thread);
    return both(effectiveFlips(process, thread, owner), owners ?? []);
  },
);

/** Once its owner is exiting, nothing that the owner does decides any more whether the process lives. */
function effectiveFlips(process: ProcessFacts, thread: ThreadFacts, owner: ThreadFacts): Flip[] {
  const flips = apartFlips(process, thread);
  const over = owner.exiting?.t ?? Infinity;
  const effective = flips.filter(({ t }) => t < over);
  const next = flips[effective.length];
  if (next?.run && next.run.since < over) effective.push({ t: next.run.since });
  return effective.length > 0 ? joinRuns(effective) : flips.slice(0, 1).map((flip) => ({ ...flip, value: false }));
}

/** `mixed`: now this, now that. Undefined: not known. */
type Level = boolean | 'mixed' | undefined;
interface Step {
  t: number;
  level: Level;
  flip: Flip;
}

function stepsOf(flips: Flip[]): Step[] {
  return flips.flatMap((flip) => {
    const step = { t: flip.t, level: flip.value, flip };
    return flip.run ? [{ t: flip.run.since, level: 'mixed' as const, flip }, step] : [step];
  });
}

function and(a: Level, b: Level): Level {
  if (a === false || b === false) return false;
  if (a === undefined || b === undefined) return undefined;
  return a === 'mixed' || b === 'mixed' ? 'mixed' : true;
}

/** Where two step functions hold together, from the first moment of `own` on; each flip keeps the call that made it. */
function both(own: Flip[], owners: Flip[]): Flip[] {
  if (own.length === 0 || owners.length === 0) return [];
  const from = own[0]!.t;
  const steps = [
    stepsOf(own).map((step) => ({ ...step, isOwn: true })),
    stepsOf(owners).map((step) => ({ ...step, isOwn: false })),
  ].flat();
  steps.sort((a, b) => a.t - b.t); // of one moment its own come first
  let [mine, theirs]: Level[] = [own[0]!.value, owners[0]!.value];
  const result: Flip[] = [];
  let level: Level | 'none' = 'none';
  let mixed: Step | undefined;
  for (let i = 0; i < steps.length;) {
    const first = steps[i]!;
    for (; i < steps.length && steps[i]!.t === first.t; i++) {
      if (steps[i]!.isOwn) mine = steps[i]!.level;
      else theirs = steps[i]!.level;
    }
    const next = and(mine, theirs);
    if (first.t < from || next === level) continue;
    if (next !== 'mixed') result.push(flipTo(next, first, mixed));
    else if (level === 'none') result.push({ t: from });
    mixed = next === 'mixed' ? first : undefined;
    level = next;
  }
  return result;
}

/** @param mixed the step since which the value was now this and now that, if it was */
function flipTo(value: boolean | undefined, { t, flip }: Step, mixed: Step | undefined): Flip {
  const { run } = flip;
  const isWhole = run !== undefined && flip === mixed?.flip && flip.t === t && run.since === mixed.t;
  return {
    t,
    ...(value === undefined ? {} : { value }),
    ...(flip.at ? { at: flip.at } : {}),
    ...(flip.by ? { by: flip.by } : {}),
    ...(mixed ? { run: isWhole ? run : { since: mixed.t } } : {}),
  };
}
