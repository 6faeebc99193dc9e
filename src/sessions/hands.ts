// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import { callWorker, profile, type WorkerMethod } from '../transport/workerCalls';
import { withDevTools } from './devTools';
import type { SessionStore } from './sessionStore';
import { ANSWERS_WITHIN_MS, type Targets } from './targets';

/** How long a thread is profiled, in ms. */
const PROFILE_MS = 5_000;

export type { WorkerMethod };

export class Hands {
  constructor(
    private readonly sessions: SessionStore,
    private readonly targets: Targets,
  ) {}

  /**
   * Does it in the thread that started the worker. Throws a HumanError that says why it cannot be done.
   * @param key of a thread of the session that is shown
   */
  async call(method: WorkerMethod, key: string): Promise<void> {
    const { thread, process } = this.find(key);
    const owner = await this.targets.find({ pid: process.pid, id: ownerId(thread) });
    if (!owner)
      throw new HumanError(
        t(
          'The debugger is not attached to the thread that started “{0}”, so it cannot be reached. Start the program with F5, not without debugging.',
          thread.label,
        ),
      );
    const called = await answered(
      withDevTools(owner, (send) => callWorker(send, thread.id, method)),
      thread.label,
    );
    if (called === 'gone') throw new HumanError(t('“{0}” has ended meanwhile.', thread.label));
  }

  /** The debugger holds it where it is, also in a loop without end. */
  async pause(key: string): Promise<void> {
    const { session, thread } = await this.own(key);
    const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
    await answered(Promise.resolve(session.customRequest('pause', { threadId: threads[0]?.id ?? 1 })), thread.label);
  }

  /** What it spends its time on, as the text of a .cpuprofile file; undefined when the person has cancelled. */
  async profile(key: string): Promise<{ label: string; text: string } | undefined> {
    const { session, thread } = await this.own(key);
    const title = t('Profiling “{0}” for {1} s…', thread.label, PROFILE_MS / 1000);
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (_, cancelled) => {
      const enough = Promise.race([
        setTimeout(PROFILE_MS),
        new Promise((resolve) => cancelled.onCancellationRequested(resolve)),
      ]);
      const text = await withDevTools(session, (send) => profile(send, enough));
      return cancelled.isCancellationRequested ? undefined : { label: thread.label, text };
    });
  }

  /** js-debug's session of the thread itself. */
  private async own(key: string): Promise<{ session: vscode.DebugSession; thread: ThreadPicture }> {
    const { thread, process } = this.find(key);
    const session = await this.targets.find({ pid: process.pid, id: thread.id });
    if (session) return { session, thread };
    throw new HumanError(
      t('The debugger is not attached to “{0}”. Start the program with F5, not without debugging.', thread.label),
    );
  }

  /** Living workers of the session that is shown. */
  get workers(): ThreadPicture[] {
    return (this.sessions.chosen?.snapshot.threads ?? []).filter((thread) => canBeReached(thread));
  }

  private find(key: string): { thread: ThreadPicture; process: ProcessPicture } {
    const snapshot: Snapshot | undefined = this.sessions.chosen?.snapshot;
    const thread = snapshot?.threads.find((one) => one.key === key);
    const process = snapshot?.processes.find((one) => one.key === thread?.process);
    if (!thread || !process) throw new HumanError(t('This thread is not known any more.'));
    if (thread.ended || process.over) throw new HumanError(t('“{0}” has ended already.', thread.label));
    if (!canBeReached(thread))
      throw new HumanError(
        t('“{0}” is no worker that the program started: use the debugger’s own buttons.', thread.label),
      );
    return { thread, process };
  }
}

const canBeReached = ({ kind, ended }: ThreadPicture): boolean => kind === 'worker' && !ended;

/** Thread ids are unique in a process; main is 0. */
const ownerId = ({ owner }: ThreadPicture): number =>
  owner === null ? 0 : Number(owner.slice(owner.lastIndexOf(':') + 1));

async function answered<T>(asked: Promise<T>, label: string): Promise<T> {
  const late = Symbol('late');
  try {
    const first = await Promise.race([asked, setTimeout(ANSWERS_WITHIN_MS, late)]);
    if (first !== late) return first;
  } catch (error) {
    throw new HumanError(t('“{0}” could not be reached: {1}.', label, messageOf(error)));
  }
  throw new HumanError(
    t(
      'The thread that started “{0}” does not answer: it runs without a turn of its loop. It will be done when it answers.',
      label,
    ),
  );
}
