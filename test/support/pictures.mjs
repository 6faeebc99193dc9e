// `npm run pictures`: takes the pictures of README, docs and walkthrough of the demos in a VS Code, in a dark and a light theme.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { openHeadless } from './headless.mjs';
import { runCommand } from './palette.mjs';
import { ROOT, build, demandNode, installDependencies } from './prepare.mjs';
import { startServer } from './vscodeServer.mjs';

const demoOf = (/** @type {string} */ runtime) => path.join(ROOT, 'test', 'programs', runtime, 'demo');
const PICTURES = path.join(ROOT, 'docs', 'pictures');
const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
/** Longer than the demo takes on a slow machine. */
const DEADLINE_MS = 60_000;
/** Of Python's demo: the threads that it starts are around it. */
const PYTHON_LINE = 59;
const SIZE = { width: 1200, height: 720 };
/** Nothing but the code, the threads and the status bar. */
const SETTINGS = {
  'breadcrumbs.enabled': false,
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.openDebug': 'neverOpen',
  'debug.toolBarLocation': 'hidden',
  'editor.minimap.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

async function main() {
  demandNode();
  await installDependencies();
  build();
  fs.mkdirSync(PICTURES, { recursive: true });
  for (const [name, theme] of Object.entries(THEMES)) await takeAll(name, theme);
}

/** @param {string} name @param {string} theme */
async function takeAll(name, theme) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-pictures-'));
  const folder = path.join(scratch, 'demo');
  for (const runtime of ['python', 'node']) fs.cpSync(demoOf(runtime), folder, { recursive: true });
  const server = await startServer({
    folder,
    extensionDevelopmentPath: ROOT,
    userDataDir: path.join(scratch, 'user-data'),
    extensionsDir: path.join(scratch, 'extensions'),
    settings: { ...SETTINGS, 'workbench.colorTheme': theme },
  });
  const browser = await openHeadless(server.url);
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('the window has no page');
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewportSize(SIZE);
    await take(page, (what) => path.join(PICTURES, `${what}-${name}.png`));
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @param {Page} page @param {(what: string) => string} fileOf */
async function take(page, fileOf) {
  const shoot = async (/** @type {string} */ what) => {
    await page.mouse.move(SIZE.width - 1, SIZE.height - 1); // no hover in the picture
    fs.writeFileSync(fileOf(what), smaller(await page.screenshot()));
    console.log(fileOf(what));
  };
  await openFile(page, 'main.js');
  await page.keyboard.press('Control+Shift+D'); // it shows the configurations once it has read them
  await page.locator('.start-debug-action-item', { hasText: 'Demo' }).locator('.codicon-debug-start').click();
  await runCommand(page, 'View: Close Primary Side Bar');
  const timeline = await frameWith(page, '.lane');
  await timeline.locator('.lane[data-label="flaky"][data-ended-by="error"]').waitFor();
  await shoot('live');
  await timeline.locator('.lane[data-kind="main"][data-ended-by]').waitFor();
  await page.locator('.statusbar-item', { hasText: /lost|whether/i }).waitFor();
  await shoot('demo');
  await runCommand(page, 'View: Toggle Maximized Panel');
  await shoot('timeline');
  await runCommand(page, 'View: Toggle Maximized Panel');
  await runCommand(page, 'View: Hide Panel');
  await shoot('overlay');
  await runCommand(page, 'Thread Lifelines: Show the Exit Report');
  await frameWith(page, 'a[data-href*="main.js#L"]');
  await shoot('report');
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'main.py');
  await runCommand(page, 'Thread Lifelines: Debug This File and Show Its Threads');
  await page.locator('.statusbar-item', { hasText: /lost/i }).waitFor({ state: 'detached' });
  await page.locator('.statusbar-item', { hasText: /lost/i }).waitFor();
  const lens = page.locator('.codelens-decoration', { hasText: 'started ·', hasNotText: 'live' });
  await lens.first().waitFor(); // it comes a moment later
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').fill(`:${PYTHON_LINE}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await shoot('python');
}

/** The same picture: a browser takes little time to pack one, and they are a third of the VSIX. @param {Buffer} picture */
function smaller(picture) {
  const packed = PNG.sync.write(PNG.sync.read(picture), {
    colorType: 2,
    deflateLevel: 9,
    deflateStrategy: 0,
    filterType: 0,
  });
  return packed.length < picture.length ? packed : picture;
}

/** @param {Page} page @param {string} name */
async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await page.locator('.tab', { hasText: name }).waitFor();
}

/** @param {Page} page @param {string} selector @returns {Promise<Frame>} that holds what it finds */
async function frameWith(page, selector) {
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline;) {
    for (const frame of page.frames()) if (await holds(frame, selector)) return frame;
    await page.waitForEvent('framenavigated', { timeout: 200 }).catch(() => undefined);
  }
  throw new Error(`nothing has ${selector}`);
}

/** @param {Frame} frame @param {string} selector */
const holds = (frame, selector) =>
  frame
    .locator(selector)
    .count()
    .then((count) => count > 0)
    .catch(() => false); // it went away while we asked

await main();
