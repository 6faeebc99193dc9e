// What a tooltip says of what lies under the pointer: a thread, a pool, a tick, an end. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import { isKilledWithMain } from '../../../src/model/conclusions/cutOff';
import type { Ending, Finding, ProcessPicture, Unfinished } from '../../../src/protocol/picture';
import { ruleOf } from '../../../src/protocol/rules';
import type { Lane } from '../data/run';
import { doingAt } from '../scene/activity';
import {
  isLane,
  isPool,
  type Mark,
  type PhaseBand,
  type SceneLane,
  type ScenePool,
  type SceneRow,
} from '../scene/types';
import type { Moments } from '../time/scales';
import { capitalized, duration, momentOf, percent } from '../words/text';
import {
  DEBUGGER_ACTIONS,
  ENDINGS,
  LISTENER_FLIPS,
  MARKS,
  PHASES,
  SEVERITIES,
  STATES,
  type Word,
} from '../words/vocabulary';
import { mainActivity } from './activityFacts';
import { fact, type Fact, headed, withSite, withSiteOnce } from './facts';
import { poolSize } from './labels';
import { byWhom, doingText, kindText, type PoolThreads, runText, sentence, sizeOf, wallClock } from './phrases';
import * as facts from './threadFacts';

/** Plain text throughout; whoever shows it uses `textContent`. */
export interface Story {
  title: string;
  subtitle: string;
  facts: Fact[];
  /** What matters most, where that is not all: a tooltip has a line for it. */
  brief?: readonly Fact[];
  /** Nothing else tells these facts: a tooltip shows each in a line of its own. */
  isList?: true;
}

/** How many of each are shown one by one; the rest is counted. */
const MOST_FLIPS = 4;
const MOST_UNDONE = 3;
const MOST_WRITES = 3;
const MOST_FINDINGS = 2;

export function threadStory(lane: Lane, moments: Moments): Story {
  const { thread, ended } = lane;
  return {
    title: shown(thread.label),
    subtitle: t('{0} · id {1}', kindText(lane), thread.id),
    facts: [
      ...findingFacts(lane.findings),
      ...facts.startedBy(lane),
      facts.started(lane, moments),
      facts.byTheClock(lane),
      facts.lifetime(lane, moments),
      facts.hold(lane),
      ...headed(t('Changes'), facts.flips(lane, moments, MOST_FLIPS)),
      facts.nowOrEnded(lane, moments),
      ...facts.lastSeenIn(lane),
      ...facts.poolOf(lane),
      ...facts.tasksOf(lane),
      ...mainActivity(lane, moments, MOST_WRITES),
      ...(ended ? undone(thread.unfinished ?? []) : []),
      ...facts.probeNote(lane),
    ],
    brief: [...findingFacts(lane.findings).slice(0, 1), facts.nowOrEnded(lane, moments), facts.hold(lane)],
  };
}

export const poolStory = (threads: PoolThreads, moments: Moments): Story => ({
  title: shown(threads.pool.label),
  subtitle: poolSize(sizeOf(threads)),
  facts: [...findingFacts(threads.findings), ...facts.poolFacts(threads, moments)],
  brief: [...findingFacts(threads.findings).slice(0, 1), ...facts.poolFacts(threads, moments).slice(0, 1)],
});

function findingFacts(findings: readonly Finding[]): Fact[] {
  const more = findings.length - MOST_FINDINGS;
  return [
    ...findings
      .slice(0, MOST_FINDINGS)
      .map(({ rule, runtime, severity, text }) =>
        fact('finding', capitalized(SEVERITIES[severity].label), `${ruleOf(rule, runtime).title}. ${sentence(text)}`),
      ),
    ...(more > 0 ? [fact('more-findings', '', moreFindings(more))] : []),
  ];
}

const moreFindings = (n: number): string =>
  counted(n, 'and {0} more finding; see the exit report', 'and {0} more findings; see the exit report');

function undone(unfinished: readonly Unfinished[]): Fact[] {
  const more = unfinished.length - MOST_UNDONE;
  return headed(t('Left undone'), [
    ...unfinished.slice(0, MOST_UNDONE).map(facts.leftUndone),
    ...(more > 0 ? [fact('more-undone', '', moreThings(more))] : []),
  ]);
}

const moreThings = (n: number): string =>
  counted(n, 'and {0} more item; see the exit report', 'and {0} more items; see the exit report');

