// The truth of the session that is shown, on the lines of the program: a short text behind each line that did something
// to threads, a sign beside it, and a hover that tells all. It stays after the end until somebody dismisses it.
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { hoverText, HOVER_COMMANDS } from '../../overlay/hover';
import { counts, isLevel, isTextShown, type Level } from '../../overlay/level';
import { SHORTEST_WAIT, beganAt, linesOf, type LineFacts, type Lines } from '../../overlay/lines';
import { lineText, markOf, MARKS, type Mark } from '../../overlay/words';
import type { Snapshot } from '../../protocol/picture';
import type { SessionStore } from '../../sessions/stores/sessionStore';
import { createDecorations, type Decorations } from './decorations';
import { TrackedFiles } from './trackedFiles';

/** Deltas come up to 25 times a second; a person reads more slowly. In ms. */
const AT_MOST_EVERY = 200;
/** At ten thousand threads a look takes a while: it leaves the editor ten times as long to itself. */
const REST = 10;
/** For `when` clauses. */
const SHOWN_CONTEXT = 'threadLifelines.overlayShown';

export class EditorOverlay implements vscode.HoverProvider, vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly files = new TrackedFiles(() => this.draw());
  private readonly decorations: Decorations;
  private readonly drawn = new vscode.EventEmitter<void>();
  readonly onDidDraw = this.drawn.event;
  /** What each editor holds, so that nothing is set that is there already. */
  private readonly held = new WeakMap<vscode.TextEditor, string>();
  private lines: { of: Snapshot; lines: Lines } | undefined;
  /** Sessions that the person has dismissed. */
  private dismissed: string | undefined;
  private isShown: boolean | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the snapshot was heard, in ms by this process's clock. */
  private heardAt = performance.now();
  private settling: NodeJS.Timeout | undefined;
  /** The last look, in ms. */
  private took = 0;

  constructor(
    private readonly sessions: SessionStore,
    icons: vscode.Uri,
  ) {
    this.decorations = this.store.add(createDecorations(icons));
    this.store.add(this.files);
    this.store.add(this.drawn);
    this.store.add(sessions.onDidChange(() => this.heard()));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.draw()));
    this.store.add(vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SECTION) && this.draw()));
    this.store.add(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.moved(textEditor)));
    this.store.add(vscode.languages.registerHoverProvider({ scheme: 'file' }, this));
    this.store.add({ dispose: () => (clearTimeout(this.timer), clearTimeout(this.settling)) });
  }

  dispose(): void {
    this.store.dispose();
  }

  /** False: nothing was shown. */
  dismiss(): boolean {
    const isShown = this.shown !== undefined;
    this.dismissed = this.sessions.chosen?.id;
    this.draw();
    return isShown;
  }

  show(): void {
    this.dismissed = undefined;
    this.draw();
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const ran = looks().hover ? this.files.of(document)?.ranAt(position.line + 1) : undefined;
    const facts = ran === undefined ? undefined : this.factsOf(document)?.get(ran);
    const snapshot = this.shown;
    if (!facts || !snapshot) return undefined;
    const text = new vscode.MarkdownString(hoverText(facts, snapshot));
    text.isTrusted = { enabledCommands: HOVER_COMMANDS };
    return new vscode.Hover(text, document.lineAt(position.line).range);
  }

  /** Of the session that is shown, unless it was dismissed or there is to be no overlay. */
  get shown(): Snapshot | undefined {
    const { chosen } = this.sessions;
    return chosen && chosen.id !== this.dismissed && looks().enabled ? chosen.snapshot : undefined;
  }

  /** Of a document, where they stand by now. */
  linesIn(document: vscode.TextDocument): { line: number; facts: LineFacts }[] {
    const all = this.factsOf(document);
    const tracker = all && this.files.of(document);
    return [...(tracker ? all : [])].flatMap(([ran, facts]) => {
      const place = tracker!.placeOf(ran);
      return place !== undefined && place <= document.lineCount ? [{ line: place - 1, facts }] : [];
    });
  }

  /** Lines of a document, from 0, behind which a text stands, be it only while the cursor is there. */
  textLinesIn(document: vscode.TextDocument): number[] {
    const { text, level } = looks();
    const all = text ? this.linesIn(document) : [];
    return all.filter(({ facts }) => counts(level, facts) && lineText(facts) !== '').map(({ line }) => line);
  }

  private factsOf(document: vscode.TextDocument): ReadonlyMap<number, LineFacts> | undefined {
    const snapshot = this.shown;
    if (!snapshot || document.uri.scheme !== 'file') return undefined;
    if (this.lines?.of !== snapshot) this.lines = { of: snapshot, lines: linesOf(snapshot, this.nowOf(snapshot)) };
    return this.lines.lines.get(document.uri.fsPath);
  }

  /** It goes on between messages. */
  private nowOf({ complete, now }: Snapshot): number {
    return complete ? now : now + (performance.now() - this.heardAt) * 1000;
  }

  /** A wait is shown once it has lasted for a while. By then, when all threads wait, no more events come. */
  private heard(): void {
    this.heardAt = performance.now();
    this.soon();
    clearTimeout(this.settling);
    const snapshot = this.shown;
    const isFresh = snapshot?.threads.some(
      ({ activity, ended }) => !ended && (activity?.blocked?.since ?? 0) > snapshot.now - SHORTEST_WAIT,
    );
    if (!isFresh) return;
    this.settling = setTimeout(() => {
      this.lines = undefined;
      this.draw();
    }, SHORTEST_WAIT / 1000);
  }

  private soon(): void {
    this.timer ??= setTimeout(() => this.draw(), Math.max(AT_MOST_EVERY, this.took * REST));
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const begun = performance.now();
    const snapshot = this.shown;
    if (snapshot) this.files.begin(beganAt(snapshot));
    this.tellContext(snapshot !== undefined);
    for (const editor of vscode.window.visibleTextEditors) this.drawIn(editor);
    this.drawn.fire();
    this.took = performance.now() - begun;
  }

  private tellContext(isShown: boolean): void {
    if (this.isShown === isShown) return;
    this.isShown = isShown;
    void vscode.commands.executeCommand('setContext', SHOWN_CONTEXT, isShown);
  }

  private moved(editor: vscode.TextEditor): void {
    if (looks().level === 'line') this.drawIn(editor);
  }

  private drawIn(editor: vscode.TextEditor): void {
    const { document, selections } = editor;
    const look = looks();
    const cursors = new Set(selections.map(({ active }) => active.line));
    const drawn = this.linesIn(document)
      .filter(({ facts }) => counts(look.level, facts))
      .map(({ line, facts }): Drawn => ({
        line,
        mark: markOf(facts),
        text: isTextShown(look.level, facts, cursors.has(line)) ? lineText(facts) : '',
      }));
    const key = JSON.stringify([drawn, look]);
    if (this.held.get(editor) === key) return;
    this.held.set(editor, key);
    for (const mark of MARKS) {
      const own = look.gutter ? drawn.filter((one) => one.mark === mark) : [];
      editor.setDecorations(
        this.decorations.signs[mark],
        own.map(({ line }) => endOf(document, line)),
      );
    }
    const told = look.text ? drawn.filter(({ text }) => text !== '') : [];
    editor.setDecorations(
      this.decorations.text,
      told.map(({ line, text }) => ({
        range: endOf(document, line),
        renderOptions: { after: { contentText: text } },
      })),
    );
  }
}

interface Drawn {
  /** From 0. */
  line: number;
  mark: Mark | undefined;
  text: string;
}

const SECTION = 'threadLifelines.overlay';

/** What of it a person wants to see. */
interface Looks {
  enabled: boolean;
  level: Level;
  text: boolean;
  gutter: boolean;
  hover: boolean;
}

function looks(): Looks {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const level = settings.get<unknown>('level');
  return {
    enabled: settings.get('enabled', true),
    level: isLevel(level) ? level : 'all',
    text: settings.get('text', true),
    gutter: settings.get('gutter', true),
    hover: settings.get('hover', true),
  };
}

function endOf(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(line).range;
  return new vscode.Range(end, end);
}
