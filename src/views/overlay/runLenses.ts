// Over the first line of each script that ran as a worker: how many threads ran it, and what became of them. Goes with the
// overlay.
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { threadsByScript } from '../../overlay/lines';
import { scriptText } from '../../overlay/words';
import type { ThreadPicture } from '../../protocol/picture';
import type { EditorOverlay } from './editorOverlay';

const SETTING = 'threadLifelines.overlay.lens';
/** In ms: the editor asks anew for all of its lenses. */
const AT_MOST_EVERY = 1000;
const TOP = new vscode.Range(0, 0, 0, 0);

export class RunLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private scripts: ReadonlyMap<string, readonly ThreadPicture[]> = new Map();
  /** What was told of all scripts. */
  private told = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly overlay: EditorOverlay) {
    this.store.add(this.changed);
    this.store.add(overlay.onDidDraw(() => (this.timer ??= setTimeout(() => this.look(), AT_MOST_EVERY))));
    this.store.add(vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SETTING) && this.look()));
    this.store.add(vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.store.add({ dispose: () => clearTimeout(this.timer) });
  }

  dispose(): void {
    this.store.dispose();
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const threads = this.scripts.get(uri.fsPath);
    if (!threads) return [];
    const command = { title: scriptText(threads), command: 'threadLifelines.showThread', arguments: [threads[0]!.key] };
    return [new vscode.CodeLens(TOP, command)];
  }

  private look(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const isWanted = vscode.workspace.getConfiguration().get(SETTING, true);
    const snapshot = isWanted ? this.overlay.shown : undefined;
    this.scripts = snapshot ? threadsByScript(snapshot) : new Map();
    const told = [...this.scripts].map(([file, threads]) => `${file} ${scriptText(threads)}`).join('\n');
    if (told === this.told) return;
    this.told = told;
    this.changed.fire();
  }
}
