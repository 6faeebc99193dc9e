// All that is known of one thread, for the pane beside the lanes: what its tooltip says in short, whole and with links. Pure.
import { counted, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { Finding, ThreadPicture } from '../../../src/protocol/picture';
import { ruleOf, type Severity } from '../../../src/protocol/rules';
import type { Lane, Run } from '../data/run';
import type { Moments } from '../time/scales';
import { LIFE, SEVERITIES } from '../words/vocabulary';
import { activityFacts } from './activityFacts';
import { around, fact, type Fact, LINK, listed, MOST_LISTED, siteLink, threadLink } from './facts';
import { kindText, sentence } from './phrases';
import { stackLines } from './stack';
import * as facts from './threadFacts';

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

const LONGEST_TEXT = 2000;

export function detailsOf(lane: Lane, run: Pick<Run, 'lanes'>, moments: Moments): Details {
  const { thread } = lane;
  const flips = thread.kind === 'main' ? [] : facts.flips(lane, moments, MOST_LISTED);
  const sections: Section[] = [
    { id: 'now', heading: lane.ended ? t('Ending') : t('State'), facts: endFacts(lane, moments) },
    { id: 'undone', heading: t('Left undone'), facts: listed(thread.unfinished ?? [], facts.leftUndone) },
    { id: 'error', heading: t('Error'), facts: errorFacts(thread) },
    ...lane.findings.map(findingSection),
    { id: 'life', heading: t('Life'), facts: lifeFacts(lane, moments) },
    { id: 'notes', heading: t('Also seen'), facts: listed(thread.notes ?? [], facts.noteFact) },
    { id: 'flips', heading: t('Keeping the process alive'), facts: [facts.hold(lane), ...flips] },
    { id: 'started', heading: t('Threads it started'), facts: childFacts(lane, run) },
    { id: 'activity', heading: t('Activity'), facts: activityFacts(lane, run, moments) },
  ];
  return {
    key: lane.key,
    title: shown(thread.label),
    subtitle: subtitleOf(lane),
    sections: sections.filter((section) => section.facts.length > 0),
  };
}

function subtitleOf(lane: Lane): string {
  const { pid, session } = lane.process;
  const who = t('{0} · id {1} · pid {2}', kindText(lane), lane.thread.id, pid);
  return session ? `${who} · ${shown(session.title)}` : who;
}

/** What it does or how it ended, why, and where. */
const endFacts = (lane: Lane, moments: Moments): Fact[] => [
  facts.nowOrEnded(lane, moments),
  ...(lane.ended ? facts.exitCode(lane.ended) : facts.lastSeenIn(lane)),
];

function lifeFacts(lane: Lane, moments: Moments): Fact[] {
  return [
    ...facts.startedBy(lane),
    facts.started(lane, moments),
    ...facts.byLibrary(lane),
    facts.byTheClock(lane),
    ...facts.beganToRun(lane),
    facts.lifetime(lane, moments),
    ...facts.processorTime(lane),
    ...facts.fileOf(lane),
    ...facts.calls(lane, moments, MOST_LISTED),
    ...facts.poolOf(lane),
    ...facts.tasksOf(lane),
    ...facts.probeNote(lane),
  ];
}

export function findingSection({ id, rule, runtime, severity, text, advice, at, related }: Finding): Section {
  const { title, explanation } = ruleOf(rule, runtime);
  return {
    id: `finding ${id}`,
    heading: `${SEVERITIES[severity].label}: ${title}`,
    severity,
    facts: [
      fact('text', '', shown(text, LONGEST_TEXT)),
      ...(at ? [fact('line', t('Line'), siteLink(at))] : []),
      ...related.slice(0, MOST_LISTED).map((other) => {
        const sentenceWithLink = t('{0} at {1}', shown(other.text, 400), LINK);
        return fact('related', t('See'), ...around(sentenceWithLink, siteLink(other.at)));
      }),
      fact('why', t('Why'), explanation),
      fact('change', t('What to change'), shown(advice, LONGEST_TEXT)),
      fact('page', t('More'), { text: t('About “{0}”', title), rule }),
    ],
  };
}

function errorFacts({ error }: ThreadPicture): Fact[] {
  if (!error) return [];
  const found = [fact('error', t('What'), `${shown(error.name)}: ${shown(error.message, LONGEST_TEXT)}`)];
  if (error.at) found.push(fact('where', t('Where'), siteLink(error.at)));
  if (!error.stack) return found;
  const { lines, more } = stackLines(error.stack);
  // The head says once more what the error is.
  const frames = lines.filter(({ text, at }) => at !== undefined || text.startsWith('at '));
  found.push(
    ...frames.map(({ text, at }, i) => fact('frame', i === 0 ? t('Stack') : '', at ? { text, site: at } : text)),
  );
  if (more > 0) found.push(fact('more', '', counted(more, 'and {0} more line', 'and {0} more lines')));
  return found;
}

function childFacts({ key }: Lane, { lanes }: Pick<Run, 'lanes'>): Fact[] {
  const children = lanes.filter(({ thread }) => thread.owner === key);
  return listed(children, ({ thread, ended, state }) =>
    fact('child', ended ? sentence(ended.because) : LIFE[state], threadLink(thread)),
  );
}
