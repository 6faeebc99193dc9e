// While the timeline's cursor stands at a moment, the lines of the program show that moment instead of the present: which of
// the threads that they started lived then, and what those did.
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { decimal, t } from '../../common/l10n';
import { messageOf } from '../../common/humanError';
import { beganAt } from '../../overlay/lines';
import { momentLines, type Doing, type MomentLines } from '../../overlay/moment';
import type { Snapshot } from '../../protocol/picture';
import { stateIn, type Look } from '../../protocol/tracks';
import type { ShownSessions } from '../../sessions/together/shownSessions';
import type { CursorMoment } from '../timeline/timelineViews';
import type { EditorOverlay } from './editorOverlay';
import { TrackedFiles } from './trackedFiles';

export interface TravelParts {
  onDidMoveCursor: vscode.Event<CursorMoment>;
  sessions: Pick<ShownSessions, 'get' | 'see'>;
  /** Of the present: it gives way. */
  overlay: Pick<EditorOverlay, 'shown' | 'show' | 'dismiss'>;
  log: Pick<vscode.LogOutputChannel, 'error'>;
}

export class TimeTravel implements vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly files = new TrackedFiles(() => this.draw());
  private readonly text = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
    after: {
      color: new vscode.ThemeColor('editor.foreground'),
      backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
      margin: '0 0 0 3em',
    },
  });
  private lines: MomentLines = new Map();
  private when = '';
  private wanted: CursorMoment | undefined;
  private isAsking = false;
  /** The present was shown before. */
  private gaveWay = false;

  constructor(private readonly parts: TravelParts) {
    this.store.add(this.files);
    this.store.add(this.text);
    this.store.add(parts.onDidMoveCursor((moment) => void this.moved(moment)));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.draw()));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** One question at a time; of moments that come meanwhile the last counts. */
  private async moved(moment: CursorMoment): Promise<void> {
    this.wanted = moment;
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      while (this.wanted) {
        const { session, t: at } = this.wanted;
        this.wanted = undefined;
        await this.show(session, at);
      }
    } catch (error) {
      this.parts.log.error(`The moment of the cursor cannot be shown: ${messageOf(error)}`);
    } finally {
      this.isAsking = false;
    }
  }

  private async show(session: string, at: number | undefined): Promise<void> {
    const { sessions, overlay } = this.parts;
    const snapshot = sessions.get(session);
    if (at === undefined || !snapshot) return this.back();
    const seen = await sessions.see(session, lookAt(snapshot, at));
    const doing = new Map<string, Doing>(
      (seen?.lanes ?? []).flatMap(({ thread, state, busy }): [string, Doing][] =>
        state.length > 0 ? [[thread, { state: stateIn(state[0]!), busy: busy[0]! / 255 }]] : [],
      ),
    );
    this.lines = momentLines(snapshot, at, doing);
    const began = Math.min(...snapshot.processes.map(({ startedAt }) => startedAt));
    this.when = t('{0} s', decimal((at - began) / 1e6, 3));
    this.files.begin(beganAt(snapshot));
    if (overlay.shown) {
      this.gaveWay = true;
      overlay.dismiss();
    }
    this.draw();
  }

  private back(): void {
    this.lines = new Map();
    this.draw();
    if (this.gaveWay) this.parts.overlay.show();
    this.gaveWay = false;
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const texts = this.lines.get(editor.document.uri.fsPath) ?? [];
      editor.setDecorations(
        this.text,
        [...texts].flatMap(([ran, text]) => this.decorated(editor.document, ran, text)),
      );
    }
  }

  private decorated(document: vscode.TextDocument, ran: number, text: string): vscode.DecorationOptions[] {
    const line = this.files.of(document)?.placeOf(ran);
    if (line === undefined || line > document.lineCount) return [];
    const { end } = document.lineAt(line - 1).range;
    const contentText = `${this.when}: ${text}`;
    return [{ range: new vscode.Range(end, end), renderOptions: { after: { contentText } } }];
  }
}

/** One column, a µs wide. */
const lookAt = ({ threads }: Snapshot, at: number): Look => ({
  id: 0,
  from: at,
  to: at + 1,
  pixels: 1,
  threads: threads.map(({ key }) => key),
  pools: [],
  messagesOf: [],
});
