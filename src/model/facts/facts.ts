// What the model keeps of the events: facts as they were reported, in any order, each at most once. Nothing is concluded
// here, so late, doubled and missing events cannot make a wrong conclusion stick; see picture.ts for the conclusions.
import type {
  ActivityBatch,
  AsyncTaskEvent,
  Clue,
  DebuggerPause,
  Deed,
  Exited,
  ExitListeners,
  Exiting,
  LastLook,
  LifecycleEvent,
  ProbeRecord,
  ProcessEnd,
  ProcessStart,
  Replacing,
  Resources,
  RuntimeId,
  SystemThreads,
  TerminateCall,
  ThreadError,
  ThreadExit,
  ThreadLoads,
  ThreadNamed,
  ThreadStack,
  ThreadStart,
  Thing,
  Turns,
  Unsupported,
  Wait,
  Waited,
} from '../../protocol/probeEvents';
import { HAND } from '../../protocol/hand';
import { MAIN_THREAD } from '../../protocol/probeEvents';
import { foldBatch } from './batches';
import { FlipLog } from './flipLog';
import {
  noActivity,
  noSamples,
  remember,
  touch as touchFrom,
  newEffort,
  type ActivityFacts,
  type Effort,
  type Others,
  type SampleFacts,
} from './activityFacts';
import { ByTime } from './byTime';
import type { EarlierFacts } from './earlier';
import { matchAll, matchOthers } from './messages/matching';
import { MessageLog } from './messages/messageLog';
import { WakeLog } from './messages/wakes';
import { WaitLog } from './waiting/waitLog';
import { foldCallSite, foldWait } from './waiting/waits';
import { LockLog } from './lockLog';
import { foldPort } from './messages/ports';
import { foldResources } from './resources';
import { foldShutdown, noShutdown, type ShutdownFacts } from './shutdown';
import { AsyncTaskLog } from './tasks/asyncTasks';
import { foldTaskName } from './tasks/poolTasks';
import { foldSystemThreads, type HiddenThreads } from './systemThreads';

/** A person made the call, from the timeline. */
export interface ByHand {
  hand?: true;
}

/** What runs a process and its threads; shared by all of them, as it may be heard of later than they are. */
export interface Origin {
  runtime?: RuntimeId;
}

export interface ThreadFacts {
  key: string;
  process: string;
  origin: Origin;
  id: number;
  /** Earliest and latest moment at which it was heard of, from itself or from its owner. */
  firstSeen: number;
  lastSeen: number;
  /** Earliest and latest moment of a record of its own. */
  firstWritten?: number;
  lastWritten?: number;
  name?: string;
  /** When the program gave it that name, if that was after its start. */
  renamedAt?: number;
  /** As the debugger knows it. */
  named?: ThreadNamed;
  probed: boolean;
  /** The system's own id of it. */
  native?: number;
  start?: ThreadStart;
  /** Of its owner, by their numbers. */
  ways?: StartWays;
  /** As last told. */
  loads?: ThreadLoads;
  onlineAt?: number;
  flips: FlipLog;
  terminateCalls: ByTime<TerminateCall & ByHand>;
  /** By the debugger. */
  pauses: ByTime<DebuggerPause>;
  /** By a person. */
  deeds: ByTime<Deed>;
  /** From the thread itself when it could tell, else from its owner. */
  error?: ThreadError;
  /** Whether somebody listened for it where the thread was started; absent where that was not told. */
  errorHeard?: boolean;
  /** The error is that of a worker of its own, of which only sums are kept. */
  failedByWorker?: true;
  exiting?: Exiting;
  exited?: Exited;
  exit?: ThreadExit;
  /** Listeners for its own exit, as it told last. */
  exitListeners?: ExitListeners;
  /** Where it had the process go on with another program. */
  replacing?: Replacing;
  /** Where it was when main had ended, and while its loop did not turn, as last told. */
  stack?: ThreadStack;
  stalledIn?: ThreadStack;
  /** Likewise, while another thread waited for its end. */
  awaitedIn?: ThreadStack;
  /** What it told of its own threads when it was about to end. */
  lastLook?: LastFacts;
  /** Ids of the threads it started. */
  children: Set<number>;
  /** How it started them. */
  startWays?: StartWays;
  /** Once any is known. */
  activity?: ActivityFacts;
  /** Of a runtime that tells of each wait by itself, once there is one. */
  waits?: WaitLog;
  /** Of its event loop, where they are told. */
  asyncTasks?: AsyncTaskLog;
  samples: SampleFacts;
}

