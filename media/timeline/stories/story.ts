// What the timeline says about a thread, a tick or an exit, in sentences: for tooltips and for screen readers. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import type {
  Ending,
  Finding,
  Flip,
  PoolPicture,
  ProcessPicture,
  ThreadPicture,
  Traffic,
  Unfinished,
} from '../../../src/protocol/picture';
import type { Site } from '../../../src/protocol/probeEvents';
import { ruleOf } from '../../../src/protocol/rules';
import type { Doing } from '../scene/activity';
import type { Mark } from '../scene/layout';
import type { Lane } from '../data/run';
import { valueAt } from '../data/run';
import { baseName, capitalized, duration, moment, percent, shown, siteText, threads } from '../words/text';
import type { Word } from '../words/vocabulary';
import { BARS, DEEDS, ENDINGS, FATES, LIFE, LISTENER_FLIPS, MARKS, SEVERITIES, STATES } from '../words/vocabulary';

/** Plain text throughout; whoever shows it uses `textContent`. */
export interface Story {
  title: string;
  subtitle: string;
  facts: [name: string, text: string][];
}

export const KINDS = {
  main: t('main thread'),
  worker: t('worker'),
  'loader-hooks': t('thread of Node’s own, runs module loader hooks'),
};
/** Flips told one by one in a tooltip; the rest is counted. */
const FLIPS_TOLD = 4;
const LONGEST_SENTENCE = 240;
/** Writes and the like told one by one. */
const MOST_TOLD = 3;
const MOST_FINDINGS_TOLD = 2;

export function threadStory(lane: Lane, origin: number, now: number): Story {
  const { thread, owner, ended } = lane;
  const facts = findingFacts(lane.findings);
  if (owner) facts.push([t('Started by'), shown(owner.label)]);
  facts.push([t('Started'), placed(moment(thread.startedAt - origin), thread.startSite)]);
  facts.push([t('By the clock'), wallClock(lane.process, thread.startedAt)]);
  facts.push([ended ? t('Lived') : t('Lives for'), duration((ended?.t ?? now) - thread.startedAt)]);
  facts.push([t('Process'), holdText(lane)]);
  facts.push(...flips(lane, origin));
  if (!ended) facts.push([t('Now'), stateText(lane, now)]);
  else facts.push([t('Ended'), `${moment(ended.t - origin)}: ${sentence(ended.because)}`]);
  if (lane.pool) facts.push([t('Pool'), poolText(lane.pool)]);
  facts.push(...(ended ? pastFacts(thread) : presentFacts(thread, now)));
  if (!thread.probed) facts.push([t('Note'), withoutProbe()]);
  return { title: shown(thread.label), subtitle: t('{0} · id {1}', KINDS[thread.kind], thread.id), facts };
}

export const withoutProbe = (): string => t('It ran without the probe: only what its owner saw is known.');

/** What a living thread does. */
function presentFacts({ activity }: ThreadPicture, now: number): Fact[] {
  if (!activity) return [];
  const { blocked, writing, loop, heap, resources, asked } = activity;
  const facts = trafficFacts(activity);
  if (asked) facts.push([t('Asked'), askedText(now - asked.since)]);
  if (loop) facts.push([t('Loop'), busyText(loop.busy)]);
  if (heap) facts.push([t('Heap'), heapText(heap)]);
  if (blocked) facts.push([t('Waits in'), waitText(blocked.what)]);
  const kept = Object.entries(resources?.counts ?? {}).map(([what, n]) => `${n} ${shown(what, 40)}`);
  if (kept.length > 0) facts.push([t('Loop kept by'), kept.join(', ')]);
  return [
    ...facts,
    ...writing.slice(0, MOST_TOLD).map(({ to }): Fact => [t('Writes to'), shown(to, LONGEST_SENTENCE)]),
  ];
}

/** What one that has ended did, and left undone when it was cut off. */
const pastFacts = ({ activity, unfinished }: ThreadPicture): Fact[] => [
  ...(activity ? trafficFacts(activity) : []),
  ...undone(unfinished ?? []),
];

function trafficFacts({ fromOwner, toOwner }: NonNullable<ThreadPicture['activity']>): Fact[] {
  const facts: Fact[] = [];
  if (toOwner?.received || toOwner?.posted) facts.push([t('To its owner'), trafficText(toOwner)]);
  if (fromOwner?.received || fromOwner?.posted) facts.push([t('From its owner'), trafficText(fromOwner)]);
  return facts;
}

