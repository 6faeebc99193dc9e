// The words of the exit report that its renderings share. Pure.
// What the program itself says (names, messages, paths) is still raw here: each rendering makes it safe for its place.
import { fixed, t, tally } from '../../common/l10n';
import type { Site } from '../../protocol/probeEvents';
import type { Alive, EndedBy, Ending, Holder, Unfinished } from '../../protocol/picture';
import { SEVERITIES, type Severity } from '../../protocol/rules';
import { isAbrupt } from '../conclusions/cutOff';
import { fateOf } from '../conclusions/phrases/fates';
import { bytesText } from '../conclusions/undone/amounts';
import { placed, siteText } from '../facts/sites';
import type { Alike } from './alike';
import type { EarlierReport, ExitReport, PoolReport, ProcessReport, ThreadReport } from './report';

/** The first line of each report, and the only one where all went well. */
export const verdictText = ({ outcome }: ExitReport): string => t('Thread Lifelines: {0}', outcome.text);

export const nothingSeen = (): string =>
  t(
    'Nothing was recorded: the program ran on neither Node nor Python, ended before it ran any code, cleared NODE_OPTIONS or PYTHONPATH, or could not write to its spool.',
  );
export const tooOld = ({ runtime, oldestRuntime }: ProcessReport): string =>
  t('{0} is too old to be observed. Use {1} or newer.', runtime, oldestRuntime);

export const titleOf = ({ program, pid, runtime }: ProcessReport): string =>
  t('{0} (pid {1}, {2})', program, pid, runtime);

/** How main ended, and who kept the process alive till then: sentences. */
export function exitSentences(process: ProcessReport): string[] {
  const { alive, held, exit } = process;
  const isOpen = !exit || (isAbrupt(exit) && exit.by !== 'crash');
  const after = afterMainText(process);
  const because = alive && isOpen && after.length === 0 ? aliveText(alive, exit) : after;
  return [
    exitText(process),
    ...interruptedText(process),
    ...(because.length > 0 ? because : heldText(held, exit)),
    ...leftText(process),
    ...unsentText(process),
    ...outlivedText(process),
    ...fullPoolText(process),
    ...notesText(process),
  ];
}

function exitText({ exit, lasted }: ProcessReport): string {
  if (!exit) return t('main has not ended, as far as the recording shows.');
  const time = seconds(lasted ?? exit.t);
  if (exit.by === 'lost-contact')
    return t('Contact was lost after {0}. Whether the process is still running is unknown.', time);
  if (exit.code === undefined) return t('main ended after {0}: {1}.', time, exit.because);
  if (exit.signal && exit.by !== 'signal' && exit.by !== 'crash')
    return t('main ended after {0}: {1} ({2}).', time, exit.because, exit.signal);
  return t('main ended after {0}: {1} (exit code {2}).', time, exit.because, exit.code);
}

/** Only process.exit() and an error end main before all is written. */
function unsentText({ unsent, exit }: ProcessReport): string[] {
  if (!unsent) return [];
  const lost = t('Whoever reads its output had not taken all of it by then: up to {0} are lost.', bytesText(unsent));
  return exit?.by === 'exit-call'
    ? [lost, t('process.exit() does not wait for that. Set process.exitCode instead, and let main end by itself.')]
    : [lost];
}

function interruptedText({ interrupted }: ProcessReport): string[] {
  if (!interrupted) return [];
  const { t: at, since, call } = interrupted;
  if (at === since) return [t('Main waited in {0} when that was interrupted.', call)];
  return [t('Main had waited in {0} for {1} when that was interrupted.', call, seconds(at - since))];
}

const MOST_WAITS = 3;

/** What the process waited for after main's code. */
function afterMainText({ afterMain = [], exit, alive }: ProcessReport): string[] {
  return afterMain.slice(0, MOST_WAITS).map(({ from, to, call, what, threads, broken }) => {
    const isOpen = to === undefined;
    const time = seconds(Math.max(0, (to ?? exit?.t ?? alive?.t ?? from) - from));
    const more = threads.length - what.length;
    const names = more > 0 && threads.length > 0 ? t('{0} and {1} more', what.join('; '), more) : what.join('; ');
    if (call !== undefined) {
      if (isOpen && !exit) return t('Main has waited in {0} for {1}: {2}.', call, time, names);
      return broken
        ? t('Main waited in {0} for {1}, until that was broken off, as by Ctrl-C: {2}.', call, time, names)
        : t('Main waited in {0} for {1}: {2}.', call, time, names);
    }
    if (threads.length === 0)
      return broken
        ? t('After its code main waited in {0} for {1}, until that was broken off, as by Ctrl-C.', names, time)
        : t('After its code main waited in {0} for {1}.', names, time);
    if (broken)
      return t(
        'After main’s code the process waited for {0} for {1}, until that was broken off, as by Ctrl-C.',
        names,
        time,
      );
    return isOpen && !exit
      ? t('Main’s code is over. The process has waited for {0} for {1}.', names, time)
      : t('After main’s code the process waited for {0} for {1}.', names, time);
  });
}