/** The calls that lead to a start; told with the first thread that is started so. */
export type StartWay = Pick<ThreadStart, 'callers' | 'through' | 'makes'>;
type StartWays = Map<number, StartWay>;

/** By the ids of the threads. */
export interface LastFacts {
  q: number;
  t: number;
  heard: ReadonlyMap<number, boolean>;
  busy: ReadonlyMap<number, boolean>;
}

export interface ProcessFacts {
  key: string;
  /** Counts the events that told of it: what was concluded before the last of them may not be so any more. */
  revision: number;
  origin: Origin;
  run: number;
  start?: ProcessStart;
  unsupported?: Unsupported;
  end?: ProcessEnd;
  /** Id of the thread that ended it at once, with all others. */
  endedBy?: number;
  /** It was seen to run then, after main had told its last; in µs. */
  seenRunning?: number;
  /** Not all of its records could be written: what is missing may have happened. */
  unwritten?: true;
  /** When a person asked the debugger to stop it. */
  stopRequest?: number;
  /** And what that cut off counts as a finding all the same. */
  findsOnStop?: true;
  missing: Set<string>;
  problems: string[];
  /** How many more there were. */
  moreProblems: number;
  /** Records that the probe says it could not write. */
  reportedLost: number;
  /** Thread id → sequence numbers seen, to know doubles and holes. */
  sequences: Map<number, SequenceNumbers>;
  threads: Map<number, ThreadFacts>;
  /** What is kept of threads that ended long ago, once any is so kept. */
  earlier?: EarlierFacts;
  /** Ids of threads that have ports whose other end is unknown. */
  unmatched: Set<number>;
  /** Ids of threads that have channels for broadcasts. */
  listeners: Set<number>;
  effort: Effort;
  shutdown: ShutdownFacts;
  /** Child processes that main left, and pids of those that then ran on. */
  childrenLeft?: Thing[];
  outlived?: ReadonlySet<number>;
  /** Paths of those that it was seen to have loaded. */
  nativeModules: Set<string>;
  /** Threads of the runtime's own, where the system tells of them. */
  hidden?: HiddenThreads;
  /** Moment of the last batch of activity, in µs; 0: none. */
  lastBatch: number;
  /** Where single messages are kept until they are reported. */
  messages?: MessageLog;
  /** Who woke whom, until it is reported. */
  wakes?: WakeLog;
}

export interface Model {
  /** Counts the events that changed something. */
  revision: number;
  /** What threads do from moment to moment is taken from it and reported: it is kept whole until then. */
  keepsTracks: boolean;
  processes: Map<string, ProcessFacts>;
  /** Keys of those that ended long ago, and are kept no more. */
  gone: Set<string>;
  /** How many of them have not ended. */
  open: number;
  /** Of the newest process. */
  run: number;
}

/** What one event changed: keys of processes and of threads whose picture may differ now. */
export interface Changes {
  processes: Set<string>;
  threads: Set<string>;
  /** Threads that are kept no more. */
  removed: Set<string>;
  removedProcesses: Set<string>;
  /** Of those, threads whose picture and that of all below them is in `threads` already. */
  below: Set<string>;
  /** Processes of which that of every thread is, and of every thread that has channels for broadcasts. */
  whole: Set<string>;
  heard: Set<string>;
}

export const emptyModel = (keepsTracks = false): Model => ({
  revision: 0,
  keepsTracks,
  processes: new Map(),
  gone: new Set(),
  open: 0,
  run: 0,
});
export const noChanges = (): Changes => ({
  processes: new Set(),
  threads: new Set(),
  removed: new Set(),
  removedProcesses: new Set(),
  below: new Set(),
  whole: new Set(),
  heard: new Set(),
});

