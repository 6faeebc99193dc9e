// debugpy, the debugger of Python: what contributes it is an extension of its own. It has a session for each process.
import type * as vscode from 'vscode';
import { t } from '../../../common/l10n';
import type { ActivitySettings } from '../../../protocol/spool';
import type { Attached } from '../../../transport/devTools/attach';
import { DEBUGPY_TYPES, isAttachedHere, isSubprocess } from '../../../transport/probes/python/debugpyConfiguration';
import { pythonProbeFolder } from '../../../transport/probes/python/pythonProbe';
import type { ThreadId } from '../../../transport/threadId';
import type { AttachedProgram, Debugger, Hand, NamedThread, ThreadControls, ThreadEvent } from '../debugger';
import type { Sought } from '../namesakes';
import { pauseTracker } from '../pauses';
import { attachProbe } from './attach';
import { namedBy, numberOf, threadControls } from './controls';
import { Processes } from './processes';

const HANDS: readonly Hand[] = ['pause', 'resume', 'stack'];

export class Debugpy implements Debugger {
  readonly types = DEBUGPY_TYPES;
  readonly runtime = 'python';
  readonly hands = HANDS;
  private readonly processes = new Processes();
  private readonly probe: string;

  /** @param bundles folder of the product's bundles */
  constructor(bundles: string) {
    this.probe = pythonProbeFolder(bundles);
  }

  dispose(): void {
    this.processes.dispose();
  }

  isPart(configuration: vscode.DebugConfiguration): boolean {
    return isSubprocess(configuration);
  }

  endsProgram(session: vscode.DebugSession, root: vscode.DebugSession): boolean {
    return session === root;
  }

  sessionOf(id: string): vscode.DebugSession | undefined {
    return this.processes.sessionOf(id);
  }

  async threadOf(session: vscode.DebugSession, row?: number): Promise<ThreadId | NamedThread | undefined> {
    const pid = await this.processes.pidOf(session);
    if (pid === undefined) return undefined;
    const named = row === undefined ? 'main' : await namedBy(session, row);
    if (named === 'main') return { pid, id: 0 };
    return named && { pid, ...named };
  }

  async find(thread: Sought): Promise<ThreadControls | undefined> {
    const session = this.processes.ofPid(thread.pid);
    if (!session || session.configuration['noDebug'] === true) return undefined; // then debugpy only runs it
    const number = await numberOf(session, thread);
    return number === undefined ? undefined : threadControls(session, number, () => this.processes.held.has(session));
  }

  watch(session: vscode.DebugSession, tell: (event: ThreadEvent) => void): vscode.DebugAdapterTracker {
    const processes = this.processes.tracker(session);
    const pauses = pauseTracker((did) => {
      if (did === 'pause') this.processes.held.add(session);
      else this.processes.held.delete(session);
      tell({ did, thread: this.allOf(session) });
    });
    return {
      onDidSendMessage: (message: unknown) => {
        processes.onDidSendMessage!(message);
        pauses.onDidSendMessage!(message);
      },
    };
  }

  private async allOf(session: vscode.DebugSession): ThreadEvent['thread'] {
    const pid = await this.processes.pidOf(session);
    return pid === undefined ? undefined : { pid, id: 'all' };
  }

  attachedProgram(session: vscode.DebugSession): AttachedProgram | undefined {
    if (!isAttachedHere(session.configuration)) return undefined;
    const attach = async (spool: string, settings: ActivitySettings): Promise<Attached> => {
      await this.processes.pidOf(session); // from then on the program answers
      return attachProbe(session, this.probe, { spool, settings });
    };
    return { root: session, title: session.name, inTerminal: { pid: this.processes.pidOf(session) }, texts, attach };
  }
}

const texts: AttachedProgram['texts'] = {
  attached: () =>
    t(
      'Attached to a running program, so what happened before is unknown. Threads that already existed are drawn from this moment on; whether an error ends them will not be known.',
    ),
  failed: () =>
    t(
      'The threads of this program cannot be shown, because the probe does not run on its Python: it needs CPython 3.8 or newer. The program is not affected.',
    ),
};
