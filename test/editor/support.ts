// What the tests inside VS Code share: sessions as their custom events tell them, and waiting for what happens.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE, Dap } from '../../src/protocol/adapterEvents';
import { stateIn, type TracksDelta, type TrackState } from '../../src/protocol/tracks';
import { applyDelta, type Delta, type Snapshot, type ThreadPicture } from '../../src/protocol/picture';

/** Longer than anything takes on a slow machine; reached only by a failure. */
const DEADLINE_MS = 80_000;

/** The project's root: test files are bundled to out/editor. */
export const ROOT = path.resolve(__dirname, '..', '..');
export const PROGRAMS = path.join(ROOT, 'test', 'programs', 'node');
/** Where tests leave pictures of the window for people to look at. */
export const SCREENSHOTS = path.join(ROOT, 'out', 'screenshots');
export const DEMO = path.join(PROGRAMS, 'demo');

/** Resolves when `look` gives something; it is asked again after each event. `seen` tells in an error what there was. */
export function until<T>(
  what: string,
  subscribe: (again: () => void) => vscode.Disposable[],
  look: () => T | undefined | false,
  seen: () => string = () => '',
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const done = (end: () => void): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      end();
    };
    const timer = setTimeout(
      () => done(() => reject(new Error(`${what} did not happen in time${seen()}`))),
      DEADLINE_MS,
    );
    const again = (): void => {
      const found = look();
      if (found !== undefined && found !== false) done(() => resolve(found));
    };
    const subscriptions = subscribe(again);
    queueMicrotask(again);
  });
}

/** Follows all debug sessions, of any type, and the pictures that ours tell. */
export class Sessions implements vscode.Disposable {
  readonly live = new Set<vscode.DebugSession>();
  readonly started: vscode.DebugSession[] = [];
  readonly pictures = new Map<string, Snapshot>();
  /** What threads do now, as far as was told, by their keys. */
  readonly states = new Map<string, TrackState>();
  /** `stopped` events, with the session that sent them. */
  readonly stops: { session: vscode.DebugSession; threadId: number }[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];

  constructor() {
    this.subscriptions = [
      vscode.debug.onDidStartDebugSession((session) => {
        this.live.add(session);
        this.started.push(session);
        this.changed.fire();
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        this.live.delete(session);
        this.changed.fire();
      }),
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
        const old = this.pictures.get(session.id);
        if (event === Dap.snapshot) this.pictures.set(session.id, body as Snapshot);
        if (event === Dap.tracks) this.keepStates(body as TracksDelta);
        if (event === Dap.delta && old) this.pictures.set(session.id, applyDelta(old, body as Delta) ?? old);
        this.changed.fire();
      }),
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message: { event?: string; body?: { threadId: number } }) => {
            if (message.event !== 'stopped') return;
            this.stops.push({ session, threadId: message.body!.threadId });
            this.changed.fire();
          },
        }),
      }),
    ];
  }

  private keepStates({ tracks }: TracksDelta): void {
    for (const { thread, codes } of tracks) if (codes.length > 0) this.states.set(thread, stateIn(codes.at(-1)!));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    return until(
      what,
      (again) => [this.changed.event(again)],
      look,
      () => `: ${this.seen()}`,
    );
  }

  /** For messages of failures. */
  seen(): string {
    const { started, live, picture } = this;
    const sessions = started.map((session) => `${session.type} ${session.name}${live.has(session) ? '' : ' (ended)'}`);
    const threads = picture?.threads.map(({ label, ended }) => `${label} ${ended?.by ?? 'alive'}`);
    const shown = threads ? `revision ${picture!.revision} of ${threads.join(', ')}` : 'no picture';
    return `${sessions.join(', ') || 'no session'}; ${shown}`;
  }

  /** The session of our type that started last. */
  get own(): vscode.DebugSession | undefined {
    return this.started.filter((session) => session.type === DEBUG_TYPE).at(-1);
  }

  get picture(): Snapshot | undefined {
    return this.own && this.pictures.get(this.own.id);
  }

  thread(label: RegExp): ThreadPicture | undefined {
    return this.picture?.threads.find((thread) => label.test(thread.label));
  }

  allEnded(): Promise<true> {
    return this.until('the end of all sessions', () => this.live.size === 0);
  }
}

/** Runs a debug configuration of our type; false when VS Code refused. */
export const start = (
  configuration: Partial<vscode.DebugConfiguration>,
  options: vscode.DebugSessionOptions = {},
): Thenable<boolean> =>
  vscode.debug.startDebugging(
    vscode.workspace.workspaceFolders?.[0],
    { type: DEBUG_TYPE, request: 'launch', name: 'Test', skipFiles: ['<node_internals>/**'], ...configuration },
    options,
  );

export const program = (name: string): string => path.join(PROGRAMS, name);