/**
 * Adds one event to the model in place and notes in `changes` what it touched. An event that was seen before changes
 * nothing. Any order of the same events gives the same model, but for the numbering of runs.
 */
export function fold(model: Model, event: LifecycleEvent, changes: Changes = noChanges()): Model {
  if (model.gone.has(event.p)) return model; // a late event does not bring it back
  const process = processOf(model, event.p, changes);
  process.revision++;
  if ('tid' in event && isGone(process, event.tid)) return model;
  if (event.k === 'outlived') {
    process.outlived ??= new Set(event.pids);
  } else if (event.k === 'native-modules') {
    for (const file of event.files) if (process.nativeModules.size < MOST_MODULES) process.nativeModules.add(file);
  } else if (event.k === 'system-threads') {
    process.hidden = foldSystemThreads(process.hidden, event);
    foldProcessorTimes(process, event, changes);
  } else if (event.k === 'turns') {
    foldTurns(process, event);
  } else if (event.k === 'wait' || event.k === 'waited') {
    foldWaiting(process, event, changes);
  } else if (isOfAsyncTask(event)) {
    foldAsyncTask(process, event, changes);
  } else if (event.k === 'activity' || event.k === 'resources') {
    foldActivityEvent(process, event, changes);
  } else if (event.k === 'process-end') {
    if (process.end && CERTAINTY[process.end.how] >= CERTAINTY[event.how]) return model;
    if (!process.end) model.open--;
    process.end = event;
    rematch(process, changes);
    touchAll(process, changes);
  } else if (event.k === 'still-runs') {
    process.seenRunning = Math.max(process.seenRunning ?? 0, event.t);
  } else if (event.k === 'unwritten') {
    if (process.unwritten) return model;
    process.unwritten = true;
    touchAll(process, changes);
  } else if (event.k === 'stop-request') {
    process.stopRequest = Math.min(process.stopRequest ?? event.t, event.t);
    if (event.findings) process.findsOnStop = true;
    if (process.end) touchAll(process, changes); // it was told late
  } else if (isPause(event)) {
    foldPause(process, event, changes);
  } else if (event.k === 'deed') {
    foldDeed(process, event, changes);
  } else if (event.k === 'thread-named') {
    foldName(process, event, changes);
  } else {
    if (!firstTime(process, event)) return model;
    const about = foldRecord(process, event);
    if (about && ALONE.has(event.k)) changes.threads.add(about.key);
    else if (about) touch(process, about, changes);
    if (event.tid === MAIN_THREAD && (event.k === 'exiting' || event.k === 'exited')) touchAll(process, changes);
  }
  changes.processes.add(process.key);
  model.revision++;
  return model;
}

/** What the system told last of each counts. */
function foldProcessorTimes(process: ProcessFacts, { t, ids = [], ms = [] }: SystemThreads, changes: Changes): void {
  for (const [i, id] of ids.entries()) {
    const thread = process.threads.get(id);
    const time = (ms[i] ?? 0) * 1000;
    if (!thread || time <= (thread.samples.processorTime?.time ?? 0)) continue;
    thread.samples.processorTime = { t, time };
    changes.threads.add(thread.key);
  }
}

/** Each tells all that was seen so far. */
function foldTurns({ threads }: ProcessFacts, event: Turns): void {
  for (const [i, id] of event.ids.entries()) {
    const thread = threads.get(id);
    const [looks = 0, runs = 0, waits = 0] = [event.looks[i], event.runs[i], event.waits[i]];
    if (thread && looks > (thread.samples.turns?.looks ?? 0)) thread.samples.turns = { looks, runs, waits };
  }
}

/** It ended long ago, and is kept no more: a late event does not bring it back. */
const isGone = ({ earlier }: ProcessFacts, id: number): boolean => earlier?.ids.has(id) === true;

const isOfAsyncTask = (event: LifecycleEvent): event is AsyncTaskEvent => event.k.startsWith('async-task');

const isPause = (event: LifecycleEvent): event is DebuggerPause => event.k === 'pause' || event.k === 'resume';

/** The earliest counts, whenever it is heard of. */
function foldName(process: ProcessFacts, event: ThreadNamed, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  if (thread.named && thread.named.t <= event.t) return;
  thread.named = event;
  touch(process, thread, changes);
}

