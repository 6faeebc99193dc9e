// Entry of the extension, in the extension host. Builds the parts in the order of the data and does nothing else.
import * as vscode from 'vscode';
import { LanguageServer } from './client/languageServer';
import { useLanguage } from './common/l10n';
import { DEBUG_TYPE } from './protocol/adapterEvents';
import { AttachedSessions } from './sessions/following/attachedSessions';
import { ConfigurationProvider } from './sessions/configurations/ownType';
import { DebuggerNotes } from './sessions/actions/debuggerNotes';
import { childOfOurs, DebugSessions } from './sessions/following/debugSessions';
import { EverySession } from './sessions/configurations/everySession';
import { followFocus } from './sessions/focus';
import { FollowedSessions } from './sessions/following/followedSessions';
import { handsByRuntime } from './sessions/actions/handCommands';
import { Hands, type AskProgram } from './sessions/actions/hands';
import { Interruption } from './sessions/interruption';
import { watchStops } from './sessions/following/stopRequests';
import { Recordings } from './sessions/stores/recordings';
import { SessionStore } from './sessions/stores/sessionStore';
import { Debuggers } from './sessions/debuggers/debuggers';
import { observeTerminals } from './sessions/configurations/terminals';
import { TrackStore } from './sessions/stores/trackStore';
import { StartBreaks } from './sessions/actions/startBreaks';
import { DebugpyStartBreak } from './sessions/debuggers/debugpy/startBreak';
import { JsDebugStartBreak } from './sessions/debuggers/jsDebug/startBreak';
import { ShownSessions } from './sessions/together/shownSessions';
import { DEBUG_TYPES } from './transport/probes/probes';
import { registerCommands, revealOnFirstWorker, revealOnStart } from './views/commands';
import { tellOfLostWork } from './views/lostNotice';
import { TimeTravel } from './views/overlay/timeTravel';
import { EditorOverlay } from './views/overlay/editorOverlay';
import { showLevel } from './views/overlay/levelSwitch';
import { RunFindings } from './views/overlay/runFindings';
import { RunLenses } from './views/overlay/runLenses';
import { tellServer } from './views/overlay/shownOfRun';
import { plainLog } from './views/plainLog';
import { ReportDocuments } from './views/reportDocument';
import { StackDocuments } from './views/stackDocuments';
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
  const inDist = (bundle: string): string => vscode.Uri.joinPath(dist, bundle).fsPath;
  const inStorage = (name: string): string => vscode.Uri.joinPath(globalStorageUri, name).fsPath;
  const demoOf = (runtime: string, file: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'test', 'programs', runtime, 'demo', file);
  const demos = { node: demoOf('node', 'main.js'), python: demoOf('python', 'main.py') };
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;

  const log = own(plainLog(vscode.window.createOutputChannel('Thread Lifelines', { log: true })));
  const sessions = own(new SessionStore(vscode));
  const tracks = own(new TrackStore(vscode, inDist('tracks.js'), sessions, log));
  const recordings = own(new Recordings(globalStorageUri, inDist('cli.js')));
  own(
    sessions.onDidChange((change) => {
      if (change.kind === 'delta' && change.delta.complete) recordings.readAhead();
    }),
  );
  const everySession = new EverySession(dist.fsPath, globalStorageUri.fsPath, log);
  for (const type of DEBUG_TYPES) own(vscode.debug.registerDebugConfigurationProvider(type, everySession));
  const debuggers = own(new Debuggers(dist.fsPath));
  const paths = { script: inDist('follower.js'), storage: globalStorageUri.fsPath };
  const followed = own(new FollowedSessions(paths, debuggers, { sessions, tracks }, log));
  own(new AttachedSessions(globalStorageUri.fsPath, debuggers, followed, log));
  own(observeTerminals(context.environmentVariableCollection, dist.fsPath, inStorage('spools')));
  own(followFocus(sessions));
  const hasTimeline = (session: vscode.DebugSession): boolean =>
    session.type === DEBUG_TYPE || followed.isFollowed(session);
  const interruption = own(new Interruption(context.workspaceState, vscode.debug, hasTimeline));
  const configurations = new ConfigurationProvider(globalStorageUri);
  own(vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations));
  own(vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations, Dynamic));
  const debugSessions = own(new DebugSessions(vscode, sessions, tracks, log));
  for (const type of DEBUG_TYPES)
    own(watchStops(type, debuggers, childOfOurs, (child) => debugSessions.stopRequested(child)));

  const emptyState = () => ({ interrupted: interruption.title, hasRecordings: recordings.list().length > 0 });
  const shown = own(new ShownSessions(vscode, sessions, tracks, context.workspaceState));
  const about = { sessions: shown, remembered: context.workspaceState, hands: handsByRuntime(debuggers.all) };
  const views = own(new TimelineViews(dist, about, emptyState, log));
  const reports = own(new ReportDocuments(sessions, shown));
  const overlay = own(new EditorOverlay(sessions, vscode.Uri.joinPath(extensionUri, 'media', 'icons')));
  const askProgram: AskProgram = async (session, process) =>
    (await followed.stacks(session, process)) ?? debugSessions.stacks(session, process);
  const hands = new Hands(shown, debuggers, own(new DebuggerNotes(debuggers, followed, log)), askProgram);
  const stacks = own(new StackDocuments());
  const server = own(new LanguageServer({ server: inDist('server.js'), client: inDist('client.js') }, log));
  const startBreaks = own(
    new StartBreaks([
      new JsDebugStartBreak(shown, () => server.workerScripts(), inStorage('start-breaks')),
      new DebugpyStartBreak(followed),
    ]),
  );
  own(
    registerCommands({
      sessions,
      tracks,
      recordings,
      views,
      reports,
      overlay,
      debuggers,
      hands,
      startBreaks,
      stacks,
      dist,
      storage: globalStorageUri,
      demos,
      log,
    }),
  );
  own(revealOnStart());
  own(revealOnFirstWorker(followed.onFirstWorker, () => views.isShown));
  own(showStatus(sessions));
  own(tellOfLostWork(sessions));
  own(new TimeTravel({ onDidMoveCursor: views.onDidMoveCursor, sessions: shown, overlay, log }));
  own(new RunLenses(overlay));
  own(showLevel(overlay));
  const findings = own(new RunFindings(sessions, vscode.Uri.joinPath(extensionUri, 'docs')));
  own(tellServer(overlay, findings, server));
}
