// The language server: what clients ask, answered from the project. One request at a time; the first index goes on beside
// them, file by file.
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  ProposedFeatures,
  TextDocumentSyncKind,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type TextEdit,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { rulePage, type RuleId } from '../protocol/rules';
import { SHOWN_OF_RUN, WORKER_SCRIPTS, type ServerOptions } from '../protocol/serverMessages';
import { takeUpLanguage } from '../transport/translation';
import { Dirty } from './dirty';
import { Documents, pathOf } from './documents';
import { actionsFor } from './features/actions';
import { incomingOf, itemsAt, outgoingOf } from './features/calls';
import { pathsAt } from './features/completions';
import { diagnosticsOf } from './features/diagnostics';
import { messageTypesAt } from './features/messageTypes';
import { editsForMove } from './features/renames';
import { definitionAt, hintsIn, hoverAt, lensesIn, linksIn, startsOf } from './features/starts';
import { IGNORE_FILE, ignoreFiles, type IgnoredBy } from './files';
import { Folders } from './folders';
import { EXTENSIONS, isSource } from './languages';
import { Project } from './project';
import { SECTION, settingsOf, type Settings } from './settings';
import { RunInEditor } from './runInEditor';

/** Any file of a folder, to ask for the folder's settings. */
const MANIFEST = 'package.json';
const SCRIPTS = `**/*.{${EXTENSIONS.map((extension) => extension.slice(1)).join(',')}}`;

export function serve(): void {
  new Server(createConnection(ProposedFeatures.all)).listen();
}

class Server {
  private readonly project = new Project();
  private readonly documents = new Documents(this.project);
  private readonly dirty = new Dirty();
  private readonly folders = new Folders(this.project);
  private readonly run = new RunInEditor();
  /** Files with findings in the last report for the workspace. */
  private readonly reported = new Set<string>();
  /** The first index of all folders. */
  private indexed: Promise<void> | undefined;
  private capabilities: ClientCapabilities = {};
  private options: ServerOptions = {};
  /** Settings by folder; asked for again when they change. */
  private settings = new Map<string, Promise<Settings>>();

  constructor(private readonly connection: Connection) {}

