// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import { profile, sampleStack, writeHeapSnapshot, type StackFrame } from '../transport/devTools/inspection';
import { callWorker, type WorkerMethod } from '../transport/devTools/workerCalls';
import type { DebuggerNotes } from './debuggerNotes';
import { withDevTools } from './devTools';
import type { SessionStore } from './sessionStore';
import { ANSWERS_WITHIN_MS, type Targets } from './targets';

/** How long a thread is profiled, in ms. */
const PROFILE_MS = 5_000;
/** Of more threads or frames a person reads none. */
const MOST_STACKS = 200;
const MOST_FRAMES = 200;

export type { WorkerMethod };

/** `failure`: why there is no stack. */
export interface ThreadStack {
  label: string;
  id: number;
  /** The debugger holds it. */
  paused: boolean;
  /** In what it stands still without turning its loop, as far as was told. */
  blocked?: string;
  /** Innermost first; none while it waits in its event loop. */
  frames?: StackFrame[];
  failure?: string;
}

export class Hands {
  constructor(
    private readonly sessions: SessionStore,
    private readonly targets: Targets,
    private readonly notes: DebuggerNotes,
    /** Path of its bundle. */
    private readonly probe: string,
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
    const asked = session.customRequest('pause', { threadId: await dapThread(session) });
    await answered(Promise.resolve(asked), thread.label);
  }

  /** Lets go a worker that the debugger holds. */
  async resume(key: string): Promise<void> {
    const { session, thread } = await this.own(key);
    const asked = session.customRequest('continue', { threadId: await dapThread(session) });
    await answered(Promise.resolve(asked), thread.label);
  }

  /** Where a thread is right now; of all that live when no key is given, also of those that cannot be asked. */
  async stacks(key?: string): Promise<ThreadStack[]> {
    const { snapshot } = this.sessions.chosen ?? {};
    const threads = key === undefined ? (snapshot?.threads ?? []).filter(isOwn) : [this.find(key, isOwn).thread];
    if (threads.length === 0) throw new HumanError(t('No thread lives in the session that is shown.'));
    return Promise.all(threads.slice(0, MOST_STACKS).map((thread) => this.stackOf(thread)));
  }

  /** The probe calls the runtime's functions in the program's place. */
  private isOurs({ url }: StackFrame): boolean {
    return url === this.probe || url === pathToFileURL(this.probe).href;
  }

  private async stackOf({ key, label, id, activity }: ThreadPicture): Promise<ThreadStack> {
    try {
      const { session } = await this.own(key, isOwn);
      const held = await framesOf(session).catch(() => undefined);
      const sampled = held ?? withDevTools(session, (send) => sampleStack(send, setTimeout));
      const frames = await answered(Promise.resolve(sampled), label);
      void this.notes.tell(session, 'stack');
      const blocked = activity?.blocked && { blocked: activity.blocked.what };
      return {
        label,
        id,
        paused: held !== undefined,
        ...blocked,
        frames: frames.filter((frame) => !this.isOurs(frame)),
      };
    } catch (error) {
      return { label, id, paused: false, failure: messageOf(error) };
    }
  }

  /** What it keeps in memory, to a new file in that folder; undefined when the person has cancelled. */
  async heapSnapshot(key: string, fileFor: (label: string) => string): Promise<string | undefined> {
    const { session, thread } = await this.own(key, isOwn);
    const title = t('Taking a heap snapshot of “{0}”. It stands still meanwhile.', thread.label);
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: false }, async () => {
      const file = fileFor(thread.label);
      await withDevTools(session, (send, listen) => writeHeapSnapshot(send, listen, file));
      void this.notes.tell(session, 'heap-snapshot');
      return file;
    });
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
      void this.notes.tell(session, 'profile');
      return cancelled.isCancellationRequested ? undefined : { label: thread.label, text };
    });
  }

  /** js-debug's session of the thread itself. */
  private async own(
    key: string,
    fits = canBeReached,
  ): Promise<{ session: vscode.DebugSession; thread: ThreadPicture }> {
    const { thread, process } = this.find(key, fits);
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

  private find(key: string, fits = canBeReached): { thread: ThreadPicture; process: ProcessPicture } {
    const snapshot: Snapshot | undefined = this.sessions.chosen?.snapshot;
    const thread = snapshot?.threads.find((one) => one.key === key);
    const process = snapshot?.processes.find((one) => one.key === thread?.process);
    if (!thread || !process) throw new HumanError(t('This thread is not known any more.'));
    if (thread.ended || process.over) throw new HumanError(t('“{0}” has ended already.', thread.label));
    if (!fits(thread))
      throw new HumanError(
        t('“{0}” is no worker that the program started: use the debugger’s own buttons.', thread.label),
      );
    return { thread, process };
  }
}

const canBeReached = ({ kind, ended }: ThreadPicture): boolean => kind === 'worker' && !ended;
/** A thread that the program knows of; loader hooks are the runtime's. */
const isOwn = ({ kind, ended }: ThreadPicture): boolean => kind !== 'loader-hooks' && !ended;

/** js-debug's sessions of single threads have one each. */
async function dapThread(session: vscode.DebugSession): Promise<number> {
  const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
  return threads[0]?.id ?? 1;
}

interface DapFrame {
  name: string;
  line: number;
  column: number;
  source?: { name?: string; path?: string };
}

/** Of a thread that the debugger holds, in the program's sources; rejects when it does not. */
async function framesOf(session: vscode.DebugSession): Promise<StackFrame[] | undefined> {
  const asked = { threadId: await dapThread(session), startFrame: 0, levels: MOST_FRAMES };
  const { stackFrames } = (await session.customRequest('stackTrace', asked)) as { stackFrames: DapFrame[] };
  if (stackFrames.length === 0) return undefined;
  return stackFrames.map(({ name, line, column, source }) => ({
    name: name.replace(/^global\./, ''),
    url: source?.path ?? source?.name ?? '',
    line,
    column,
  }));
}

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
