// The process beside the extension host that follows one session: the host only passes on what it tells.
import { fork, type ChildProcess } from 'node:child_process';
import type { FollowOptions, FromFollower, ToFollower } from '../../protocol/followMessages';
import type { StacksAnswer } from '../../protocol/stacks';

/** What comes unasked. */
export type Told = Exclude<FromFollower, { kind: 'stacks' }>;

/** In this order; `ended` comes last, with a reason when it ended early. */
export interface FollowerListener {
  message(message: Told): void;
  ended(failure: string | undefined): void;
}

export class Follower {
  private readonly child: ChildProcess;
  private readonly asked = new Map<number, (answer: StacksAnswer | undefined) => void>();
  private requests = 0;
  private failure: string | undefined = 'the process that follows the program ended early';

  /** @param script path of the process's bundle */
  constructor(script: string, spool: string, options: FollowOptions, listener: FollowerListener) {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
    this.child = fork(script, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.child.on('message', (message: FromFollower) => {
      if (message.kind === 'over') this.failure = message.failed;
      if (message.kind === 'stacks') return this.answered(message);
      listener.message(message);
    });
    let said = '';
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    const end = (reason: string | undefined): void => {
      this.child.removeAllListeners();
      this.child.on('error', () => undefined); // one report is enough
      for (const resolve of this.asked.values()) resolve(undefined);
      listener.ended(reason && [reason, said.trim()].filter(Boolean).join(': '));
    };
    this.child.once('error', (error) => end(error.message));
    this.child.once('close', () => end(this.failure));
    this.post({ kind: 'follow', spool, options });
  }

  /** What cannot be sent is lost with the process, whose end is reported. */
  post(message: ToFollower): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Where the threads of a process are; undefined when that can no longer be told. */
  stacks(process: string): Promise<StacksAnswer | undefined> {
    const request = ++this.requests;
    return new Promise((resolve) => {
      if (!this.child.connected) return resolve(undefined);
      this.asked.set(request, resolve);
      this.post({ kind: 'stacks', request, process });
    });
  }

  private answered({ request, answer }: Extract<FromFollower, { kind: 'stacks' }>): void {
    this.asked.get(request)?.(answer);
    this.asked.delete(request);
  }

  /** Ends it as if the host had gone: it reads what is left. */
  dispose(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