/** A debugger may be asked twice; the same moment counts once. */
function foldPause(process: ProcessFacts, event: DebuggerPause, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  touchFrom(thread.samples, event.t);
  thread.pauses.add(event);
  changes.threads.add(thread.key);
}

function foldDeed(process: ProcessFacts, event: Deed, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  thread.deeds.add(event);
  changes.threads.add(thread.key);
}

/** `firstSeen` of a thread that is known only by its activity so far. */
const UNSEEN = Infinity;
/** Whether all is there that a thread told, to its end: what it does not tell did not happen then. */
export const hasToldAll = (process: ProcessFacts, { id, exited }: ThreadFacts): boolean =>
  !process.unwritten || (exited !== undefined && process.sequences.get(id)?.missing === 0);

/** Threads of which more is known than their activity. */
export const seenThreads = (process: ProcessFacts): ThreadFacts[] =>
  [...process.threads.values()].filter((thread) => thread.firstSeen !== UNSEEN);

export const isMain = ({ id }: { id: number }): boolean => id === MAIN_THREAD;
export const mainOf = (process: ProcessFacts): ThreadFacts | undefined => process.threads.get(MAIN_THREAD);

/** Activity is of threads that are known from elsewhere: it adds none. */
function foldActivityEvent(process: ProcessFacts, event: ActivityBatch | Resources, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  // Messages of its workers are shown only once something is known of its own.
  if (!thread.activity) for (const id of thread.children) changes.threads.add(`${process.key}:${id}`);
  const facts = (thread.activity ??= noActivity(keepFrom(process)));
  process.lastBatch = Math.max(process.lastBatch, event.t);
  if (event.k === 'resources') foldResources(facts, event);
  else
    for (const id of foldBatch(facts, event, othersOf(process, changes))) changes.threads.add(`${process.key}:${id}`);
  changes.threads.add(thread.key);
}

function foldWaiting(process: ProcessFacts, event: Wait | Waited, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  const facts = (thread.activity ??= noActivity(keepFrom(process)));
  foldWait(facts, (thread.waits ??= new WaitLog()), event);
  process.lastBatch = Math.max(process.lastBatch, event.t);
  changes.threads.add(thread.key);
}

function foldAsyncTask(process: ProcessFacts, event: AsyncTaskEvent, changes: Changes): void {
  const thread = threadOf(process, event.tid, UNSEEN, false);
  (thread.asyncTasks ??= new AsyncTaskLog()).fold(event);
  process.lastBatch = Math.max(process.lastBatch, event.t);
  changes.threads.add(thread.key);
}

const othersOf = (process: ProcessFacts, changes?: Changes): Others => ({
  unmatched: process.unmatched,
  effort: process.effort,
  heard: () => {
    if (!changes || changes.heard.has(process.key)) return;
    changes.heard.add(process.key);
    for (const id of process.listeners) if (process.threads.has(id)) changes.threads.add(`${process.key}:${id}`);
  },
  activityOf: (id) => process.threads.get(id)?.activity,
  ownerOf: (id) => process.threads.get(id)?.start?.tid,
  samplesOf: (id) => (isForNothing(process, id) ? noSamples() : threadOf(process, id, UNSEEN, false).samples),
  ...(process.messages ? { messages: process.messages } : {}),
  ...(process.wakes ? { wakes: process.wakes } : {}),
});

/** Of threads that nobody has told of, what others found of so many is kept, until they are told of. */
const MOST_BY_SAMPLES = 1 << 14;
const isForNothing = (process: ProcessFacts, id: number): boolean =>
  isGone(process, id) || (process.threads.size >= MOST_BY_SAMPLES && !process.threads.has(id));

/** What there was no time for; nothing more will be heard. */
function rematch(process: ProcessFacts, changes: Changes): void {
  if (!process.effort.isBehind) return;
  process.effort.left += LAST_EFFORT;
  for (const id of matchOthers(othersOf(process))) changes.threads.add(`${process.key}:${id}`);
}
const LAST_EFFORT = 1e7;