/** Of no single thread. */
const leftText = ({ leftUndone = [] }: ProcessReport): string[] =>
  leftUndone.length > 0 ? [t('Left undone: {0}.', leftUndone.join('; '))] : [];

/** Some programs want that. */
function outlivedText({ outlived = [] }: ProcessReport): string[] {
  if (outlived.length === 0) return [];
  return [t('When it had ended, what it had started was still running: {0}.', outlived.join('; '))];
}

/** A fact, and no finding: programs that compute much do so. */
function fullPoolText({ fullPool }: ProcessReport): string[] {
  if (!fullPool) return [];
  const { threads, time, from, to } = fullPool;
  return [
    tally(
      threads,
      'The {0} thread of Node’s own pool (files, DNS lookups, cryptography, compression) was busy for {1}, longest from {2} to {3}. Whatever needed it had to wait.',
      'All {0} threads of Node’s own pool (files, DNS lookups, cryptography, compression) were busy for {1}, longest from {2} to {3}. Whatever needed one had to wait.',
      seconds(time),
      seconds(from),
      seconds(to),
    ),
  ];
}

/** Of very many; the machine-readable report has them all. */
const MOST_NOTES = 10;

function notesText({ notes = [] }: ProcessReport): string[] {
  const more = notes.length - MOST_NOTES;
  return [...notes.slice(0, MOST_NOTES), ...(more > 0 ? [t('… and {0} more', more)] : [])];
}

/** Shorter times are no one's concern, in µs. */
const LEAST_HELD = 0.05e6;

function heldText(held: ProcessReport['held'], exit: Ending | undefined): string[] {
  const { last } = held ?? {};
  if (!last || last.time < LEAST_HELD || exit?.by === 'lost-contact') return [];
  const names = last.by.map(quoted).join(', ');
  const more = last.count - last.by.length;
  const time = seconds(last.time);
  if (!last.alone) {
    if (more > 0)
      return [t('For the last {2}, {0} and {1} more kept it alive, next to main’s own work.', names, more, time)];
    return [t('For the last {1}, {0} kept it alive, next to main’s own work.', names, time)];
  }
  if (more > 0) return [t('For the last {2}, only {0} and {1} more kept it alive.', names, more, time)];
  return [t('For the last {1}, only {0} kept it alive.', names, time)];
}

/** Why a process that did not end by itself was still alive. */
export function aliveText(alive: Alive, exit?: Ending): string[] {
  const { holders, stuck, waitingSince, main, seen } = alive;
  if (main) {
    const text = mainText(main, seconds(alive.t - main.since), exit !== undefined);
    return [text, ...(holders.length > 0 ? [t('It waits for {0}.', namesOf(alive))] : []), ...stuckText(stuck, exit)];
  }
  if (holders.length === 0) return [];
  const names = namesOf(alive);
  const age = alive.t - (seen ?? alive.t);
  if (age > LONG_SEEN && !stuck) return [seenText(names, seconds(age), exit !== undefined)];
  const time = waitingSince === undefined ? undefined : seconds(alive.t - waitingSince);
  const locks = (alive.locks ?? []).map((lock) => lockText(lock, alive.t, exit !== undefined));
  return [exit ? wasAlive(names, time) : isAlive(names, time), ...stuckText(stuck, exit), ...locks];
}

/** What was seen longer ago may not be so any more, in µs. */
const LONG_SEEN = 2.5e6;

const seenText = (names: string, age: string, isOver: boolean): string =>
  isOver
    ? t('{1} before that, it was alive because of {0}.', names, age)
    : t('When it was last looked at, {1} ago, it was alive because of {0}.', names, age);

const namesOf = ({ holders, more }: Alive): string =>
  [...holders.map(holderText), ...(more > 0 ? [t('{0} more', more)] : [])].join('; ');

const isAlive = (names: string, waits: string | undefined): string =>
  waits === undefined
    ? t('Still alive because of {0}.', names)
    : t('Main has had nothing to do for {0}. The process is still alive because of {1}.', waits, names);

const wasAlive = (names: string, waited: string | undefined): string =>
  waited === undefined
    ? t('It was still alive because of {0}.', names)
    : t('Main had had nothing to do for {0}. The process was still alive because of {1}.', waited, names);

