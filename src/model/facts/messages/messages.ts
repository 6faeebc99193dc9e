// Messages that were posted and received, and the ports they went by. Pure.
import type { Activity } from '../../../protocol/activityBatch';
import { portOf, remember, type ActivityFacts, type Others } from '../activityFacts';
import { endOf, matchMessage } from './matching';

/** Returns the thread at the other end, where it is known. */
export function foldPost(thread: number, facts: ActivityFacts, record: Activity, others: Others): number | undefined {
  const { t, arg, b } = record;
  const port = portOf(facts, arg);
  port.posts.add(t, newOf(b, port.posted));
  port.posted = b;
  port.lastPost = t;
  return matchMessage(thread, facts, record, others);
}

/** Returns the thread at the other end, where it is known. */
export function foldReceive(
  thread: number,
  facts: ActivityFacts,
  record: Activity,
  others: Others,
): number | undefined {
  const { t, arg, a, b } = record;
  const port = portOf(facts, arg);
  port.receipts.add(t, newOf(b, port.received));
  port.received = b;
  if (port.lastPost > port.lastReceive) port.answers++;
  port.unheard += a;
  port.lastReceive = t;
  return matchMessage(thread, facts, record, others);
}

/** Messages may have been taken off it unseen. `a`: number of the place, where that was looked at; `b`: how often so far. */
export function foldPoll(thread: number, facts: ActivityFacts, { t, arg, a, b }: Activity, others: Others): void {
  const port = portOf(facts, arg);
  port.polled = { count: b, last: t, site: a || (port.polled?.site ?? 0) };
  if (!endOf(thread, facts, arg, others)) others.unmatched.add(thread);
}

/** What could not be deserialized; `b`: its number. It may be told twice, and then that nobody listened for it. */
export function foldBroken(facts: ActivityFacts, { arg, a, b }: Activity): void {
  const { broken } = portOf(facts, arg);
  if (b !== broken.last) broken.count++;
  broken.last = b;
  broken.unheard += a;
}

/** What went to nobody; `b`: how many so far. */
export function foldAstray(facts: ActivityFacts, { t, arg, b }: Activity): void {
  const { astray } = portOf(facts, arg);
  astray.first = astray.count === 0 ? t : Math.min(astray.first, t);
  astray.last = Math.max(astray.last, t);
  astray.count = Math.max(astray.count, b);
}

/** How many since the last that is known: those of dropped records too. */
const newOf = (count: number, before: number): number => Math.max(1, count - before);

/** `arg` and `a`: the two ports of a channel. */
export function foldChannel(facts: ActivityFacts, { arg, a }: Activity): void {
  facts.passages++;
  remember(facts.channels, arg, a);
  remember(facts.channels, a, arg);
}

/** A port went to another thread, or came from one. */
export function foldPassage(facts: ActivityFacts, way: 'moved' | 'arrived', { arg, a, b }: Activity): void {
  facts.passages++;
  remember(facts[way], arg, { by: a, n: b });
}