export function poolText({ label, threads, live, busy }: PoolPicture): string {
  const all = threads.length;
  const parts = [shown(label, 60)];
  if (live > 0) parts.push(counted(all, '{1} of {0} thread live', '{1} of {0} threads live', live));
  if (live > 0 && busy !== undefined) parts.push(t('{0} busy', busy));
  return parts.join(', ');
}

/** "running, 60 % busy; blocked for a part of it" */
export function doingText({ state, busy, share, peak }: Doing): string {
  const parts = [STATES[state].label];
  if (state === 'running') parts.push(busyText(busy));
  if (share < 0.95) parts.push(t('{0} of this moment', percent(Math.max(0.01, share))));
  const all = parts.join(', ');
  return peak ? t('{0}; {1} for a part of it', all, STATES[peak].label) : all;
}

/** What it is and how its threads fare, in one line. */
export const poolLabel = ({ pool, lanes, findings }: PoolThreads): string =>
  [shown(pool.label), poolOf(lanes.length), faresOf(lanes), findingLabel(findings)].filter(Boolean).join(', ');

/** A few words beside a label. */
export const poolNote = ({ lanes }: PoolThreads): string => {
  const live = lanes.filter(({ ended }) => !ended).length;
  return live > 0 ? t('{0} of {1} live', live, lanes.length) : threads(lanes.length);
};

const poolOf = (n: number): string => counted(n, 'pool of {0} thread', 'pool of {0} threads');

export interface PoolThreads {
  pool: PoolPicture;
  /** Those of its threads that stand together. */
  lanes: readonly Lane[];
  findings: readonly Finding[];
}

export function poolStory({ pool, lanes, findings }: PoolThreads, origin: number): Story {
  const { at, busy, mostBusy } = pool;
  const facts: Fact[] = [...findingFacts(findings), [t('Threads'), faresOf(lanes)]];
  if (at) facts.push([t('Made'), placed('', at)]);
  const first = Math.min(...lanes.map(({ thread }) => thread.startedAt));
  facts.push([t('First began'), moment(first - origin)]);
  if (busy !== undefined && pool.live > 0) facts.push([t('Busy'), t('{0} of {1} live', busy, pool.live)]);
  if (mostBusy !== undefined) facts.push([t('Busy at once'), t('at most {0}', mostBusy)]);
  return { title: shown(pool.label), subtitle: poolOf(lanes.length), facts };
}

/** "3 live, 2 returned, 1 killed with main" */
export function faresOf(lanes: readonly Lane[]): string {
  const counts = new Map<string, number>();
  for (const { ended } of lanes) {
    const what = ended ? ENDINGS[ended.by].label : t('live');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, n]) => `${n} ${what}`).join(', ');
}

const findingFacts = (findings: readonly Finding[]): Fact[] =>
  findings
    .slice(0, MOST_FINDINGS_TOLD)
    .map(({ rule, severity, text }): Fact => [
      capitalized(SEVERITIES[severity].label),
      `${ruleOf(rule).title}. ${sentence(text)}`,
    ])
    .concat(findings.length > MOST_FINDINGS_TOLD ? [['', moreFindings(findings.length - MOST_FINDINGS_TOLD)]] : []);

const moreFindings = (n: number): string =>
  counted(n, 'and {0} finding more; see the exit report', 'and {0} findings more; see the exit report');
export const askedText = (ago: number): string => t('{0} ago, and it has not answered', duration(ago));
export const busyText = (share: number): string => t('{0} busy', percent(share));
export const heapText = ({ usedKiB, limitKiB }: { usedKiB: number; limitKiB: number }): string =>
  t('{0} of {1} MiB', decimal(usedKiB / 1024, 1), decimal(limitKiB / 1024, 0));

type Fact = Story['facts'][number];

export function trafficText({ posted, received, unheard, queue }: Traffic): string {
  const parts = [
    posted === undefined || posted === received
      ? t('{0} received', received)
      : t('{0} of {1} received', received, posted),
  ];
  if (unheard) parts.push(t('{0} with no listener', unheard));
  if (queue) parts.push(queueText(queue));
  return parts.join(', ');
}