function mainText({ call, at }: NonNullable<Alive['main']>, time: string, isOver: boolean): string {
  if (call === undefined)
    return isOver
      ? t('Main’s event loop had not turned for {0}.', time)
      : t('Main’s event loop has not turned for {0}.', time);
  const where = at ? `${call} (${siteText(at)})` : call;
  return isOver
    ? t('Main had been waiting in {0} for {1}.', where, time)
    : t('Main has been waiting in {0} for {1}.', where, time);
}

function stuckText(stuck: boolean, exit: Ending | undefined): string[] {
  if (!stuck) return [];
  return [
    exit
      ? t('As far as can be seen, nothing could wake any of its threads: it would not have ended by itself.')
      : t('As far as can be seen, nothing can wake any of its threads: it will not end by itself.'),
  ];
}

type LockWait = NonNullable<Alive['locks']>[number];

/** A sentence with both ends of such a wait. */
function lockText({ name, since, by, at, holder, holderAt }: LockWait, now: number, isOver: boolean): string {
  const who = (label: string | null): string => (label === null ? t('main') : quoted(label));
  const place = (site: Site | undefined): string => (site ? ` (${siteText(site)})` : '');
  const parts = [who(by), name, place(at), seconds(now - since), who(holder), place(holderAt)] as const;
  return isOver
    ? t('{0} had asked for the lock “{1}”{2} {3} before and was not given it: {4} held it{5}.', ...parts)
    : t('{0} asked for the lock “{1}”{2} {3} ago and has not been given it: {4} holds it{5}.', ...parts);
}

export function holderText({ what, at, because }: Holder): string {
  const why = because.length > 0 ? `: ${because.join(', ')}` : '';
  return `${placed(what, at)}${why}`;
}

export function kindText({ id, daemon, flips }: ThreadReport): string {
  if (id === 0) return 'main';
  const kind = daemon === undefined ? t('unknown') : daemon ? t('daemon') : t('keeps alive');
  return flips === undefined ? kind : t('{0}, changed {1} times', kind, flips);
}

/** "4 × resize.js" where there are several. */
export const labelOf = ({ thread: { label }, count }: Alike): string =>
  count > 1 ? t('{0} × {1}', count, label) : label;

export function endText({ thread: { ended, state }, last, count }: Alike): string {
  if (ended && count > 1 && last !== undefined && seconds(last) !== seconds(ended.t))
    return t('{0} at {1} to {2}: {3}', endingWord(ended), seconds(ended.t), seconds(last), ended.because);
  if (ended) return t('{0} at {1}: {2}', endingWord(ended), seconds(ended.t), ended.because);
  return state === 'exiting' ? t('running its exit handlers') : t('still running, as far as the recording shows');
}

/** One or two words for the ending, before the sentence that explains it. */
export function endingWord(ending: Pick<Ending, 'by' | 'severity'>): string {
  switch (ending.by) {
    case 'returned':
      return t('returned');
    case 'exit-call':
      return t('exited');
    case 'terminate':
      return t('terminated');
    case 'error':
      return t('failed');
    case 'out-of-memory':
      return t('out of memory');
    case 'main-exit':
    case 'owner-exit':
    case 'signal':
      return ending.severity === 'error' ? t('KILLED') : t('killed');
    case 'crash':
      return t('CRASHED');
    case 'lost-contact':
      return t('lost contact');
    case 'unknown':
      return t('ended');
  }
}

/** With what happened to it. */
export function unfinishedText(thing: Unfinished): string {
  const fate = fateOf(thing);
  return fate === undefined ? thing.text : `${thing.text}: ${fate}`;
}

export function poolText({ label, threads, mostBusy, at }: PoolReport): string {
  const facts = [
    tally(threads, '{0} thread', '{0} threads'),
    ...(mostBusy === undefined ? [] : [t('at most {0} busy at once', mostBusy)]),
    ...(at ? [t('created at {0}', siteText(at))] : []),
  ];
  return `${label}: ${facts.join(', ')}`;
}

const MOST_NAMES = 5;

/** Tasks that are told at all need be no trouble, whatever became of them: one line. */
export function asyncTaskLines({ asyncTasks }: ProcessReport): string[] {
  if (!asyncTasks) return [];
  const { count, pending, leftOut = 0, names } = asyncTasks;
  const facts = [
    tally(count, '{0} task', '{0} tasks'),
    ...names.slice(0, MOST_NAMES).map(({ name, count: n }) => `${name} × ${n}`),
    ...(pending > 0 ? [t('{0} still pending', pending)] : []),
    ...(leftOut > 0 ? [t('{0} more not recorded', leftOut)] : []),
  ];
  return [`asyncio: ${facts.join(', ')}`];
}

