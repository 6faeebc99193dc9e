// Says once, when a session ends, that work was lost in it. What is only slow, or held a process, is for the timeline.
import * as vscode from 'vscode';
import { t } from '../common/l10n';
import { forNotification } from '../common/untrusted';
import type { Finding, Snapshot } from '../protocol/picture';
import { ruleOf } from '../protocol/rules';
import type { SessionChange, SessionStore } from '../sessions/stores/sessionStore';

const SETTING = 'threadLifelines.notifyLostWork';
const LONGEST = 300;

export function tellOfLostWork(sessions: SessionStore): vscode.Disposable {
  /** Seen alive: of a recording that is opened there is nothing new to say. */
  const live = new Set<string>();
  const look = (id: string, { complete, findings }: Snapshot): void => {
    if (!complete) live.add(id);
    else if (live.delete(id)) void tell(findings.filter(isLoss), () => sessions.choose(id));
  };
  return vscode.Disposable.from(
    sessions.onDidChange((change: SessionChange) => {
      const snapshot = change.kind === 'chosen' ? undefined : sessions.get(change.session);
      if (snapshot) look(change.session!, snapshot);
    }),
    sessions.onDidForget((id) => void live.delete(id)),
  );
}

const isLoss = ({ rule, severity }: Finding): boolean => severity === 'error' && ruleOf(rule).category === 'cut-off';

async function tell(lost: readonly Finding[], choose: () => void): Promise<void> {
  const [first] = lost;
  const settings = vscode.workspace.getConfiguration();
  if (!first || !settings.get(SETTING, true)) return;
  const more = lost.length - 1;
  const others = more > 0 ? ` ${t('And {0} more.', more)}` : '';
  const text = `${forNotification(first.text, LONGEST)}${others}`;
  const [report, never] = [t('Show the exit report'), t('Don’t show again')];
  const chosen = await vscode.window.showWarningMessage(forNotification(text), report, never);
  if (chosen === never) await settings.update(SETTING, false, vscode.ConfigurationTarget.Global);
  if (chosen !== report) return;
  choose();
  await vscode.commands.executeCommand('threadLifelines.showReport');
}
