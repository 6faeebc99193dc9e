// What went wrong in a run, by the rules of the catalogue. Pure; every finding is concluded again from the facts, so one that
// a late fact disproves goes away.
import { grouped } from '../../common/grouped';
import { t, tally } from '../../common/l10n';
import type { Finding } from '../../protocol/picture';
import { SEVERITIES, type Severity } from '../../protocol/rules';
import type { ProcessFacts } from '../facts/facts';
import type { Conclusions } from '../conclusions/conclusions';
import { labelOf } from '../conclusions/labels';
import { isTooling } from '../conclusions/origin/packages';
import { poolLabel, type Pool } from '../conclusions/pools';
import { runtimeOf } from '../runtimes/runtimes';
import { abruptExit } from './cutOff/python/abruptExit';
import { cutOffWhileHolding } from './cutOff/cutOffWhileHolding';
import { cutOffWhileWriting } from './cutOff/cutOffWhileWriting';
import { exitListenerSkipped } from './cutOff/exitListenerSkipped';
import { exitWhileWriting } from './cutOff/exitWhileWriting';
import { exitWithLiveWorkers } from './cutOff/exitWithLiveWorkers';
import { fileLeftBehind } from './cutOff/python/fileLeftBehind';
import { inheritedDaemon } from './cutOff/python/inheritedDaemon';
import { joinInterrupted } from './cutOff/python/joinInterrupted';
import { joinTimedOut } from './cutOff/python/joinTimedOut';
import { lostWithOwner } from './cutOff/lostWithOwner';
import { queueListenerNotStopped } from './cutOff/python/queueListenerNotStopped';
import { signalNotHandled } from './cutOff/python/signalNotHandled';
import { startedTooLate } from './failure/startedTooLate';
import { taskCutOff } from './cutOff/taskCutOff';
import { terminateAfterPost } from './cutOff/terminateAfterPost';
import { unansweredRequest } from './cutOff/unansweredRequest';
import { unclosedFile } from './cutOff/python/unclosedFile';
import { unreadMessages } from './cutOff/unreadMessages';
import { unsettledAwait } from './cutOff/unsettledAwait';
import { evidenceOf, heldIn, isOfStop, type Suspect } from './evidence';
import { brokenMessage } from './failure/brokenMessage';
import { crash } from './failure/crash';
import { daemonSetTooLate } from './failure/daemonSetTooLate';
import { exitInThread } from './failure/exitInThread';
import { futureNeverRead } from './failure/futureNeverRead';
import { outOfMemory } from './failure/outOfMemory';
import { postedToEnded } from './failure/postedToEnded';
import { ranInCaller } from './failure/ranInCaller';
import { restartLoop } from './failure/restartLoop';
import { shadowedAttribute } from './failure/shadowedAttribute';
import { threadFailed } from './failure/threadFailed';
import { unhandledWorkerError } from './failure/unhandledWorkerError';
import { workerFileNotFound } from './failure/workerFileNotFound';
import { busyWait } from './load/busyWait';
import { cpuBoundThreads } from './load/cpuBoundThreads';
import { messageBacklog } from './load/messageBacklog';
import { threadChurn } from './load/threadChurn';
import { unresponsiveWorker } from './load/unresponsiveWorker';
import { deadlock } from './neverExits/deadlock';
import { heldByPort } from './neverExits/heldByPort';
import { heldByThread } from './neverExits/heldByThread';
import { heldByWorker } from './neverExits/heldByWorker';
import { processLeftBehind } from './neverExits/processLeftBehind';
import { queueNeverDone } from './neverExits/queueNeverDone';
import { timerRearmed } from './neverExits/timerRearmed';
import { unrefUndone } from './neverExits/unrefUndone';
import { unstoppableThread } from './neverExits/unstoppableThread';
import { allOf, gravest, type HolderRule, type ProcessRule, type WorkerRule } from './rule';
import { findingOf, type RuledVerdict } from './verdict';

/** The first of each list that applies counts: who was cut off while writing need not hear of its messages too. */
const CUT_OFF: WorkerRule[] = [
  cutOffWhileWriting,
  cutOffWhileHolding,
  processLeftBehind,
  fileLeftBehind,
  queueListenerNotStopped,
  taskCutOff,
  terminateAfterPost,
  unansweredRequest,
  joinTimedOut,
  joinInterrupted,
  inheritedDaemon,
  unreadMessages,
  exitWithLiveWorkers,
  lostWithOwner,
  exitListenerSkipped,
];
const FAILURE: WorkerRule[] = [outOfMemory, workerFileNotFound, unhandledWorkerError, threadFailed, exitInThread];
const NEVER_EXITS: HolderRule[] = [unrefUndone, heldByPort, heldByWorker];
/** Not of who was cut off in the middle of something. */
const BURDEN: WorkerRule[] = [unresponsiveWorker];
/** All of these count. */
const OF_PROCESS: ProcessRule[] = [
  unsettledAwait,
  exitWhileWriting,
  abruptExit,
  unclosedFile,
  startedTooLate,
  signalNotHandled,
  crash,
  deadlock,
  queueNeverDone,
  heldByThread,
  timerRearmed,
  futureNeverRead,
  daemonSetTooLate,
  shadowedAttribute,
  ranInCaller,
  unstoppableThread,
  restartLoop,
  brokenMessage,
  postedToEnded,
  threadChurn,
  busyWait,
  cpuBoundThreads,
  messageBacklog,
];