const keepFrom = ({ messages }: ProcessFacts): number => (messages ? -Infinity : Infinity);

/** Nobody tells of more. */
const MOST_MODULES = 100;
/** A probe tells of no more in each of its threads. */
const MOST_PROBLEMS = 20;

/** The surest of several reports of a process's end counts. */
const CERTAINTY: Record<ProcessEnd['how'], number> = { 'lost-contact': 0, gone: 1, 'exit-status': 2, replaced: 3 };

/** Files one record of the probe; returns the thread that it is about. */
function foldRecord(process: ProcessFacts, event: ProbeRecord): ThreadFacts | undefined {
  const writer = process.unsupported ? undefined : threadOf(process, event.tid, event.t);
  if (writer) {
    writer.probed = true;
    writer.firstWritten = Math.min(writer.firstWritten ?? event.t, event.t);
    writer.lastWritten = Math.max(writer.lastWritten ?? event.t, event.t);
  }
  switch (event.k) {
    case 'process-start':
      process.start = event;
      process.origin.runtime = event.runtime;
      return writer;
    case 'unsupported':
      process.unsupported = event;
      process.origin.runtime = event.runtime ?? 'node';
      process.threads.clear();
      return undefined;
    case 'thread-begin':
      if (writer && event.name !== undefined) writer.name ??= event.name;
      if (writer && event.native !== undefined) writer.native = event.native;
      return writer;
    case 'thread-start':
      return isGone(process, event.id) ? undefined : foldStart(process, writer, event);
    case 'exiting':
    case 'exited':
      if (writer) Object.assign(writer, { [event.k]: event });
      if (writer && event.k === 'exited') noteComputed(writer, event);
      if (event.k === 'exiting' && event.cause === 'abrupt-call') process.endedBy = event.tid;
      if (event.k === 'exiting') for (const id of writer?.children ?? []) process.threads.get(id)?.flips.cutAt(event.t);
      return writer;
    case 'hooks-missing':
      for (const name of event.names) process.missing.add(name);
      return writer;
    case 'port':
      if (writer) foldPort((writer.activity ??= noActivity(keepFrom(process))), event);
      if (writer && event.broadcast !== undefined) process.listeners.add(writer.id);
      return writer;
    case 'post-site':
    case 'wait-site':
      if (writer) foldCallSite((writer.activity ??= noActivity(keepFrom(process))), event);
      return writer;
    case 'lock-name':
      if (writer)
        ((writer.activity ??= noActivity(keepFrom(process))).locks ??= new LockLog()).name(event.lock, event.name);
      return writer;
    case 'database':
      if (writer) remember((writer.activity ??= noActivity(keepFrom(process))).databases, event.database, event.file);
      return writer;
    case 'task-name':
      if (writer) foldTaskName((writer.activity ??= noActivity(keepFrom(process))), event);
      return writer;
    case 'children-left':
      if (event.tid === MAIN_THREAD) process.childrenLeft ??= event.children;
      return writer;
    case 'start-failed':
    case 'exit-phase':
    case 'exit-failed':
    case 'left-undone':
    case 'task-failed':
    case 'clue':
      foldShutdown(process.shutdown, event);
      return writer;
    case 'last-look':
      if (writer) foldLastLook(writer, event);
      return writer;
    case 'exit-listeners':
      if (writer && (writer.exitListeners?.q ?? -1) < event.q) writer.exitListeners = event;
      return writer;
    case 'replacing':
      if (writer && (writer.replacing?.q ?? -1) < event.q) writer.replacing = event;
      return writer;
    case 'probe-error':
      if (process.problems.length < MOST_PROBLEMS) process.problems.push(event.message);
      else process.moreProblems++;
      return writer;
    case 'records-lost':
      process.reportedLost += event.count;
      return writer;
    default:
      if (isGone(process, event.id)) return undefined;
      return foldAboutThread(threadOf(process, event.id, event.t), event);
  }
}

