// js-debug, the debugger of Node that comes with VS Code. It has a session of its own for each process and each thread.
import type * as vscode from 'vscode';
import { t } from '../../../common/l10n';
import type { ActivitySettings } from '../../../protocol/spool';
import { attachProbe, type Attached } from '../../../transport/devTools/attach';
import { JS_DEBUG_TYPES, isAttached, isSingleTarget } from '../../../transport/probes/node/jsDebugConfiguration';
import { nodeProbeFile } from '../../../transport/probes/node/nodeProbe';
import type { ThreadId } from '../../../transport/threadId';
import type { AttachedProgram, Debugger, Hand, ThreadControls, ThreadEvent } from '../debugger';
import { pauseTracker } from '../pauses';
import { threadControls } from './controls';
import { withDevTools } from './devTools';
import { nameOf, pidOf, titleOf } from './sessionNames';
import { Targets } from './targets';

const HANDS: readonly Hand[] = ['terminate', 'ref', 'unref', 'pause', 'resume', 'stack', 'profile', 'heap-snapshot'];

export class JsDebug implements Debugger {
  readonly types = JS_DEBUG_TYPES;
  readonly runtime = 'node';
  readonly hands = HANDS;
  private readonly targets = new Targets();
  /** Path of the probe's bundle. */
  private readonly probe: string;

  /** @param bundles folder of the product's bundles */
  constructor(bundles: string) {
    this.probe = nodeProbeFile(bundles);
  }

  dispose(): void {
    this.targets.dispose();
  }

  isPart(configuration: vscode.DebugConfiguration): boolean {
    return isSingleTarget(configuration);
  }

  /** Below the root stands the program; what is below that are its threads and child processes, each stopped alone. */
  endsProgram(session: vscode.DebugSession, root: vscode.DebugSession): boolean {
    return session === root || session.parentSession === root;
  }

  sessionOf(id: string): vscode.DebugSession | undefined {
    return this.targets.sessionOf(id);
  }

  threadOf(session: vscode.DebugSession): Promise<ThreadId | undefined> {
    return this.targets.threadOf(session);
  }

  async find(thread: ThreadId): Promise<ThreadControls | undefined> {
    const session = await this.targets.find(thread);
    return session && threadControls(session, this.probe);
  }

  watch(session: vscode.DebugSession, tell: (event: ThreadEvent) => void): vscode.DebugAdapterTracker | undefined {
    if (!isSingleTarget(session.configuration)) return undefined;
    const thread = (): ThreadEvent['thread'] => this.targets.threadOf(session);
    const name = nameOf(session);
    if (name !== undefined) tell({ did: 'named', name, thread: thread() });
    return pauseTracker((did) => tell({ did, thread: thread() }));
  }

  /** The root has no thread of its own; the first session below it is the program's main thread. */
  attachedProgram(session: vscode.DebugSession): AttachedProgram | undefined {
    const root = session.parentSession;
    if (!root || root.parentSession || !isSingleTarget(session.configuration)) return undefined;
    if (!isAttached(root.configuration)) return undefined;
    const attach = (spool: string, settings: ActivitySettings): Promise<Attached> =>
      withDevTools(session, (send) => attachProbe(send, { probe: this.probe, spool, settings }));
    return root.configuration.type === 'node-terminal'
      ? { root, title: titleOf(session), inTerminal: { pid: Promise.resolve(pidOf(session)) }, texts, attach }
      : { root, title: root.name, texts, attach };
  }
}

const texts: AttachedProgram['texts'] = {
  attached: () =>
    t(
      'Attached to a running program, so what happened before is unknown. Threads that already existed are drawn from this moment on; for workers, only what their owner sees is known.',
    ),
  failed: () =>
    t(
      'The threads of this program cannot be shown, because the probe does not run on its version of Node. The program is not affected.',
    ),
};
