// One item in the status bar: the threads of the session that is shown, and why it is still alive.
import * as vscode from 'vscode';
import type { SessionStore } from '../sessions/stores/sessionStore';
import { statusText } from './statusText';

/** Deltas come up to 25 times a second; a person reads more slowly. In ms. */
const AT_MOST_EVERY = 500;

export function showStatus(sessions: SessionStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('threadLifelines.status', vscode.StatusBarAlignment.Left);
  item.name = 'Thread Lifelines';
  item.command = 'threadLifelines.showTimeline';
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    timer = undefined;
    const isWanted = vscode.workspace.getConfiguration('threadLifelines').get('statusBar', true);
    const status = isWanted && sessions.chosen ? statusText(sessions.chosen.snapshot) : undefined;
    if (!status) return item.hide();
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.backgroundColor = status.warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  const soon = (): void => void (timer ??= setTimeout(draw, AT_MOST_EVERY));
  return vscode.Disposable.from(
    item,
    sessions.onDidChange(soon),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('threadLifelines.statusBar')) draw();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
