// How a run came out: what it cost, on the one scale, and in plain sentences. Every view says this. Pure.
import { t, tally } from '../../common/l10n';
import {
  isTooling,
  type EndedBy,
  type Ending,
  type Finding,
  type ProcessPicture,
  type ThreadPicture,
} from '../../protocol/picture';
import { ruleOf, SEVERITIES, type Severity } from '../../protocol/rules';
import { isAbrupt } from '../conclusions/cutOff';
import { isLost } from '../conclusions/phrases/fates';
import { fileLabel } from '../facts/sites';
import { earlierEnds } from './earlierEnds';
import { failureCount, failureTexts } from './failures';
import { lossesIn, type Loss, type RunPictures, whoText } from './losses';

export interface Outcome {
  /** `unknown`: nothing is known to be lost, and too little is known to say that nothing was. */
  severity: Severity | 'unknown';
  /** The verdict in one sentence. Like `text` it holds words of the program’s own, to be made safe for where it is shown. */
  headline: string;
  /** The same in a few words, where that is long. */
  brief?: string;
  /** The verdict, and what more there is to it, in whole sentences. */
  text: string;
}

/** Of a session, or of one run of it. */
export function outcomeOf(run: RunPictures): Outcome {
  const losses = lossesIn(run);
  const cost = [...lossText(losses), ...failureTexts(run)];
  if (cost.length > 0) return outcome('error', cost);
  if (isLive(run)) return liveOutcome(run);
  const root = run.processes.find(isUnknown);
  if (!root && run.processes.length === 0) return outcome('unknown', [t('Nothing was recorded.')]);
  if (root && root === run.processes[0]) return outcome('unknown', [unknownText(root)]);
  const others = otherFindings(run);
  const severities = [...endingsIn(run).map(({ severity }) => severity), ...others.map(({ severity }) => severity)];
  const unsure = unsureTexts(run);
  const sentences = [...unsure, lostNothing(run), ...killedTexts(run), ...unknownEnds(run), ...othersText(others)];
  const brief = unsure.length > 0 ? { brief: t('Whether all was written is unknown.') } : {};
  return { ...outcome(severities.includes(undefined) ? 'unknown' : gravest(severities), sentences), ...brief };
}

const outcome = (severity: Outcome['severity'], sentences: string[]): Outcome => ({
  severity,
  headline: sentences[0]!,
  text: sentences.join(' '),
});

const gravest = (severities: (Severity | undefined)[]): Severity =>
  SEVERITIES.find((severity) => severities.includes(severity)) ?? 'info';

const MOST_LOSSES = 2;

function lossText(losses: readonly Loss[]): string[] {
  if (losses.length === 0) return [];
  const names = losses
    .slice(0, MOST_LOSSES)
    .map(({ text }) => text)
    .join('; ');
  const more = losses.length - MOST_LOSSES;
  return [t('Lost: {0}.', more > 0 ? t('{0} and {1} more', names, more) : names)];
}

export const isLive = ({ complete, processes }: Pick<RunPictures, 'complete' | 'processes'>): boolean =>
  !complete && (processes.length === 0 || processes.some(({ over }) => !over));

/** A process needs a moment to be gone when main has ended, in µs. */
const GONE_WITHIN = 1e6;

/** Main has ended, and the process has not. */
export const outlivesMain = ({ exit, over }: ProcessPicture, now: number): boolean =>
  exit !== undefined && exit.by !== 'lost-contact' && !over && now - exit.t > GONE_WITHIN;

function liveOutcome(run: RunPictures): Outcome {
  if (run.processes.some((process) => outlivesMain(process, run.now)))
    return outcome('warning', [t('Main has ended, and the process is still there.')]);
  if (run.processes.some(({ alive, over }) => alive?.stuck && !over))
    return outcome('warning', [t('It will not end by itself, as far as can be seen.')]);
  const others = otherFindings(run);
  return outcome(gravest(others.map(({ severity }) => severity)), [t('Still running.'), ...othersText(others)]);
}

const isUnknown = ({ exit, supported }: ProcessPicture): boolean => !supported || exit?.severity === undefined;

function unknownText({ exit, supported }: ProcessPicture): string {
  if (!supported) return t('Its threads could not be observed.');
  if (!exit) return t('How it came out is not known: the recording ends before main does.');
  return t('How it came out is not known: {0}.', exit.because);
}

const endingsIn = ({ threads, processes }: RunPictures): Pick<Ending, 'severity'>[] => [
  ...threads.flatMap(({ ended }) => ended ?? []),
  ...processes.map(({ exit }) => exit ?? {}),
];

/**
 * Whether that is sure: nobody was ended from outside, nor by a call that leaves undone what was only asked for by then, and all that
 * was recorded can be seen.
 */
function lostNothing({ processes, threads, earlier = [], damaged }: RunPictures): string {
  if (processes.some(isStopped)) return stoppedText(threads);
  const isWhole = processes.every(
    ({ lost, unwritten, problems, unseen }) => lost === 0 && !unwritten && problems.length === 0 && unseen.length === 0,
  );
  const dropping = new Set(processes.filter(({ runtime }) => runtime.exitDropsWork).map(({ key }) => key));
  const isInOrder = (by: EndedBy, process: string): boolean =>
    by === 'returned' || (by === 'exit-call' && !dropping.has(process));
  const isByItself = threads.every((thread) => endedByItself(thread, isInOrder));
  const others = earlier.some(({ endings, process }) =>
    Object.keys(endings).some((by) => !isInOrder(by as EndedBy, process)),
  );
  return isWhole && isByItself && !others && damaged === 0 ? t('Nothing was lost.') : t('Nothing is known to be lost.');
}

