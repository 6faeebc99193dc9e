// What the timeline says about a thread, a tick or an exit, in sentences: for tooltips and for screen readers. Pure.
import type {
  Ending,
  Finding,
  Flip,
  PoolPicture,
  ProcessPicture,
  ThreadPicture,
  Traffic,
  Unfinished,
} from '../../src/protocol/picture';
import type { Site } from '../../src/protocol/probeEvents';
import { ruleOf } from '../../src/protocol/rules';
import type { Doing } from './activity';
import type { Mark } from './layout';
import type { Lane } from './run';
import { valueAt } from './run';
import { baseName, count, duration, moment, shown, siteText } from './text';
import type { Word } from './vocabulary';
import { BARS, ENDINGS, FATES, LISTENER_FLIPS, MARKS, SEVERITIES, STATES } from './vocabulary';

/** Plain text throughout; whoever shows it uses `textContent`. */
export interface Story {
  title: string;
  subtitle: string;
  facts: [name: string, text: string][];
}

export const KINDS = {
  main: 'main thread',
  worker: 'worker',
  'loader-hooks': 'thread of Node’s own, runs module loader hooks',
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
  if (owner) facts.push(['Started by', shown(owner.label)]);
  facts.push(['Started', `${moment(thread.startedAt - origin)}${place(thread.startSite)}`]);
  facts.push(['By the clock', wallClock(lane.process, thread.startedAt)]);
  facts.push([ended ? 'Lived' : 'Lives for', duration((ended?.t ?? now) - thread.startedAt)]);
  facts.push(['Process', holdText(lane)]);
  facts.push(...flips(lane, origin));
  if (!ended) facts.push(['Now', stateText(lane, now)]);
  else facts.push(['Ended', `${moment(ended.t - origin)}: ${sentence(ended.because)}`]);
  if (lane.pool) facts.push(['Pool', poolText(lane.pool)]);
  facts.push(...(ended ? pastFacts(thread) : presentFacts(thread, now)));
  if (!thread.probed) facts.push(['Note', 'It ran without the probe: only what its owner saw is known.']);
  return { title: shown(thread.label), subtitle: `${KINDS[thread.kind]} · id ${thread.id}`, facts };
}

/** What a living thread does. */
function presentFacts({ activity }: ThreadPicture, now: number): Fact[] {
  if (!activity) return [];
  const { blocked, writing, loop, heap, resources, asked } = activity;
  const facts = trafficFacts(activity);
  if (asked) facts.push(['Asked', `${duration(now - asked.since)} ago, and it has not answered`]);
  if (loop) facts.push(['Loop', `${Math.round(loop.busy * 100)} % busy`]);
  if (heap) facts.push(['Heap', `${(heap.usedKiB / 1024).toFixed(1)} of ${(heap.limitKiB / 1024).toFixed(0)} MiB`]);
  if (blocked) facts.push(['Waits in', blocked.what]);
  const kept = Object.entries(resources?.counts ?? {}).map(([what, n]) => `${n} ${shown(what, 40)}`);
  if (kept.length > 0) facts.push(['Loop kept by', kept.join(', ')]);
  return [...facts, ...writing.slice(0, MOST_TOLD).map(({ to }): Fact => ['Writes to', shown(to, LONGEST_SENTENCE)])];
}

/** What one that has ended did, and left undone when it was cut off. */
const pastFacts = ({ activity, unfinished }: ThreadPicture): Fact[] => [
  ...(activity ? trafficFacts(activity) : []),
  ...undone(unfinished ?? []),
];

function trafficFacts({ fromOwner, toOwner }: NonNullable<ThreadPicture['activity']>): Fact[] {
  const facts: Fact[] = [];
  if (toOwner?.received || toOwner?.posted) facts.push(['To its owner', trafficText(toOwner)]);
  if (fromOwner?.received || fromOwner?.posted) facts.push(['From its owner', trafficText(fromOwner)]);
  return facts;
}

export function poolText({ label, threads, live, busy }: PoolPicture): string {
  const parts = [shown(label, 60), live > 0 ? `${live} of ${count(threads.length, 'thread')} live` : ''];
  if (live > 0 && busy !== undefined) parts.push(`${busy} busy`);
  return parts.filter(Boolean).join(', ');
}

/** "running, 60 % busy; blocked for a part of it" */
export function doingText({ state, busy, share, peak }: Doing): string {
  const parts = [STATES[state].label];
  if (state === 'running') parts.push(`${Math.round(busy * 100)} % busy`);
  if (share < 0.95) parts.push(`${Math.max(1, Math.round(share * 100))} % of this moment`);
  const short = peak ? `; ${STATES[peak].label} for a part of it` : '';
  return `${parts.join(', ')}${short}`;
}

