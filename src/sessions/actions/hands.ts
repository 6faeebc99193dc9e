// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../../protocol/picture';
import { placeNow } from '../../model/conclusions/waiting/placeNow';
import type { StacksAnswer } from '../../protocol/stacks';
import type { StackFrame } from '../../transport/devTools/inspection';
import type { DeedKind, Site } from '../../protocol/probeEvents';
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
  /** The call that it is in, where its process told that. */
  within?: string;
  /** Innermost first; none while it waits in its event loop. */
  frames?: StackFrame[];
  failure?: string;
}

/** Asks programs themselves, of a session by its id and a process by its key; undefined where nobody can. */
export type AskProgram = (session: string, process: string) => Promise<StacksAnswer | undefined>;

export class Hands {
  constructor(
    private readonly sessions: Pick<ShownSessions, 'shown' | 'titleOf' | 'sessionOf'>,
    private readonly debuggers: Debuggers,
    private readonly notes: DebuggerNotes,
    private readonly ask: AskProgram,
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

  /**
   * Where a thread is right now; of all that live when no key is given, also of those that cannot be asked. Where no debugger
   * is attached the program's probe is asked.
   */
  async stacks(key?: string): Promise<ThreadStack[]> {
    const { snapshot } = this.sessions.shown ?? {};
    const threads = key === undefined ? (snapshot?.threads ?? []).filter(isOwn) : [this.find(key, isOwn).thread];
    if (threads.length === 0) throw new HumanError(t('No thread is alive in the session shown.'));
    const answers = new Map<string, Promise<StacksAnswer | undefined>>();
    const ask = (process: string): Promise<StacksAnswer | undefined> => {
      if (!answers.has(process)) answers.set(process, this.askProbe(process));
      return answers.get(process)!;
    };
    return Promise.all(threads.slice(0, MOST_STACKS).map((thread) => this.stackOf(thread, ask)));
  }

  private async stackOf(thread: ThreadPicture, ask: typeof this.askProbe): Promise<ThreadStack> {
    const { key, label, id, activity } = thread;
    try {
      const reached = await this.reachable('stack', key, isOwn);
      const { controls, asked } = reached;
      if (!controls) return await this.toldStack(reached, ask);
      const { held, frames } = await answered(controls.stack(), asked);
      this.note({ ...reached, controls }, 'stack');
      const blocked = activity?.blocked && { blocked: activity.blocked.what };
      return { label, id, paused: held, ...blocked, frames };
    } catch (error) {
      return { label, id, paused: false, failure: messageOf(error) };
    }
  }

  private async toldStack({ thread, process, asked }: Sought, ask: typeof this.askProbe): Promise<ThreadStack> {
    const answer = await ask(process.key);
    if (!answer) throw notAttached(asked);
    if ('failure' in answer) throw new HumanError(answer.failure);
    const { label, id } = thread;
    const { isIdle, waitsIn, within, frames } = placeNow(thread, process, answer.stacks);
    const told = { label, id, paused: false, ...(waitsIn === undefined ? {} : { blocked: waitsIn }) };
    if (frames) return { ...told, ...(within === undefined ? {} : { within }), frames: frames.map(frameAt) };
    return isIdle ? { ...told, frames: [] } : { ...told, failure: t('what it does is not known') };
  }

  /** Undefined where nobody would answer: before its first thread a program has nobody who looks for requests. */
  private async askProbe(process: string): Promise<StacksAnswer | undefined> {
    const threads = this.sessions.shown?.snapshot.threads ?? [];
    const session = this.sessions.sessionOf(process);
    const isAnswered = threads.some((thread) => thread.process === process && canBeReached(thread));
    return session !== undefined && isAnswered ? this.ask(session, process) : undefined;
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
    const { controls, ...sought } = await this.reachable(hand, key, fits);
    if (!controls) throw notAttached(sought.asked);
    return { ...sought, controls };
  }

  private async reachable(hand: Hand, key: string, fits: (thread: ThreadPicture) => boolean): Promise<Sought> {
    const { thread, process, threads } = this.find(key, fits);
    const asked = whoIsAsked(hand, thread, threads);
    const id = { pid: process.pid, id: asked.id };
    const living = threads.filter((one) => one.process === process.key && !one.ended).sort(byStart);
    const controls = await this.debuggers.find({ ...id, ...namesakeOf(asked.id, living) });
    return { controls, id, thread, process, asked };
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

/** `controls`: undefined where no debugger is attached to the thread. */
interface Sought {
  controls: ThreadControls | undefined;
  id: ThreadId;
  /** The one that it is about. */
  thread: ThreadPicture;
  process: ProcessPicture;
  asked: Asked;
}
type Reached = Sought & { controls: ThreadControls };

const frameAt = ({ function: name, file, line, column }: Site): StackFrame => ({
  name: name ?? '',
  url: file,
  line,
  column,
});

/** Throws a HumanError where the debugger has no such control. */
function able<T>(control: T | undefined, { label }: Asked): T {
  if (control) return control;
  throw new HumanError(t('The debugger of “{0}” cannot do this.', label));
}

const byStart = (a: ThreadPicture, b: ThreadPicture): number => a.id - b.id;
const canBeReached = ({ kind, ended }: ThreadPicture): boolean => kind === 'worker' && !ended;
/** A thread that the program knows of; loader hooks are the runtime's. */
const isOwn = ({ kind, ended }: ThreadPicture): boolean => kind !== 'loader-hooks' && !ended;
