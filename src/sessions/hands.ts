// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import { callWorker, threadOf, type WorkerMethod } from '../transport/workerCalls';
import { withDevTools } from './devTools';
import { isSingleTarget } from './probeConfiguration';
import type { SessionStore } from './sessionStore';

/** A thread that does not answer so long runs without a turn of its loop, or is about to end. */
const ANSWERS_WITHIN_MS = 5_000;

export type { WorkerMethod };

interface Place {
  pid: number;
  id: number;
}

export class Hands implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  /** js-debug's sessions of single processes and threads, with what each stands for once that was asked. */
  private readonly targets = new Map<vscode.DebugSession, Promise<Place> | undefined>();

  constructor(private readonly sessions: SessionStore) {
    this.subscriptions = vscode.Disposable.from(
      vscode.debug.onDidStartDebugSession((session) => {
        if (isSingleTarget(session.configuration)) this.targets.set(session, undefined);
      }),
      vscode.debug.onDidTerminateDebugSession((session) => void this.targets.delete(session)),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /**
   * Does it in the thread that started the worker. Throws a HumanError that says why it cannot be done.
   * @param key of a thread of the session that is shown
   */
  async call(method: WorkerMethod, key: string): Promise<void> {
    const { thread, process } = this.find(key);
    const owner = await this.sessionOf({ pid: process.pid, id: ownerId(thread) });
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

  private async sessionOf(wanted: Place): Promise<vscode.DebugSession | undefined> {
    for (const session of this.targets.keys()) {
      const place = await this.placeOf(session);
      if (place?.pid === wanted.pid && place.id === wanted.id) return session;
    }
    return undefined;
  }

  /** Undefined where it does not answer, or not in time. */
  private async placeOf(session: vscode.DebugSession): Promise<Place | undefined> {
    const asked = this.targets.get(session) ?? withDevTools(session, threadOf);
    this.targets.set(session, asked);
    try {
      return await Promise.race([asked, setTimeout(ANSWERS_WITHIN_MS, undefined)]);
    } catch {
      if (this.targets.has(session)) this.targets.set(session, undefined); // asked again the next time
      return undefined;
    }
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