/** What it is and how its threads fare, in one line. */
export const poolLabel = ({ pool, lanes, findings }: PoolThreads): string =>
  [`${shown(pool.label)}, pool of ${count(lanes.length, 'thread')}`, faresOf(lanes), findingLabel(findings)]
    .filter(Boolean)
    .join(', ');

/** A few words beside a label. */
export const poolNote = ({ lanes }: PoolThreads): string => {
  const live = lanes.filter(({ ended }) => !ended).length;
  return live > 0 ? `${live} of ${lanes.length} live` : count(lanes.length, 'thread');
};

export interface PoolThreads {
  pool: PoolPicture;
  /** Those of its threads that stand together. */
  lanes: readonly Lane[];
  findings: readonly Finding[];
}

export function poolStory({ pool, lanes, findings }: PoolThreads, origin: number): Story {
  const { at, busy, mostBusy } = pool;
  const facts: Fact[] = [...findingFacts(findings), ['Threads', faresOf(lanes)]];
  if (at) facts.push(['Made', place(at).trim()]);
  const first = Math.min(...lanes.map(({ thread }) => thread.startedAt));
  facts.push(['First began', moment(first - origin)]);
  if (busy !== undefined && pool.live > 0) facts.push(['Busy', `${busy} of ${pool.live} live`]);
  if (mostBusy !== undefined) facts.push(['Busy at once', `at most ${mostBusy}`]);
  return { title: shown(pool.label), subtitle: `pool of ${count(lanes.length, 'thread')}`, facts };
}