function foldStart(process: ProcessFacts, owner: ThreadFacts | undefined, event: ThreadStart): ThreadFacts {
  const thread = threadOf(process, event.id, event.t);
  thread.start = event;
  if (event.name !== undefined && thread.renamedAt === undefined) thread.name = event.name;
  owner?.children.add(thread.id);
  if (owner && event.calls !== undefined) foldWay(thread, owner, event);
  if (owner?.exiting) thread.flips.cutAt(owner.exiting.t);
  // Messages may have been reported before it was known whose worker it is.
  if (thread.activity) matchAll(thread.id, othersOf(process));
  return thread;
}

function foldWay(thread: ThreadFacts, owner: ThreadFacts, { calls, callers, through, makes }: ThreadStart): void {
  thread.ways = owner.startWays ??= new Map();
  const way = { ...(callers ? { callers } : {}), ...(through ? { through } : {}), ...(makes ? { makes } : {}) };
  if (callers ?? through) remember(thread.ways, calls!, way);
}

/** The last that is told counts. */
function foldLastLook(owner: ThreadFacts, { q, t, heard, unheard, idle, busy }: LastLook): void {
  if (owner.lastLook && owner.lastLook.q > q) return;
  owner.lastLook = { q, t, heard: eitherWay(heard, unheard), busy: eitherWay(busy, idle) };
}

const eitherWay = (yes: number[], no: number[]): Map<number, boolean> =>
  new Map([...no.map((id) => [id, false] as const), ...yes.map((id) => [id, true] as const)]);

type AboutThread = Extract<ProbeRecord, { id: number }>;

function foldAboutThread(thread: ThreadFacts, event: Exclude<AboutThread, ThreadStart | Clue>): ThreadFacts {
  switch (event.k) {
    case 'thread-renamed':
      if (event.t < (thread.renamedAt ?? 0)) break;
      thread.name = event.name;
      thread.renamedAt = event.t;
      break;
    case 'thread-loads':
      if (!thread.loads || thread.loads.q < event.q) thread.loads = event;
      break;
    case 'thread-online':
      thread.onlineAt = event.t;
      break;
    case 'thread-ref':
    case 'thread-unref':
    case 'thread-flips':
      thread.flips.add(event);
      break;
    case 'terminate-call':
      thread.terminateCalls.add(heldByHand(event));
      break;
    case 'thread-error':
      if (!thread.error || event.tid === thread.id) thread.error = event;
      if (event.heard !== undefined && event.tid !== thread.id) thread.errorHeard = event.heard;
      break;
    case 'thread-exit':
      thread.exit = event;
      noteComputed(thread, event);
      break;
    case 'stack':
      foldStack(thread, event);
      break;
  }
  return thread;
}

/** As the thread itself told at its end. */
function noteComputed({ samples }: ThreadFacts, { t, computed }: { t: number; computed?: number }): void {
  if (computed === undefined || computed <= (samples.processorTime?.time ?? 0)) return;
  samples.processorTime = { t, time: computed };
}

/** The last that is told counts. */
function foldStack(thread: ThreadFacts, { frames, ...event }: ThreadStack): void {
  if (event.when === 'asked') return; // for who asked
  const field = STACK_FIELDS[event.when];
  const known = thread[field];
  if (known && (known.t > event.t || (known.t === event.t && known.q > event.q))) return;
  thread[field] = { ...event, frames: frames.slice(0, MOST_FRAMES) };
}
const STACK_FIELDS = { exit: 'stack', stall: 'stalledIn', awaited: 'awaitedIn' } as const;
/** Node tells ten. */
const MOST_FRAMES = 32;

/** No line of the program's made such a call. */
function heldByHand(event: TerminateCall): TerminateCall & ByHand {
  if (event.at?.file !== HAND) return event;
  const { at: _, ...rest } = event;
  return { ...rest, hand: true };
}

const byNumber = (a: { q: number }, b: { q: number }): number => a.q - b.q;
const isSameKind = (a: DebuggerPause, b: DebuggerPause): boolean => a.k === b.k;
const isSameDeed = (a: Deed, b: Deed): boolean => a.deed === b.deed;

