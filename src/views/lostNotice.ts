// Says once, when a session ends, that work was lost in it. What is only slow, or held a process, is for the timeline.
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import { forNotification } from '../common/untrusted';
import { lossesIn } from '../model/report/losses';
import { outcomeOf } from '../model/report/outcome';
import type { Snapshot } from '../protocol/picture';
import type { SessionChange, SessionStore } from '../sessions/stores/sessionStore';

const SETTING = 'threadLifelines.notifyLostWork';
const LONGEST = 300;

export function tellOfLostWork(sessions: SessionStore): vscode.Disposable {
  /** Seen alive: of a recording that is opened there is nothing new to say. */
  const live = new Set<string>();
  const look = (id: string, snapshot: Snapshot): void => {
    if (!snapshot.complete) live.add(id);
    else if (live.delete(id)) void tell(snapshot, () => sessions.choose(id));
  };
  return vscode.Disposable.from(
    sessions.onDidChange((change: SessionChange) => {
      const snapshot = change.kind === 'chosen' ? undefined : sessions.get(change.session);
      if (snapshot) look(change.session!, snapshot);
    }),
    sessions.onDidForget((id) => void live.delete(id)),
  );
}

async function tell(snapshot: Snapshot, choose: () => void): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  if (lossesIn(snapshot).length === 0 || !settings.get(SETTING, true)) return;
  const text = outcomeOf(snapshot).headline;
  const [report, never] = [t('Show the exit report'), t('Don’t show again')];
  const chosen = await vscode.window.showWarningMessage(forNotification(text, LONGEST), report, never);
  if (chosen === never) await settings.update(SETTING, false, vscode.ConfigurationTarget.Global);
  if (chosen !== report) return;
  choose();
  await vscode.commands.executeCommand('threadLifelines.showReport');
}
