// How this thread itself comes to its end: by which cause, at which line, with which code. The process object's `emit`
// is the one place that every orderly end passes; it is no listener, so the program can neither see nor remove it.
import { types } from 'util';
import { threadId } from 'worker_threads';
import type { ExitCause } from '../../protocol/probeEvents';
import { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } from './builtins';
import { frames, framesOfStack, programSite, type Frame } from './callSite';
import { sameFace, type Method } from './replace';
import type { Spool, Told } from './spool';

const LONGEST_STACK = 4000;
const { hasUncaughtExceptionCaptureCallback } = process;

export function observeExit(spool: Spool): void {
  const ownEmit = getOwnPropertyDescriptor(process, 'emit')?.value as Method | undefined;
  const watch = new ExitWatch(spool);
  const { emit } = {
    emit(this: unknown, ...args: unknown[]): unknown {
      // Looked up anew each time: `domain`, for one, replaces the prototype's.
      const original = ownEmit ?? (getPrototypeOf(process) as { emit: Method }).emit;
      return watch.around(args, () => apply(original, this, args));
    },
  };
  sameFace(emit as Method, ownEmit ?? (process.emit as unknown as Method));
  defineProperty(process, 'emit', { value: emit, writable: true, configurable: true, enumerable: false });
}

class ExitWatch {
  /** An error that nobody has handled so far. */
  private fatal: { error: unknown } | undefined;
  private told = false;

  constructor(private readonly spool: Spool) {}

  around([name, first]: unknown[], original: () => unknown): unknown {
    switch (name) {
      case 'uncaughtExceptionMonitor':
        // Node emits this before all else, whether or not someone listens.
        this.fatal = apply(hasUncaughtExceptionCaptureCallback, process, []) ? undefined : { error: first };
        return original();
      case 'uncaughtException': {
        const handled = original();
        if (handled) this.fatal = undefined;
        return handled;
      }
      case 'exit':
        return this.exit(first, original);
      default:
        return original();
    }
  }

  private exit(code: unknown, original: () => unknown): unknown {
    const isFirst = !this.told && (process as { _exiting?: boolean })._exiting === true;
    if (isFirst) this.tellExiting(Number(code));
    const result = original();
    if (isFirst) this.spool.tell('exited', { code: Number(process.exitCode ?? code) });
    return result;
  }

  private tellExiting(code: number): void {
    this.told = true;
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

type ErrorFacts = Omit<Told<'thread-error'>, 'id'>;

/** Anything may be thrown; an object's own getters are not called. */
function errorFacts(error: unknown): ErrorFacts {
  if (!types.isNativeError(error) || types.isProxy(error)) {
    const isObject = typeof error === 'object' || typeof error === 'function';
    return { name: 'thrown value', message: isObject && error !== null ? 'an object' : String(error) };
  }
  const message: unknown = getOwnPropertyDescriptor(error, 'message')?.value;
  const stack = typeof error.stack === 'string' ? error.stack.slice(0, LONGEST_STACK) : '';
  const site = programSite(framesOfStack(stack));
  return {
    name: nameOf(error),
    message: typeof message === 'string' ? message : '',
    ...(stack ? { stack } : {}),
    ...(site ? { at: site } : {}),
  };
}

function nameOf(error: object): string {
  for (let object: object | null = error; object; object = getPrototypeOf(object) as object | null) {
    const name: unknown = getOwnPropertyDescriptor(object, 'name')?.value;
    if (typeof name === 'string') return name;
  }
  return 'Error';
}
