// What is to be known of a debugger, and what it can do to the threads of a program. Each debugger has a folder;
// debuggers.ts lists them.
import type * as vscode from 'vscode';
import type { DebuggerNote } from '../../protocol/adapterEvents';
import type { DeedKind } from '../../protocol/probeEvents';
import type { ActivitySettings } from '../../protocol/spool';
import type { Attached } from '../../transport/devTools/attach';
import type { StackFrame } from '../../transport/devTools/inspection';
import type { Called, WorkerMethod } from '../../transport/devTools/workerCalls';
import type { Probe } from '../../transport/probes/probe';
import type { ThreadId } from '../../transport/threadId';
import type { Namesake, Sought } from './namesakes';

/** What a person can have done to a thread. */
export type Hand = WorkerMethod | 'pause' | 'resume' | DeedKind;

export interface Stack {
  /** The debugger holds the thread. */
  held: boolean;
  /** Innermost first; none while it waits in its event loop. */
  frames: StackFrame[];
}

/** A thread that the debugger is attached to. What a debugger cannot do at all is absent. */
export interface ThreadControls {
  session: vscode.DebugSession;
  /** Holds it where it is, also in a loop without end. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stack(): Promise<Stack>;
  /** Calls a method of a worker that this thread has started. */
  callWorker?: (id: number, method: WorkerMethod) => Promise<Called>;
  /**
   * The text of a .cpuprofile file.
   * @param enough resolves when it is enough
   */
  profile?: (enough: Promise<unknown>) => Promise<string>;
  /**
   * Writes it to a new file.
   * @param reached called with the thread's first answer: the snapshot itself takes as long as it takes
   */
  heapSnapshot?: (file: string, reached: (answer: Promise<unknown>) => Promise<unknown>) => Promise<void>;
}

/** What the debugger did to a thread, as soon as it is known. */
export interface ThreadEvent {
  did: DebuggerNote['did'];
  /** With `named`: what the debugger calls it. */
  name?: string;
  /** `all` of a process, where the debugger does it to none alone. Undefined where the session stands for no thread, or does not answer. */
  thread: Promise<{ pid: number; id: number | 'all' } | undefined>;
}

/** As a debugger without our ids knows a thread. */
export type NamedThread = { pid: number } & Namesake;

/** A program that ran before the debugger came to it. */
export interface AttachedProgram {
  /** The session that a person sees as the program's. */
  root: vscode.DebugSession;
  title: string;
  /** A terminal may have started it; its process, where that is known. */
  inTerminal?: { pid: Promise<number | undefined> };
  /** What a person is told when the probe is in, and when it does not run on that version of the runtime. */
  texts: { attached: () => string; failed: () => string };
  /** Brings the probe in. Rejects when that cannot be done. */
  attach: (spool: string, settings: ActivitySettings) => Promise<Attached>;
}

/** Has one debugger hold the next thread that starts at its first line. */
export interface StartBreak extends vscode.Disposable {
  /** Fires when it holds one, and when a person took it back by the debugger's own means. */
  readonly onDidHold: vscode.Event<void>;
  /** Returns whether it may come to hold one. */
  arm(): Promise<boolean>;
  disarm(): void;
}

export interface Debugger extends vscode.Disposable {
  /** Types of its debug sessions. */
  readonly types: readonly string[];
  /** Of the programs that it debugs. */
  readonly runtime: Probe['runtime'];
  /** What it can do; the rest is absent from menus. */
  readonly hands: readonly Hand[];
  /** Whether a session with this configuration stands for a part of another session's program. */
  isPart(configuration: vscode.DebugConfiguration): boolean;
  /** Whether who stops this session means the program of `root`, and not a part of it. */
  endsProgram(session: vscode.DebugSession, root: vscode.DebugSession): boolean;
  /** Its session of that id, of a process or thread that runs. */
  sessionOf(id: string): vscode.DebugSession | undefined;
  /**
   * The thread that one of its sessions stands for; undefined where it is none of a single thread, or does not answer.
   * @param row the debugger's own number of one of its threads
   */
  threadOf(session: vscode.DebugSession, row?: number): Promise<ThreadId | NamedThread | undefined>;
  /** Undefined where it is not attached to that thread. */
  find(thread: Sought): Promise<ThreadControls | undefined>;
  /** Listens to a session; undefined where that stands for no thread. */
  watch(session: vscode.DebugSession, tell: (event: ThreadEvent) => void): vscode.DebugAdapterTracker | undefined;
  /** Undefined where the session is not one for the main thread of such a program. */
  attachedProgram(session: vscode.DebugSession): AttachedProgram | undefined;
}
