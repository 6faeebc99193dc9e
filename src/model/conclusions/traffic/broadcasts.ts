// What came of messages on BroadcastChannels: each goes to every other channel of the same name. Pure.
import type { ThreadActivity } from '../../../protocol/picture';
import type { ActivityFacts } from '../../facts/activityFacts';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { queuesTogether, type Queue } from './queues';

type Broadcast = ThreadActivity['broadcasts'][number];

/** One thread's port of a channel, and what is known of it. */
interface Channel {
  port: number;
  posted: number;
  received: number;
  /** Messages posted on it: number and time in µs; undefined when the oldest have been forgotten. */
  posts: ReadonlyMap<number, number> | undefined;
  facts: ActivityFacts;
}

/** This thread's channels, by name. */
export function broadcastsOf(process: ProcessFacts, thread: ThreadFacts): Broadcast[] {
  const { activity } = thread;
  const names = new Set(activity?.broadcasts.values());
  names.delete(''); // not known, so nothing is known of its messages
  return [...names].map((name) => {
    const all = [...process.threads.values()].flatMap((t) => (t.activity ? channelsOf(t.activity, name) : []));
    return broadcast(
      name,
      all.filter((channel) => channel.facts === activity),
      all,
    );
  });
}

function channelsOf(facts: ActivityFacts, name: string): Channel[] {
  return [...facts.broadcasts]
    .filter(([, itsName]) => itsName === name)
    .map(([port]) => {
      const { posted = 0, received = 0 } = facts.ports.get(port) ?? {};
      const posts = facts.posts.of(port);
      return { port, posted, received, posts: posts.size < posted ? undefined : posts, facts };
    });
}

function broadcast(name: string, mine: Channel[], all: Channel[]): Broadcast {
  const received = sum(mine.map((channel) => channel.received));
  const due = mine.map((channel) => dueTo(channel, all));
  const expected = due.some((count) => count === undefined) ? undefined : sum(due.map((count) => count!));
  const queues = mine.map((channel) => queueOf(channel, all)).filter((queue) => queue !== undefined);
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
function dueTo(channel: Channel, all: Channel[]): number | undefined {
  const [born, shut] = lifetime(channel);
  let due = 0;
  for (const other of all) {
    if (other === channel) continue;
    if (!other.posts) return undefined;
    for (const t of other.posts.values()) if (t >= born && t < shut) due++;
  }
  return due;
}

/** Channels of main that were there before its first worker have no record of their birth. */
const lifetime = ({ port, facts }: Channel): [born: number, shut: number] => [
  facts.born.get(port) ?? 0,
  facts.shut.get(port) ?? Infinity,
];

/** Messages arrive in the order in which one thread posts them; between several threads it is not known. */
function queueOf(channel: Channel, all: Channel[]): Queue | undefined {
  const posters = all.filter((other) => other !== channel && other.posted > 0);
  const posts = posters[0]?.posts;
  if (!posts || posters.length > 1) return undefined;
  const [born] = lifetime(channel);
  const before = [...posts.values()].filter((t) => t < born).length;
  const times = [...channel.facts.receipts.of(channel.port)]
    .map(([n, t]) => t - (posts.get(before + n) ?? NaN))
    .filter((time) => time >= 0);
  if (times.length === 0) return undefined;
  return { count: times.length, mean: sum(times) / times.length, longest: times.reduce((a, b) => Math.max(a, b)) };
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
