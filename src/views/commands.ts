// The commands of the palette, the menus and the timeline's buttons.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { showPlaces } from '../client/showPlaces';
import { HumanError, messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { forLabel, forNotification } from '../common/untrusted';
import { DEBUG_TYPE, type TimelineOptions } from '../protocol/adapterEvents';
import type { RuleId } from '../protocol/rules';
import { TIMELINE_VIEW } from '../protocol/timelineMessages';
import { currentFileConfiguration, debuggableFile } from '../sessions/configurations/ownType';
import type { Hands } from '../sessions/actions/hands';
import type { Recordings } from '../sessions/stores/recordings';
import type { SessionStore } from '../sessions/stores/sessionStore';
import type { StartBreaks } from '../sessions/actions/startBreaks';
import { chooseThreadOf } from '../sessions/actions/sessionThread';
import type { Debuggers } from '../sessions/debuggers/debuggers';
import type { TrackStore } from '../sessions/stores/trackStore';
import { openRulePage } from './openRulePage';
import type { EditorOverlay } from './overlay/editorOverlay';
import { switchLevel } from './overlay/levelSwitch';
import type { ReportDocuments } from './reportDocument';
import type { StackDocuments } from './stackDocuments';
import type { TimelineViews } from './timeline/timelineViews';

export interface CommandParts {
  sessions: SessionStore;
  tracks: TrackStore;
  recordings: Recordings;
  views: TimelineViews;
  reports: ReportDocuments;
  overlay: EditorOverlay;
  debuggers: Debuggers;
  hands: Hands;
  startBreaks: StartBreaks;
  stacks: StackDocuments;
  /** The extension's own folder for all sessions. */
  storage: vscode.Uri;
  /** Folder of the bundles. */
  dist: vscode.Uri;
  /** The main files of the demos. */
  demos: { node: vscode.Uri; python: vscode.Uri };
  log: vscode.LogOutputChannel;
}

const LONGEST_PATH = 400;

/** A step of the walkthrough is done when its command has done what it is for. */
const IN_WALKTHROUGH =
  /\.(runDemo|runPythonDemo|showTimeline|openTimeline|dismissOverlay|switchOverlayLevel|showReport|debugFile)$/;

/** What resolves with false has not done what it is for. */
type CommandTable = Record<string, (...args: unknown[]) => Promise<unknown> | boolean | void>;

/** Every command that package.json contributes, and nothing else; a unit test compares them. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const table: CommandTable = {
    'threadLifelines.debugFile': (uri) => debugFile(uri instanceof vscode.Uri ? uri : debuggableFile()),
    'threadLifelines.runDemo': () => runDemo(parts.demos.node),
    // A debugger would hold it at the error that it is to show.
    'threadLifelines.runPythonDemo': () => runDemo(parts.demos.python, { noDebug: true }),
    'threadLifelines.showTimeline': () => revealTimeline(),
    'threadLifelines.openTimeline': () => parts.views.openPanel(),
    'threadLifelines.showReport': () => showReport(parts),
    'threadLifelines.copyReport': () => parts.reports.copy(),
    'threadLifelines.openRecording': () => openRecording(parts),
    'threadLifelines.openLastRecording': () => openLastRecording(parts),
    'threadLifelines.showLog': () => parts.log.show(),
    'threadLifelines.showThread': (key) => showThread(parts.views, key),
    'threadLifelines.showSessionThread': (...args) => showSessionThread(parts, args),
    'threadLifelines.showRule': (rule) => openRulePage(parts.dist, rule as RuleId, parts.log),
    'threadLifelines.terminateThread': (key) =>
      onWorker(parts.hands, key, (chosen) => parts.hands.call('terminate', chosen)),
    'threadLifelines.refThread': (key) => onWorker(parts.hands, key, (chosen) => parts.hands.call('ref', chosen)),
    'threadLifelines.unrefThread': (key) => onWorker(parts.hands, key, (chosen) => parts.hands.call('unref', chosen)),
    'threadLifelines.pauseThread': (key) => onWorker(parts.hands, key, (chosen) => parts.hands.pause(chosen)),
    'threadLifelines.profileThread': (key) => onWorker(parts.hands, key, (chosen) => showProfile(parts, chosen)),
    'threadLifelines.continueThread': (key) => onWorker(parts.hands, key, (chosen) => parts.hands.resume(chosen)),
    'threadLifelines.showStack': (key) =>
      onWorker(parts.hands, key, async (chosen) => parts.stacks.show(await parts.hands.stacks(chosen))),
    'threadLifelines.showAllStacks': async () => parts.stacks.show(await parts.hands.stacks()),
    'threadLifelines.takeHeapSnapshot': (key) =>
      onWorker(parts.hands, key, (chosen) => takeHeapSnapshot(parts, chosen)),
    'threadLifelines.breakOnWorkerStart': () => parts.startBreaks.toggle(),
    'threadLifelines.showPlaces': (uri, position, places) => showPlaces(uri, position, places),
    'threadLifelines.showOverlay': () => parts.overlay.show(),
    'threadLifelines.dismissOverlay': () => parts.overlay.dismiss(),
    'threadLifelines.switchOverlayLevel': (level) => switchLevel(level),
  };
  const registrations = Object.entries(table).map(([name, run]) =>
    vscode.commands.registerCommand(name, async (...args: unknown[]) => {
      try {
        if ((await run(...args)) === false) return;
        if (IN_WALKTHROUGH.test(name)) await vscode.commands.executeCommand('setContext', `${name}.succeeded`, true);
      } catch (error) {
        if (!(error instanceof HumanError)) parts.log.error(`${name}: ${messageOf(error)}`);
        void vscode.window.showErrorMessage(forNotification(messageOf(error)));
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

async function showReport({ reports, sessions }: CommandParts): Promise<boolean> {
  await reports.show();
  return sessions.chosen !== undefined;
}

/** Shows the timeline without taking the focus from the editor. */
export async function revealTimeline(): Promise<void> {
  await vscode.commands.executeCommand(`${TIMELINE_VIEW}.focus`, { preserveFocus: true });
}

/** @param key of a thread of the session that is shown */
async function showThread(views: TimelineViews, key: unknown): Promise<void> {
  if (typeof key !== 'string') return;
  await revealTimeline();
  views.select(key);
}

/** @param args what the Call Stack says of the row; from the palette there is none, and the debugger's focus counts */
async function showSessionThread({ sessions, debuggers, views }: CommandParts, args: unknown[]): Promise<void> {
  const told = args.find(
    (arg): arg is Row & { sessionId: string } => typeof (arg as Row | null)?.sessionId === 'string',
  );
  const session = told ? debuggers.sessionOf(told.sessionId) : vscode.debug.activeDebugSession;
  const row = /:(\d+)$/.exec(String(told?.threadId))?.[1];
  const found = { session, ...(row === undefined ? {} : { row: Number(row) }) };
  await showThread(views, await chooseThreadOf(found, sessions, debuggers));
}
/** VS Code's id of a thread ends with the debugger's own. */
interface Row {
  sessionId?: unknown;
  threadId?: unknown;
}

/** @param key of a thread; from the palette there is none, and the person chooses */
async function onWorker(hands: Hands, key: unknown, run: (key: string) => Promise<void>): Promise<void> {
  const chosen = typeof key === 'string' ? key : await chooseWorker(hands);
  if (chosen !== undefined) await run(chosen);
}

/** In VS Code's own viewer. */
async function showProfile({ hands, storage }: CommandParts, key: string): Promise<void> {
  const found = await hands.profile(key);
  if (!found) return;
  const file = vscode.Uri.joinPath(storage, 'profiles', `${fileNameOf(found.label)}.cpuprofile`);
  await vscode.workspace.fs.writeFile(file, Buffer.from(found.text));
  await vscode.commands.executeCommand('vscode.open', file);
}

/** VS Code has a viewer only for small ones: it is shown where it lies, for the browser's developer tools. */
async function takeHeapSnapshot({ hands, storage }: CommandParts, key: string): Promise<void> {
  const folder = vscode.Uri.joinPath(storage, 'heap-snapshots');
  await vscode.workspace.fs.createDirectory(folder);
  const fileFor = (label: string): string => vscode.Uri.joinPath(folder, `${fileNameOf(label)}.heapsnapshot`).fsPath;
  const file = await hands.heapSnapshot(key, fileFor);
  if (file === undefined) return;
  const [open, reveal] = [t('Open'), t('Show in Folder')];
  const told = t('Heap snapshot saved to {0}.', file);
  void vscode.window.showInformationMessage(forNotification(told), open, reveal).then((chosen) => {
    if (chosen === open) void vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    if (chosen === reveal) void vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(file));
  });
}

