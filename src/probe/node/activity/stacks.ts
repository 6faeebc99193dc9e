// Where in the program threads are that do not answer for themselves: Node interrupts each of them and has it write down
// its own stack, while the thread that asks waits. It waits too for who cannot be interrupted, as a synchronous call of
// native code cannot; so it is asked only where that is not known of any thread, and where the program waits for all of
// them anyway.
import { Blocking } from '../../../protocol/activity';
import type { Site, ThreadStack } from '../../../protocol/probeEvents';
import { SLOT } from '../memory/slot';
import type { Slot } from '../memory/arena';
import { sleepsNow } from '../memory/nativeThread';
import { systemCall } from '../memory/systemCall';
import { apply, arrayIncludes, existsSync, load, now, reportOfProcess, unlinkSync, wait } from '../tools/builtins';
import type { Frame } from '../given';
import { isNodes, isProgram, siteOf } from '../tools/callSite';
import { clipped, includes, sourceOf, matchOf, startsWith } from '../tools/text';
import type { Recorder } from './recorder';
import type { Spool } from '../spool/spool';

/** What a report costs at most where it was measured, in ms: itself, and each thread, at work or not. */
const MS_A_REPORT = 6;
const MS_A_THREAD = 10;
/** It may cost so many ms, and for each second since the first worker so many more. */
const ALWAYS_MS = 25;
const MS_A_SECOND = 20;
const MOST_THREADS = 32;
/** See `lookAround` in recorder.ts; in µs. */
const UNTURNED = 500_000;
/** A thread that runs is seen to sleep for moments, as while its garbage is collected: looks, and ms between them. */
const LOOKS = 4;
const MS_BETWEEN_LOOKS = 1;

type Moment = ThreadStack['when'];

interface Report {
  header: { threadId?: number };
  javascriptStack?: { stack?: string[] };
  workers?: Report[];
}
interface Reports {
  excludeNetwork?: boolean;
  excludeEnv?: boolean;
  getReport: (error: object) => Report;
}

/** In main, when its exit handlers have run: of each thread that is at work, where. Never throws. */
export function tellStacksAtEnd(spool: Spool, recorder: Recorder): void {
  try {
    const { busy, unbegun } = recorder.samples;
    const asking = busy.length + unbegun.length > 0 && withinBudget(recorder) && mayAsk(recorder, spool, 'exit');
    if (asking) tellAll(spool, takeReport()?.workers, 'exit');
  } catch (error) {
    spool.problem('stacks', error);
  }
}

/**
 * In main, while the program runs: the same where a file lies there that asks for it, which goes when that is done. A person
 * asks, so that main may wait for as long as a thread is in native code. Never throws.
 */
export function tellStacksWhenAsked(spool: Spool, recorder: Recorder, request: string): void {
  try {
    if (!existsSync(request)) return;
    recorder.samples.lookAtWorkers();
    if (mayAsk(recorder, spool, 'asked')) tellAll(spool, takeReport()?.workers, 'asked');
    unlinkSync(request);
  } catch (error) {
    spool.problem('stacks', error);
  }
}

/** The program can bear the cost. */
function withinBudget(recorder: Recorder): boolean {
  const { samples, ring } = recorder;
  const others = recorder.slots().length - 1;
  const threads = samples.size > others ? samples.size : others;
  const most = ALWAYS_MS + ((now() - ring.slot.base) / 1e6) * MS_A_SECOND;
  return threads <= MOST_THREADS && MS_A_REPORT + threads * MS_A_THREAD <= most;
}

/**
 * Some thread runs code (or waits in memory, for who asks), and none is known to be where it cannot be interrupted. Tells of
 * those that cannot.
 */
function mayAsk(recorder: Recorder, spool: Spool, when: Moment): boolean {
  const { samples, ring } = recorder;
  const { busy, unbegun } = samples;
  const slots = recorder.slots();
  let known = 0;
  let running = 0;
  let sleeping = 0;
  for (let i = 0; i < slots.length; i++) {
    const { words } = slots[i]!;
    const thread = load(words, SLOT.thread);
    if (thread <= 0) continue;
    const blocked = load(words, SLOT.blocked);
    if (blocked !== 0 && blocked !== Blocking['atomics-wait']) return false;
    const isBusy = arrayIncludes(busy, thread);
    if (isBusy) known++;
    if (blocked !== 0 && when === 'asked') running++;
    if (blocked !== 0 || !(isBusy || arrayIncludes(unbegun, thread) || isLate(slots[i]!))) continue;
    const native = load(words, SLOT.native);
    if (sleeps(native, ring.slot.words)) {
      sleeping++;
      tellSleep(spool, thread, native, when);
    } else running++;
  }
  if (sleeping > 0) return false;
  // One without a probe cannot tell what it is in.
  return running > 0 && known === busy.length;
}

