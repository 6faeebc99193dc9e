// What the rules found in the run that is shown, as problems of its lines: in place of those that the language server finds
// in the source. One goes when its line is changed, and all of them when a run is shown that has none.
import { statSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { grouped } from '../../common/grouped';
import { t } from '../../common/l10n';
import { forEditor } from '../../common/untrusted';
import { beganAt, linesOf } from '../../overlay/lines';
import type { Finding, Snapshot } from '../../protocol/picture';
import { rulePage, ruleOf, type RuleId, type Severity } from '../../protocol/rules';
import type { ShownProblem } from '../../protocol/serverMessages';
import type { SessionStore } from '../../sessions/stores/sessionStore';
import { TrackedFiles } from './trackedFiles';

/** In ms. */
const AT_MOST_EVERY = 500;
const SETTING = 'threadLifelines.overlay.problems';

const SEVERITIES: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export class RunFindings implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly files = new TrackedFiles(() => this.draw());
  private readonly problems = vscode.languages.createDiagnosticCollection('thread-lifelines-run');
  private readonly drawn = new vscode.EventEmitter<void>();
  readonly onDidDraw = this.drawn.event;
  /** By the file's URI. */
  readonly shown = new Map<string, ShownProblem[]>();
  private timer: NodeJS.Timeout | undefined;

  /** @param docs the extension's folder of pages */
  constructor(
    private readonly sessions: SessionStore,
    private readonly docs: vscode.Uri,
  ) {
    this.store.add(this.files);
    this.store.add(this.problems);
    this.store.add(this.drawn);
    this.store.add(sessions.onDidChange(() => this.soon()));
    this.store.add(vscode.workspace.onDidOpenTextDocument(() => this.soon()));
    this.store.add(vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SETTING) && this.draw()));
    this.store.add({ dispose: () => clearTimeout(this.timer) });
  }

  dispose(): void {
    this.store.dispose();
  }

  private soon(): void {
    this.timer ??= setTimeout(() => this.draw(), AT_MOST_EVERY);
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.problems.clear();
    this.shown.clear();
    const snapshot = this.sessions.chosen?.snapshot;
    if (snapshot && vscode.workspace.getConfiguration().get(SETTING, true)) this.drawRun(snapshot);
    this.drawn.fire();
  }

  private drawRun(snapshot: Snapshot): void {
    const began = beganAt(snapshot);
    this.files.begin(began);
    for (const [file, lines] of linesOf(snapshot)) {
      const place = this.placesIn(file, began);
      const found = [...lines].flatMap(([line, { findings }]) => {
        const now = findings.length > 0 ? place(line) : undefined;
        if (now === undefined) return [];
        return [...grouped(findings, ({ rule }) => rule).values()].map((alike) => this.problemAt(alike, now));
      });
      if (found.length > 0) this.show(vscode.Uri.file(file), found);
    }
  }

  private show(uri: vscode.Uri, found: RunProblem[]): void {
    this.problems.set(uri, found);
    this.shown.set(
      uri.toString(),
      found.map(({ range, code }) => ({ line: range.start.line, rule: code.value })),
    );
  }

  /**
   * Where a line that ran is now; of a file that is not open, where it was, unless it was changed since. A recording may
   * name any path, and even to look at one can do harm: unasked we look at files of the workspace alone.
   */
  private placesIn(file: string, began: number): (line: number) => number | undefined {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
    if (document) {
      const tracker = this.files.of(document);
      return (line) => tracker?.placeOf(line);
    }
    const isAsItRan = isInWorkspace(file) && changedAt(file) <= began;
    return (line) => (isAsItRan ? line : undefined);
  }

  /** @param alike findings of one rule on the line, gravest first: one problem */
  private problemAt(alike: readonly Finding[], line: number): RunProblem {
    const { rule, runtime, severity, text, advice, at } = alike[0]!;
    const start = new vscode.Position(line - 1, Math.max(0, (at?.column ?? 1) - 1));
    const range = new vscode.Range(start, new vscode.Position(line - 1, Number.MAX_SAFE_INTEGER));
    const more = alike.length > 1 ? ` ${t('And {0} more.', alike.length - 1)}` : '';
    const message = `${ruleOf(rule, runtime).title}: ${forEditor(text)}${more} ${forEditor(advice)}`;
    const problem = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
    problem.source = t('Thread Lifelines, last run');
    const code = { value: rule, target: vscode.Uri.joinPath(this.docs, rulePage(rule)) };
    const related = alike.flatMap((one) => one.related);
    problem.relatedInformation = related.map(
      (other) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(
            vscode.Uri.file(other.at.file),
            new vscode.Position(Math.max(0, other.at.line - 1), Math.max(0, other.at.column - 1)),
          ),
          forEditor(other.text),
        ),
    );
    return Object.assign(problem, { code });
  }
}

type RunProblem = vscode.Diagnostic & { code: { value: RuleId; target: vscode.Uri } };

/** `..` in it would lead out again. */
const isInWorkspace = (file: string): boolean =>
  path.normalize(file) === file && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined;

/** In ms since 1970; Infinity where there is no such file. */
function changedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return Infinity;
  }
}