/** What the threads of a row did at a moment on the adapter's clock, `x` px from the left edge of the time area. */
export function momentFact(row: SceneLane | ScenePool, x: number, when: number, moments: Moments): Fact {
  const label = t('At {0}', momentOf(when, moments));
  if (!isLane(row)) {
    const [live, busy] = [row.live[Math.floor(x)] ?? 0, row.busy?.[Math.floor(x)]];
    const what =
      busy === undefined
        ? t('{0} live', decimal(live, 0))
        : t('{0} live, {1} busy', decimal(live, 0), decimal(busy, 1));
    return fact('moment', label, what);
  }
  const doing = row.activity && doingAt(row.activity, x);
  const { lane } = row.row;
  const clock = wallClock(lane.process, when);
  if (!doing || doing.state === 'none') return fact('moment', label, clock);
  const dropped = doing.state === 'gap' ? (lane.thread.activity?.dropped ?? 0) : 0;
  const what = dropped > 0 ? droppedText(doingText(doing), dropped) : doingText(doing);
  return fact('moment', label, `${what} (${clock})`);
}

/** What a row was at a moment, in a word or two: empty of a row whose threads did not live then. `x`: px from the left edge of the time area. */
export function wordsAt(row: SceneRow, x: number): string {
  if (isPool(row)) {
    const [live, busy] = [row.live[Math.floor(x)] ?? 0, row.busy?.[Math.floor(x)]];
    if (live === 0) return '';
    return busy === undefined
      ? t('{0} live', decimal(live, 0))
      : t('{0} live, {1} busy', decimal(live, 0), decimal(busy, 1));
  }
  if (!isLane(row)) return '';
  const bar = row.bars.find(({ x: left, width }) => x >= left && x <= left + width);
  if (!bar) return '';
  if (bar.starting) return STATES.starting.label;
  const doing = row.activity && doingAt(row.activity, x);
  if (!doing || doing.state === 'none') return STATES.alive.label;
  return doing.state === 'running' ? percent(doing.busy) : STATES[doing.state].label;
}

const droppedText = (doing: string, n: number): string =>
  counted(
    n,
    '{1}; {0} record of this thread was dropped in total',
    '{1}; {0} records of this thread were dropped in total',
    doing,
  );

export function markStory(lane: Lane, mark: Mark, moments: Moments): Story {
  const { label, explanation } = wordOf(mark);
  const called = withSite(byWhom(momentOf(mark.t, moments), mark.by), mark.at);
  const isCall = mark.by !== 'listener' && mark.kind !== 'deed';
  const name = shown(lane.thread.label);
  return {
    title: !isCall ? `${name}: ${label}` : t('{0} on {1}', label, name),
    subtitle: explanation,
    facts: [fact('when', isCall ? t('Called') : t('When'), ...called), ...hereFacts(mark, moments)],
  };
}

function hereFacts({ run, calls }: Mark, moments: Moments): Fact[] {
  if (run) return [fact('run', t('Here'), runText(run, moments))];
  return calls > 1 ? [fact('here', t('Here'), closeCalls(calls))] : [];
}

const closeCalls = (n: number): string =>
  counted(n, '{0} call close together; zoom in to see each', '{0} calls close together; zoom in to see each');

function wordOf({ kind, by, deed }: Mark): Word {
  if (kind === 'deed') return DEBUGGER_ACTIONS[deed ?? 'stack'];
  return by === 'listener' && kind !== 'terminate-call' ? LISTENER_FLIPS[kind] : MARKS[kind];
}

export function endingStory(lane: Lane, ended: Ending, moments: Moments): Story {
  const { label, explanation } = ENDINGS[ended.by];
  return {
    title: `${shown(lane.thread.label)}: ${label}`,
    subtitle: explanation,
    facts: [when(ended, moments), because(ended), ...(isKilledWithMain(ended) ? [facts.hold(lane)] : [])],
  };
}

export function exitStory(process: ProcessPicture, exit: Ending, moments: Moments): Story {
  return {
    title: exit.by === 'lost-contact' ? t('Contact was lost') : t('Main ended, and the process with it'),
    subtitle: t('No other thread of the process outlives this line.'),
    facts: [
      when(exit, moments),
      fact('clock', t('Clock time'), wallClock(process, exit.t)),
      because(exit),
      ...facts.exitCode(exit),
    ],
  };
}

/** Of a time after main’s code in which the process waited. */
export function phaseStory({ process, phase: { phase, from, to, what } }: PhaseBand, moments: Moments): Story {
  const end = to ?? process.exit?.t;
  const until = end === undefined ? t('now') : momentOf(end, moments);
  return {
    title: capitalized(PHASES[phase].label),
    subtitle: PHASES[phase].explanation,
    facts: [
      fact('from', t('From'), momentOf(from, moments)),
      fact('to', t('To'), until),
      fact('for', t('For'), duration((end ?? moments.now) - from)),
      ...what.map((one, i) => fact('what', i === 0 ? t('Waits for') : '', one)),
    ],
  };
}

const when = (ended: Ending, moments: Moments): Fact => fact('when', t('When'), momentOf(ended.t, moments));

const because = ({ because: why, at }: Ending): Fact =>
  fact('because', t('Reason'), ...withSiteOnce(sentence(why), at));
