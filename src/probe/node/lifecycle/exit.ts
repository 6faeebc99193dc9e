// How this thread itself comes to its end: by which cause, at which line, with which code. The process object's `emit`
// is the one place that every orderly end passes; it is no listener, so the program can neither see nor remove it.
import type { ExitCause } from '../../../protocol/probeEvents';
import { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, uncurried } from '../tools/builtins';
import { FRAMES, frames, isNodes, programSite, type Frame } from '../tools/callSite';
import { errorFacts } from './errorFacts';
import { sameFace, type Method } from '../tools/replace';
import type { Spool } from '../spool/spool';
import { unsentBytes, writesUnderWay } from './requests';
import { programFormatsStacks } from '../tools/stackFormat';
import { matchOf } from '../tools/text';

const { hasUncaughtExceptionCaptureCallback } = process;

/** Where it stands in a function's source, that function is ours. */
const MARK = 'thread-lifelines exit watch';

/** Whether this thread is observed already: the probe may be loaded from two places. */
export function isObserved(): boolean {
  const emit = getOwnPropertyDescriptor(process, 'emit')?.value as unknown;
  return typeof emit === 'function' && sourceOf(emit).includes(MARK);
}
const sourceOf = uncurried(Function.prototype.toString);

/**
 * @param beforeDeath called with each of the two moments at which this thread can still tell something
 * @param atDeath called after all that: no code of the program's runs in this thread any more
 */
export function observeExit(spool: Spool, threadId: number, beforeDeath: () => void, atDeath?: () => void): void {
  const ownEmit = getOwnPropertyDescriptor(process, 'emit')?.value as Method | undefined;
  const watch = new ExitWatch(spool, threadId, beforeDeath, atDeath);
  // One frame of ours stands on the stack of the program's handlers, and no more.
  const { emit } = {
    emit(this: unknown, ...args: unknown[]): unknown {
      'thread-lifelines exit watch'; // kept by the compiler as a directive
      if (args[0] === 'workerMessage') heardMessage(args[2]);
      const isExit = watch.before(args[0], args[1]);
      // Looked up anew each time: `domain`, for one, replaces the prototype's.
      const result = apply(ownEmit ?? (getPrototypeOf(process) as { emit: Method }).emit, this, args);
      if (isExit) watch.exited(args[1]);
      else if (args[0] === 'uncaughtException') watch.afterUncaught(result);
      else if (args[0] === 'beforeExit') watch.ranOut();
      return result;
    },
  };
  sameFace(emit, ownEmit ?? (process.emit as unknown as Method));
  defineProperty(process, 'emit', { value: emit, writable: true, configurable: true, enumerable: false });
}

/** @param hear called with the id of the thread that sent a message, and whether anybody listens for it; must not throw */
export function hearMessages(hear: (thread: number, isHeard: boolean) => void): void {
  onMessage = hear;
}
let onMessage: ((thread: number, isHeard: boolean) => void) | undefined;

function heardMessage(from: unknown): void {
  const { _events } = process as unknown as { _events?: Record<string, unknown> };
  if (typeof from === 'number') onMessage?.(from, _events?.['workerMessage'] !== undefined);
}

class ExitWatch {
  /** An error that nobody has handled so far. */
  private fatal: { error: unknown } | undefined;
  private exiting = false;
  /** Node had not just called back for what it counts as under way until then. */
  private outsideOfCallbacks = false;
  /** The program had set the code that Node ends with where an await has not settled. */
  private chosen = false;
  /** What is still to be told of the error that ends this thread. */
  private untold: { error: unknown } | undefined;

  constructor(
    private readonly spool: Spool,
    private readonly threadId: number,
    private readonly beforeDeath: () => void,
    private readonly atDeath: (() => void) | undefined,
  ) {}

  /** Returns true for the one 'exit' by which Node itself ends this thread; the program may emit others. */
  before(event: unknown, first: unknown): boolean {
    // Node emits the monitor's event before all else, whether or not someone listens.
    if (event === 'uncaughtExceptionMonitor') {
      this.fatal = apply(hasUncaughtExceptionCaptureCallback, process, []) ? undefined : { error: first };
    }
    if (event !== 'exit' || this.exiting || (process as { _exiting?: boolean })._exiting !== true) return false;
    this.exiting = true;
    try {
      this.tellExiting(Number(first));
    } catch (error) {
      this.spool.problem('exit', error);
    }
    return true;
  }

