// Launch configurations of our type: what is offered when there is none, and what is filled in when one is started.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../common/l10n';
import { DEBUG_TYPE, type TimelineOptions } from '../../protocol/adapterEvents';
import { DEFAULT_KEPT_THREADS } from '../../protocol/keptThreads';
import { chosenInterpreter } from './interpreter';
import { DEFAULT_ACTIVITY_MIB, DEFAULT_RING_RECORDS, type ActivitySettings } from '../../protocol/spool';

const DEBUGGABLE = /\.([cm]?[jt]s|pyw?)$/;

export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  /** @param storage folder for spools and recordings of all sessions */
  constructor(private readonly storage: vscode.Uri) {}

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [currentFileConfiguration()];
  }

  /** Called with an empty configuration when a session is started without launch.json. */
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.ProviderResult<vscode.DebugConfiguration> {
    if (configuration.type && configuration.request) return configuration;
    const file = debuggableFile();
    if (file) return { ...configuration, ...currentFileConfiguration(), program: file.fsPath };
    void vscode.window.showErrorMessage(
      t(
        'Open the JavaScript, TypeScript or Python file that you want to run, or add a “Thread Lifelines” configuration to launch.json.',
      ),
    );
    return undefined;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const debuggers = debuggersThere();
    const python = await chosenInterpreter(configuration, debuggers, folder?.uri);
    const program = configuration['program'] as string | undefined;
    const cwd = folder?.uri.fsPath ?? (program && path.isAbsolute(program) ? path.dirname(program) : undefined);
    const timeline = {
      ...activitySettings(folder?.uri),
      ...modelSettings(folder?.uri),
      ...(configuration['timeline'] as TimelineOptions | undefined),
    };
    return {
      ...(cwd ? { cwd } : {}),
      ...configuration,
      ...(python === undefined ? {} : { python }),
      timeline,
      __childBy: 'client',
      __debuggers: debuggers,
      __storage: this.storage.fsPath,
    };
  }
}

/** Debug types that extensions contribute, ours included. */
const debuggersThere = (): string[] =>
  vscode.extensions.all.flatMap(({ packageJSON }) => {
    const { contributes } = packageJSON as { contributes?: { debuggers?: { type?: string }[] } };
    return (contributes?.debuggers ?? []).flatMap(({ type }) => type ?? []);
  });

/** How much activity is recorded, and of what, where launch.json does not say it. */
export function activitySettings(scope: vscode.Uri | undefined): ActivitySettings {
  const settings = vscode.workspace.getConfiguration('threadLifelines', scope);
  return {
    activityLimit: settings.get('activityLimit', DEFAULT_ACTIVITY_MIB),
    ringRecords: settings.get('ringRecords', DEFAULT_RING_RECORDS),
    asyncioTasks: settings.get('asyncioTasks', false),
  };
}

/** What the model makes of a session, where launch.json does not say it. */
export function modelSettings(
  scope: vscode.Uri | undefined,
): Pick<TimelineOptions, 'keepEndedThreads' | 'findingsOnStop'> {
  const settings = vscode.workspace.getConfiguration('threadLifelines', scope);
  return {
    keepEndedThreads: keptEndedThreads(scope),
    findingsOnStop: settings.get('findingsOnStop', false),
  };
}

/** How many threads that have ended are kept one by one. */
export const keptEndedThreads = (scope?: vscode.Uri): number =>
  vscode.workspace.getConfiguration('threadLifelines', scope).get('keepEndedThreads', DEFAULT_KEPT_THREADS);

export function currentFileConfiguration(): vscode.DebugConfiguration {
  return {
    type: DEBUG_TYPE,
    request: 'launch',
    name: t('Threads of the current file'),
    program: '${file}',
    skipFiles: ['<node_internals>/**'],
  };
}

/** The file in the active editor, when it is one that Node or Python can run. */
export function debuggableFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && DEBUGGABLE.test(uri.fsPath) ? uri : undefined;
}
