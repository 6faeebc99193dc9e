// The language server as VS Code shows it: problems before the run, the same on the lines after it, and quick fixes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { workbenchPage } from '../support/page';
import { DEMO, SCREENSHOTS, Sessions, start, until } from './support';

const MAIN = path.join(DEMO, 'main.js');
const OURS = 'Thread Lifelines';
const RUN = 'Thread Lifelines, last run';
const UNDONE = `const { Worker } = require('node:worker_threads');
const worker = new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true, name: 'a' });
worker.on('error', console.error);
worker.unref();
worker.on('message', () => {});
`;

let scratch: string;
let sessions: Sessions;
before(() => (scratch = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'server-'))));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

/** `line rule` of the problems of one source, lines counting from 1. */
const problems = (file: string, source: string): string[] =>
  vscode.languages
    .getDiagnostics(vscode.Uri.file(file))
    .filter((one) => one.source === source)
    .map(({ range, code }) => `${range.start.line + 1} ${typeof code === 'object' ? code.value : code}`)
    .sort();

const becomes = (file: string, source: string, expected: readonly string[]): Promise<true> =>
  until(
    `${expected.join()} in ${path.basename(file)} by ${source}`,
    (again) => [vscode.languages.onDidChangeDiagnostics(again)],
    () => problems(file, source).join() === expected.join(),
  );

describe('the language server in VS Code', () => {
  it('underlines in the demo what its run then finds, by the same rule on the same line', async function () {
    this.timeout(120_000);
    const stuck = path.join(DEMO, 'stuck.js');
    const line = fs.readFileSync(MAIN, 'utf8').split('\n').indexOf('logger.unref();') + 1;
    await vscode.window.showTextDocument(vscode.Uri.file(stuck), { preview: false });
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(MAIN), { preview: false });
    await becomes(MAIN, OURS, [`${line} cut-off-while-writing`]);
    await becomes(stuck, OURS, ['4 unresponsive-worker']);
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    await (await workbenchPage()).screenshot({ path: path.join(SCREENSHOTS, 'problems.png') });
    await start({ program: MAIN, name: 'Demo' });
    await sessions.until('the end of the run', () => sessions.picture?.complete);
    // Under a debugger "stuck" begins late, and may not have been stuck for long enough.
    const told = sessions.picture!.findings.map(({ rule }) => rule).filter((rule) => rule !== 'unresponsive-worker');
    assert.deepEqual(told, ['cut-off-while-writing']);
    await until(
      'what the run found',
      (again) => [vscode.languages.onDidChangeDiagnostics(again)],
      () => problems(MAIN, RUN).includes(`${line} cut-off-while-writing`),
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(line - 1, 0), 'void '));
    await until(
      'that it goes with its line',
      (again) => [vscode.languages.onDidChangeDiagnostics(again)],
      () => !problems(MAIN, RUN).includes(`${line} cut-off-while-writing`),
    );
  });

  it('repairs by a quick fix: the program ends', async () => {
    const file = path.join(scratch, 'undone.js');
    fs.writeFileSync(file, UNDONE);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document, { preview: false });
    await becomes(file, OURS, ['5 unref-undone']);
    const [problem] = vscode.languages.getDiagnostics(document.uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title === 'Call unref() after adding the listener');
    assert.ok(await vscode.workspace.applyEdit(fix!.edit!));
    await becomes(file, OURS, []);
    await document.save();
    execFileSync('node', [file], { timeout: 10_000 });
  });

  it('leads from the path of a script to the script, and tells there who starts it', async () => {
    const main = path.join(scratch, 'main.js');
    const worker = path.join(scratch, 'worker.js');
    fs.writeFileSync(worker, 'console.log(1);\n');
    const text = `const { Worker } = require('node:worker_threads');\nnew Worker(require.resolve('./worker.js'));\n`;
    fs.writeFileSync(main, text);
    const document = await vscode.workspace.openTextDocument(main);
    await vscode.window.showTextDocument(document, { preview: false });
    await becomes(main, OURS, ['2 unnamed-worker']);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(
      links.map(({ target }) => target?.fsPath),
      [worker],
    );
    await vscode.workspace.openTextDocument(worker);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      vscode.Uri.file(worker),
    );
    const lens = lenses.find(({ command }) => command?.title === 'Started as a worker by main.js:2');
    await vscode.commands.executeCommand(lens!.command!.command, ...(lens!.command!.arguments as unknown[]));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, main);
    assert.equal(vscode.window.activeTextEditor.selection.start.line, 1);
  });

  it('is there again after its server died, and says so', async function () {
    if (process.platform !== 'linux') this.skip(); // by /proc it knows the process
    const file = path.join(scratch, 'again.js');
    fs.writeFileSync(file, UNDONE);
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    await becomes(file, OURS, ['5 unref-undone']);
    process.kill(serverPid()!, 'SIGKILL');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    await becomes(file, OURS, ['6 unref-undone']);
    await vscode.commands.executeCommand('notifications.showList');
    const page = await workbenchPage();
    const told = page.locator('.notification-list-item', { hasText: 'stopped unexpectedly and was restarted' });
    await told.first().waitFor();
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});

/** Of the process that the extension host started; on Linux. */
function serverPid(): number | undefined {
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path.join('dist', 'server.js'))) continue;
      const parent = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (Number(parent) === process.pid) return Number(pid);
    } catch {
      continue; // it has just ended
    }
  }
  return undefined;
}
