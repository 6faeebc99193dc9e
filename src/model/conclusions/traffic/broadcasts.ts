// What came of messages on BroadcastChannels: each goes to every other channel of the same name. Pure.
import { grouped } from '../../../common/grouped';
import type { ThreadActivity } from '../../../protocol/picture';
import type { ActivityFacts } from '../../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { once } from '../once';
import { queuesTogether, type Queue } from './queues';

type Broadcast = ThreadActivity['broadcasts'][number];

/** One thread's port of a channel, and what is known of it. */
interface Channel {
  name: string;
  port: number;
  posted: number;
  received: number;
  /** Messages posted on it: number and time in µs; undefined when the oldest have been forgotten. */
  posts: ReadonlyMap<number, number> | undefined;
  facts: ActivityFacts;
}

/** All channels of one name in a process. */
interface Group {
  of: Map<ActivityFacts, Channel[]>;
  /** When messages were posted on them, ascending, as far as it is known. */
  times: number[];
  /** Of how many it is not known. */
  unknown: number;
  /** On which any were posted. */
  posters: Channel[];
}

/** This thread's channels, by name. */
export function broadcastsOf(process: ProcessFacts, { activity }: ThreadFacts): Broadcast[] {
  if (!activity || activity.broadcasts.size === 0) return [];
  const groups = groupsOf(process);
  return [...new Set(activity.broadcasts.values())]
    .filter((name) => groups.has(name))
    .map((name) => broadcast(name, groups.get(name)!, activity));
}

/** Messages that were posted on a channel while no other of its name was open in the process. */
export interface UnheardBroadcast {
  name: string;
  port: number;
  count: number;
}

/** A channel is known by name once anything came or went on it: while one is open that is not, it may be any. */
export function unheardBroadcasts(process: ProcessFacts, { activity }: ThreadFacts): UnheardBroadcast[] {
  if (!activity || activity.broadcasts.size === 0 || !knowsAllThreads(process)) return [];
  return [...activity.broadcasts].flatMap(([port, name]) => {
    const group = groupsOf(process).get(name);
    const mine = group?.of.get(activity)?.find((channel) => channel.port === port);
    if (!group || !mine?.posts || mine.posted === 0) return [];
    const others = [...group.of.values()].flat().filter((channel) => channel !== mine);
    const times = [...others.map(lifetime), ...namelessTimes(process)];
    let count = 0;
    for (const t of mine.posts.values())
      if (!times.some(([born, shut]) => t >= born - SAME_MOMENT && t <= shut)) count++;
    return count > 0 ? [{ name, port, count }] : [];
  });
}

/** A channel is there a little before that is told; in µs. */
const SAME_MOMENT = 5e3;

const knowsAllThreads = once(
  (process): boolean =>
    !process.unwritten &&
    !process.earlier &&
    [...process.threads.values()].every(({ activity, probed, start, exit }) => {
      if (!activity) return probed || start?.internal === true || exit !== undefined;
      return activity.dropped === 0;
    }),
);

/** When channels were there of which no name is known. */
const namelessTimes = once((process): [born: number, shut: number][] =>
  [...process.threads.values()].flatMap(({ activity }) =>
    [...(activity?.born ?? [])]
      .filter(([port]) => !activity!.broadcasts.get(port))
      .map(([port, born]): [number, number] => [born, activity!.shut.get(port) ?? Infinity]),
  ),
);

/** Without those of which no name is known: nothing is known of their messages. */
const groupsOf = once((process): Map<string, Group> => {
  const channels = [...process.threads.values()].flatMap(({ activity }) => (activity ? channelsOf(activity) : []));
  const byName = grouped(channels, ({ name }) => name);
  byName.delete('');
  return new Map([...byName].map(([name, all]) => [name, groupOf(all)]));
});

function channelsOf(facts: ActivityFacts): Channel[] {
  return [...facts.broadcasts].map(([port, name]) => {
    const { posted = 0, received = 0 } = facts.ports.get(port) ?? {};
    const posts = facts.posts.of(port);
    return { name, port, posted, received, posts: posts.size < posted ? undefined : posts, facts };
  });
}

const groupOf = (all: Channel[]): Group => ({
  of: grouped(all, ({ facts }) => facts),
  times: all.flatMap(({ posts }) => [...(posts?.values() ?? [])]).sort((a, b) => a - b),
  unknown: all.filter(({ posts }) => !posts).length,
  posters: all.filter(({ posted }) => posted > 0),
});

function broadcast(name: string, group: Group, facts: ActivityFacts): Broadcast {
  const mine = group.of.get(facts) ?? [];
  const received = sum(mine.map((channel) => channel.received));
  const due = mine.map((channel) => dueTo(channel, group));
  const expected = due.some((count) => count === undefined) ? undefined : sum(due.map((count) => count!));
  const queues = mine.map((channel) => queueOf(channel, group)).filter((queue) => queue !== undefined);
  return {
    name,
    posted: sum(mine.map((channel) => channel.posted)),
    received,
    // More received than expected: one was posted in the very moment in which the channel was made.
    ...(expected !== undefined && expected >= received ? { waiting: expected - received } : {}),
    ...(queues.length > 0 ? { queue: queues.reduce(queuesTogether) } : {}),
  };
}

/** Messages posted on the others while it was there; undefined when their times are not all known. */
function dueTo(channel: Channel, { times, unknown }: Group): number | undefined {
  if (unknown > (channel.posts ? 0 : 1)) return undefined;
  const [born, shut] = lifetime(channel);
  let own = 0;
  for (const t of channel.posts?.values() ?? []) if (t >= born && t < shut) own++;
  return Math.max(0, countBefore(times, shut) - countBefore(times, born)) - own;
}

function countBefore(times: number[], t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Channels of main that were there before its first worker have no record of their birth. */
const lifetime = ({ port, facts }: Channel): [born: number, shut: number] => [
  facts.born.get(port) ?? 0,
  facts.shut.get(port) ?? Infinity,
];

/** Messages arrive in the order in which one thread posts them; between several threads it is not known. */
function queueOf(channel: Channel, { posters }: Group): Queue | undefined {
  const [poster, another] = posters.slice(0, 3).filter((other) => other !== channel);
  const posts = poster?.posts;
  if (!posts || another) return undefined;
  const [born] = lifetime(channel);
  let before = 0;
  for (const t of posts.values()) if (t < born) before++;
  const times = [...channel.facts.receipts.of(channel.port)]
    .map(([n, t]) => t - (posts.get(before + n) ?? NaN))
    .filter((time) => time >= 0);
  if (times.length === 0) return undefined;
  return { count: times.length, mean: sum(times) / times.length, longest: times.reduce((a, b) => Math.max(a, b)) };
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