/** Not of a wait for memory or for events, which can be interrupted. */
function tellSleep(spool: Spool, id: number, native: number, when: Moment): void {
  const within = systemCall(native);
  if (within) spool.tell('stack', { id, frames: [], within: clipped(within), when, sleeps: true });
}

/** Whether it should have turned its loop long ago. */
const isLate = ({ due }: Slot): boolean => due > 0 && now() - due > UNTURNED;

/** @param own of the thread that asks, where nobody wakes it */
function sleeps(native: number, own: Int32Array): boolean {
  for (let look = 0; look < LOOKS; look++) {
    if (!sleepsNow(native)) return false;
    if (wait) wait(own, SLOT.native, 0, MS_BETWEEN_LOOKS);
  }
  return true;
}

/** Undefined where this Node cannot leave out the network, for which it would look up names, or the program has its own. */
function takeReport(): Report | undefined {
  const reports = reportOfProcess && (apply(reportOfProcess, process, []) as Reports);
  if (!reports || reports.excludeNetwork === undefined || !isNodesOwn(reports.getReport)) return undefined;
  const { excludeNetwork, excludeEnv } = reports;
  try {
    reports.excludeNetwork = true;
    if (excludeEnv !== undefined) reports.excludeEnv = true;
    return reports.getReport(NO_ERROR);
  } finally {
    reports.excludeNetwork = excludeNetwork;
    if (excludeEnv !== undefined) reports.excludeEnv = excludeEnv;
  }
}

/** Without it Node makes an error, whose stack the program may format. */
const NO_ERROR = { stack: '' };
const isNodesOwn = (getReport: unknown): boolean =>
  typeof getReport === 'function' && includes(sourceOf(getReport), 'nr.getReport(');

/** Those that threads started too. */
function tellAll(spool: Spool, reports: Report[] | undefined, when: Moment): void {
  for (let i = 0; i < (reports?.length ?? 0); i++) {
    const { header, javascriptStack, workers } = reports![i]!;
    tellOne(spool, header.threadId, javascriptStack?.stack ?? [], when);
    tellAll(spool, workers, when);
  }
}

function tellOne(spool: Spool, id: number | undefined, lines: string[], when: Moment): void {
  const frames: Site[] = [];
  let within: string | undefined;
  let inner: Frame | undefined;
  for (let i = 0; i < lines.length; i++) {
    const frame = frameOf(lines[i]!);
    if (!frame) continue;
    const place = placeInOther(frame);
    if (place && frames.length === 0 && inner && isNodes(inner)) within = inner.function;
    if (place) frames[frames.length] = place;
    inner = frame;
  }
  if (id === undefined || frames.length === 0) return;
  spool.tell('stack', { id, frames, ...(within ? { within } : {}), when });
}

function frameOf(line: string): Frame | undefined {
  const match = matchOf(/^at (.*?) \((.*):(\d+):(\d+)\)$/, line);
  return match ? { function: match[1]!, file: match[2]!, line: +match[3]!, column: +match[4]! } : undefined;
}

/** There the name of ours is the one by which a debugger knows it; and what is evaluated stands in a wrapper of Node's. */
const isOfProgram = (frame: Frame): boolean =>
  isProgram(frame) &&
  !startsWith(frame.file, 'thread-lifelines:') &&
  matchOf(/^\[(worker )?eval\]-wrapper$/, frame.file) === null;

/**
 * A frame of another thread. Undefined where it is not the program's, and where the code was made in that thread, which alone
 * could tell of what: its lines are no one's.
 */
export function placeInOther(frame: Frame): Site | undefined {
  if (!isOfProgram(frame)) return undefined;
  const site = siteOf(frame);
  const isMapped = site.line !== frame.line || site.column !== frame.column;
  return isMapped || !codeIsMade() ? site : undefined;
}

/** Someone but the person who started it has Node read source maps: what compiles while it loads does so. */
const codeIsMade = (): boolean =>
  (process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled === true &&
  !arrayIncludes(process.execArgv, MAPS) &&
  !includes(process.env['NODE_OPTIONS'] ?? '', MAPS);
const MAPS = '--enable-source-maps';