export const queueText = ({ mean, longest }: NonNullable<Traffic['queue']>): string =>
  t('after {0}, at most {1}', duration(mean), duration(longest));

/** The name once, and of a path its end: there is little room. */
function undone(unfinished: Unfinished[]): Fact[] {
  const told = unfinished
    .slice(0, MOST_TOLD)
    .map((thing) => `${sentence(thing.text.replace(/\/(?:[^/]*\/)+(?=[^/]*$)/, '…/'))}${fateText(thing)}`);
  if (unfinished.length > MOST_TOLD) told.push(moreThings(unfinished.length - MOST_TOLD));
  return told.map((text, i): Fact => [i === 0 ? t('Left undone') : '', text]);
}

const moreThings = (n: number): string =>
  counted(n, 'and {0} thing more; see the exit report', 'and {0} things more; see the exit report');

/** A wait is over with its thread: there is nothing of it that could be lost. */
/** What a thread waits in, as one of `Blocking`. */
export const waitText = (what: string): string =>
  what === 'synchronous child process' ? t('synchronous child process') : shown(what, 40);

export const fateText = ({ what, fate }: Unfinished): string => (what === 'wait' ? '' : `: ${FATES[fate]}`);

export function markStory(lane: Lane, mark: Mark, origin: number): Story {
  const { label, explanation } = wordOf(mark);
  const called = placed(byWhom(moment(mark.t - origin), mark.by), mark.at);
  const isCall = mark.by !== 'listener' && mark.kind !== 'deed';
  const facts: Story['facts'] = [[isCall ? t('Called') : t('When'), called]];
  if (mark.calls > 1) facts.push([t('Here'), closeCalls(mark.calls)]);
  const name = shown(lane.thread.label);
  return {
    title: !isCall ? `${name}: ${label}` : t('{0} on {1}', label, name),
    subtitle: explanation,
    facts,
  };
}

const closeCalls = (n: number): string =>
  counted(n, '{0} call this close together; zoom in to see each', '{0} calls this close together; zoom in to see each');

function wordOf({ kind, by, deed }: Mark): Word {
  if (kind === 'deed') return DEEDS[deed ?? 'stack'];
  return by === 'listener' && kind !== 'terminate-call' ? LISTENER_FLIPS[kind] : MARKS[kind];
}

export function endingStory(lane: Lane, ended: Ending, origin: number): Story {
  const { label, explanation } = ENDINGS[ended.by];
  const facts: Story['facts'] = [
    [t('When'), moment(ended.t - origin)],
    [t('Because'), sentence(ended.because)],
  ];
  if (ended.at) facts.push([t('Where'), siteText(ended.at)]);
  if (ended.by === 'main-exit') facts.push([t('Process'), holdText(lane)]);
  return { title: `${shown(lane.thread.label)}: ${label}`, subtitle: explanation, facts };
}

export function exitStory(process: ProcessPicture, exit: Ending, origin: number): Story {
  const facts: Story['facts'] = [
    [t('When'), moment(exit.t - origin)],
    [t('By the clock'), wallClock(process, exit.t)],
    [t('Because'), sentence(exit.because)],
  ];
  if (exit.code !== undefined) facts.push([t('Exit code'), String(exit.code)]);
  return { title: exitTitle(exit), subtitle: t('No other thread of the process outlives this line.'), facts };
}

/** The words at the exit line. */
export function exitText(exit: Ending): string {
  return exit.by === 'lost-contact' ? sentence(exit.because) : t('main ended: {0}', sentence(exit.because));
}

function exitTitle(exit: Ending): string {
  return exit.by === 'lost-contact' ? t('Contact was lost') : t('Main ended, and the process with it');
}

/** One line for a screen reader: all that the lane shows. */
export function laneLabel(lane: Lane): string {
  const { thread, owner, ended } = lane;
  const parts = [shown(thread.label), KINDS[thread.kind]];
  if (owner && owner.kind !== 'main') parts.push(t('started by {0}', shown(owner.label)));
  parts.push(
    lane.daemon === undefined ? BARS.unknown.explanation : lane.daemon ? BARS.daemon.label : BARS['keeps-alive'].label,
  );
  parts.push(ended ? sentence(ended.because) : stateText(lane));
  if (lane.findings.length > 0) parts.push(findingLabel(lane.findings));
  return parts.join(', ');
}