/** Each time another one. */
const fileNameOf = (label: string): string => `${label.replace(/[^\w.-]+/g, '_').slice(0, 60)}-${Date.now()}`;

async function chooseWorker({ workers }: Hands): Promise<string | undefined> {
  if (workers.length === 0) throw new HumanError(t('No worker is alive in the session shown.'));
  const items = workers.map(({ thread: { key, label, id, startSite }, session }) => ({
    label: forLabel(label),
    description: [`id ${id}`, ...(session === undefined ? [] : [forLabel(session)])].join(' · '),
    ...(startSite ? { detail: forLabel(`${startSite.file}:${startSite.line}`, LONGEST_PATH) } : {}),
    key,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Which worker?'), matchOnDetail: true }))?.key;
}

/** Shows the timeline when a session of our type starts, unless launch.json or the settings say otherwise. */
export function revealOnStart(): vscode.Disposable {
  return vscode.debug.onDidStartDebugSession(({ type, configuration, workspaceFolder }) => {
    if (type !== DEBUG_TYPE) return;
    const { reveal } = (configuration['timeline'] ?? {}) as TimelineOptions;
    if (reveal ?? isRevealWanted(workspaceFolder)) void revealTimeline();
  });
}

/** Most programs have one thread and nothing to show: other sessions' timeline is shown with their first worker. */
export function revealOnFirstWorker(
  onFirstWorker: vscode.Event<vscode.DebugSession>,
  isShown: () => boolean,
): vscode.Disposable {
  return onFirstWorker(({ workspaceFolder }) => {
    if (!isShown() && isRevealWanted(workspaceFolder)) void revealTimeline();
  });
}

const isRevealWanted = (folder: vscode.WorkspaceFolder | undefined): boolean =>
  vscode.workspace.getConfiguration('threadLifelines', folder).get('revealTimeline', true);

async function debugFile(file: vscode.Uri | undefined): Promise<boolean> {
  if (!file) throw new HumanError(t('First open the JavaScript or TypeScript file that you want to debug.'));
  const folder = vscode.workspace.getWorkspaceFolder(file);
  return vscode.debug.startDebugging(folder, {
    ...currentFileConfiguration(),
    name: path.basename(file.fsPath),
    program: file.fsPath,
  });
}

async function runDemo(demo: vscode.Uri, options: vscode.DebugSessionOptions = {}): Promise<boolean> {
  await vscode.window.showTextDocument(demo, { preview: true });
  const configuration = {
    type: DEBUG_TYPE,
    request: 'launch',
    name: t('Demo'),
    program: demo.fsPath,
    skipFiles: ['<node_internals>/**'],
  };
  return vscode.debug.startDebugging(undefined, configuration, options);
}

async function openRecording(parts: CommandParts): Promise<void> {
  const file = await chooseRecording(parts.recordings);
  if (file) await open(file, parts);
}

async function openLastRecording(parts: CommandParts): Promise<void> {
  const [last] = parts.recordings.list();
  if (!last) throw new HumanError(t('There is no recording yet.'));
  await open(last, parts);
}

async function open(file: vscode.Uri, { sessions, tracks, recordings, log }: CommandParts): Promise<void> {
  const title = path.basename(file.fsPath);
  const id = file.toString();
  tracks.forget(id); // it may have been opened before
  const snapshot = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Opening {0}…', forLabel(title)) },
    (progress) =>
      recordings.read(file, (some, share) => {
        tracks.add(id, some);
        progress.report({ message: `${Math.round(share * 100)} %` });
      }),
  );
  log.info(`Opened ${file.fsPath}: ${snapshot.threads.length} threads`);
  sessions.setSnapshot(id, snapshot);
  sessions.choose(id);
  await revealTimeline();
}

async function chooseRecording(recordings: Recordings): Promise<vscode.Uri | undefined> {
  const kept = recordings.list();
  const browse = { label: `$(folder-opened) ${t('Open a file…')}`, file: undefined };
  const items = kept.map((file) => ({ label: forLabel(recordings.nameOf(file), LONGEST_PATH), file }));
  const chosen =
    items.length === 0
      ? browse
      : await vscode.window.showQuickPick([...items, browse], { placeHolder: t('Recording to open') });
  if (!chosen) return undefined;
  if (chosen.file) return chosen.file;
  const files = await vscode.window.showOpenDialog({
    title: t('Open a Thread Lifelines recording'),
    filters: { [t('Recordings')]: ['lifelines', 'ndjson'], [t('All files')]: ['*'] },
  });
  return files?.[0];
}
