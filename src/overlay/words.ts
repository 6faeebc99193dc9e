// What is shown at the end of a line, and with which sign in the gutter. Pure.
import { t, tally } from '../common/l10n';
import { forEditor } from '../common/untrusted';
import { ruleOf } from '../protocol/rules';
import { isDaemon, isFailure, leastSeverity } from '../model/conclusions/cutOff';
import type { EarlierThreads, EndedBy, Ending, ThreadPicture } from '../protocol/picture';
import type { LineFacts, StartedThreads } from './lines';

/** Signs beside lines, in the order of how much they matter: of several on one line the first is shown. */
export const MARKS = ['cut-off', 'failed', 'blocked', 'killed', 'alive', 'daemon', 'unknown'] as const;
export type Mark = (typeof MARKS)[number];
/** Of a thread, wherever it is: `cut-off` where it cost work, else `killed`. Beside a line a normal end has no sign. */
export type ThreadMark = Exclude<Mark, 'blocked'> | 'ended';
type Counted = ThreadMark | 'live';

/** Code points of a text behind a line: what does not fit is in the hover. */
export const LONGEST_TEXT = 60;
const SEPARATOR = ' · ';

export const isLive = ({ state }: ThreadPicture): boolean => state !== 'ended' && state !== 'lost-contact';

/** Undefined: nothing there is worth a look. */
export function markOf(facts: LineFacts): Mark | undefined {
  const marks = marksOf(facts);
  return MARKS.find((mark) => marks.has(mark));
}

/** Something went wrong there: a rule says so, or an error that ended a thread, whoever heard of it. */
export const isProblem = (facts: LineFacts): boolean =>
  facts.findings.length > 0 ||
  marksOf(facts).has('failed') ||
  [...facts.started, ...facts.failed].some(({ ended }) => ended !== undefined && isFailure(ended));

/** A line that posts messages or receives them does nothing to whether threads live, and has none of that. */
function marksOf({ findings, ...facts }: LineFacts): Set<Mark | ThreadMark> {
  const marks = new Set<Mark | ThreadMark>();
  for (const { rule, severity } of findings) {
    const { category } = ruleOf(rule);
    if (category === 'cut-off' && severity !== 'info') marks.add(severity === 'error' ? 'cut-off' : 'killed');
    if (category === 'failure' && severity !== 'info') marks.add('failed');
  }
  if (facts.holders.length > 0) marks.add('alive');
  if (facts.waiting.some(isLive)) marks.add('blocked');
  const lost = facts.waiting.filter((thread) => !isLive(thread));
  for (const list of [
    facts.started,
    facts.unrefd,
    facts.refd,
    facts.listened,
    facts.terminated,
    facts.failed,
    facts.cutOff,
    lost,
  ])
    for (const thread of list) marks.add(threadMark(thread));
  for (const { endings } of facts.earlier) for (const by of Object.keys(endings)) marks.add(leastMark(by as EndedBy));
  for (const { killed } of facts.exits) if (killed > 0) marks.add('killed');
  return marks;
}

export function threadMark(thread: ThreadPicture): ThreadMark {
  if (isLive(thread)) return isDaemon(thread) === undefined ? 'unknown' : isDaemon(thread) ? 'daemon' : 'alive';
  return thread.ended ? endMark(thread.ended) : 'unknown';
}

function endMark(ending: Pick<Ending, 'by' | 'severity'>): ThreadMark {
  if (ending.severity === undefined) return 'unknown';
  if (ending.severity === 'info') return 'ended';
  if (ending.severity === 'warning') return 'killed';
  return isFailure(ending) ? 'failed' : 'cut-off';
}

/** Of threads of which only sums are kept: what it cost is not known any more. */
function leastMark(by: EndedBy): ThreadMark {
  const severity = leastSeverity({ by });
  return endMark({ by, ...(severity ? { severity } : {}) });
}

/** One short text for the end of the line, what went wrong first; the hover shows what does not fit. */
export function lineText(facts: LineFacts): string {
  const parts = [
    ...facts.findings.slice(0, 1).map(({ rule, runtime }) => `⚠ ${ruleOf(rule, runtime).title}`),
    ...startedText(facts),
    ...callText(facts.unrefd, t('a daemon from here on'), (n) =>
      tally(n, '{0} thread made a daemon', '{0} threads made daemons'),
    ),
    ...callText(facts.refd, t('keeps the process alive from here on'), (n) =>
      tally(n, '{0} thread ref’d', '{0} threads ref’d'),
    ),
    ...callText(facts.listened, t('undoes unref(): its owner waits for it again'), (n) =>
      tally(n, 'unref() of {0} thread undone', 'unref() of {0} threads undone'),
    ),
    ...terminatedText(facts.terminated.length),
    ...failedText(facts.failed),
    ...exitText(facts),
    ...waitTexts(facts),
    ...(facts.holders.length > 0 ? [t('holds the process')] : []),
  ];
  return parts.reduce((text, part) => withPart(text, part), '');
}