/** What the mark beside a label says. */
export const findingLabel = (findings: readonly Finding[]): string =>
  findings.map(({ rule, severity }) => `${SEVERITIES[severity].label}: ${ruleOf(rule).title}`).join('; ');

/** A few words beside a label. */
export function laneNote(lane: Lane): string {
  if (lane.ended) return ENDINGS[lane.ended.by].label;
  if (lane.state !== 'alive') return LIFE[lane.state];
  if (lane.thread.activity?.unresponsive) return STATES.unresponsive.label;
  return lane.daemon ? BARS.daemon.label : '';
}

export function processTitle(process: ProcessPicture): string {
  const script = process.argv[1] ?? process.argv[0];
  return t('{0} · pid {1}', script ? shown(baseName(script)) : t('process'), process.pid);
}

export const unsupportedNote = ({ version }: ProcessPicture): string =>
  t('Node {0} is too old: needs 20 or newer', shown(version));

export function unsupportedText({ version }: ProcessPicture): string {
  return t(
    'Node {0} is too old to be observed: the program runs as usual, but its threads are not seen. Use Node 20 or newer.',
    shown(version),
  );
}

export function holdText({ thread, owner, daemon, ended }: Lane): string {
  if (daemon === undefined) return BARS.unknown.explanation;
  if (thread.kind === 'main')
    return ended ? t('Main: the process lived as long as it') : t('Main: the process lives as long as it');
  const refd = valueAt(thread.refs, ended?.t ?? Infinity);
  if (!daemon) return ended ? t('Kept it alive (ref’d)') : t('Keeps it alive (ref’d)');
  const why = refd && owner ? t('ref’d, but its owner “{0}” is a daemon', shown(owner.label, 40)) : t('unref’d');
  return ended ? t('Daemon ({0}): did not keep it alive', why) : t('Daemon ({0}): does not keep it alive', why);
}

function flips({ thread }: Lane, origin: number): Story['facts'] {
  const calls = thread.refs.slice(1);
  const told = calls.slice(-FLIPS_TOLD).map((flip) => flipFact(flip, origin));
  const untold = calls.length - told.length;
  return untold > 0
    ? [[t('Flips'), counted(untold, '{0} earlier one, then', '{0} earlier ones, then')], ...told]
    : told;
}

/** Of a call that a person made. */
export const byWhom = (when: string, by: Flip['by']): string => (by === 'hand' ? t('{0}, by you', when) : when);

function flipFact({ t: when, value, at, by }: Flip, origin: number): Fact {
  if (by !== 'listener') return [value ? 'ref()' : 'unref()', placed(byWhom(moment(when - origin), by), at)];
  const { label } = LISTENER_FLIPS[value ? 'ref' : 'unref'];
  return [t('Listener'), placed(`${moment(when - origin)}: ${label}`, at)];
}

/** Without `now` it is said without numbers that grow: a screen reader would read them out again and again. */
export function stateText({ state, thread }: Lane, now?: number): string {
  const { unresponsive } = thread.activity ?? {};
  if (thread.paused) return t('paused: the debugger holds it');
  switch (state) {
    case 'starting':
      return t('starting: its code does not run yet');
    case 'exiting':
      return t('exiting: its code is over, its exit handlers run');
    case 'alive':
      if (unresponsive) {
        return now === undefined
          ? t('unresponsive: its event loop does not turn, so it hears no message')
          : t(
              'unresponsive for {0}: its event loop does not turn, so it hears no message',
              duration(now - unresponsive.since),
            );
      }
      return thread.terminateCalls.length > 0 ? t('alive; terminate() was called') : LIFE.alive;
    default:
      return LIFE[state];
  }
}

/** What happened, with where it did. */
function placed(what: string, site: Site | undefined): string {
  if (!site) return what;
  const where = site.function
    ? t('at {0} in {1}', siteText(site), shown(site.function, 40))
    : t('at {0}', siteText(site));
  return `${what} ${where}`.trim();
}
export const sentence = (text: string): string => shown(text, LONGEST_SENTENCE);

export function wallClock(process: ProcessPicture, at: number): string {
  if (process.wall === 0) return t('not known');
  const date = new Date(process.wall + (at - process.startedAt) / 1000);
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${date.toLocaleTimeString('en-GB', { hour12: false })}.${millis}`;
}
