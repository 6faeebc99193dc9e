// The timeline as it stands in the window: read from the page, and looked at.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../src/protocol/adapterEvents';
import { frameWith, timelineFrame, workbenchPage } from '../support/page';
import { DEMO, SCREENSHOTS, Sessions, program, start, until } from './support';

const SIDEBAR = 'threadLifelines.timeline';
/** Pixels: a lane that ends with main ends on its line, but for rounding. */
const SAME_PLACE = 2;

let sessions: Sessions;
let page: Page;

before(async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true });
  page = await workbenchPage();
});
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
});

/** The demo in launch.json of the open folder, started as people start it. */
async function pressF5OnTheDemo(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const configuration = { type: DEBUG_TYPE, request: 'launch', name: 'Demo', program: path.join(DEMO, 'main.js') };
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  const known = until(
    'the launch configuration',
    (again) => [vscode.workspace.onDidChangeConfiguration(again)],
    () => vscode.workspace.getConfiguration('launch').get<unknown[]>('configurations')?.length === 1,
  );
  fs.writeFileSync(
    path.join(folder, '.vscode', 'launch.json'),
    JSON.stringify({ version: '0.2.0', configurations: [configuration] }),
  );
  await known;
  await page.keyboard.press('F5');
}

/** The lanes and the line where main exits as they stand in one frame; x in pixels. */
const drawn = (frame: Frame) =>
  frame.evaluate(() => ({
    exitX: Number(document.querySelector<HTMLElement>('.exit-flag')?.dataset['x']),
    lanes: [...document.querySelectorAll<HTMLElement>('.lane')].map((element) => {
      const { label, kind, daemon, endedBy, endX } = element.dataset;
      return { label: label?.replace(/\.js$/, ''), kind, daemon, endedBy, endX: Number(endX) };
    }),
  }));

async function completePicture(): Promise<void> {
  await sessions.until('a complete picture', () => sessions.picture?.complete);
}

/** Waits for the timeline to have drawn the last that the adapter told. */
const drawnEnd = (frame: Frame): Promise<void> =>
  frame.locator(`#timeline[data-revision="${sessions.picture!.revision}"]`).waitFor({ state: 'attached' });

/** The line of mainReturns.js that starts its worker has the cursor. */
const startIsOpened = (): Promise<true> =>
  until(
    'the line that starts the worker',
    (again) => [vscode.window.onDidChangeActiveTextEditor(again), vscode.window.onDidChangeTextEditorSelection(again)],
    () => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.fileName !== program('mainReturns.js')) return false;
      return editor.document.lineAt(editor.selection.active.line).text.includes('new Worker');
    },
  );

/** Of the pictures for people to look at. */
const THEMES = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe('the timeline', () => {
  it('shows after F5 on the demo how each daemon dies where main exits', async function () {
    this.timeout(150_000);
    await pressF5OnTheDemo();
    const frame = await timelineFrame(page, SIDEBAR);
    await frame.locator('.lane[data-state="alive"][data-kind="worker"]').first().waitFor();
    await completePicture();
    await drawnEnd(frame);
    const { exitX, lanes } = await drawn(frame);
    const killed = lanes.filter((lane) => lane.endedBy === 'main-exit');
    assert.deepEqual(
      killed.map(({ label, daemon }) => [label, daemon]),
      [['logger', 'true']],
    );
    for (const { label, endX } of killed) {
      assert.ok(Math.abs(endX - exitX) <= SAME_PLACE, `${label} ends at ${endX}, main at ${exitX}`);
    }
    assert.deepEqual(Object.fromEntries(lanes.map(({ label, endedBy }) => [label, endedBy])), {
      main: 'returned',
      logger: 'main-exit',
      holder: 'returned',
      build: 'returned',
      minify: 'returned',
      flaky: 'error',
      stuck: 'terminate',
    });
    await vscode.commands.executeCommand('threadLifelines.openTimeline');
    await drawnEnd(await timelineFrame(page, 'panel'));
    for (const [name, theme] of THEMES) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
      assert.ok(fs.statSync(path.join(SCREENSHOTS, `${name}.png`)).size > 0);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows a thread’s name as text, whatever it holds', async () => {
    await start({ program: program('hostileName.js') });
    await completePicture();
    const frame = await timelineFrame(page, SIDEBAR);
    await drawnEnd(frame);
    assert.equal((await drawn(frame)).lanes.length, 6);
    assert.equal(await frame.locator('img').count(), 0);
  });

  it('is there again, whole, after it was hidden and after it was closed', async () => {
    await start({ program: program('mainReturns.js') });
    await completePicture();
    const endings = async (frame: Frame) => {
      await drawnEnd(frame);
      return (await drawn(frame)).lanes.map(({ label, endedBy }) => ({ label, endedBy }));
    };
    const before = await endings(await timelineFrame(page, SIDEBAR));
    assert.equal(before.length, 2);
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand(`${SIDEBAR}.focus`);
    assert.deepEqual(await endings(await timelineFrame(page, SIDEBAR)), before);
    await vscode.commands.executeCommand('threadLifelines.openTimeline');
    assert.deepEqual(await endings(await timelineFrame(page, 'panel')), before);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens the source line of a lane that is clicked twice', async () => {
    await start({ program: program('mainReturns.js') });
    await completePicture();
    const frame = await timelineFrame(page, SIDEBAR);
    await drawnEnd(frame);
    const opened = startIsOpened();
    await frame.locator('.lane[data-kind="worker"] .name').dblclick();
    await opened;
  });

  it('has an exit report whose places lead to their lines', async () => {
    await start({ program: program('mainReturns.js') });
    await completePicture();
    await vscode.commands.executeCommand('threadLifelines.showReport');
    const place = 'a[data-href*="mainReturns.js#L"]';
    const preview = await frameWith(page, place);
    const opened = startIsOpened();
    await preview.locator(place).first().click();
    await opened;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
