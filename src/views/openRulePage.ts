// The page of a rule, which comes with the extension, as VS Code shows Markdown.
import * as vscode from 'vscode';
import { messageOf } from '../common/humanError';
import { RULE_IDS, rulePage, type RuleId } from '../protocol/rules';

/** `dist`: the extension's folder of bundles; the docs lie beside it. */
export async function openRulePage(dist: vscode.Uri, rule: RuleId, log: vscode.LogOutputChannel): Promise<void> {
  // It was asked for by a webview: anything else than a rule's name would be a path of its own making.
  if (!RULE_IDS.includes(rule)) return;
  const page = vscode.Uri.joinPath(dist, '..', 'docs', rulePage(rule));
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch (error) {
    log.info(`${page.fsPath} was not shown as Markdown: ${messageOf(error)}`);
    await vscode.window.showTextDocument(page, { preview: true });
  }
}
