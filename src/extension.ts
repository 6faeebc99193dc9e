// Entry of the extension, in the extension host. Builds the parts in the order of the data and does nothing else.
import * as vscode from 'vscode';
import { useLanguage } from './common/l10n';
import { DEBUG_TYPE } from './protocol/adapterEvents';
import { ConfigurationProvider } from './sessions/configurations';
import { DebugSessions } from './sessions/debugSessions';
import { Interruption } from './sessions/interruption';
import { Recordings } from './sessions/recordings';
import { SessionStore } from './sessions/sessionStore';
import { TrackStore } from './sessions/trackStore';
import { registerCommands, revealOnStart } from './views/commands';
import { ReportDocuments } from './views/reportDocument';
import { showStatus } from './views/statusBar';
import { TimelineViews } from './views/timeline/timelineViews';

export function activate(context: vscode.ExtensionContext): void {
  useLanguage(vscode.env.language, vscode.l10n.bundle);
  const { subscriptions, extensionUri, globalStorageUri } = context;
  const own = <T extends vscode.Disposable>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const demo = vscode.Uri.joinPath(extensionUri, 'test', 'programs', 'node', 'demo', 'main.js');
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;

  const log = own(vscode.window.createOutputChannel('Thread Lifelines', { log: true }));
  const sessions = own(new SessionStore());
  const tracks = own(new TrackStore(vscode.Uri.joinPath(dist, 'tracks.js').fsPath, sessions, log));
  const recordings = new Recordings(globalStorageUri, vscode.Uri.joinPath(dist, 'cli.js').fsPath);
  const interruption = own(new Interruption(context.workspaceState, vscode.debug));
  const configurations = new ConfigurationProvider(globalStorageUri);
  own(vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations));
  own(vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations, Dynamic));
  own(new DebugSessions(sessions, tracks, log));

  const emptyState = () => ({ interrupted: interruption.title, hasRecordings: recordings.list().length > 0 });
  const views = own(new TimelineViews(dist, { sessions, tracks, remembered: context.workspaceState }, emptyState, log));
  const reports = own(new ReportDocuments(sessions));
  own(registerCommands({ sessions, tracks, recordings, views, reports, demo, log }));
  own(revealOnStart());
  own(showStatus(sessions));
}
