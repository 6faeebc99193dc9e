// How this thread itself comes to its end: by which cause, at which line, with which code. The process object's `emit`
// is the one place that every orderly end passes; it is no listener, so the program can neither see nor remove it.
import { threadId } from 'worker_threads';
import type { ExitCause } from '../../protocol/probeEvents';
import { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } from './builtins';
import { frames, programSite, type Frame } from './callSite';
import { errorFacts } from './errorFacts';
import { sameFace, type Method } from './replace';
import type { Spool } from './spool';

const { hasUncaughtExceptionCaptureCallback } = process;

export function observeExit(spool: Spool): void {
  const ownEmit = getOwnPropertyDescriptor(process, 'emit')?.value as Method | undefined;
  const watch = new ExitWatch(spool);
  // One frame of ours stands on the stack of the program's handlers, and no more.
  const { emit } = {
    emit(this: unknown, ...args: unknown[]): unknown {
      watch.before(args[0], args[1]);
      // Looked up anew each time: `domain`, for one, replaces the prototype's.
      const result = apply(ownEmit ?? (getPrototypeOf(process) as { emit: Method }).emit, this, args);
      watch.after(args[0], args[1], result);
      return result;
    },
  };
  sameFace(emit, ownEmit ?? (process.emit as unknown as Method));
  defineProperty(process, 'emit', { value: emit, writable: true, configurable: true, enumerable: false });
}

class ExitWatch {
  /** An error that nobody has handled so far. */
  private fatal: { error: unknown } | undefined;
  private exiting = false;

  constructor(private readonly spool: Spool) {}

  before(event: unknown, first: unknown): void {
    // Node emits the monitor's event before all else, whether or not someone listens.
    if (event === 'uncaughtExceptionMonitor') {
      this.fatal = apply(hasUncaughtExceptionCaptureCallback, process, []) ? undefined : { error: first };
    }
    // A program may emit 'exit' itself; Node says so when it means it.
    if (event !== 'exit' || this.exiting || (process as { _exiting?: boolean })._exiting !== true) return;
    this.exiting = true;
    this.tellExiting(Number(first));
  }

  after(event: unknown, first: unknown, result: unknown): void {
    if (event === 'uncaughtException' && result) this.fatal = undefined;
    if (event === 'exit' && this.exiting) this.spool.tell('exited', { code: Number(process.exitCode ?? first) });
  }

  private tellExiting(code: number): void {
    try {
      const stack = frames();
      const cause: ExitCause = this.fatal ? 'error' : calledExit(stack) ? 'exit-call' : 'returned';
      const site = cause === 'exit-call' ? programSite(stack) : undefined;
      if (this.fatal) this.spool.tell('thread-error', { id: threadId, ...errorFacts(this.fatal.error) });
      this.spool.tell('exiting', { cause, code, ...(site ? { at: site } : {}) });
    } catch (error) {
      this.spool.problem('exit', error);
    }
  }
}

/** Node's own process.exit is on the stack. */
const calledExit = (stack: Frame[]): boolean =>
  stack.some((frame) => frame.file.startsWith('node:') && /(^|\.)(exit|workerProcessExit)$/.test(frame.function));
