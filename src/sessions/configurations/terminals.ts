// Programs that people start by hand in terminals, and that js-debug then attaches to: its debug terminal, auto attach. Where
// a person wants it, terminals bring the probe into them.
import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { t } from '../../common/l10n';
import { ACTIVITY_VARIABLE, SPOOLS_VARIABLE, activityText } from '../../protocol/spool';
import { PROBES } from '../../transport/probes/probes';
import { ownSpoolOf } from '../../transport/spool/spool';
import { activitySettings } from './ownType';

const SETTING = 'threadLifelines.terminals';
/** A program that the debugger held at its start has its folder a moment after it goes on. */
const LOOK_AGAIN_MS = 25;
const LOOKS = 40;

/**
 * Keeps the variables of terminals as the setting has them.
 * @param bundles folder of the product's bundles
 * @param spools folder in which programs make theirs
 */
export function observeTerminals(
  variables: vscode.EnvironmentVariableCollection,
  bundles: string,
  spools: string,
): vscode.Disposable {
  variables.persistent = false;
  const apply = (): void => {
    variables.clear();
    if (!isTerminalWanted()) return;
    mkdirSync(spools, { recursive: true });
    variables.description = t('Shows the threads of Node and Python programs that you debug in terminals.');
    // At its own first line the program has both: js-debug's part is set before or after.
    for (const probe of PROBES) {
      const { appended = {}, replaced = {} } = probe.inTerminals(bundles, process.env);
      for (const [name, text] of Object.entries(appended)) variables.append(name, text);
      for (const [name, text] of Object.entries(replaced)) variables.replace(name, text);
    }
    variables.replace(SPOOLS_VARIABLE, spools);
    const activity = activityText(activitySettings(undefined));
    if (activity !== undefined) variables.replace(ACTIVITY_VARIABLE, activity);
  };
  apply();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('threadLifelines') && apply()),
    vscode.workspace.onDidGrantWorkspaceTrust(apply),
  );
}

/** The person wants the probe in programs of terminals, and trusts the folder. */
export const isTerminalWanted = (): boolean =>
  vscode.workspace.isTrusted && vscode.workspace.getConfiguration().get(SETTING, false);

/** The spool that a program of a terminal made for itself; undefined where it makes none. */
export async function spoolInTerminal(pid: number | undefined, spools: string): Promise<string | undefined> {
  if (!pid || !isTerminalWanted()) return undefined;
  for (let looks = 0; looks < LOOKS; looks++) {
    const spool = ownSpoolOf(pid, spools);
    if (spool) return spool;
    await setTimeout(LOOK_AGAIN_MS);
  }
  return undefined;
}
