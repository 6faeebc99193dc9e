// What is told of this thread's own end: by which cause, at which line, with which code.
import type { ExitCause } from '../../../protocol/probeEvents';
import { FRAMES, type Frame, type Watch } from '../given';
import { apply, hasUncaughtExceptionCaptureCallback } from '../tools/builtins';
import { ending } from '../tools/handed';
import { frames, isNodes, programSite } from '../tools/callSite';
import { errorFacts } from './errorFacts';
import type { Spool } from '../spool/spool';
import { unsentBytes, writesUnderWay } from './requests';
import { programFormatsStacks } from '../tools/stackFormat';
import { matchOf } from '../tools/text';

export class ExitWatch implements Watch {
  /** An error that nobody has handled so far. */
  private fatal: { error: unknown } | undefined;
  /** Node had not just called back for what it counts as under way until then. */
  private outsideOfCallbacks = false;
  /** What is still to be told of the error that ends this thread. */
  private untold: { error: unknown } | undefined;

  /**
   * @param beforeDeath called with each of the two moments at which this thread can still tell something
   * @param atDeath called after all that: no code of the program's runs in this thread any more
   */
  constructor(
    private readonly spool: Spool,
    private readonly threadId: number,
    private readonly beforeDeath: () => void,
    private readonly atDeath?: () => void,
  ) {}

  failing(error: unknown): void {
    this.fatal = apply(hasUncaughtExceptionCaptureCallback, process, []) ? undefined : { error };
  }

  exiting(code: unknown): void {
    try {
      this.tellExiting(Number(code));
    } catch (error) {
      this.spool.problem('exit', error);
    }
  }

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

  /** Where an error is handled, it is not the end. */
  afterUncaught(handled: unknown): void {
    const { fatal } = this;
    if (handled) this.fatal = undefined;
    else if (fatal && ending.exiting) this.tellFailedHandler(fatal.error);
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
    const chosen = ending.chosen && cause === 'returned' ? { chosen: true as const } : {};
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
