// A folder that is not trusted: nothing of it is run, and nothing of ours gets in the way of VS Code's own question.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { recordingsIn } from '../../src/transport/spool/recording';
import { openDemoWindow, type DemoWindow } from '../support/demoWindow';
import { timelineFrame } from '../support/page';

describe('a folder that is not trusted', () => {
  let window: DemoWindow;

  before(async function () {
    this.timeout(300_000); // VS Code and the browser are fetched the first time
    window = await openDemoWindow({ restricted: true, settings: { 'threadLifelines.terminals': true } });
  });
  after(() => window.close());

  it('has its programs run, and their threads shown, only once the person trusts it', async function () {
    this.timeout(120_000);
    const { page, storage } = window;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+Shift+D');
    const start = page.locator('.start-debug-action-item', { hasText: 'Demo' }).locator('.codicon-debug-start');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'trust' });
    await start.click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const recordings = path.join(storage, 'recordings');
    assert.deepEqual(fs.existsSync(recordings) ? recordingsIn(recordings) : [], []);

    await start.click();
    await dialog.getByRole('button', { name: /^Trust/ }).click();
    const timeline = await timelineFrame(page, 'threadLifelines.timeline');
    await timeline.locator('.lane[data-kind="worker"]').first().waitFor({ timeout: 60_000 });
  });
});
