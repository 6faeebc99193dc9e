// When a thread waited without turning its loop, who woke it, and where it waited and posted. Pure.
import { Blocking, blockOf, type BlockingKind } from '../../../protocol/activity';
import type { Activity } from '../../../protocol/activityBatch';
import type { PostSite, Wait, Waited, WaitSite } from '../../../protocol/probeEvents';
import { remember, touch, type ActivityFacts, type Others } from '../activityFacts';
import { addUnturned } from '../samples';
import type { WaitLog } from './waitLog';

/** The number of a kind in records; 0 where it has none. */
const blockingNumber = (kind: BlockingKind): number => NUMBERS[kind] ?? 0;
const NUMBERS: Partial<Record<BlockingKind, number>> = Blocking;
/** The kind of a number in a record. */
const blockingKind = (n: number): BlockingKind => BLOCKING_KINDS.get(n) ?? 'unknown';
const BLOCKING_KINDS = new Map<number, BlockingKind>(Object.entries(Blocking).map(([kind, n]) => [n, kind]));
/** Of one thread. */
const MOST_POST_SITES = 256;

export function foldBlock(facts: ActivityFacts, { t, arg, a, b }: Activity): void {
  const { what, site } = blockOf(arg);
  touch(facts, facts.blocked?.since ?? t);
  facts.blocked = { kind: blockingKind(what), since: t, timeout: a, address: b, site };
}

export function foldUnblock(thread: number, facts: ActivityFacts, { t, a }: Activity, { wakes }: Others): void {
  const { blocked } = facts;
  if (blocked) {
    facts.blockedFor += t - blocked.since;
    // What it stood still before may have become one with this.
    touch(facts, facts.blockSpans.add(blocked.since, t, blockingNumber(blocked.kind)));
    if (a === 1) wakes?.woken(thread, blocked.address, blocked.since, t);
  }
  facts.blocks++;
  delete facts.blocked;
}

/** Of a runtime that tells of each wait by itself. */
export function foldWait(facts: ActivityFacts, waits: WaitLog, event: Wait | Waited): void {
  for (const { t, until, what } of waits.fold(event)) {
    facts.blockedFor += until - t;
    facts.blocks++;
    touch(facts, facts.blockSpans.add(t, until, blockingNumber(what)));
  }
  const wait = waits.current;
  touch(facts, facts.blocked?.since ?? wait?.t ?? event.t);
  facts.lastTime = Math.max(facts.lastTime, event.t);
  if (wait) facts.blocked = { kind: wait.what, since: wait.t, timeout: wait.timeout ?? 0, address: 0, site: 0, wait };
  else delete facts.blocked;
}

/** `a`: ms by which its loop came late. */
export function foldStall(facts: ActivityFacts, { t, a }: Activity): void {
  facts.stalls.count++;
  facts.stalls.longest = Math.max(facts.stalls.longest, a * 1000);
  touch(facts, addUnturned(facts.stallSpans, t - a * 1000, t));
}

export function foldCallSite(facts: ActivityFacts, event: PostSite | WaitSite): void {
  if (event.k === 'wait-site') remember(facts.waitSites, event.site, event.at);
  else if (facts.postSites.length < MOST_POST_SITES) {
    facts.postSites.push(event);
    facts.postSites.sort((a, b) => a.q - b.q); // in the order of the calls, whenever they are heard of
  }
}
