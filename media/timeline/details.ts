// All that is known of one thread, for the pane beside the lanes: what its tooltip says in short, whole and with links.
// Pure; text of the program's own has gone through `shown`, and whoever draws it uses `textContent`.
import type { Finding, Flip, ThreadPicture, Unfinished } from '../../src/protocol/picture';
import type { Site } from '../../src/protocol/probeEvents';
import { ruleOf, type RuleId, type Severity } from '../../src/protocol/rules';
import { activityFacts } from './detailsActivity';
import type { Lane, Run } from './run';
import { stackLines } from './stack';
import { fateText, holdText, KINDS, poolText, sentence, stateText, wallClock } from './story';
import { count, duration, moment, shown, siteText } from './text';
import { LISTENER_FLIPS, SEVERITIES } from './vocabulary';

/** A piece of a line; with a target it is a link. */
export interface Part {
  text: string;
  site?: Site;
  /** Key of a thread to go to. */
  thread?: string;
  /** Rule whose page tells more. */
  rule?: RuleId;
}

export interface Fact {
  name: string;
  parts: Part[];
}

export interface Section {
  id: string;
  heading: string;
  severity?: Severity;
  facts: Fact[];
}

export interface Details {
  key: string;
  title: string;
  subtitle: string;
  sections: Section[];
}

export interface Moments {
  origin: number;
  now: number;
}

/** Lines of one list; a program can make any number of threads and calls. */
const MOST_LISTED = 100;
const LONGEST_TEXT = 2000;

export function detailsOf(lane: Lane, run: Pick<Run, 'lanes'>, moments: Moments): Details {
  const { thread } = lane;
  const sections: Section[] = [
    ...lane.findings.map(findingSection),
    { id: 'life', heading: 'Life', facts: lifeFacts(lane, moments) },
    { id: 'error', heading: 'Error', facts: errorFacts(thread) },
    { id: 'undone', heading: 'Left undone', facts: undoneFacts(thread.unfinished ?? []) },
    { id: 'flips', heading: 'Keeping the process alive', facts: flipFacts(lane, moments) },
    { id: 'started', heading: 'Threads it started', facts: childFacts(lane, run) },
    { id: 'activity', heading: 'Activity', facts: activityFacts(lane, run, moments) },
  ];
  return {
    key: lane.key,
    title: shown(thread.label),
    subtitle: `${KINDS[thread.kind]} · id ${thread.id} · pid ${lane.process.pid}`,
    sections: sections.filter(({ facts }) => facts.length > 0),
  };
}

const fact = (name: string, ...parts: (Part | string)[]): Fact => ({
  name,
  parts: parts.map((part) => (typeof part === 'string' ? { text: part } : part)),
});

const siteParts = (site: Site | undefined): (Part | string)[] =>
  site ? [' at ', siteLink(site), site.function ? ` in ${shown(site.function, 80)}` : ''].filter((p) => p !== '') : [];
export const siteLink = (site: Site): Part => ({ text: siteText(site), site });
const threadLink = ({ label, key }: ThreadPicture): Part => ({ text: shown(label), thread: key });

function lifeFacts(lane: Lane, { origin, now }: Moments): Fact[] {
  const { thread, owner, ended, process, pool } = lane;
  const facts: Fact[] = [];
  if (owner) facts.push(fact('Started by', threadLink(owner)));
  facts.push(fact('Started', moment(thread.startedAt - origin), ...siteParts(thread.startSite)));
  facts.push(fact('By the clock', wallClock(process, thread.startedAt)));
  if (thread.onlineAt !== undefined && thread.kind !== 'main')
    facts.push(fact('Began to run', `${duration(thread.onlineAt - thread.startedAt)} later`));
  facts.push(fact(ended ? 'Lived' : 'Lives for', duration((ended?.t ?? now) - thread.startedAt)));
  if (thread.file) facts.push(fact('File', shown(thread.file, 400)));
  if (!ended) facts.push(fact('Now', stateText(lane, now)));
  for (const { t, at } of thread.terminateCalls.slice(-MOST_LISTED))
    facts.push(fact('terminate()', moment(t - origin), ...siteParts(at)));
  if (ended)
    facts.push(fact('Ended', `${moment(ended.t - origin)}: ${sentence(ended.because)}`, ...siteParts(ended.at)));
  if (ended?.code !== undefined) facts.push(fact('Exit code', String(ended.code)));
  if (pool) facts.push(fact('Pool', poolText(pool), ...siteParts(pool.at)));
  if (!thread.probed) facts.push(fact('Note', 'It ran without the probe: only what its owner saw is known.'));
  return facts;
}

