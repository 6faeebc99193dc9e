// The walkthrough, as a person goes through its first step: each demo runs, and the step is done.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { workbenchPage } from '../support/page';
import { DEMO, ROOT, Sessions, start, until } from './support';

const WALKTHROUGH = 'thread-lifelines.thread-lifelines#start';
const PYTHON_DEMO = path.join(ROOT, 'test', 'programs', 'python', 'demo');
const OURS = 'Thread Lifelines';

/** Rules of the problems that are shown of a file, each once. */
const rulesIn = (file: string, source: string): string[] => {
  const found = vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter((one) => one.source === source);
  return [...new Set(found.map(({ code }) => String(typeof code === 'object' ? code.value : code)))].sort();
};

describe('the walkthrough', () => {
  let sessions: Sessions;
  let page: Page;
  let scratch: string;
  before(async () => {
    page = await workbenchPage();
    scratch = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'walkthrough-'));
  });
  after(() => fs.rmSync(scratch, { recursive: true, force: true }));
  beforeEach(() => (sessions = new Sessions()));
  afterEach(async () => {
    await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
    await sessions.allEnded();
    sessions.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const [button, folder, cutOff] of [
    ['Run the demo', DEMO, /^logger/],
    ['Run the Python demo', PYTHON_DEMO, /^logger/],
  ] as const) {
    it(`runs a demo by “${button}”, in which the end of main cuts off the logger, and its step is done then`, async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH);
      const step = page.locator('.gettingStarted .getting-started-step').first();
      await step.locator('.step-title').click();
      await step.locator('.monaco-button').getByText(button, { exact: true }).click();
      const logger = await sessions.until(
        'the end of the run',
        () => sessions.picture?.complete && sessions.thread(cutOff),
      );
      assert.equal(logger.ended?.by, 'main-exit');
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath.startsWith(folder), true);
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH);
      await step.locator('.codicon-getting-started-step-checked').waitFor();
    });
  }

  it('has a Python demo whose mistakes are underlined before the run by the rules that its report names', async () => {
    // What a run found stands in the place of what the source shows: so one copy is run, and another one read.
    const [ran, read] = ['ran.py', 'read.py'].map((name) => path.join(scratch, name)) as [string, string];
    for (const copy of [ran, read]) fs.copyFileSync(path.join(PYTHON_DEMO, 'main.py'), copy);
    await start({ program: ran, name: 'Ran' }, { noDebug: true });
    await sessions.until('the end of the run', () => sessions.picture?.complete);
    const told = [...new Set<string>(sessions.picture!.findings.map(({ rule }) => rule))].sort();
    assert.ok(told.length > 3);
    await vscode.window.showTextDocument(vscode.Uri.file(read));
    await until(
      `${told.join()} in the source`,
      (again) => [vscode.languages.onDidChangeDiagnostics(again)],
      () => rulesIn(read, OURS).join() === told.join(),
    );
  });
});