/** A thread may have been cut off between two writes. */
function unsureTexts({ findings, threads }: RunPictures): string[] {
  const found = findings.filter(({ rule, severity }) => rule === 'cut-off-while-writing' && severity === 'warning');
  const byKey = new Map(threads.map((thread) => [thread.key, thread]));
  const [first] = found.flatMap(({ thread = '' }) => byKey.get(thread) ?? []);
  const file = first?.unfinished?.find(({ what, path }) => what === 'file' && path !== undefined)?.path;
  if (!first || file === undefined) return [];
  return [
    tally(
      found.length,
      'Whether {1} had more to write to {2} is unknown.',
      'Whether {0} threads that were cut off had more to write is unknown.',
      whoText(first),
      fileLabel(file),
    ),
  ];
}

const endedByItself = (
  { kind, process, probed, ended }: ThreadPicture,
  isInOrder: (by: EndedBy, process: string) => boolean,
): boolean =>
  isTooling({ kind }) ||
  (probed && ended !== undefined && ended.severity === 'info' && !ended.fromOutside && isInOrder(ended.by, process));

/** A person stopped it. */
export const isStopped = ({ exit }: Pick<ProcessPicture, 'exit'>): boolean =>
  exit !== undefined && isAbrupt(exit) && exit.severity === 'info';

const stoppedText = (threads: readonly ThreadPicture[]): string =>
  threads.some(({ unfinished = [] }) => unfinished.some(isLost))
    ? t('Stopped by the debugger, in the middle of its work.')
    : t('Stopped by the debugger.');

function killedTexts(run: RunPictures): string[] {
  const { threads, processes } = run;
  const count = (what: EndedBy): number =>
    threads.filter(({ ended }) => ended?.by === what && ended.severity === 'warning').length +
    earlierEnds(run, (by) => by === what);
  const [withMain, withOwner] = [count('main-exit'), count('owner-exit')];
  const heard = threads.filter(
    ({ ended }) => ended?.severity === 'warning' && ended.by === 'error' && !ended.interrupt,
  );
  const interrupted = processes.find(({ exit }) => exit?.interrupt)?.exit;
  const [first, ...others] = processes.filter(({ exit }) => exit?.by === 'signal' && exit.severity === 'warning');
  return [
    ...(interrupted ? [t('Main was interrupted: {0}.', interrupted.because)] : []),
    ...(withMain > 0
      ? [tally(withMain, '{0} thread was killed with main.', '{0} threads were killed with main.')]
      : []),
    ...(heard.length > 0
      ? [
          tally(
            heard.length,
            '{0} thread ended by an error, of which its owner heard.',
            '{0} threads ended by errors, of which their owners heard.',
          ),
        ]
      : []),
    ...(withOwner > 0
      ? [tally(withOwner, '{0} thread was killed with its owner.', '{0} threads were killed with their owners.')]
      : []),
    ...(first && others.length === 0 && processes.length === 1 ? [t('The process was {0}.', first.exit!.because)] : []),
    ...(first && (others.length > 0 || processes.length > 1)
      ? [tally(others.length + 1, '{0} process was killed.', '{0} processes were killed.')]
      : []),
  ];
}

/** Of the root it is said otherwise. */
function unknownEnds({ threads, processes }: RunPictures): string[] {
  const apart = processes.filter(isUnknown).length;
  const unclear = new Set(processes.filter(isUnknown).map(({ key }) => key));
  const workers = threads.filter(({ process, ended }) => ended && !ended.severity && !unclear.has(process)).length;
  return [
    ...(apart > 0
      ? [tally(apart, 'How {0} process ended is not known.', 'How {0} processes ended is not known.')]
      : []),
    ...(workers > 0
      ? [tally(workers, 'How {0} thread ended is not known.', 'How {0} threads ended is not known.')]
      : []),
  ];
}

/** What no ending says. */
function otherFindings({ findings, threads }: RunPictures): Finding[] {
  const killed = new Set(threads.filter(({ ended }) => ended?.severity === 'warning').map(({ key }) => key));
  const isSaid = ({ rule, thread }: Finding): boolean =>
    ruleOf(rule).category === 'cut-off' && thread !== undefined && killed.has(thread);
  return findings.filter((finding) => finding.severity !== 'info' && !isSaid(finding));
}

function othersText(findings: readonly Finding[]): string[] {
  const [first, ...others] = new Set(findings.map(({ rule, runtime }) => ruleOf(rule, runtime).title));
  if (first === undefined) return [];
  return [t('Also found: {0}.', others.length > 0 ? t('{0} and {1} more', first, others.length) : first)];
}

/** "10 threads · 1 lost": for a list of runs. */
export function briefOf(run: RunPictures): string {
  const { threads, earlier = [] } = run;
  const own = threads.filter((thread) => !isTooling(thread));
  const count = earlier.reduce((sum, one) => sum + one.count, own.length);
  return [tally(count, '{0} thread', '{0} threads'), costOf(run)].join(' · ');
}

function costOf(run: RunPictures): string {
  const [lost, failed] = [lossesIn(run).length, failureCount(run)];
  if (lost > 0) return t('{0} lost', lost);
  if (failed > 0) return tally(failed, '{0} uncaught error', '{0} uncaught errors');
  switch (outcomeOf(run).severity) {
    case 'unknown':
      return t('outcome unknown');
    case 'warning':
      return t('nothing known to be lost');
    default:
      return t('nothing lost');
  }
}
