// What a thread did or does from moment to moment, as far as it is known, for the details pane. Pure.
import { counted, t } from '../../../src/common/l10n';
import type { ThreadActivity } from '../../../src/protocol/picture';
import type { Fact, Moments, Part } from './details';
import type { Lane, Run } from '../data/run';
import { askedText, busyText, heapText, queueText, trafficText, waitText } from './story';
import { duration, moment, shown, siteText } from '../words/text';

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

const fact = (name: string, what: string | Part): Fact => ({
  name,
  parts: [typeof what === 'string' ? { text: what } : what],
});

function messageFacts(
  { toOwner, fromOwner, channels, broadcasts, otherPorts }: ThreadActivity,
  run: Pick<Run, 'lanes'>,
) {
  const facts: Fact[] = [];
  if (toOwner) facts.push(fact(t('To its owner'), trafficText(toOwner)));
  if (fromOwner) facts.push(fact(t('From its owner'), trafficText(fromOwner)));
  for (const { with: key, to, from } of channels.slice(0, MOST_LISTED)) {
    const other = run.lanes.find((lane) => lane.key === key);
    const link: Part = other
      ? { text: shown(other.thread.label), thread: key }
      : { text: t('a thread that is not shown') };
    facts.push({
      name: t('Channel'),
      parts: [link, { text: `: ${t('to it {0}; from it {1}', trafficText(to), trafficText(from))}` }],
    });
  }
  for (const { name, posted, received, waiting, queue } of broadcasts.slice(0, MOST_LISTED)) {
    const parts = [
      t('{0} posted', posted),
      t('{0} received', received),
      waiting ? t('{0} not delivered', waiting) : '',
    ];
    if (queue) parts.push(queueText(queue));
    facts.push(fact(t('Broadcast'), t('“{0}”: {1}', shown(name, 80), parts.filter(Boolean).join(', '))));
  }
  const { posted, received } = otherPorts;
  const receipt = received === undefined ? t('how many were received is not known') : t('{0} received', received);
  if (posted > 0 || received) facts.push(fact(t('Other ports'), `${t('{0} posted', posted)}, ${receipt}`));
  return facts;
}

function presentFacts({ blocked, asked, writing, openFiles }: ThreadActivity, { now }: Moments): Fact[] {
  const facts: Fact[] = [];
  if (asked) facts.push(fact(t('Asked'), askedText(now - asked.since)));
  if (blocked) {
    const [what, time] = [waitText(blocked.what), duration(now - blocked.since)];
    const { timeout, at } = blocked;
    facts.push(
      fact(
        t('Waits in'),
        timeout === undefined
          ? t('{0} for {1}', what, time)
          : t('{0} for {1}, for at most {2}', what, time, duration(timeout * 1000)),
      ),
    );
    if (at) facts.push(fact(t('Where'), { text: siteText(at), site: at }));
  }
  for (const { to, bytes, since } of writing.slice(0, MOST_LISTED))
    facts.push(fact(t('Writes to'), writingText(shown(to, LONGEST_PATH), bytes, duration(now - since))));
  for (const { path } of openFiles.slice(0, MOST_LISTED)) facts.push(fact(t('Open file'), shown(path, LONGEST_PATH)));
  return facts;
}

const writingText = (to: string, bytes: number, time: string): string =>
  counted(bytes, '{1}: {0} byte for {2}', '{1}: {0} bytes for {2}', to, time);

function pastFacts({ blocks, blockedFor, stalls, dropped }: ThreadActivity): Fact[] {
  const facts: Fact[] = [];
  if (blocks > 0)
    facts.push(
      fact(t('Waited'), counted(blocks, '{0} time, {1} together', '{0} times, {1} together', duration(blockedFor))),
    );
  if (stalls.count > 0)
    facts.push(
      fact(
        t('Loop stood still'),
        counted(
          stalls.count,
          '{0} time, once for {1} at least',
          '{0} times, once for {1} at least',
          duration(stalls.longest),
        ),
      ),
    );
  if (dropped > 0)
    facts.push(
      fact(
        t('Not known'),
        counted(
          dropped,
          '{0} record of its activity went for lack of room: numbers may be low.',
          '{0} records of its activity went for lack of room: numbers may be low.',
        ),
      ),
    );
  return facts;
}

const measuredText = (what: string, at: number): string => t('{0}, at {1}', what, moment(at));

/** Measured now and then: each tells of which moment it is. */
function measuredFacts({ loop, heap, resources }: ThreadActivity, { origin }: Moments): Fact[] {
  const facts: Fact[] = [];
  if (loop) facts.push(fact(t('Loop'), measuredText(busyText(loop.busy), loop.t - origin)));
  if (heap) facts.push(fact(t('Heap'), measuredText(heapText(heap), heap.t - origin)));
  const kept = Object.entries(resources?.counts ?? {}).map(([what, n]) => `${n} ${shown(what, 40)}`);
  if (kept.length > 0) facts.push(fact(t('Loop kept by'), kept.join(', ')));
  return facts;
}