function processOf(model: Model, key: string, changes: Changes): ProcessFacts {
  let process = model.processes.get(key);
  if (!process) {
    process = {
      key,
      origin: {},
      revision: 0,
      run: runOfNewProcess(model),
      missing: new Set(),
      problems: [],
      moreProblems: 0,
      reportedLost: 0,
      sequences: new Map(),
      threads: new Map(),
      unmatched: new Set(),
      nativeModules: new Set(),
      listeners: new Set(),
      effort: newEffort(),
      shutdown: noShutdown(),
      lastBatch: 0,
      ...(model.keepsTracks ? { messages: new MessageLog(), wakes: new WakeLog() } : {}),
    };
    model.processes.set(key, process);
    model.open++;
    changes.processes.add(key);
  }
  return process;
}

/** A process that comes when all before it are gone starts a new run: the program was restarted. */
function runOfNewProcess(model: Model): number {
  if (model.processes.size > 0 && model.open === 0) model.run++;
  return model.run;
}

/** @param isSign whether `t` is a moment at which it was heard of: activity is reported later than it happened */
function threadOf(process: ProcessFacts, id: number, t: number, isSign = true): ThreadFacts {
  let thread = process.threads.get(id);
  if (!thread) {
    thread = {
      key: `${process.key}:${id}`,
      process: process.key,
      origin: process.origin,
      id,
      firstSeen: t,
      lastSeen: isSign ? t : 0,
      probed: false,
      flips: new FlipLog(),
      terminateCalls: new ByTime<TerminateCall & ByHand>(byNumber),
      pauses: new ByTime<DebuggerPause>(undefined, isSameKind),
      deeds: new ByTime<Deed>(undefined, isSameDeed),
      children: new Set(),
      samples: noSamples(keepFrom(process)),
    };
    process.threads.set(id, thread);
  }
  if (!isSign) return thread;
  thread.firstSeen = Math.min(thread.firstSeen, t);
  thread.lastSeen = Math.max(thread.lastSeen, t);
  return thread;
}

function firstTime(process: ProcessFacts, event: ProbeRecord): boolean {
  let seen = process.sequences.get(event.tid);
  if (!seen) process.sequences.set(event.tid, (seen = new SequenceNumbers()));
  return seen.add(event.q);
}

/** Events of one thread that change nothing of those that it started. */
const ALONE: ReadonlySet<ProbeRecord['k']> = new Set([
  'process-start',
  'thread-begin',
  'thread-online',
  'hooks-missing',
  'port',
  'post-site',
  'wait-site',
  'lock-name',
  'database',
  'task-name',
  'exit-listeners',
  'replacing',
  'probe-error',
  'records-lost',
]);

/** Marks a thread and all below it: whether they keep the process alive depends on it. */
function touch(process: ProcessFacts, thread: ThreadFacts, changes: Changes): void {
  changes.threads.add(thread.key);
  if (thread.children.size === 0 || changes.below.has(thread.key)) return;
  const found = [thread]; // it grows while it is gone through: owners may be nested deeper than a stack allows
  for (const one of found) {
    changes.threads.add(one.key);
    if (changes.below.has(one.key)) continue;
    changes.below.add(one.key);
    for (const child of childrenOf(process, one)) found.push(child);
  }
}

/** Those of its workers that are kept. */
export const childrenOf = (process: ProcessFacts, { children }: ThreadFacts): ThreadFacts[] =>
  [...children].flatMap((id) => process.threads.get(id) ?? []);

function touchAll(process: ProcessFacts, changes: Changes): void {
  if (changes.whole.has(process.key)) return;
  changes.whole.add(process.key);
  for (const thread of process.threads.values()) changes.threads.add(thread.key);
}

/** The sequence numbers 0, 1, 2 … that were seen, kept small: all below `next`, and the few ahead of a hole. */
export class SequenceNumbers {
  private next = 0;
  private readonly ahead = new Set<number>();

  /** Returns false when `n` was there already. */
  add(n: number): boolean {
    if (n < this.next || this.ahead.has(n)) return false;
    this.ahead.add(n);
    while (this.ahead.delete(this.next)) this.next++;
    return true;
  }

  /** How many numbers below the highest seen are missing. */
  get missing(): number {
    let highest = this.next - 1;
    for (const n of this.ahead) highest = Math.max(highest, n);
    return highest + 1 - this.next - this.ahead.size;
  }
}