/** Whole parts only; the first is shortened. */
function withPart(text: string, part: string): string {
  if (text === '') return forEditor(part, LONGEST_TEXT);
  const longer = text + SEPARATOR + forEditor(part);
  return [...longer].length > LONGEST_TEXT ? text : longer;
}

function startedText({ started, earlier }: LineFacts): string[] {
  const [one, ...others] = started;
  if (earlier.length > 0) return countsText(started, earlier);
  if (!one) return [];
  return others.length === 0 ? [threadText(one)] : countsText(started);
}

/** `8 started · 2 cut off · 6 ended` */
export function scriptText({ started, earlier }: StartedThreads): string {
  const all = earlier.reduce((sum, { count }) => sum + count, started.length);
  return [t('{0} started', all), ...countsText(started, earlier)].join(SEPARATOR);
}

/** What happens to one thread, in a phrase. */
export function threadText(thread: ThreadPicture): string {
  if (thread.state === 'starting') return t('starting');
  if (thread.paused) return t('paused by the debugger');
  if (isLive(thread)) {
    const daemon = isDaemon(thread);
    if (daemon === undefined) return t('live');
    return daemon ? t('live, a daemon') : t('live, keeps the process alive');
  }
  return thread.ended?.because ?? t('ended, cause unknown');
}

const COUNTED: Record<Counted, (n: number) => string> = {
  live: (n) => t('{0} live', n),
  alive: (n) => t('{0} live', n),
  daemon: (n) => tally(n, '{0} daemon', '{0} daemons'),
  ended: (n) => t('{0} ended', n),
  killed: (n) => t('{0} killed', n),
  'cut-off': (n) => t('{0} cut off', n),
  failed: (n) => t('{0} failed', n),
  unknown: (n) => t('{0} unknown', n),
};

/** `3 live · 1 daemon · 12 ended`: the daemons are among those that live, all others are counted once. */
function countsText(threads: readonly ThreadPicture[], earlier: readonly EarlierThreads[] = []): string[] {
  const counts: Record<Counted, number> = {
    live: 0,
    alive: 0,
    daemon: 0,
    unknown: 0,
    ended: 0,
    killed: 0,
    'cut-off': 0,
    failed: 0,
  };
  for (const thread of threads) {
    if (isLive(thread)) counts.live++;
    const mark = threadMark(thread);
    if (!isLive(thread) || mark === 'daemon') counts[mark]++;
  }
  for (const { endings } of earlier)
    for (const [by, count] of Object.entries(endings)) counts[leastMark(by as EndedBy)] += count;
  return (['live', 'daemon', 'ended', 'killed', 'cut-off', 'failed', 'unknown'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => COUNTED[what](counts[what]));
}

const callText = (threads: readonly ThreadPicture[], one: string, several: (n: number) => string): string[] =>
  threads.length === 0 ? [] : [threads.length === 1 ? one : several(threads.length)];

const terminatedText = (n: number): string[] =>
  n === 0 ? [] : [tally(n, '{0} thread terminated', '{0} threads terminated')];

function failedText({ length, 0: first }: readonly ThreadPicture[]): string[] {
  if (!first) return [];
  const { name, message } = first.error ?? {};
  if (length === 1 && name !== undefined) return [t('failed here: {0}', [name, message].filter(Boolean).join(': '))];
  return [tally(length, '{0} thread failed here', '{0} threads failed here')];
}

function waitTexts({ waiting, cutOff, listening, messaged }: LineFacts): string[] {
  const live = waiting.filter(isLive).length;
  const over = waiting.length - live;
  const texts: [n: number, text: (n: number) => string][] = [
    [live, (n) => tally(n, '{0} thread waits here', '{0} threads wait here')],
    [over, (n) => tally(n, '{0} thread was ended while waiting here', '{0} threads were ended while waiting here')],
    [cutOff.length, (n) => tally(n, '{0} thread was cut off here', '{0} threads were cut off here')],
    [listening.length, (n) => tally(n, '{0} thread receives messages here', '{0} threads receive messages here')],
    [messaged.length, () => t('posts messages')], // to how many is not known: not every post is looked at
  ];
  return texts.filter(([n]) => n > 0).map(([n, text]) => text(n));
}

function exitText({ exits }: LineFacts): string[] {
  const [exit] = exits;
  if (!exit) return [];
  const killed = exits.reduce((sum, one) => sum + one.killed, 0);
  const what = exit.thread.kind === 'main' ? t('main ended here') : t('a worker ended here');
  return killed === 0 ? [what] : [what, tally(killed, 'it killed {0} thread', 'it killed {0} threads')];
}
