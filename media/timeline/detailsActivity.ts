// What a thread did or does from moment to moment, as far as it is known, for the details pane. Pure.
import type { ThreadActivity } from '../../src/protocol/picture';
import type { Fact, Moments, Part } from './details';
import type { Lane, Run } from './run';
import { trafficText } from './story';
import { count, duration, moment, shown } from './text';

const MOST_LISTED = 50;
const LONGEST_PATH = 400;

export function activityFacts(lane: Lane, run: Pick<Run, 'lanes'>, moments: Moments): Fact[] {
  const { activity } = lane.thread;
  if (!activity) return [];
  return [
    ...messageFacts(activity, run),
    ...(lane.ended ? [] : presentFacts(activity, moments)),
    ...pastFacts(activity),
    ...measuredFacts(activity, moments),
  ];
}

const fact = (name: string, text: string): Fact => ({ name, parts: [{ text }] });

function messageFacts(
  { toOwner, fromOwner, channels, broadcasts, otherPorts }: ThreadActivity,
  run: Pick<Run, 'lanes'>,
) {
  const facts: Fact[] = [];
  if (toOwner) facts.push(fact('To its owner', trafficText(toOwner)));
  if (fromOwner) facts.push(fact('From its owner', trafficText(fromOwner)));
  for (const { with: key, to, from } of channels.slice(0, MOST_LISTED)) {
    const other = run.lanes.find((lane) => lane.key === key);
    const link: Part = other
      ? { text: shown(other.thread.label), thread: key }
      : { text: 'a thread that is not shown' };
    facts.push({
      name: 'Channel',
      parts: [link, { text: `: to it ${trafficText(to)}; from it ${trafficText(from)}` }],
    });
  }
  for (const { name, posted, received, waiting, queue } of broadcasts.slice(0, MOST_LISTED)) {
    const parts = [`${posted} posted`, `${received} received`, waiting ? `${waiting} not delivered` : ''];
    if (queue) parts.push(`after ${duration(queue.mean)}, at most ${duration(queue.longest)}`);
    facts.push(fact('Broadcast', `“${shown(name, 80)}”: ${parts.filter(Boolean).join(', ')}`));
  }
  const { posted, received } = otherPorts;
  const receipt = received === undefined ? 'how many were received is not known' : `${received} received`;
  if (posted > 0 || received) facts.push(fact('Other ports', `${posted} posted, ${receipt}`));
  return facts;
}

function presentFacts({ blocked, asked, writing, openFiles }: ThreadActivity, { now }: Moments): Fact[] {
  const facts: Fact[] = [];
  if (asked) facts.push(fact('Asked', `${duration(now - asked.since)} ago, and it has not answered`));
  if (blocked) {
    const most = blocked.timeout === undefined ? '' : `, for at most ${duration(blocked.timeout * 1000)}`;
    facts.push(fact('Waits in', `${shown(blocked.what)} for ${duration(now - blocked.since)}${most}`));
  }
  for (const { to, bytes, since } of writing.slice(0, MOST_LISTED))
    facts.push(fact('Writes to', `${shown(to, LONGEST_PATH)}: ${count(bytes, 'byte')} for ${duration(now - since)}`));
  for (const { path } of openFiles.slice(0, MOST_LISTED)) facts.push(fact('Open file', shown(path, LONGEST_PATH)));
  return facts;
}

function pastFacts({ blocks, blockedFor, stalls, dropped }: ThreadActivity): Fact[] {
  const facts: Fact[] = [];
  if (blocks > 0) facts.push(fact('Waited', `${count(blocks, 'time')}, ${duration(blockedFor)} together`));
  if (stalls.count > 0)
    facts.push(
      fact('Loop stood still', `${count(stalls.count, 'time')}, once for ${duration(stalls.longest)} at least`),
    );
  if (dropped > 0)
    facts.push(
      fact('Not known', `${count(dropped, 'record')} of its activity went for lack of room: numbers may be low.`),
    );
  return facts;
}

/** Measured now and then: each tells of which moment it is. */
function measuredFacts({ loop, heap, resources }: ThreadActivity, { origin }: Moments): Fact[] {
  const facts: Fact[] = [];
  if (loop) facts.push(fact('Loop', `${Math.round(loop.busy * 100)} % busy, at ${moment(loop.t - origin)}`));
  if (heap)
    facts.push(
      fact(
        'Heap',
        `${(heap.usedKiB / 1024).toFixed(1)} of ${(heap.limitKiB / 1024).toFixed(0)} MiB, at ${moment(heap.t - origin)}`,
      ),
    );
  const kept = Object.entries(resources?.counts ?? {}).map(([what, n]) => `${n} ${shown(what, 40)}`);
  if (kept.length > 0) facts.push(fact('Loop kept by', kept.join(', ')));
  return facts;
}
