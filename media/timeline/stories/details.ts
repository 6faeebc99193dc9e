// All that is known of one thread, for the pane beside the lanes: what its tooltip says in short, whole and with links.
// Pure; text of the program's own has gone through `shown`, and whoever draws it uses `textContent`.
import { counted, t } from '../../../src/common/l10n';
import type { Finding, Flip, ThreadPicture, Unfinished } from '../../../src/protocol/picture';
import type { Site } from '../../../src/protocol/probeEvents';
import { ruleOf, type RuleId, type Severity } from '../../../src/protocol/rules';
import { activityFacts } from './detailsActivity';
import type { Lane, Run } from '../data/run';
import { stackLines } from './stack';
import { byWhom, fateText, holdText, KINDS, poolText, sentence, stateText, wallClock, withoutProbe } from './story';
import { andMore, duration, moment, shown, siteText } from '../words/text';
import { DEEDS, LIFE, LISTENER_FLIPS, SEVERITIES } from '../words/vocabulary';

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
    { id: 'life', heading: t('Life'), facts: lifeFacts(lane, moments) },
    { id: 'error', heading: t('Error'), facts: errorFacts(thread) },
    { id: 'undone', heading: t('Left undone'), facts: undoneFacts(thread.unfinished ?? []) },
    { id: 'flips', heading: t('Keeping the process alive'), facts: flipFacts(lane, moments) },
    { id: 'started', heading: t('Threads it started'), facts: childFacts(lane, run) },
    { id: 'activity', heading: t('Activity'), facts: activityFacts(lane, run, moments) },
  ];
  return {
    key: lane.key,
    title: shown(thread.label),
    subtitle: t('{0} · id {1} · pid {2}', KINDS[thread.kind], thread.id, lane.process.pid),
    sections: sections.filter(({ facts }) => facts.length > 0),
  };
}

const fact = (name: string, ...parts: (Part | string)[]): Fact => ({
  name,
  parts: parts.map((part) => (typeof part === 'string' ? { text: part } : part)),
});

const siteParts = (site: Site | undefined): (Part | string)[] =>
  site ? around(` ${functionText(site)}`, siteLink(site)) : [];

const functionText = ({ function: name }: Site): string =>
  name ? t('at {0} in {1}', LINK, shown(name, 80)) : t('at {0}', LINK);

/** Stands for the link in a sentence; no program can write it, as `shown` makes it visible. */
const LINK = '\u0000';

/** A sentence in which {@link LINK} stands, with the link there. */
function around(text: string, link: Part): (Part | string)[] {
  const [before = '', after = ''] = text.split(LINK);
  return [before, link, after].filter((part) => part !== '');
}
export const siteLink = (site: Site): Part => ({ text: siteText(site), site });
const threadLink = ({ label, key }: ThreadPicture): Part => ({ text: shown(label), thread: key });

function lifeFacts(lane: Lane, { origin, now }: Moments): Fact[] {
  const { thread, owner, ended, process, pool } = lane;
  const facts: Fact[] = [];
  if (owner) facts.push(fact(t('Started by'), threadLink(owner)));
  facts.push(fact(t('Started'), moment(thread.startedAt - origin), ...siteParts(thread.startSite)));
  facts.push(fact(t('By the clock'), wallClock(process, thread.startedAt)));
  if (thread.onlineAt !== undefined && thread.kind !== 'main')
    facts.push(fact(t('Began to run'), t('{0} later', duration(thread.onlineAt - thread.startedAt))));
  facts.push(fact(ended ? t('Lived') : t('Lives for'), duration((ended?.t ?? now) - thread.startedAt)));
  if (thread.file) facts.push(fact(t('File'), shown(thread.file, 400)));
  if (!ended) facts.push(fact(t('Now'), stateText(lane, now)));
  for (const { t: when, at, by } of thread.terminateCalls.slice(-MOST_LISTED))
    facts.push(fact('terminate()', byWhom(moment(when - origin), by), ...siteParts(at)));
  for (const { t: when, deed } of (thread.deeds ?? []).slice(-MOST_LISTED))
    facts.push(fact(sentence(DEEDS[deed].label), byWhom(moment(when - origin), 'hand')));
  if (ended)
    facts.push(fact(t('Ended'), `${moment(ended.t - origin)}: ${sentence(ended.because)}`, ...siteParts(ended.at)));
  if (ended?.code !== undefined) facts.push(fact(t('Exit code'), String(ended.code)));
  if (pool) facts.push(fact(t('Pool'), poolText(pool), ...siteParts(pool.at)));
  if (!thread.probed) facts.push(fact(t('Note'), withoutProbe()));
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
      ...(at ? [fact(t('Line'), siteLink(at))] : []),
      ...related
        .slice(0, MOST_LISTED)
        .map((other) => fact(t('See'), ...around(t('{0} at {1}', shown(other.text, 400), LINK), siteLink(other.at)))),
      fact(t('Why'), explanation),
      fact(t('What to change'), shown(advice, LONGEST_TEXT)),
      fact(t('More'), { text: t('About “{0}”', title), rule }),
    ],
  };
}

function errorFacts({ error }: ThreadPicture): Fact[] {
  if (!error) return [];
  const facts = [fact(t('What'), `${shown(error.name)}: ${shown(error.message, LONGEST_TEXT)}`)];
  if (error.at) facts.push(fact(t('Where'), siteLink(error.at)));
  if (!error.stack) return facts;
  const { lines, more } = stackLines(error.stack);
  // The head says once more what the error is.
  const frames = lines.filter(({ text, at }) => at !== undefined || text.startsWith('at '));
  facts.push(...frames.map(({ text, at }, i) => fact(i === 0 ? t('Stack') : '', at ? { text, site: at } : text)));
  return more > 0 ? [...facts, fact('', counted(more, 'and {0} line more', 'and {0} lines more'))] : facts;
}

const undoneFacts = (unfinished: Unfinished[]): Fact[] =>
  listed(unfinished, (thing) => fact('', `${shown(thing.text, LONGEST_TEXT)}${fateText(thing)}`));

/** What it was from its start on, and each call since. */
function flipFacts(lane: Lane, { origin }: Moments): Fact[] {
  if (lane.thread.kind === 'main') return [fact(t('Process'), holdText(lane))];
  const flips = lane.thread.refs.slice(1);
  const told = flips.slice(-MOST_LISTED).map((flip) => flipFact(flip, origin));
  const untold = flips.length - told.length;
  return [
    fact(t('Process'), holdText(lane)),
    ...(untold > 0 ? [fact('', counted(untold, '{0} earlier call, then', '{0} earlier calls, then'))] : []),
    ...told,
  ];
}

function flipFact({ t: when, value, at, by }: Flip, origin: number): Fact {
  if (by !== 'listener') return fact(value ? 'ref()' : 'unref()', byWhom(moment(when - origin), by), ...siteParts(at));
  const { label } = LISTENER_FLIPS[value ? 'ref' : 'unref'];
  return fact(t('Listener'), `${moment(when - origin)}: ${label}`, ...siteParts(at));
}

function childFacts({ key }: Lane, { lanes }: Pick<Run, 'lanes'>): Fact[] {
  const children = lanes.filter(({ thread }) => thread.owner === key);
  return listed(children, ({ thread, ended, state }) =>
    fact(ended ? sentence(ended.because) : LIFE[state], threadLink(thread)),
  );
}

function listed<T>(all: readonly T[], tell: (one: T) => Fact): Fact[] {
  const facts = all.slice(0, MOST_LISTED).map(tell);
  return all.length > MOST_LISTED ? [...facts, fact('', andMore(all.length - MOST_LISTED))] : facts;
}
