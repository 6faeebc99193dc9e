// A folder that is not trusted: nothing of it is run, and nothing of ours gets in the way of VS Code's own question.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { recordingsIn } from '../../src/transport/recording';
import { openHeadless } from '../support/headless.mjs';
import { timelineFrame } from '../support/page';
import { startServer } from '../support/vscodeServer.mjs';

const DEMO = path.resolve('test/programs/node/demo');

describe('a folder that is not trusted', () => {
  let scratch: string;
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout(300_000); // VS Code and the browser are fetched the first time
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-untrusted-'));
    const folder = path.join(scratch, 'demo');
    fs.cpSync(DEMO, folder, { recursive: true });
    server = await startServer({
      folder,
      extensionDevelopmentPath: path.resolve('.'),
      userDataDir: path.join(scratch, 'user-data'),
      extensionsDir: path.join(scratch, 'extensions'),
      restricted: true,
      settings: { 'threadLifelines.terminals': true },
    });
    browser = await openHeadless(server.url);
    page = browser.contexts()[0]!.pages()[0]!;
  });

  after(async () => {
    await browser.close();
    await server.stop();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('has its programs run, and their threads shown, only once the person trusts it', async function () {
    this.timeout(120_000);
    const recordings = path.join(
      scratch,
      'user-data/User/globalStorage/thread-lifelines.thread-lifelines',
      'recordings',
    );
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+Shift+D');
    const start = page.locator('.start-debug-action-item', { hasText: 'Demo' }).locator('.codicon-debug-start');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'trust' });
    await start.click();
    await dialog.waitFor();
    await page.screenshot({ path: 'out/screenshots/untrusted.png' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(fs.existsSync(recordings) ? recordingsIn(recordings) : [], []);

    await start.click();
    await dialog.getByRole('button', { name: /^Trust/ }).click();
    const timeline = await timelineFrame(page, 'threadLifelines.timeline');
    await timeline.locator('.lane[data-kind="worker"]').first().waitFor({ timeout: 60_000 });
  });
});
