// When a thread waited without turning its loop, who woke it, and where it waited and posted. Pure.
import { Blocking, blockOf, type BlockingName } from '../../protocol/activity';
import type { Activity } from '../../protocol/activityBatch';
import type { PostSite, WaitSite } from '../../protocol/probeEvents';
import { remember, touch, type ActivityFacts, type Others } from './activityFacts';
import { addUnturned } from './samples';

const BLOCKINGS = Object.fromEntries(Object.entries(Blocking).map(([name, n]) => [n, name])) as Record<
  number,
  BlockingName
>;
/** Of one thread. */
const MOST_POST_SITES = 256;

export function foldBlock(facts: ActivityFacts, { t, arg, a, b }: Activity): void {
  const { what, site } = blockOf(arg);
  const name = BLOCKINGS[what];
  touch(facts, facts.blocked?.since ?? t);
  if (name) facts.blocked = { what: name, since: t, timeout: a, place: b, site };
}

export function foldUnblock(thread: number, facts: ActivityFacts, { t, a }: Activity, { wakes }: Others): void {
  const { blocked } = facts;
  if (blocked) {
    facts.blockedFor += t - blocked.since;
    // What it stood still before may have become one with this.
    touch(facts, facts.blockSpans.add(blocked.since, t, Blocking[blocked.what]));
    if (a === 1) wakes?.woken(thread, blocked.place, blocked.since, t);
  }
  facts.blocks++;
  delete facts.blocked;
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
    facts.postSites.sort((a, b) => a.q - b.q); // in the order in which they were told, whenever they are heard
  }
}
