// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../../protocol/picture';
import type { StackFrame } from '../../transport/devTools/inspection';
import type { DeedKind } from '../../protocol/probeEvents';
import type { WorkerMethod } from '../../transport/devTools/workerCalls';
import type { ThreadId } from '../../transport/threadId';
import { ANSWERS_WITHIN_MS, answered, nameOf, notAttached, whoIsAsked, type Asked } from '../debuggers/asking';
import type { Hand, ThreadControls } from '../debuggers/debugger';
import type { Debuggers } from '../debuggers/debuggers';
import { namesakeOf } from '../debuggers/namesakes';
import type { DebuggerNotes } from './debuggerNotes';
import type { ShownSessions } from '../together/shownSessions';

/** How long a thread is profiled, in ms. */
const PROFILE_MS = 5_000;
/** Of more threads a person reads none. */
const MOST_STACKS = 200;

export type { WorkerMethod };

/** `failure`: why there is no stack. */
export interface ThreadStack {
  label: string;
  id: number;
  /** The debugger holds it. */
  paused: boolean;
  /** The call that blocks it, as far as was reported. */
  blocked?: string;
  /** Innermost first; none while it waits in its event loop. */
  frames?: StackFrame[];
  failure?: string;
}

export class Hands {
  constructor(
    private readonly sessions: Pick<ShownSessions, 'shown' | 'titleOf'>,
    private readonly debuggers: Debuggers,
    private readonly notes: DebuggerNotes,
  ) {}

  /**
   * Does it in the thread that started the worker. Throws a HumanError that says why it cannot be done.
   * @param key of a thread that is shown
   */
  async call(method: WorkerMethod, key: string): Promise<void> {
    const { controls, thread, asked } = await this.reach(method, key);
    const called = await answered(able(controls.callWorker, asked)(thread.id, method), asked);
    if (called === 'gone') throw new HumanError(t('“{0}” has ended in the meantime.', nameOf(thread)));
  }

  /** The debugger holds it where it is, also in a loop without end. */
  async pause(key: string): Promise<void> {
    const { controls, asked } = await this.reach('pause', key);
    await answered(controls.pause(), asked);
  }

  /** Lets go a worker that the debugger holds. */
  async resume(key: string): Promise<void> {
    const { controls, asked } = await this.reach('resume', key);
    await answered(controls.resume(), asked);
  }

  /** Where a thread is right now; of all that live when no key is given, also of those that cannot be asked. */
  async stacks(key?: string): Promise<ThreadStack[]> {
    const { snapshot } = this.sessions.shown ?? {};
    const threads = key === undefined ? (snapshot?.threads ?? []).filter(isOwn) : [this.find(key, isOwn).thread];
    if (threads.length === 0) throw new HumanError(t('No thread is alive in the session shown.'));
    return Promise.all(threads.slice(0, MOST_STACKS).map((thread) => this.stackOf(thread)));
  }

  private async stackOf({ key, label, id, activity }: ThreadPicture): Promise<ThreadStack> {
    try {
      const reached = await this.reach('stack', key, isOwn);
      const { held, frames } = await answered(reached.controls.stack(), reached.asked);
      this.note(reached, 'stack');
      const blocked = activity?.blocked && { blocked: activity.blocked.what };
      return { label, id, paused: held, ...blocked, frames };
    } catch (error) {
      return { label, id, paused: false, failure: messageOf(error) };
    }
  }

  /** What it keeps in memory, to a new file in that folder; undefined when the person has cancelled. */
  async heapSnapshot(key: string, fileFor: (label: string) => string): Promise<string | undefined> {
    const reached = await this.reach('heap-snapshot', key, isOwn);
    const { controls, thread, asked } = reached;
    const write = able(controls.heapSnapshot, asked);
    const title = t('Taking a heap snapshot of “{0}”. The thread does not run meanwhile.', nameOf(thread));
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: false }, async () => {
      const file = fileFor(thread.label);
      await write(file, (answer) => answered(answer, asked));
      this.note(reached, 'heap-snapshot');
      return file;
    });
  }

  /** What it spends its time on, as the text of a .cpuprofile file; undefined when the person has cancelled. */
  async profile(key: string): Promise<{ label: string; text: string } | undefined> {
    const reached = await this.reach('profile', key);
    const { controls, thread, asked } = reached;
    const profile = able(controls.profile, asked);
    const title = t('Profiling “{0}” for {1} s…', nameOf(thread), PROFILE_MS / 1000);
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (_, cancelled) => {
      const enough = Promise.race([
        setTimeout(PROFILE_MS),
        new Promise((resolve) => cancelled.onCancellationRequested(resolve)),
      ]);
      const text = await answered(profile(enough), asked, PROFILE_MS + ANSWERS_WITHIN_MS);
      this.note(reached, 'profile');
      return cancelled.isCancellationRequested ? undefined : { label: thread.label, text };
    });
  }

  /** The thread that is asked for it. Throws a HumanError where the debugger is not attached to it. */
  private async reach(hand: Hand, key: string, fits = canBeReached): Promise<Reached> {
    const { thread, process, threads } = this.find(key, fits);
    const asked = whoIsAsked(hand, thread, threads);
    const id = { pid: process.pid, id: asked.id };
    const living = threads.filter((one) => one.process === process.key && !one.ended).sort(byStart);
    const controls = await this.debuggers.find({ ...id, ...namesakeOf(asked.id, living) });
    if (!controls) throw notAttached(asked);
    return { controls, id, thread, asked };
  }

  private note({ controls, id }: Reached, did: DeedKind): void {
    void this.notes.tell(controls.session, { did, thread: Promise.resolve(id) });
  }

  /** Living workers of what is shown; `session`: the title of theirs, where several are shown together. */
  get workers(): { thread: ThreadPicture; session: string | undefined }[] {
    return (this.sessions.shown?.snapshot.threads ?? [])
      .filter((thread) => canBeReached(thread))
      .map((thread) => ({ thread, session: this.sessions.titleOf(thread.process) }));
  }

  private find(
    key: string,
    fits = canBeReached,
  ): { thread: ThreadPicture; process: ProcessPicture; threads: ThreadPicture[] } {
    const snapshot: Snapshot | undefined = this.sessions.shown?.snapshot;
    const thread = snapshot?.threads.find((one) => one.key === key);
    const process = snapshot?.processes.find((one) => one.key === thread?.process);
    if (!thread || !process) throw new HumanError(t('This thread is no longer known.'));
    if (thread.ended || process.over) throw new HumanError(t('“{0}” has already ended.', nameOf(thread)));
    if (!fits(thread))
      throw new HumanError(
        t('“{0}” is not a worker that the program started. Use the debugger’s own buttons.', nameOf(thread)),
      );
    return { thread, process, threads: snapshot!.threads };
  }
}

interface Reached {
  controls: ThreadControls;
  id: ThreadId;
  /** The one that it is about. */
  thread: ThreadPicture;
  asked: Asked;
}

/** Throws a HumanError where the debugger has no such control. */
function able<T>(control: T | undefined, { label }: Asked): T {
  if (control) return control;
  throw new HumanError(t('The debugger of “{0}” cannot do this.', label));
}

const byStart = (a: ThreadPicture, b: ThreadPicture): number => a.id - b.id;
const canBeReached = ({ kind, ended }: ThreadPicture): boolean => kind === 'worker' && !ended;
/** A thread that the program knows of; loader hooks are the runtime's. */
const isOwn = ({ kind, ended }: ThreadPicture): boolean => kind !== 'loader-hooks' && !ended;
