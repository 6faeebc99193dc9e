// From a place in the program to the place in the editor.
import * as vscode from 'vscode';
import { messageOf } from '../common/humanError';
import { t } from '../common/l10n';
import { forNotification } from '../common/untrusted';
import type { Site } from '../protocol/probeEvents';

/** Of a path, so that it leaves room for what the editor says of it. */
const LONGEST = 400;

/** @param from column of the editor tab in which it was asked for: that stays in sight, and the line is shown beside it */
export async function openSite(site: Site, log: vscode.LogOutputChannel, from?: vscode.ViewColumn): Promise<void> {
  const position = new vscode.Position(Math.max(0, site.line - 1), Math.max(0, site.column - 1));
  try {
    const uri = /^[a-z][a-z+.-]+:/i.test(site.file) ? vscode.Uri.parse(site.file, true) : vscode.Uri.file(site.file);
    if (uri.scheme !== 'file') throw new Error(t('it is not a file on disk'));
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(position, position),
      preview: true,
      ...(from === undefined ? {} : { viewColumn: besideOf(from) }),
    });
  } catch (error) {
    log.info(`${site.file}:${site.line} was not opened: ${messageOf(error)}`);
    const place = forNotification(`${site.file}:${site.line}`, LONGEST);
    void vscode.window.showInformationMessage(
      forNotification(t('The source at {0} cannot be opened: {1}.', place, messageOf(error))),
    );
  }
}

/** The first other column that there is, else a new one. */
function besideOf(column: vscode.ViewColumn): vscode.ViewColumn {
  const other = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn !== column);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
