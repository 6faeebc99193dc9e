// "Break on Next Worker or Thread Start" under js-debug: breakpoints on the first line of every script that may run as a
// worker, until one of them holds a worker. js-debug gives a worker its breakpoints before it lets it run, so none gets past;
// a request to pause it would come too late. Of workers that start at once all have the breakpoint: the condition lets the
// first of them claim it.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { JS_DEBUG_TYPES } from '../../../transport/probes/node/jsDebugConfiguration';
import type { ShownSessions } from '../../together/shownSessions';
import type { StartBreak } from '../debugger';
import { firstWorker } from './firstWorker';

export class JsDebugStartBreak implements StartBreak {
  private armed: vscode.SourceBreakpoint[] = [];
  /** Of the worker that is held; another one each time it is armed. */
  private claim = '';
  private times = 0;
  /** Scripts that were given one since it was armed: one that the person removes stays away. */
  private readonly given = new Set<string>();
  private readonly held = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;

  readonly onDidHold = this.held.event;

  /**
   * @param scripts paths of those that the sources start as workers
   * @param folder for claims
   */
  constructor(
    private readonly sessions: Pick<ShownSessions, 'shown' | 'onDidChange'>,
    private readonly scripts: () => Promise<string[]>,
    private readonly folder: string,
  ) {
    this.subscriptions = vscode.Disposable.from(
      this.held,
      ...JS_DEBUG_TYPES.map((type) =>
        vscode.debug.registerDebugAdapterTrackerFactory(type, {
          createDebugAdapterTracker: (session) => ({
            onDidSendMessage: (message: Message) => void this.heard(session, message),
          }),
        }),
      ),
      vscode.debug.onDidChangeBreakpoints(({ removed }) => this.forget(removed)),
      sessions.onDidChange(({ kind }) => kind === 'delta' && this.armed.length > 0 && this.add(this.scriptsOfRun())),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** False where no script is known. */
  async arm(): Promise<boolean> {
    this.beginClaim();
    this.add([...this.scriptsOfRun(), ...(await this.scripts())]);
    return this.armed.length > 0;
  }

  disarm(): void {
    const { armed } = this;
    this.armed = [];
    this.given.clear();
    vscode.debug.removeBreakpoints(armed);
  }

  /** The last claim stays until now: workers may have met their breakpoint after it was taken away. */
  private beginClaim(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.claim = path.join(this.folder, `${process.pid}-${++this.times}`);
  }

  private scriptsOfRun(): string[] {
    const { snapshot } = this.sessions.shown ?? {};
    return (snapshot?.threads ?? []).flatMap(({ kind, file }) => (kind === 'worker' && file ? [file] : []));
  }

  /** Scripts that have one already, or a breakpoint of the person’s own there, are left as they are. */
  private add(scripts: readonly string[]): void {
    const known = new Set(
      vscode.debug.breakpoints.flatMap((one) => (isSource(one) && isFirst(one) ? [pathOf(one)] : [])),
    );
    const missing = [...new Set(scripts)].filter((script) => !known.has(script) && !this.given.has(script));
    if (missing.length === 0) return;
    for (const script of missing) this.given.add(script);
    const added = missing.map((script) => breakIn(script, firstWorker(this.claim)));
    this.armed.push(...added);
    vscode.debug.addBreakpoints(added);
  }

  /** The person removed them by hand. */
  private forget(removed: readonly vscode.Breakpoint[]): void {
    if (this.armed.length === 0) return;
    this.armed = this.armed.filter((one) => !removed.includes(one));
    if (this.armed.length === 0) this.held.fire();
  }

  private async heard(session: vscode.DebugSession, { type, event, body }: Message): Promise<void> {
    if (this.armed.length === 0 || type !== 'event' || event !== 'stopped' || body?.reason !== 'breakpoint') return;
    if (existsSync(this.claim)) return this.held.fire();
    try {
      const asked = { threadId: body.threadId ?? 0, startFrame: 0, levels: 1 };
      const { stackFrames = [] } = (await session.customRequest('stackTrace', asked)) as Stack;
      const at = stackFrames[0]?.source?.path;
      if (at !== undefined && this.armed.some((one) => pathOf(one) === fileOf(at))) this.held.fire();
    } catch {
      // it has gone on meanwhile
    }
  }
}

interface Message {
  type?: string;
  event?: string;
  body?: { reason?: string; threadId?: number };
}
interface Stack {
  stackFrames?: { source?: { path?: string } }[];
}

const isSource = (one: vscode.Breakpoint): one is vscode.SourceBreakpoint => one instanceof vscode.SourceBreakpoint;
const isFirst = ({ location, enabled }: vscode.SourceBreakpoint): boolean => enabled && location.range.start.line === 0;
const pathOf = ({ location }: vscode.SourceBreakpoint): string => location.uri.fsPath;

/** VS Code names the files of a remote machine by URIs. */
const fileOf = (told: string): string => (/^[a-z][\w+.-]+:\/\//i.test(told) ? vscode.Uri.parse(told).fsPath : told);

const breakIn = (script: string, condition: string): vscode.SourceBreakpoint =>
  new vscode.SourceBreakpoint(new vscode.Location(vscode.Uri.file(script), new vscode.Position(0, 0)), true, condition);
