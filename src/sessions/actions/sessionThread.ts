// From a session of the Call Stack to the thread that it stands for.
import type * as vscode from 'vscode';
import { HumanError } from '../../common/humanError';
import { t } from '../../common/l10n';
import type { SessionStore } from '../stores/sessionStore';
import type { Debuggers } from '../debuggers/debuggers';
import { idOfNamesake } from '../debuggers/namesakes';

/**
 * Chooses the timeline that holds it; gives the thread's key. Throws a HumanError where there is none.
 * @param row the debugger's own number of a thread, of a session with several
 */
export async function chooseThreadOf(
  { session, row }: { session: vscode.DebugSession | undefined; row?: number | undefined },
  sessions: SessionStore,
  debuggers: Debuggers,
): Promise<string> {
  let above = session;
  while (above && !sessions.get(above.id)) above = above.parentSession;
  const found = session && (await debuggers.threadOf(session, row));
  const snapshot = above && sessions.get(above.id);
  const process = snapshot?.processes.find(({ pid, over }) => pid === found?.pid && !over);
  const living = snapshot?.threads.filter((one) => one.process === process?.key && !one.ended) ?? [];
  const id = found && ('id' in found ? found.id : idOfNamesake(found, living));
  const thread = living.find((one) => one.id === id);
  if (!above || !thread) throw new HumanError(t('The timeline shows no threads of this session.'));
  sessions.choose(above.id);
  return thread.key;
}
