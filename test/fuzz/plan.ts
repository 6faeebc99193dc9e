// What a generated program does, as plain data: one step after the other, each finished before the next begins; only
// those that say so have several threads at work at once. So what it prints, and what must be seen of it, is known.

/** How a worker is started. */
export interface Start {
  source: 'file' | 'eval' | 'module' | 'data';
  env?: 'empty' | 'shared';
  execArgv?: true;
  stdout?: true;
  argv?: true;
  limits?: true;
}

export interface Starting {
  name: string;
  how: Start;
}

/** By which a thread lets its loop run dry; all the same in main. */
export type Return = { do: 'return'; by: 'close' | 'unref' | 'off' };
/** Without a code it takes that of `process.exitCode`. */
export type Exit = { do: 'exit'; code?: number };
export type Fail = { do: 'throw'; value: 'error' | 'string' | 'null' | 'object' } | { do: 'reject' };

export type AtExit =
  | { does: 'nothing' }
  | { does: 'ref'; child: string }
  | { does: 'post'; count: number }
  | { does: 'post-down'; child: string; count: number }
  /** It chooses another code by `process.exitCode`, or by an exit of its own, after which no other handler runs. */
  | { does: 'code' | 'exit'; code: number };

/** What a thread does in a step. `child` and `name` are workers, by the names that the generator gives them. */
export type Action =
  | ({ do: 'start' } & Starting)
  /** All at once. */
  | { do: 'crowd'; workers: Starting[] }
  /** Started and terminated in one breath. */
  | ({ do: 'flash' } & Starting)
  /** Started to post to an owner that never listens, and to end. */
  | ({ do: 'mute'; count: number } & Starting)
  /** The same, but its module awaits what never comes. */
  | ({ do: 'unsettled'; count: number } & Starting)
  /** The same, and it waits by `Atomics.waitAsync` for what never comes. */
  | ({ do: 'dangle'; count: number } & Starting)
  | { do: 'ref' | 'unref'; child: string }
  | { do: 'terminate'; child: string; twice?: true }
  | { do: 'post'; child: string; count: number }
  | { do: 'post-up'; count: number }
  /** Messages to main that are nested too deep for its stack. */
  | { do: 'post-deep'; count: number }
  /** To a worker whose end it has heard of. */
  | { do: 'post-gone'; gone: string; count: number }
  /** It and all children at once: messages both ways, waits and writes. */
  | { do: 'storm'; children: string[]; count: number }
  /** Messages from a child, on a channel of which it gets one port. */
  | { do: 'channel'; child: string; count: number }
  /** Messages from one child to another, on a channel of which each gets a port. */
  | { do: 'link'; from: string; to: string; count: number }
  /** Messages from a child while nobody listens: they come once somebody does. */
  | { do: 'deafen'; child: string; count: number }
  /** One message from a child, for which it listens once. */
  | { do: 'once'; child: string }
  | { do: 'listen' | 'unlisten' }
  | { do: 'broadcast'; count: number }
  | { do: 'wait' | 'sleep'; ms: number }
  /** Waits without blocking: until it is woken, or for ever. */
  | { do: 'wait-async'; wakes: boolean }
  /** Where Node has them. It keeps it, or gives it back before the next step. */
  | { do: 'lock'; name: string; mode: 'exclusive' | 'shared'; keeps: boolean }
  | { do: 'write'; way: 'callback' | 'promise' | 'stream' | 'synchronous'; bytes: number }
  /** Writes to a file that it does not close. */
  | { do: 'keep-open'; file: string; bytes: number }
  | { do: 'print'; to: 'stdout' | 'stderr'; count: number }
  | { do: 'look' }
  | { do: 'exit-code'; code: number }
  | ({ do: 'exit-handler' } & AtExit)
  /** An error that it handles. */
  | { do: 'survive'; error: 'throw' | 'reject' }
  /** It waits for ever, and does nothing any more. */
  | { do: 'hang'; write?: { way: 'callback' | 'promise' | 'stream'; file: string; bytes: number } }
  /** Children end themselves, all at once. */
  | { do: 'disband'; ends: { child: string; end: Return | Exit | Fail }[] }
  | Return
  | Exit
  | Fail
  /** Main only, as all that follow. The last one is that of a crash. */
  | { do: 'kill'; signal: 'SIGKILL' | 'SIGTERM' | 'SIGSEGV' }
  /** Starts a daemon, posts to it, listens for its answer, and lets its loop run dry before that can come. */
  | ({ do: 'ask' } & Starting)
  /** Waits in a call for workers, which wait for messages, until somebody kills the process. */
  | { do: 'deadlock' };

/** `path`: the workers from main down to the one that does it; empty for main. */
export interface Step {
  path: string[];
  action: Action;
}

export interface Plan {
  seed: number;
  steps: Step[];
}

/** Those after which the thread is no more. */
export const ENDS: ReadonlySet<Action['do']> = new Set([
  'return',
  'exit',
  'throw',
  'reject',
  'kill',
  'ask',
  'deadlock',
]);

/** Every tenth message of a storm comes after a wait. */
export const waitsIn = ({ count }: { count: number }): number => Math.floor(count / 10);
