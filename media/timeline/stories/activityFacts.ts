// What a thread did or does from moment to moment, as far as it is known. Pure.
import { counted, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { ThreadActivity } from '../../../src/protocol/picture';
import type { Lane, Run } from '../data/run';
import type { Moments } from '../time/scales';
import { duration, momentOf } from '../words/text';
import { fact, type Fact, MOST_LISTED, siteLink, threadLink, withShort } from './facts';
import { askedText, busyText, heapText, queueText, sentence, trafficText, waitText } from './phrases';

const LONGEST_PATH = 400;
const LONGEST_KEPT = 100;

/** All of it, for the details. */
export function activityFacts(lane: Lane, run: Pick<Run, 'lanes'>, moments: Moments): Fact[] {
  const { activity } = lane.thread;
  if (!activity) return [];
  return [
    ...ownerTraffic(activity),
    ...portTraffic(activity, run),
    ...(lane.ended ? [] : presentFacts(activity, moments)),
    ...pastFacts(activity),
    ...loopAndHeap(activity, moments),
    ...keptBy(activity),
  ];
}

/** What matters most of it, for a tooltip. */
export function mainActivity({ thread: { activity }, ended }: Lane, moments: Moments, mostWrites: number): Fact[] {
  if (!activity) return [];
  const traffic = ownerTraffic({
    ...(activity.toOwner && hasTraffic(activity.toOwner) ? { toOwner: activity.toOwner } : {}),
    ...(activity.fromOwner && hasTraffic(activity.fromOwner) ? { fromOwner: activity.fromOwner } : {}),
  });
  if (ended) return traffic;
  return [
    ...traffic,
    ...asked(activity, moments),
    ...loopAndHeap(activity, moments),
    ...waitsIn(activity, moments),
    ...keptBy(activity),
    ...writes(activity, moments, mostWrites),
  ];
}

const hasTraffic = ({ received, posted }: { received: number; posted?: number }): boolean =>
  received > 0 || (posted ?? 0) > 0;

const ownerTraffic = ({ toOwner, fromOwner }: Pick<ThreadActivity, 'toOwner' | 'fromOwner'>): Fact[] => [
  ...(toOwner ? [fact('to-owner', t('To its owner'), trafficText(toOwner))] : []),
  ...(fromOwner ? [fact('from-owner', t('From its owner'), trafficText(fromOwner))] : []),
];

function portTraffic({ channels, broadcasts, otherPorts }: ThreadActivity, run: Pick<Run, 'lanes'>): Fact[] {
  const facts: Fact[] = [];
  for (const { with: key, to, from } of channels.slice(0, MOST_LISTED)) {
    const other = run.lanes.find((lane) => lane.key === key);
    const who = other ? threadLink(other.thread) : t('a thread that is not shown');
    const what = t('to it: {0}; from it: {1}', trafficText(to), trafficText(from));
    facts.push(fact('channel', t('Channel'), who, `: ${what}`));
  }
  for (const { name, posted, received, waiting, queue } of broadcasts.slice(0, MOST_LISTED)) {
    const parts = [
      t('{0} posted', posted),
      t('{0} received', received),
      waiting ? t('{0} not delivered', waiting) : '',
    ];
    if (queue) parts.push(queueText(queue));
    const what = t('“{0}”: {1}', shown(name, 80), parts.filter(Boolean).join(', '));
    facts.push(fact('broadcast', t('Broadcast'), what));
  }
  const { posted, received } = otherPorts;
  const receipt = received === undefined ? t('number received unknown') : t('{0} received', received);
  if (posted > 0 || received) facts.push(fact('ports', t('Other ports'), `${t('{0} posted', posted)}, ${receipt}`));
  return facts;
}

function presentFacts(activity: ThreadActivity, moments: Moments): Fact[] {
  const { blocked, openFiles } = activity;
  return [
    ...asked(activity, moments),
    ...(activity.tasks ?? []).slice(0, MOST_LISTED).map((task) => fact('task', t('Task'), shown(task, LONGEST_PATH))),
    ...waitsIn(activity, moments),
    ...(blocked?.at ? [fact('waits-at', t('Where'), siteLink(blocked.at))] : []),
    ...writes(activity, moments, MOST_LISTED),
    ...openFiles.slice(0, MOST_LISTED).map(({ path }) => fact('open-file', t('Open file'), shown(path, LONGEST_PATH))),
  ];
}

const asked = ({ asked: since }: ThreadActivity, { now }: Moments): Fact[] =>
  since ? [fact('asked', t('Asked'), askedText(now - since.since))] : [];

function waitsIn({ blocked }: ThreadActivity, { now }: Moments): Fact[] {
  if (!blocked) return [];
  const [what, time] = [waitText(blocked.what), duration(now - blocked.since)];
  const { timeout } = blocked;
  const whole =
    timeout === undefined
      ? t('{0} for {1}', what, time)
      : t('{0} for {1}, for at most {2}', what, time, duration(timeout * 1000));
  return [withShort(fact('waits-in', t('Waits in'), whole), what)];
}

const writes = ({ writing }: ThreadActivity, { now }: Moments, most: number): Fact[] =>
  writing.slice(0, most).map(({ to, bytes, since }) => {
    const whole = writingText(shown(to, LONGEST_PATH), bytes, duration(now - since));
    return withShort(fact('writes-to', t('Writes to'), whole), sentence(to));
  });

const writingText = (to: string, bytes: number, time: string): string =>
  counted(bytes, '{1}: {0} byte for {2}', '{1}: {0} bytes for {2}', to, time);

function pastFacts({ blocks, blockedFor, stalls, dropped }: ThreadActivity): Fact[] {
  const facts: Fact[] = [];
  if (blocks > 0) {
    const what = counted(blocks, '{0} time, {1} together', '{0} times, {1} together', duration(blockedFor));
    facts.push(fact('waited', t('Waited'), what));
  }
  if (stalls.count > 0) {
    const longest = duration(stalls.longest);
    const what = counted(stalls.count, '{0} time, once for at least {1}', '{0} times, once for at least {1}', longest);
    facts.push(fact('stalls', t('Loop stalled'), what));
  }
  if (dropped > 0) {
    const what = counted(
      dropped,
      '{0} activity record was dropped, so numbers may be low.',
      '{0} activity records were dropped, so numbers may be low.',
    );
    facts.push(fact('dropped', t('Dropped'), what));
  }
  return facts;
}

const measuredText = (what: string, at: number, moments: Moments): string =>
  t('{0}, at {1}', what, momentOf(at, moments));

/** Measured now and then: each says at which moment. */
function loopAndHeap({ loop, heap }: ThreadActivity, moments: Moments): Fact[] {
  const facts: Fact[] = [];
  if (loop) {
    const busy = busyText(loop.busy);
    facts.push(withShort(fact('loop', t('Loop'), measuredText(busy, loop.t, moments)), busy));
  }
  if (heap) {
    const size = heapText(heap);
    facts.push(withShort(fact('heap', t('Heap'), measuredText(size, heap.t, moments)), size));
  }
  return facts;
}

function keptBy({ resources }: ThreadActivity): Fact[] {
  const kept =
    resources?.kept?.slice(0, MOST_LISTED).map((phrase) => shown(phrase, LONGEST_KEPT)) ??
    Object.entries(resources?.counts ?? {}).map(([what, n]) => `${n} ${shown(what, 40)}`);
  return kept.length > 0 ? [fact('kept-by', t('Loop kept alive by'), kept.join(', '))] : [];
}
