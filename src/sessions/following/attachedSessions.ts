// Sessions of a debugger that is attached to a program which runs already: the probe is brought in through the debugger, and
// what threads do is followed from then on.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { messageOf } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { Notice } from '../../protocol/picture';
import type { Attached } from '../../transport/devTools/attach';
import { claimSpool, createSpool } from '../../transport/spool/spool';
import { activitySettings } from '../configurations/ownType';
import { isWanted } from '../configurations/everySession';
import type { AttachedProgram } from '../debuggers/debugger';
import type { Debuggers } from '../debuggers/debuggers';
import type { FollowedSessions } from './followedSessions';
import { isTerminalWanted, spoolInTerminal } from '../configurations/terminals';

function textOf(attached: Attached, { texts }: AttachedProgram): string {
  switch (attached) {
    case 'attached':
      return texts.attached();
    case 'elsewhere':
      return t(
        'The threads of this program cannot be shown, because it cannot access the files of this machine. The program is not affected.',
      );
    case 'observed':
      return t(
        'The threads of this program cannot be shown, because another session is already observing it. The program is not affected. Restart it to see its threads here.',
      );
    case 'failed':
      return texts.failed();
  }
}

/** For a program that a terminal started, which could have had the probe from its first line on. */
const terminalsText = (): string =>
  t('To see programs of terminals from their first line on, turn on the setting “threadLifelines.terminals”.');

export class AttachedSessions implements vscode.Disposable {
  private readonly store = new DisposableStore();

  /** @param storage the extension's folder for spools and recordings of all sessions */
  constructor(
    private readonly storage: string,
    private readonly debuggers: Debuggers,
    private readonly followed: FollowedSessions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.store.add(vscode.debug.onDidStartDebugSession((session) => void this.started(session)));
  }

  dispose(): void {
    this.store.dispose();
  }

  private async started(session: vscode.DebugSession): Promise<void> {
    const program = this.debuggers.attachedProgram(session);
    if (!program) return;
    const { root, title } = program;
    if (this.followed.isFollowed(root) || !isWanted(root.workspaceFolder?.uri)) return;
    if (program.inTerminal && (await this.followTerminal(program, await program.inTerminal.pid))) return;
    const notice = await this.attach(program);
    if (program.inTerminal && !isTerminalWanted()) notice.text += ` ${terminalsText()}`;
    this.followed.notify(root, notice);
    this.log.info(`${title}: ${notice.text}`);
  }

  /** A program that a terminal started with the probe in it. */
  private async followTerminal({ root, title }: AttachedProgram, pid: number | undefined): Promise<boolean> {
    try {
      const spool = await spoolInTerminal(pid, this.spools);
      if (!spool) return false;
      claimSpool(spool, title);
      this.followed.follow(root, spool, { name: title, __storage: this.storage });
      return true;
    } catch (error) {
      this.log.warn(`${title} in its terminal: ${messageOf(error)}`);
      return false;
    }
  }

  private get spools(): string {
    return path.join(this.storage, 'spools');
  }

  private async attach(program: AttachedProgram): Promise<Notice> {
    const { root, title, attach } = program;
    try {
      const spool = createSpool(title, this.spools);
      this.followed.follow(root, spool, { name: title, __storage: this.storage });
      const attached = await attach(spool, activitySettings(root.workspaceFolder?.uri));
      return { id: 'attach', severity: attached === 'attached' ? 'info' : 'warning', text: textOf(attached, program) };
    } catch (error) {
      const text = t(
        'The threads of this program cannot be shown: {0}. The program is not affected.',
        messageOf(error),
      );
      return { id: 'attach', severity: 'warning', text };
    }
  }
}
