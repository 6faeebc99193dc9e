// What a generated program of Python does, as plain data: see program.py, which carries it out.

export type ThreadEnd = 'return' | 'exit' | 'exit-text' | 'error' | 'key-error';
export interface End {
  do: 'end';
  how: ThreadEnd;
  /** Of whom. */
  name: string;
  code?: number;
}
/** It waits for main's end, and then comes to its own. */
export type Outlive = Omit<End, 'do'> & { do: 'outlive' };

export const WAITS = [
  'event',
  'condition',
  'semaphore',
  'queue-get',
  'queue-put',
  'barrier',
  'lock',
  'future',
  'sleep',
] as const;
export const HANGS = [
  'event',
  'condition',
  'queue-get',
  'queue-join',
  'semaphore',
  'future',
  'lock',
  'items',
  'sleep',
  'loop',
] as const;
export type HangsIn = (typeof HANGS)[number];

export interface Starting {
  name: string;
  kind: 'function' | 'class' | 'raw';
  /** Absent: inherited. */
  daemon?: boolean;
}

export type Action =
  | ({ do: 'start' } & Starting)
  /** Started and joined. */
  | { do: 'flash'; name: string; daemon?: boolean; end: End }
  | { do: 'rendezvous'; name: string }
  | { do: 'tasks'; name: string; fails: boolean[]; reads: boolean }
  | { do: 'timer'; name: string; cancels: boolean }
  /** Of one that goes on: it times out. */
  | { do: 'join'; child: string }
  | { do: 'wait'; what: (typeof WAITS)[number] }
  | { do: 'rename'; to: string }
  | { do: 'at-exit'; number: number; does: 'nothing' | 'fail' }
  /** The callback starts a thread, for which nobody waits any more. */
  | { do: 'at-exit'; number: number; does: 'start'; name: string }
  /** An executor that is left to Python's own end. */
  | { do: 'pool'; name: string; outlives: boolean }
  /** A file that a global of main's module holds. */
  | { do: 'open-global'; number: number; file: string; bytes: number }
  /** A process with a thread, which ends abruptly. Main only. */
  | { do: 'fork'; code: number }
  | { do: 'survive'; how: ThreadEnd }
  | { do: 'look' }
  | { do: 'write'; to: 'stdout' | 'stderr'; count: number }
  /** From inside of which it heeds what follows. Not main: it would have to leave them to go on. */
  | { do: 'hold'; kind: 'lock' | 'rlock' }
  | { do: 'guard'; number: number }
  | { do: 'open'; file: string; bytes: number }
  /** It heeds nothing any more. */
  | { do: 'hang'; within: HangsIn }
  | End
  | Outlive
  /** The process ends. `kill` and `interrupt` by main only. */
  | { do: 'abrupt'; code: number }
  | { do: 'kill'; signal: 'SIGKILL' | 'SIGTERM' | 'SIGSEGV' }
  /** As by Ctrl-C, where main waits without a time limit when it is given. */
  | { do: 'interrupt'; within?: HangsIn };

export interface Step {
  /** Name of the thread that does it. */
  by: string;
  action: Action;
}

export interface Plan {
  seed: number;
  steps: Step[];
}