export function findingSection({ id, rule, severity, text, advice, at, related }: Finding): Section {
  const { title, explanation } = ruleOf(rule);
  return {
    id: `finding ${id}`,
    heading: `${SEVERITIES[severity].label}: ${title}`,
    severity,
    facts: [
      fact('', shown(text, LONGEST_TEXT)),
      ...(at ? [fact('Line', siteLink(at))] : []),
      ...related.slice(0, MOST_LISTED).map((other) => fact('See', `${shown(other.text, 400)} at `, siteLink(other.at))),
      fact('Why', explanation),
      fact('What to change', shown(advice, LONGEST_TEXT)),
      fact('More', { text: `About “${title}”`, rule }),
    ],
  };
}

function errorFacts({ error }: ThreadPicture): Fact[] {
  if (!error) return [];
  const facts = [fact('What', `${shown(error.name)}: ${shown(error.message, LONGEST_TEXT)}`)];
  if (error.at) facts.push(fact('Where', siteLink(error.at)));
  if (!error.stack) return facts;
  const { lines, more } = stackLines(error.stack);
  // The head says once more what the error is.
  const frames = lines.filter(({ text, at }) => at !== undefined || text.startsWith('at '));
  facts.push(...frames.map(({ text, at }, i) => fact(i === 0 ? 'Stack' : '', at ? { text, site: at } : text)));
  return more > 0 ? [...facts, fact('', `and ${count(more, 'line')} more`)] : facts;
}

const undoneFacts = (unfinished: Unfinished[]): Fact[] =>
  listed(unfinished, (thing) => fact('', `${shown(thing.text, LONGEST_TEXT)}${fateText(thing)}`));

/** What it was from its start on, and each call since. */
function flipFacts(lane: Lane, { origin }: Moments): Fact[] {
  if (lane.thread.kind === 'main') return [fact('Process', holdText(lane))];
  const flips = lane.thread.refs.slice(1);
  const told = flips.slice(-MOST_LISTED).map((flip) => flipFact(flip, origin));
  const untold = flips.length - told.length;
  return [
    fact('Process', holdText(lane)),
    ...(untold > 0 ? [fact('', `${count(untold, 'earlier call')}, then`)] : []),
    ...told,
  ];
}

function flipFact({ t, value, at, by }: Flip, origin: number): Fact {
  if (by !== 'listener') return fact(value ? 'ref()' : 'unref()', moment(t - origin), ...siteParts(at));
  const { label } = LISTENER_FLIPS[value ? 'ref' : 'unref'];
  return fact('Listener', `${moment(t - origin)}: ${label}`, ...siteParts(at));
}

function childFacts({ key }: Lane, { lanes }: Pick<Run, 'lanes'>): Fact[] {
  const children = lanes.filter(({ thread }) => thread.owner === key);
  return listed(children, ({ thread, ended, state }) =>
    fact(ended ? sentence(ended.because) : state, threadLink(thread)),
  );
}

function listed<T>(all: readonly T[], tell: (one: T) => Fact): Fact[] {
  const facts = all.slice(0, MOST_LISTED).map(tell);
  return all.length > MOST_LISTED
    ? [...facts, fact('', `and ${count(all.length - MOST_LISTED, 'more', 'more')}`)]
    : facts;
}
