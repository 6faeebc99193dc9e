// Brings the probe into the programs that people start with configurations of their own: node, npm scripts, test runners,
// terminals with a command, Python programs and modules. The session stays its debugger's; only the program's environment is
// added to.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../common/humanError';
import { createSpool } from '../../transport/spool/spool';
import { activitySettings } from './ownType';
import { probeOf, withProbes } from '../../transport/probes/probes';

export class EverySession implements vscode.DebugConfigurationProvider {
  /**
   * @param bundles folder of the product's bundles
   * @param storage the extension's folder for spools and recordings of all sessions
   */
  constructor(
    private readonly bundles: string,
    private readonly storage: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Called last, when variables have been filled in and the tasks before the launch have run. Never fails a session. */
  resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    const probe = probeOf(configuration.type);
    if (!probe || !isWanted(folder?.uri) || probe.leavesAlone(configuration)) return configuration;
    try {
      // One that is never started leaves an empty folder, which goes when this window is gone.
      const spool = createSpool(configuration.name, path.join(this.storage, 'spools'));
      const setup = { bundles: this.bundles, spool, settings: activitySettings(folder?.uri) };
      return withProbes(configuration, probe, setup, folder?.uri.fsPath);
    } catch (error) {
      this.log.warn(`${configuration.name} starts without a timeline: ${messageOf(error)}`);
      return configuration;
    }
  }
}

/** A folder that is not trusted is left alone; there VS Code itself debugs nothing. */
export const isWanted = (scope: vscode.Uri | undefined): boolean =>
  vscode.workspace.isTrusted && vscode.workspace.getConfiguration('threadLifelines', scope).get('everySession', true);
