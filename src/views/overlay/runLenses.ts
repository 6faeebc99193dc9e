// Over the first line of each script that ran as a worker: how many threads ran it, and how they fared. Over the lines
// that start threads too, where no text behind them tells that. Goes with the overlay.
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { threadsByScript, type StartedThreads } from '../../overlay/lines';
import { scriptText } from '../../overlay/words';
import type { EditorOverlay } from './editorOverlay';

const SECTION = 'threadLifelines.overlay';
const SETTING = `${SECTION}.lens`;
const TEXT = `${SECTION}.text`;
/** In ms: the editor asks again for all of its lenses. */
const AT_MOST_EVERY = 1000;

export class RunLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private scripts: ReadonlyMap<string, StartedThreads> = new Map();
  /** What the editor was given for all scripts. */
  private told = '';
  private timer: NodeJS.Timeout | undefined;
  private lookedAt = -Infinity;

  constructor(private readonly overlay: EditorOverlay) {
    this.store.add(this.changed);
    this.store.add(overlay.onDidDraw(() => this.soon()));
    this.store.add(vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SECTION) && this.look()));
    this.store.add(vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.store.add({ dispose: () => clearTimeout(this.timer) });
  }

  dispose(): void {
    this.store.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isOn(SETTING)) return [];
    const starts = isOn(TEXT) ? [] : this.overlay.linesIn(document).filter(({ facts }) => isStart(facts));
    const ran = this.scripts.get(document.uri.fsPath);
    return [...(ran ? [lens(0, ran)] : []), ...starts.map(({ line, facts }) => lens(line, facts))];
  }

  /** At once after a pause, and at the end of a run: then all that the editor shows agrees. */
  private soon(): void {
    if (this.overlay.shown?.complete) return this.look();
    const rest = this.lookedAt + AT_MOST_EVERY - performance.now();
    this.timer ??= setTimeout(() => this.look(), Math.max(0, rest));
  }

  private look(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lookedAt = performance.now();
    const snapshot = isOn(SETTING) ? this.overlay.shown : undefined;
    this.scripts = snapshot ? threadsByScript(snapshot) : new Map();
    const scripts = [...this.scripts].map(([file, threads]) => `${file} ${scriptText(threads)}`);
    const all = { started: snapshot?.threads ?? [], earlier: snapshot?.earlier ?? [] };
    const told = [isOn(TEXT), scriptText(all), ...scripts].join('\n');
    if (told === this.told) return;
    this.told = told;
    this.changed.fire();
  }
}

const isOn = (setting: string): boolean => vscode.workspace.getConfiguration().get(setting, true);

const isStart = ({ started, earlier }: StartedThreads): boolean => started.length > 0 || earlier.length > 0;

/** Shows the first of the threads that are kept, or the timeline. */
function lens(line: number, threads: StartedThreads): vscode.CodeLens {
  const [first] = threads.started;
  const show = first
    ? { command: 'threadLifelines.showThread', arguments: [first.key] }
    : { command: 'threadLifelines.showTimeline' };
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title: scriptText(threads), ...show });
}