  /** The exit handlers have run. */
  exited(code: unknown): void {
    try {
      // Node is about to read the stack itself, to print it or to hand it to the owner.
      if (this.untold) this.tellError(this.untold.error, true);
      this.beforeDeath();
      this.tellExited(Number(process.exitCode ?? code));
      this.atDeath?.();
    } catch (error) {
      this.spool.problem('exit', error);
    }
  }

  /** Nothing is left to do. Whose code it is cannot be told later. */
  ranOut(): void {
    try {
      this.chosen = Number(process.exitCode) === UNSETTLED_CODE;
    } catch {
      this.chosen = false; // the program's own getter
    }
  }

  /** The handlers for an error have run, if there are any: then it is not the end. */
  afterUncaught(handled: unknown): void {
    const { fatal } = this;
    if (handled) this.fatal = undefined;
    else if (fatal && this.exiting) this.tellFailedHandler(fatal.error);
  }

  private tellExiting(code: number): void {
    const stack = frames();
    // A handler for uncaught errors may end the thread itself.
    const cause: ExitCause = calledExit(stack) ? 'exit-call' : this.fatal ? 'error' : 'returned';
    this.outsideOfCallbacks = cause === 'exit-call' && beganOutside(stack);
    const site = cause === 'exit-call' ? programSite(stack) : undefined;
    if (this.fatal && cause === 'error') {
      const tellsAll = !programFormatsStacks();
      if (!tellsAll) this.untold = this.fatal;
      this.tellError(this.fatal.error, tellsAll);
    }
    const chosen = this.chosen && cause === 'returned' ? { chosen: true as const } : {};
    this.spool.tell('exiting', { cause, code, ...chosen, ...(site ? { at: site } : {}) });
    this.beforeDeath();
  }

  /** An exit handler threw: none comes after it, and Node does not emit 'exit' again. */
  private tellFailedHandler(error: unknown): void {
    try {
      this.tellError(error, true);
      this.beforeDeath();
      this.tellExited(Number(process.exitCode) || FAILED_CODE);
      this.atDeath?.();
    } catch (failure) {
      this.spool.problem('exit', failure);
    }
  }

  private tellExited(code: number): void {
    const unsent = this.threadId === MAIN ? unsentBytes() : 0;
    const writing = this.outsideOfCallbacks ? writesUnderWay() : 0;
    this.spool.tell('exited', { code, ...(unsent > 0 ? { unsent } : {}), ...(writing > 0 ? { writing } : {}) });
  }

  private tellError(error: unknown, withStack: boolean): void {
    this.spool.tell('thread-error', { id: this.threadId, ...errorFacts(error, withStack) });
  }
}

/** Node's exit code of a module that waits for what nothing will do. */
const UNSETTLED_CODE = 13;
/** The thread that has the process’s own standard output; those of workers go through it. */
const MAIN = 0;

/** Exit code of a thread that ends by an error, unless it has chosen one. */
const FAILED_CODE = 1;

/**
 * Whether what runs was begun by the main script, a timer, an immediate, a signal, a message or a request, and so not by the end of
 * an operation on a file, nor by promises, which may be settled by one.
 */
function beganOutside(stack: Frame[]): boolean {
  const first = stack[stack.length - 1];
  if (!first || stack.length >= FRAMES) return false;
  return matchOf(OUTSIDE, first.function) !== null || matchOf(OUTSIDE_FILES, first.file) !== null;
}
const OUTSIDE = /(^|\.)(processTimers|processImmediate|emit|parserOnHeadersComplete|parserOnMessageComplete)$/;
const OUTSIDE_FILES = /^node:internal\/(main|per_context\/messageport)/;

/** Node's own process.exit is on the stack. */
function calledExit(stack: Frame[]): boolean {
  for (let i = 0; i < stack.length; i++) {
    if (isNodes(stack[i]!) && matchOf(/(^|\.)(exit|workerProcessExit)$/, stack[i]!.function)) return true;
  }
  return false;
}
