// What a person does to threads of a program under debug, through the debugger that is attached to it.
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { HumanError, messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import { sampleStack, writeHeapSnapshot, type StackFrame } from '../transport/inspection';
import { callWorker, profile, type WorkerMethod } from '../transport/workerCalls';
import { ANSWERS_WITHIN_MS, answered, nameOf, notAttached, whoIsAsked, type Asked, type Hand } from './asking';
import type { DebuggerNotes } from './debuggerNotes';
import { withDevTools } from './devTools';
import type { SessionStore } from './sessionStore';
import type { Targets } from './targets';

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
    const { session, thread, asked } = await this.reach(method, key);
    const called = await answered(
      withDevTools(session, (send) => callWorker(send, thread.id, method)),
      asked,
    );
    if (called === 'gone') throw new HumanError(t('“{0}” has ended meanwhile.', nameOf(thread)));
  }

  /** The debugger holds it where it is, also in a loop without end. */
  async pause(key: string): Promise<void> {
    const { session, asked } = await this.reach('pause', key);
    await answered(toDebugger(session, 'pause'), asked);
  }

  /** Lets go a worker that the debugger holds. */
  async resume(key: string): Promise<void> {
    const { session, asked } = await this.reach('resume', key);
    await answered(toDebugger(session, 'continue'), asked);
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
      const { session, asked } = await this.reach('stack', key, isOwn);
      const { held, frames } = await answered(stackIn(session), asked);
      void this.notes.tell(session, 'stack');
      const blocked = activity?.blocked && { blocked: activity.blocked.what };
      return {
        label,
        id,
        paused: held,
        ...blocked,
        frames: frames.filter((frame) => !this.isOurs(frame)),
      };
    } catch (error) {
      return { label, id, paused: false, failure: messageOf(error) };
    }
  }

  /** What it keeps in memory, to a new file in that folder; undefined when the person has cancelled. */
  async heapSnapshot(key: string, fileFor: (label: string) => string): Promise<string | undefined> {
    const { session, thread, asked } = await this.reach('heap-snapshot', key, isOwn);
    const title = t('Taking a heap snapshot of “{0}”. It stands still meanwhile.', nameOf(thread));
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: false }, async () => {
      const file = fileFor(thread.label);
      await withDevTools(session, async (send, listen) => {
        await answered(send('HeapProfiler.enable', {}), asked); // the snapshot itself takes as long as it takes
        await writeHeapSnapshot(send, listen, file);
      });
      void this.notes.tell(session, 'heap-snapshot');
      return file;
    });
  }

  /** What it spends its time on, as the text of a .cpuprofile file; undefined when the person has cancelled. */
  async profile(key: string): Promise<{ label: string; text: string } | undefined> {
    const { session, thread, asked } = await this.reach('profile', key);
    const title = t('Profiling “{0}” for {1} s…', nameOf(thread), PROFILE_MS / 1000);
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (_, cancelled) => {
      const enough = Promise.race([
        setTimeout(PROFILE_MS),
        new Promise((resolve) => cancelled.onCancellationRequested(resolve)),
      ]);
      const text = await answered(
        withDevTools(session, (send) => profile(send, enough)),
        asked,
        PROFILE_MS + ANSWERS_WITHIN_MS,
      );
      void this.notes.tell(session, 'profile');
      return cancelled.isCancellationRequested ? undefined : { label: thread.label, text };
    });
  }

  /** js-debug's session of the thread that is asked for it. Throws a HumanError where there is none. */
  private async reach(
    hand: Hand,
    key: string,
    fits = canBeReached,
  ): Promise<{ session: vscode.DebugSession; thread: ThreadPicture; asked: Asked }> {
    const { thread, process, threads } = this.find(key, fits);
    const asked = whoIsAsked(hand, thread, threads);
    const session = await this.targets.find({ pid: process.pid, id: asked.id });
    if (!session) throw notAttached(asked);
    return { session, thread, asked };
  }

  /** Living workers of the session that is shown. */
  get workers(): ThreadPicture[] {
    return (this.sessions.chosen?.snapshot.threads ?? []).filter((thread) => canBeReached(thread));
  }

  private find(
    key: string,
    fits = canBeReached,
  ): { thread: ThreadPicture; process: ProcessPicture; threads: ThreadPicture[] } {
    const snapshot: Snapshot | undefined = this.sessions.chosen?.snapshot;
    const thread = snapshot?.threads.find((one) => one.key === key);
    const process = snapshot?.processes.find((one) => one.key === thread?.process);
    if (!thread || !process) throw new HumanError(t('This thread is not known any more.'));
    if (thread.ended || process.over) throw new HumanError(t('“{0}” has ended already.', nameOf(thread)));
    if (!fits(thread))
      throw new HumanError(
        t('“{0}” is no worker that the program started: use the debugger’s own buttons.', nameOf(thread)),
      );
    return { thread, process, threads: snapshot!.threads };
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

async function toDebugger(session: vscode.DebugSession, command: 'pause' | 'continue'): Promise<void> {
  await session.customRequest(command, { threadId: await dapThread(session) });
}

/** Where its thread is, and whether the debugger holds it there. */
async function stackIn(session: vscode.DebugSession): Promise<{ held: boolean; frames: StackFrame[] }> {
  const frames = await framesOf(session).catch(() => undefined);
  if (frames) return { held: true, frames };
  return { held: false, frames: await withDevTools(session, (send) => sampleStack(send, setTimeout)) };
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