/** "3 live, 2 returned, 1 killed with main" */
export function faresOf(lanes: readonly Lane[]): string {
  const counts = new Map<string, number>();
  for (const { ended } of lanes) {
    const what = ended ? ENDINGS[ended.by].label : 'live';
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
    .concat(
      findings.length > MOST_FINDINGS_TOLD
        ? [['', `and ${count(findings.length - MOST_FINDINGS_TOLD, 'finding')} more; see the exit report`]]
        : [],
    );

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

type Fact = Story['facts'][number];

export function trafficText({ posted, received, unheard, queue }: Traffic): string {
  const parts = [
    posted === undefined || posted === received ? `${received} received` : `${received} of ${posted} received`,
  ];
  if (unheard) parts.push(`${unheard} with no listener`);
  if (queue) parts.push(`after ${duration(queue.mean)}, at most ${duration(queue.longest)}`);
  return parts.join(', ');
}

/** The name once, and of a path its end: there is little room. */
function undone(unfinished: Unfinished[]): Fact[] {
  const told = unfinished
    .slice(0, MOST_TOLD)
    .map((thing) => `${sentence(thing.text.replace(/\/(?:[^/]*\/)+(?=[^/]*$)/, '…/'))}${fateText(thing)}`);
  if (unfinished.length > MOST_TOLD)
    told.push(`and ${count(unfinished.length - MOST_TOLD, 'thing')} more; see the exit report`);
  return told.map((text, i): Fact => [i === 0 ? 'Left undone' : '', text]);
}

/** A wait is over with its thread: there is nothing of it that could be lost. */
export const fateText = ({ what, fate }: Unfinished): string => (what === 'wait' ? '' : `: ${FATES[fate]}`);

export function markStory(lane: Lane, mark: Mark, origin: number): Story {
  const { label, explanation } = wordOf(mark);
  const facts: Story['facts'] = [[mark.byListener ? 'When' : 'Called', `${moment(mark.t - origin)}${place(mark.at)}`]];
  if (mark.calls > 1) facts.push(['Here', `${count(mark.calls, 'call')} this close together; zoom in to see each`]);
  const name = shown(lane.thread.label);
  return { title: mark.byListener ? `${name}: ${label}` : `${label} on ${name}`, subtitle: explanation, facts };
}

const wordOf = ({ kind, byListener }: Mark): Word =>
  byListener && kind !== 'terminate-call' ? LISTENER_FLIPS[kind] : MARKS[kind];

export function endingStory(lane: Lane, ended: Ending, origin: number): Story {
  const { label, explanation } = ENDINGS[ended.by];
  const facts: Story['facts'] = [
    ['When', moment(ended.t - origin)],
    ['Because', sentence(ended.because)],
  ];
  if (ended.at) facts.push(['Where', siteText(ended.at)]);
  if (ended.by === 'main-exit') facts.push(['Process', holdText(lane)]);
  return { title: `${shown(lane.thread.label)}: ${label}`, subtitle: explanation, facts };
}

export function exitStory(process: ProcessPicture, exit: Ending, origin: number): Story {
  const facts: Story['facts'] = [
    ['When', moment(exit.t - origin)],
    ['By the clock', wallClock(process, exit.t)],
    ['Because', sentence(exit.because)],
  ];
  if (exit.code !== undefined) facts.push(['Exit code', String(exit.code)]);
  return { title: exitTitle(exit), subtitle: 'No other thread of the process outlives this line.', facts };
}

/** The words at the exit line. */
export function exitText(exit: Ending): string {
  return exit.by === 'lost-contact' ? sentence(exit.because) : `main ended: ${sentence(exit.because)}`;
}

function exitTitle(exit: Ending): string {
  return exit.by === 'lost-contact' ? 'Contact was lost' : 'Main ended, and the process with it';
}

/** One line for a screen reader: all that the lane shows. */
export function laneLabel(lane: Lane): string {
  const { thread, owner, ended } = lane;
  const parts = [shown(thread.label), KINDS[thread.kind]];
  if (owner && owner.kind !== 'main') parts.push(`started by ${shown(owner.label)}`);
  parts.push(lane.daemon === undefined ? BARS.unknown.explanation : lane.daemon ? 'daemon' : BARS['keeps-alive'].label);
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
  if (lane.state !== 'alive') return lane.state;
  if (lane.thread.activity?.unresponsive) return 'unresponsive';
  return lane.daemon ? BARS.daemon.label : '';
}

export function processTitle(process: ProcessPicture): string {
  const script = process.argv[1] ?? process.argv[0];
  return `${script ? shown(baseName(script)) : 'process'} · pid ${process.pid}`;
}

export const unsupportedNote = ({ version }: ProcessPicture): string =>
  `Node ${shown(version)} is too old: needs 20 or newer`;

export function unsupportedText({ version }: ProcessPicture): string {
  return `Node ${shown(version)} is too old to be observed: the program runs as usual, but its threads are not seen. Use Node 20 or newer.`;
}

export function holdText({ thread, owner, daemon, ended }: Lane): string {
  if (daemon === undefined) return BARS.unknown.explanation;
  if (thread.kind === 'main')
    return ended ? 'Main: the process lived as long as it' : 'Main: the process lives as long as it';
  const refd = valueAt(thread.refs, ended?.t ?? Infinity);
  if (!daemon) return ended ? 'Kept it alive (ref’d)' : 'Keeps it alive (ref’d)';
  const why = refd && owner ? `ref’d, but its owner “${shown(owner.label, 40)}” is a daemon` : 'unref’d';
  return ended ? `Daemon (${why}): did not keep it alive` : `Daemon (${why}): does not keep it alive`;
}

function flips({ thread }: Lane, origin: number): Story['facts'] {
  const calls = thread.refs.slice(1);
  const told = calls.slice(-FLIPS_TOLD).map((flip) => flipFact(flip, origin));
  const untold = calls.length - told.length;
  return untold > 0 ? [['Flips', `${count(untold, 'earlier one')}, then`], ...told] : told;
}

function flipFact({ t, value, at, by }: Flip, origin: number): Fact {
  if (by !== 'listener') return [value ? 'ref()' : 'unref()', `${moment(t - origin)}${place(at)}`];
  const { label } = LISTENER_FLIPS[value ? 'ref' : 'unref'];
  return ['Listener', `${moment(t - origin)}: ${label}${place(at)}`];
}

/** Without `now` it is said without numbers that grow: a screen reader would read them out again and again. */
export function stateText({ state, thread }: Lane, now?: number): string {
  const { unresponsive } = thread.activity ?? {};
  switch (state) {
    case 'starting':
      return 'starting: its code does not run yet';
    case 'exiting':
      return 'exiting: its code is over, its exit handlers run';
    case 'alive':
      if (unresponsive) {
        const since = now === undefined ? '' : ` for ${duration(now - unresponsive.since)}`;
        return `unresponsive${since}: its event loop does not turn, so it hears no message`;
      }
      return thread.terminateCalls.length > 0 ? 'alive; terminate() was called' : 'alive';
    default:
      return state;
  }
}

const place = (site: Site | undefined): string =>
  site ? ` at ${siteText(site)}${site.function ? ` in ${shown(site.function, 40)}` : ''}` : '';
export const sentence = (text: string): string => shown(text, LONGEST_SENTENCE);

export function wallClock(process: ProcessPicture, t: number): string {
  if (process.wall === 0) return 'not known';
  const date = new Date(process.wall + (t - process.startedAt) / 1000);
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${date.toLocaleTimeString('en-GB', { hour12: false })}.${millis}`;
}
