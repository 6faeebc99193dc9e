// The debug adapter's session: opens the channel, has the program started as a child session under its debugger, and
// streams what the threads do. It has no threads of its own: the debugger shows those.
import { DebugSession, Event, ExitedEvent, OutputEvent, TerminatedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { messageOf } from '../common/humanError';
import type { KnownEnd } from '../collector/collector';
import { sweepStorage } from '../collector/recovery';
import { t } from '../common/l10n';
import { forTerminal } from '../common/untrusted';
import { exitReport } from '../model/report/report';
import { reportMarkdown } from '../model/report/markdown';
import { consoleSummary } from '../model/report/summary';
import {
  Dap,
  type ChildConfiguration,
  type ChildEnded,
  type DebuggerNote,
  type StacksRequest,
  type LaunchOptions,
  type StopRequested,
} from '../protocol/adapterEvents';
import type { Probe } from '../transport/probes/probe';
import { probeFor } from '../transport/probes/probes';
import { tellStartedAgain } from '../transport/spool/spool';
import { takeUpLanguage } from '../transport/translation';
import { childByEvents, childByReverseRequest, type Child } from './child';
import * as errors from './errors';
import { checkLaunch, childConfiguration, debuggerFor } from './launch';
import { spoolOfParent } from './nested';
import { childOfOurs, exitCodeOf } from './ownChild';
import { openRun, type Run, storageFolders } from './run';

/** A child that was asked to stop and does not is given up after this long, and its processes are killed. */
const STOP_DEADLINE_MS = 5_000;
/** SIGKILL works at once; this is for the system to notice. */
const KILL_MS = 1_000;
/** How long a client may take to carry out `startDebugging`. */
const START_DEADLINE_MS = 30_000;
/** How long a client that started the wrong adapter may take to let go of it. */
const LEAVE_MS = 1_000;
/** Of what the console is told. */
const LONGEST = 2000;

export class LifelinesSession extends DebugSession {
  private clientCanStartDebugging = false;
  private child: Child | undefined;
  private channel: Run | undefined;
  private stopping: NodeJS.Timeout | undefined;
  private over = false;
  /** Debug type of the child; undefined where no debugger runs the program. */
  private debugger: string | undefined;
  /** How it has ended then. */
  private ownEnd: KnownEnd | undefined;
  /** The client left and wants the program to go on. */
  private detached = false;

  /** @param bundles folder of the product's bundles */
  constructor(private readonly bundles: string) {
    super();
    this.setDebuggerLinesStartAt1(true);
  }

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    args: DebugProtocol.InitializeRequestArguments,
  ): void {
    takeUpLanguage(this.bundles, args.locale);
    this.clientCanStartDebugging = args.supportsStartDebuggingRequest ?? false;
    response.body = { supportsTerminateRequest: true, supportsConfigurationDoneRequest: true };
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: DebugProtocol.LaunchRequestArguments,
  ): void {
    const options = args as LaunchOptions;
    const parent = spoolOfParent(options);
    if (parent !== undefined) return this.refuseNested(response, parent);
    const refusal = this.prepare(options);
    if (refusal) {
      this.close();
      this.sendErrorResponse(response, refusal);
      return;
    }
    this.sendResponse(response);
    this.sendEvent(new Event('initialized'));
    const configuration = childConfiguration(options, { bundles: this.bundles, spool: this.channel!.spool });
    if ('error' in configuration) return; // prepare() has refused it
    this.child!.start(configuration, options.noDebug ?? false).catch((error: unknown) =>
      this.childEnded({ error: messageOf(error) }),
    );
  }

  /** The adapter that asked for this launch ends as well: its program will not come. */
  private refuseNested(response: DebugProtocol.LaunchResponse, parent: string): void {
    this.over = true;
    tellStartedAgain(parent); // before the answer: a client may pass that on at once
    this.sendErrorResponse(response, errors.startedAgain());
    this.sendEvent(new TerminatedEvent());
    setTimeout(() => this.shutdown(), LEAVE_MS);
  }

  /** Creates all that the child needs; returns what prevents that. */
  private prepare(options: LaunchOptions): errors.AdapterError | undefined {
    const refusal =
      checkLaunch(options) ?? asRefusal(childConfiguration(options, { bundles: this.bundles, spool: '' }));
    if (refusal) return refusal.error;
    const { launch } = probeFor(options);
    this.debugger = debuggerFor(options);
    if (this.debugger !== undefined && options.__childBy !== 'client' && !this.clientCanStartDebugging)
      return errors.cannotStartChild(this.debugger);
    this.child = this.debugger === undefined ? this.ownChild(launch, options.noDebug === true) : this.childOf(options);
    this.sweep(options);
    const run = openRun(options, {
      snapshot: (body) => this.sendEvent(new Event(Dap.snapshot, body)),
      delta: (body) => this.sendEvent(new Event(Dap.delta, body)),
      tracks: (body) => this.sendEvent(new Event(Dap.tracks, body)),
      startedAgain: () => this.childEnded({ error: errors.startedAgain().format }),
      gone: () => this.programGone(options),
    });
    if ('error' in run) return run.error;
    this.channel = run;
    return undefined;
  }

  private childOf({ __childBy }: LaunchOptions): Child {
    return __childBy === 'client'
      ? childByEvents((event, body) => this.sendEvent(new Event(Dap[event], body)))
      : childByReverseRequest((configuration) => this.requestStart(configuration));
  }

  private ownChild(launch: Probe['launch'], noDebug: boolean): Child {
    if (!noDebug)
      this.log(
        t(
          'The program runs without a debugger: breakpoints are not reached. To reach them, install an extension that debugs Python.',
        ),
      );
    return childOfOurs((options) => ({ file: launch.command(options)!, args: launch.words!(options) }), {
      output: (text, stream) => this.sendEvent(new OutputEvent(text, stream)),
      ended: (end) => this.ownChildEnded(end),
    });
  }

  /** What it started may live on: then the session goes on until that is gone. */
  private ownChildEnded(end: KnownEnd): void {
    this.ownEnd = end;
    this.sendEvent(new ExitedEvent(exitCodeOf(end)));
    if (!this.channel?.collector.hasContact || this.channel.collector.livePids.every((pid) => pid === end.pid))
      this.end();
  }

  /** What sessions before this one could not clean up. */
  private sweep(options: LaunchOptions): void {
    const folders = storageFolders(options);
    const problem = folders && sweepStorage(folders);
    if (problem) this.log(problem);
  }

  private requestStart(configuration: ChildConfiguration): Promise<void> {
    return new Promise((resolve, reject) => {
      const body = { request: 'launch', configuration };
      this.sendRequest('startDebugging', body, START_DEADLINE_MS, (response) => {
        if (response.success) resolve();
        else reject(new Error(response.message ?? t('the client refused')));
      });
    });
  }

  /** All processes of the program are gone. Our own extension reports the child's end; other clients do not. */
  private programGone(options: LaunchOptions): void {
    if (this.debugger === undefined ? this.ownEnd : options.__childBy !== 'client') this.end();
  }

  private childEnded({ error }: ChildEnded): void {
    if (error !== undefined && !this.over) {
      const { format: text } = this.startFailure(error);
      this.log(text);
      this.channel?.collector.notify({ id: 'child', severity: 'error', text });
    }
    this.end();
  }

  private startFailure(reason: string): errors.AdapterError {
    if (this.channel?.startedAgain) return errors.startedAgain();
    return this.debugger === undefined ? errors.notStarted(reason) : errors.childFailed(this.debugger, reason);
  }

  /** The program is over: closes every lane, says what was cut off, ends the session. Only the first call counts. */
  private end(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.stopping);
    const snapshot = this.channel?.finish(this.ownEnd);
    const summary = snapshot && consoleSummary(exitReport(snapshot));
    if (summary) this.log(summary);
    this.sendEvent(new TerminatedEvent());
  }

  private log(text: string): void {
    this.sendEvent(new OutputEvent(`${forTerminal(text, LONGEST)}\n`, 'console'));
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.sendResponse(response);
    this.stopChild();
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    args: DebugProtocol.DisconnectArguments,
  ): void {
    this.detached = args.terminateDebuggee === false;
    if (!this.over && !this.detached) this.stopChild();
    this.sendResponse(response);
    this.shutdown();
  }

  private stopChild(): void {
    if (this.over || this.stopping) return;
    this.channel?.collector.stopRequested();
    this.child?.stop(() => void this.channel?.endAll('SIGTERM'));
    this.stopping = setTimeout(() => {
      const left = this.channel?.endAll('SIGKILL') ?? [];
      this.child?.kill?.();
      if (left.length > 0) this.log(notEnded(left));
      this.end();
    }, STOP_DEADLINE_MS);
  }

  /** However the session ends: closes the recording, removes the spool. */
  private close(): void {
    clearTimeout(this.stopping);
    this.over = true;
    this.channel?.finish();
  }

  /**
   * The client is gone without a word (a reloaded window, a crash). The debugger that went with it ends the program;
   * what is left of it after a moment is killed, so that nothing runs on that nobody can see.
   */
  async abandon(graceMs: number): Promise<void> {
    if (!this.over && !this.detached) {
      await this.channel?.goneWithin(graceMs);
      this.channel?.endAll('SIGKILL');
      this.child?.kill?.();
      await this.channel?.goneWithin(KILL_MS);
    }
    this.close();
  }

  /** The base class exits the process soon after; that is for `main.ts` to do, when all is cleaned up. */
  override shutdown(): void {
    this.emit('over');
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [] };
    this.sendResponse(response);
  }

  /** The debugger of the child sets the breakpoints; it gets them from the client itself. */
  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    args: DebugProtocol.SetBreakpointsArguments,
  ): void {
    response.body = { breakpoints: (args.breakpoints ?? []).map(() => ({ verified: false })) };
    this.sendResponse(response);
  }

  protected override customRequest(command: string, response: DebugProtocol.Response, args: unknown): void {
    switch (command) {
      case Dap.stacks:
        void this.tellStacks(response, args as StacksRequest | undefined);
        return;
      case Dap.getSnapshot:
        response.body = this.channel?.freshSnapshot();
        break;
      case Dap.getReport:
        response.body = this.channel && {
          markdown: reportMarkdown(exitReport(this.channel.collector.snapshot())),
          recording: this.channel.recording,
        };
        break;
      case Dap.childEnded:
        this.childEnded(args ?? {});
        break;
      case Dap.stopRequested:
        this.channel?.collector.stopRequested((args as StopRequested | undefined)?.t);
        break;
      case Dap.note:
        this.channel?.collector.note((args ?? {}) as DebuggerNote);
        break;
      default:
        this.sendErrorResponse(response, errors.unknownRequest(command));
        return;
    }
    this.sendResponse(response);
  }

  private async tellStacks(response: DebugProtocol.Response, asked: StacksRequest | undefined): Promise<void> {
    response.body = await this.channel?.collector.stacks(String(asked?.process));
    this.sendResponse(response);
  }
}

const notEnded = (pids: number[]): string =>
  t('Not ended, because it may not belong to this program: process {0}', pids.join(', '));

const asRefusal = (made: object): { error: errors.AdapterError } | undefined =>
  'error' in made ? (made as { error: errors.AdapterError }) : undefined;
