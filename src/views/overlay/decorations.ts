// How marks look in an editor: a sign beside the line, a text behind it, a tick at the scroll bar.
import * as vscode from 'vscode';
import { MARKS, type Mark } from '../../overlay/words';

export interface Decorations extends vscode.Disposable {
  signs: Record<Mark, vscode.TextEditorDecorationType>;
  text: vscode.TextEditorDecorationType;
}

/** Only what should be found from afar has a tick at the scroll bar. */
const RULER: Partial<Record<Mark, string>> = { 'cut-off': 'threadLifelines.failed', failed: 'threadLifelines.failed' };

/** @param icons folder of the signs, one for each mark */
export function createDecorations(icons: vscode.Uri): Decorations {
  const signs = Object.fromEntries(MARKS.map((mark) => [mark, signOf(mark, icons)])) as Decorations['signs'];
  const text = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
    after: { color: new vscode.ThemeColor('threadLifelines.overlayForeground'), margin: '0 0 0 3em' },
  });
  return { signs, text, dispose: () => [text, ...Object.values(signs)].forEach((type) => type.dispose()) };
}

function signOf(mark: Mark, icons: vscode.Uri): vscode.TextEditorDecorationType {
  const color = RULER[mark];
  const ruler = color && {
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  };
  return vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.joinPath(icons, `mark-${mark}.svg`),
    gutterIconSize: 'contain',
    ...ruler,
  });
}