  listen(): void {
    const { connection, documents, project } = this;
    const uriOf = (file: string): string => documents.uriOf(file);
    const inFile = <T>(uri: string, answer: (file: string) => T, none: T): T => {
      const file = pathOf(uri);
      return file === undefined || !isSource(file) ? none : answer(file);
    };
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => void (this.indexed = this.initialized()));
    connection.onDidOpenTextDocument((params) => this.edited(params.textDocument.uri, () => documents.opened(params)));
    connection.onDidChangeTextDocument((params) =>
      this.edited(params.textDocument.uri, () => documents.changed(params)),
    );
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => this.edited(uri, () => documents.closed(uri)));
    connection.onDidChangeConfiguration(() => void this.reconfigured());
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const ignoredBy = ignoreFiles();
      for (const { uri } of changes) inFile(uri, (file) => this.onDisk(file, ignoredBy), undefined);
      this.refresh();
      if (changes.some(({ uri }) => uri.endsWith(`/${IGNORE_FILE}`))) void this.indexAll(this.folders.all);
    });
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: await this.diagnose(uri),
    }));
    connection.languages.diagnostics.onWorkspace((_, token, __, reporter) => this.diagnoseAll(token, reporter));
    connection.onCodeAction(({ textDocument: { uri }, context }) =>
      inFile(
        uri,
        (file) => {
          const found = project.diagnose(file);
          return found ? actionsFor(found, uri, context.diagnostics, this.options.showsRules === true) : [];
        },
        [],
      ),
    );
    connection.onHover(({ textDocument: { uri }, position }) =>
      inFile(uri, (file) => hoverAt(project, file, position), undefined),
    );
    connection.onCompletion(({ textDocument: { uri }, position }) =>
      inFile(uri, (file) => [...pathsAt(project, file, position), ...messageTypesAt(project, file, position)], []),
    );
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
      inFile(uri, (file) => hintsIn(project, file, range, (first, last) => this.run.says(file, first, last)), []),
    );
    connection.onDocumentLinks(({ textDocument: { uri } }) => inFile(uri, (file) => linksIn(project, file, uriOf), []));
    connection.onDefinition(({ textDocument: { uri }, position }) =>
      inFile(uri, (file) => definitionAt(project, file, position, uriOf), []),
    );
    connection.onReferences(({ textDocument: { uri }, position }) =>
      inFile(uri, (file) => (position.line === 0 ? startsOf(project, file, uriOf).map((one) => one.location) : []), []),
    );
    connection.onCodeLens(({ textDocument: { uri } }) => inFile(uri, (file) => lensesIn(project, file, uriOf), []));
    const { callHierarchy } = connection.languages;
    callHierarchy.onPrepare(({ textDocument: { uri }, position }) =>
      inFile(uri, (file) => itemsAt(project, file, position, uriOf), []),
    );
    callHierarchy.onIncomingCalls(({ item: { uri, selectionRange } }) =>
      inFile(uri, (file) => incomingOf(project, file, uriOf, selectionRange), []),
    );
    callHierarchy.onOutgoingCalls(({ item: { uri } }) => inFile(uri, (file) => outgoingOf(project, file, uriOf), []));
    connection.onRequest(WORKER_SCRIPTS, async () => {
      await this.indexed;
      return project.scripts;
    });
    connection.onNotification(SHOWN_OF_RUN, (shown: unknown) => {
      const changed = this.run.shows(shown);
      this.dirty.add(...changed);
      if (changed.length > 0) this.refresh();
    });
    connection.workspace.onWillRenameFiles(({ files }) => {
      const changes = Object.assign({}, ...files.map(({ oldUri, newUri }) => this.moved(oldUri, newUri))) as Edits;
      return Object.keys(changes).length > 0 ? { changes } : null;
    });
    connection.listen();
  }

  private initialize({
    capabilities,
    workspaceFolders,
    rootUri,
    initializationOptions,
    locale,
  }: InitializeParams): InitializeResult {
    this.capabilities = capabilities;
    this.options = (initializationOptions ?? {}) as ServerOptions;
    takeUpLanguage(__dirname, locale);
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    this.folders.set(uris.flatMap((uri) => pathOf(uri) ?? []));
    return {
      serverInfo: { name: 'Thread Lifelines' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { identifier: 'thread-lifelines', interFileDependencies: true, workspaceDiagnostics: true },
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['/', '"', "'", '`'] },
        inlayHintProvider: true,
        documentLinkProvider: { resolveProvider: false },
        definitionProvider: true,
        referencesProvider: true,
        callHierarchyProvider: true,
        ...(this.options.showsPlaces ? { codeLensProvider: { resolveProvider: false } } : {}),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: SCRIPTS } }] } },
        },
      },
    };
  }

  private async initialized(): Promise<void> {
    const { connection, capabilities } = this;
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: SCRIPTS }, { globPattern: `**/${IGNORE_FILE}` }],
      });
    if (capabilities.workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.flatMap(({ uri }) => pathOf(uri) ?? []);
        const come = added.flatMap(({ uri }) => pathOf(uri) ?? []);
        this.folders.set([...this.folders.all.filter((root) => !gone.includes(root)), ...come]);
        this.dirty.addAll();
        this.refresh();
        void this.indexAll(come);
      });
    await this.indexAll(this.folders.all);
  }

  /** Who starts what, in all files of these folders. */
  private async indexAll(roots: readonly string[]): Promise<void> {
    if (roots.length === 0) return;
    const progress = await this.connection.window.createWorkDoneProgress().catch(() => undefined);
    progress?.begin(t('Looking for threads'), undefined, undefined, false);
    try {
      await this.folders.index(roots, this.excludeOf, (count) => progress?.report(t('{0} files', count)));
    } catch (error) {
      this.connection.console.error(messageOf(error));
    } finally {
      progress?.done();
    }
    this.dirty.addAll();
    this.refresh();
  }

  /** An edit may change findings in other files: those of its scripts, and of the files that start it. */
  private edited(uri: string, change: () => void): void {
    const file = pathOf(uri);
    const before = this.around(file);
    change();
    const after = this.around(file);
    if (file !== undefined) this.dirty.add(file, ...before, ...after);
    if (before.join('\n') !== after.join('\n')) this.refresh();
  }

  /** Files whose findings depend on this one: scripts it starts, files that start it or import it. */
  private around(file: string | undefined): string[] {
    if (file === undefined) return [];
    const { project } = this;
    return [...project.targetsOf(file), ...project.startersOf(file), ...project.importersOf(file)];
  }

  /** A file that is gone cannot be read, and is forgotten. */
  private onDisk(file: string, ignoredBy: IgnoredBy): void {
    if (!this.folders.counts(file, ignoredBy)) return;
    const before = this.around(file);
    this.project.changed(file);
    this.dirty.add(file, ...before, ...this.around(file));
  }

  private async reconfigured(): Promise<void> {
    this.settings = new Map();
    this.dirty.addAll();
    this.refresh();
    await this.indexAll(await this.folders.changed(this.excludeOf));
  }

  private readonly excludeOf = async (root: string): Promise<readonly string[]> =>
    (await this.settingsFor(this.documents.uriOf(path.join(root, MANIFEST)))).exclude;

  /** Asks clients that support it to request all diagnostics again. */
  private refresh(): void {
    if (this.capabilities.workspace?.diagnostics?.refreshSupport)
      void Promise.resolve(this.connection.languages.diagnostics.refresh()).catch(() => undefined);
    if (this.capabilities.workspace?.inlayHint?.refreshSupport) void this.connection.languages.inlayHint.refresh();
    if (this.options.showsPlaces && this.capabilities.workspace?.codeLens?.refreshSupport)
      void this.connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  private async diagnose(uri: string): Promise<Diagnostic[]> {
    const file = pathOf(uri);
    if (file === undefined || !isSource(file)) return [];
    const settings = await this.settingsFor(uri);
    if (this.folders.isExcluded(file)) return [];
    if (!settings.enabled) return [];
    const isShown = (line: number, rule: string): boolean => this.run.hasProblem(file, line, rule);
    return diagnosticsOf(this.project.diagnose(file), settings, (rule) => this.pageOf(rule), isShown);
  }

  /** Clients ask again as soon as they are answered: the answer waits for changes, and reports only those. */
  private async diagnoseAll(
    token: CancellationToken,
    reporter: { report(report: { items: WorkspaceDocumentDiagnosticReport[] }): void } | undefined,
  ): Promise<{ items: WorkspaceDocumentDiagnosticReport[] }> {
    const cancelled = new Promise((resolve) => token.onCancellationRequested(resolve));
    const dirty = await this.dirty.take(cancelled);
    const all: WorkspaceDocumentDiagnosticReport[] = [];
    for (const file of dirty ?? new Set([...this.project.files, ...this.reported])) {
      if (token.isCancellationRequested) {
        if (dirty) this.dirty.add(...dirty);
        else this.dirty.addAll();
        break;
      }
      const report = await this.reportOf(file);
      if (report.kind === DocumentDiagnosticReportKind.Full && report.items.length > 0) this.reported.add(file);
      else this.reported.delete(file);
      if (reporter) reporter.report({ items: [report] });
      else all.push(report);
      await new Promise(setImmediate);
    }
    return { items: all };
  }

  private async reportOf(file: string): Promise<WorkspaceDocumentDiagnosticReport> {
    const uri = this.documents.uriOf(file);
    const version = this.documents.versionOf(file);
    const items = this.project.knows(file) ? await this.diagnose(uri) : [];
    return { kind: DocumentDiagnosticReportKind.Full, uri, version, items };
  }

  private settingsFor(uri: string): Promise<Settings> {
    if (!this.capabilities.workspace?.configuration) return Promise.resolve(settingsOf(this.options.settings));
    const key = path.dirname(uri);
    let settings = this.settings.get(key);
    if (!settings) {
      settings = this.connection.workspace
        .getConfiguration({ scopeUri: uri, section: SECTION })
        .then(settingsOf, () => settingsOf(undefined));
      this.settings.set(key, settings);
    }
    return settings;
  }

  private pageOf(rule: string): string {
    return pathToFileURL(path.join(__dirname, '..', 'docs', rulePage(rule as RuleId))).href;
  }

  private moved(oldUri: string, newUri: string): Edits {
    const [from, to] = [pathOf(oldUri), pathOf(newUri)];
    if (from === undefined || to === undefined) return {};
    return editsForMove(this.project, from, to, (file) => this.documents.uriOf(file));
  }
}

/** Edits by URI. */
type Edits = Record<string, TextEdit[]>;