/** What may be missing, and why. */
export function lossSentences({
  lost,
  unwritten,
  dropped,
  unseen,
  problems,
  moreProblems = 0,
}: ProcessReport): string[] {
  return [
    ...(unwritten ? [unwrittenText()] : []),
    ...(lost > 0 ? [lostText(lost)] : []),
    ...problems.map((problem) => t('The probe had a problem: {0}', problem)),
    ...(moreProblems > 0
      ? [tally(moreProblems, 'The probe had {0} more problem.', 'The probe had {0} more problems.')]
      : []),
    ...(unseen.length > 0 ? [unseenText(unseen)] : []),
    ...(dropped > 0 ? [droppedText(dropped)] : []),
  ];
}

const unwrittenText = (): string =>
  t(
    'At times its records could not be written or read: the disk of the temporary folder was full, no file descriptor was free, or the folder was gone. What is not shown here may have happened all the same.',
  );

/** Of a process without a thread but main. */
export const noThreads = ({ unwritten, lost, problems }: ProcessReport): string =>
  unwritten || lost > 0 || problems.length > 0
    ? t('Whether it started worker threads is not known.')
    : t('It started no worker threads.');

/** Whether threads that were cut off would be known. */
export const knowsCutOff = ({ exit, unwritten, lost, problems }: ProcessReport): boolean =>
  exit !== undefined && exit.by !== 'lost-contact' && !unwritten && lost === 0 && problems.length === 0;

const lostText = (count: number): string =>
  tally(
    count,
    '{0} record is missing: it could not be written or read. Facts may be missing.',
    '{0} records are missing: they could not be written or read. Facts may be missing.',
  );

/** Under `--permission`, mostly. */
const unseenText = (subjects: string[]): string =>
  t('Not visible in this process, because its runtime does not allow it: {0}.', subjects.join(', '));

const droppedText = (count: number): string =>
  tally(
    count,
    '{0} activity record was dropped to stay within the limit. Some waits and writes may be missing, and message counts may be low.',
    '{0} activity records were dropped to stay within the limit. Some waits and writes may be missing, and message counts may be low.',
  );

export const damagedText = (count: number): string =>
  tally(
    count,
    '{0} line of the recording could not be read; facts may be missing.',
    '{0} lines of the recording could not be read; facts may be missing.',
  );

/** "… and 3 more findings", when there are. */
export const moreFindings = (count: number): string[] =>
  count > 0 ? [tally(count, '… and {0} more finding', '… and {0} more findings')] : [];

/** "… and 3 more threads", when there are. */
export const moreThreads = (count: number): string[] =>
  count > 0 ? [tally(count, '… and {0} more thread', '… and {0} more threads')] : [];

/** "… and 3 earlier threads", when there are. */
export const earlierThreads = (count: number): string[] =>
  count > 0 ? [tally(count, '… and {0} earlier thread', '… and {0} earlier threads')] : [];

export function earlierTitle(earlier: EarlierReport[]): string {
  const count = earlier.reduce((sum, one) => sum + one.count, 0);
  return tally(
    count,
    '{0} earlier thread, grouped by the line that started it',
    '{0} earlier threads, grouped by the line that started them',
  );
}

/** What a line started, how that ended, and how long it lived. */
export function earlierText({ label, at, count, processes = 0, endings, daemons, lives }: EarlierReport): string {
  const what = at && !label.includes(siteText(at)) ? `${siteText(at)} (${label})` : label;
  const facts = [
    processes > 0 ? tally(processes, '{0} process', '{0} processes') : tally(count, '{0} thread', '{0} threads'),
    ...Object.entries(endings).map(([by, ended]) => `${ended} ${endingWord({ by: by as EndedBy })}`),
    ...(daemons > 0 ? [tally(daemons, '{0} daemon', '{0} daemons')] : []),
    t('lived for {0} to {1}', seconds(lives.shortest), seconds(lives.longest)),
  ];
  return `${what}: ${facts.join(', ')}`;
}

export const cutOffTitle = (count: number): string =>
  count === 1 ? t('Cut off, whatever it was doing') : t('Cut off, whatever they were doing');

/** The word before the title of a finding. */
export function severityText(severity: Severity): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'info':
      return t('note');
  }
}

function severityCount(severity: Severity, count: number): string {
  switch (severity) {
    case 'error':
      return tally(count, '{0} error', '{0} errors');
    case 'warning':
      return tally(count, '{0} warning', '{0} warnings');
    case 'info':
      return tally(count, '{0} note', '{0} notes');
  }
}

/** "1 error, 2 warnings". */
export function countText({ findings }: Pick<ProcessReport, 'findings'>): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => severityCount(severity, count))
    .join(', ');
}

export const findingsIn = ({ processes }: ExitReport) => processes.flatMap(({ findings }) => findings);

export const seconds = (micros: number): string => t('{0} s', fixed(micros / 1e6, micros < 1e6 ? 3 : 2));
export const quoted = (text: string): string => t('“{0}”', text);