export function findingsOf(conclusions: Conclusions): Finding[] {
  const { process, pools } = conclusions;
  const evidence = evidenceOf(conclusions);
  const verdicts = [
    ...earlierVerdicts(process, pools.all),
    ...verdictsOn(evidence.workers),
    ...heldIn(evidence).flatMap((held) => gravest(NEVER_EXITS, held)),
    ...allOf(OF_PROCESS, evidence),
  ];
  const all = onceAPool(withoutSigns(verdicts), ({ earlier, thread, pool }) =>
    earlier ? pool : thread && pools.of.get(thread),
  );
  const told = runtimeOf(process).hasLoops ? all : onceALine(all);
  return told.map((verdict) => findingOf(process, verdict));
}

/** That a thread does not turn its loop is only the sign of what another rule says of it. */
function withoutSigns(verdicts: RuledVerdict[]): RuledVerdict[] {
  const explained = new Set(verdicts.filter(({ rule }) => rule === unstoppableThread.id).map(({ thread }) => thread));
  return verdicts.filter(({ rule, thread }) => rule !== unresponsiveWorker.id || !explained.has(thread));
}

/** By the rules that look at each worker by itself. */
export function verdictsOn(workers: readonly Suspect[]): RuledVerdict[] {
  const own = workers.filter(({ thread }) => !isTooling(thread));
  const cut = own.filter((worker) => !isOfStop(worker)).flatMap((worker) => gravest(CUT_OFF, worker));
  const failures = workers.flatMap((worker) => gravest(FAILURE, worker));
  const cutOff = new Set(cut.map(({ thread }) => thread));
  const others = own.filter(({ thread }) => !cutOff.has(thread));
  return [...cut, ...failures, ...others.flatMap((worker) => gravest(BURDEN, worker))];
}

/** By the rules that look at all of its threads together, of a process that has ended: on what is none of a single one. */
export function verdictsOnProcess(conclusions: Conclusions): RuledVerdict[] {
  const evidence = evidenceOf(conclusions);
  const held = heldIn(evidence).flatMap((one) => gravest(NEVER_EXITS, one));
  return [
    ...held,
    ...allOf(
      OF_PROCESS.filter((rule) => rule !== messageBacklog),
      evidence,
    ),
  ];
}

/** On threads that ended long ago. */
function earlierVerdicts({ earlier }: ProcessFacts, pools: Pool[]): RuledVerdict[] {
  const poolOf = new Map(pools.flatMap((pool) => pool.earlier.map((group) => [group, pool])));
  const groups = [...(earlier?.groups.values() ?? [])].flatMap((all) => [...all.values()]);
  return groups.flatMap((group) => {
    const pool = poolOf.get(group);
    return [...group.verdicts.values()].map((verdict) => ({ ...verdict, earlier: group, ...(pool ? { pool } : {}) }));
  });
}

/** The same for many threads of one pool is reported once, for the first of them. */
function onceAPool(verdicts: RuledVerdict[], poolOf: (verdict: RuledVerdict) => Pool | undefined): RuledVerdict[] {
  const groups = grouped(verdicts, (verdict) => {
    const pool = poolOf(verdict);
    return pool ? `${verdict.rule} ${pool.key}` : verdict;
  });
  return [...groups.values()].map((group) => {
    const [first] = group.sort((a, b) => rank(a.severity) - rank(b.severity));
    const count = group.reduce((sum, { count = 1 }) => sum + count, 0);
    if (group.length === 1 && !first!.earlier) return first!;
    if (count === 1) return first!;
    const pool = poolOf(first!);
    const text = `${first!.text} ${alsoText(count - 1, pool ? poolLabel(pool) : first!.earlier!.label)}`;
    return { ...first!, ...(pool ? { pool } : {}), count, text };
  });
}

/** The same of several threads, with one line to change, is reported once and names the others. */
function onceALine(verdicts: RuledVerdict[]): RuledVerdict[] {
  const groups = grouped(verdicts, (verdict) => {
    const { rule, at, thread, pool, earlier } = verdict;
    return at && thread && !pool && !earlier ? `${rule} ${at.file}:${at.line}` : verdict;
  });
  return [...groups.values()].map((group) => {
    const [first, ...others] = group.sort((a, b) => rank(a.severity) - rank(b.severity));
    if (others.length === 0) return first!;
    const count = group.reduce((sum, { count = 1 }) => sum + count, 0);
    return { ...first!, count, text: `${first!.text} ${t('The same is true of {0}.', namesOf(others))}` };
  });
}

function namesOf(verdicts: RuledVerdict[]): string {
  const names = verdicts.slice(0, MOST_NAMED).map(({ thread }) => t('“{0}”', labelOf(thread!)));
  const more = verdicts.length - names.length;
  return more > 0 ? t('{0} and {1} more', names.join(', '), more) : names.join(', ');
}
const MOST_NAMED = 3;

/** @param of label of the pool, or of what started them */
const alsoText = (others: number, of: string): string =>
  tally(others, 'The same happened to {0} other thread of {1}.', 'The same happened to {0} other threads of {1}.', of);

/** For sorting, the gravest first; a rule’s own severity stands before what a verdict lowered. */
export const rank = (severity: Severity | undefined): number => (severity ? SEVERITIES.indexOf(severity) : -1);

/** Order for sorting: what costs most first, then by time. */
export const gravestFirst = (a: Finding, b: Finding): number =>
  rank(a.severity) - rank(b.severity) || a.t - b.t || (a.id < b.id ? -1 : 1);
