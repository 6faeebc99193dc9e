// The page of the timeline webview. Nothing but our own bundle may run or load in it.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { writtenLanguage } from '../../common/l10n';

/**
 * The language of the views and its translation, as the page carries them.
 * A block of data: nothing in it is run, and no `<` in it can end it.
 */
function translationBlock(): string {
  const text = JSON.stringify(vscode.l10n.bundle ?? null).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="translation">${text}</script>`;
}

/** @param place where it is shown, for the page's own use: a view's id or `panel` */
export function timelineHtml(webview: vscode.Webview, dist: vscode.Uri, place: string): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${writtenLanguage()}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${uri('timeline.css')}">
  <title>Thread Lifelines</title>
</head>
<body data-view="${place}">
  <div id="root"></div>
  ${translationBlock()}
  <script nonce="${nonce}" src="${uri('timeline.js')}"></script>
</body>
</html>`;
}
