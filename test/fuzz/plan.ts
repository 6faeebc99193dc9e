// What a generated program does, as plain data: one step after the other, each in one thread, each finished before the
// next begins. So what such a program prints, and what must be seen of it, is known beforehand.

/** How a worker is started. */
export interface Start {
  source: 'file' | 'eval' | 'module' | 'data';
  env?: 'empty' | 'shared';
  execArgv?: true;
  stdout?: true;
  argv?: true;
  limits?: true;
}

/** What a thread does in a step. `child` and `name` are workers, by the names that the generator gives them. */
export type Action =
  | { do: 'start'; name: string; how: Start }
  | { do: 'ref' | 'unref' | 'terminate'; child: string }
  | { do: 'post'; child: string; count: number }
  | { do: 'post-up'; count: number }
  | { do: 'channel'; child: string; count: number }
  | { do: 'listen' }
  | { do: 'broadcast'; count: number }
  | { do: 'wait'; ms: number }
  | { do: 'write'; way: 'callback' | 'promise' | 'stream' | 'synchronous'; bytes: number }
  | { do: 'look' }
  | { do: 'exit-handler'; refs?: string }
  /** It waits for ever, and does nothing any more. */
  | { do: 'hang'; writing: boolean }
  /** It ends itself. */
  | { do: 'return' }
  | { do: 'exit'; code: number }
  | { do: 'throw' | 'reject' }
  /** Main only. */
  | { do: 'kill'; signal: 'SIGKILL' | 'SIGTERM' };

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
export const ENDS: ReadonlySet<Action['do']> = new Set(['return', 'exit', 'throw', 'reject', 'kill']);
