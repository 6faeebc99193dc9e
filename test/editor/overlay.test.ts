// The overlay in the editor as it stands in the window: texts behind lines are read from the page.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import type { Frame, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { timelineFrame, workbenchPage } from '../support/page';
import { DEMO, SCREENSHOTS, Sessions, start } from './support';

let sessions: Sessions;
let page: Page;
const MAIN = path.join(DEMO, 'main.js');

before(async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true });
  page = await workbenchPage();
});
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

/** What is drawn behind each line of the editor, by the line's own text. */
const behindLines = (): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const found: Record<string, string> = {};
    for (const line of document.querySelectorAll('.editor-instance .view-line')) {
      for (const span of line.querySelectorAll('span')) {
        const { content } = getComputedStyle(span, '::after');
        const text = (line.textContent ?? '').replace(/\u00a0/g, ' ').trim();
        if (content !== 'none' && content !== '""') found[text] = JSON.parse(content) as string;
      }
    }
    return found;
  });

/** Waits for the texts to be as `fits` wants them; gives them. */
async function until(fits: (texts: Record<string, string>) => boolean): Promise<Record<string, string>> {
  const deadline = Date.now() + 30_000;
  let texts = await behindLines();
  while (!fits(texts)) {
    assert.ok(Date.now() < deadline, `what is drawn: ${JSON.stringify(texts, null, 1)}`);
    await page.waitForTimeout(100);
    texts = await behindLines();
  }
  return texts;
}

/** Nothing tells of lenses: they are asked for again. */
async function lensBecomes(file: string, wanted: RegExp): Promise<void> {
  await vscode.workspace.openTextDocument(file);
  const titles = async (): Promise<(string | undefined)[]> =>
    (
      await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', vscode.Uri.file(file))
    ).map(({ command }) => command?.title);
  for (
    const deadline = Date.now() + 30_000;
    !(await titles()).some((title) => wanted.test(title ?? ''));
    await page.waitForTimeout(100)
  )
    assert.ok(Date.now() < deadline, `lenses: ${(await titles()).join()}`);
}

/** Lines, from 0, that have a hint. */
async function hintsBecome(document: vscode.TextDocument, wanted: number[]): Promise<void> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const lines = async (): Promise<number[]> =>
    (
      (await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      )) ?? []
    ).map(({ position }) => position.line);
  for (const deadline = Date.now() + 30_000; (await lines()).join() !== wanted.join(); await page.waitForTimeout(100))
    assert.ok(Date.now() < deadline, `hints in lines ${(await lines()).join()}`);
}

const completePicture = (): Promise<unknown> => sessions.until('a complete picture', () => sessions.picture?.complete);
/** The demo has one line that starts all workers of main, each for a line of its own. */
const START = "const logger = start('logger');";
const THEMES = [
  ['light', 'Default Light Modern', 'vs'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
  ['dark', 'Default Dark Modern', 'vs-dark'],
] as const;
const UNREF = 'logger.unref();';
const TERMINATE = 'setTimeout(() => stuck.terminate(), 2500);';

/** Its lines are others in the bundle, of which it is all in one. */
const BUNDLED = `import { Worker } from 'node:worker_threads';
import * as path from 'node:path';

interface Named {
  name: string;
}

function begin({ name }: Named): Worker {
  const file = path.join(__dirname, 'worker.js');
  return new Worker(file, { name });
}

const daemon = begin({ name: 'daemon' });
const helper = begin({ name: 'helper' });
daemon.once('online', () => {
  daemon.unref();
});
helper.once('online', () => {
  void helper.terminate();
});
// Under js-debug a process sometimes hangs in its exit when workers live: they are gone by then.
const waiting = setInterval(() => {}, 1000);
daemon.once('exit', () => clearInterval(waiting));
`;

const WAITS = `const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  for (const name of ['one', 'two']) {
    const worker = new Worker(__filename, { name });
    worker.postMessage('go');
  }
} else {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  parentPort.once('message', () => {
    Atomics.wait(cell, 0, 0);
  });
}
`;

const DEADLOCK = `const { Worker, isMainThread, workerData } = require('node:worker_threads');
const cell = workerData ?? new Int32Array(new SharedArrayBuffer(8));
if (isMainThread) {
  new Worker(__filename, { workerData: cell }).once('online', () => {
    setTimeout(() => {
      Atomics.wait(cell, 0, 0);
    }, 500);
  });
} else {
  Atomics.wait(cell, 1, 0);
}
`;

const QUIET = `const { Worker } = require('node:worker_threads');
const quiet = new Worker('setTimeout(() => {}, 60_000)', { eval: true, name: 'quiet' });
quiet.on('error', console.error);
new Worker('throw new Error("no")', { eval: true, name: 'failing' }).on('error', () => {});
`;
const [, STARTS, , FAILS] = QUIET.split('\n') as [string, string, string, string];

/** On the axis, in pixels: a moment in the middle between the end of this thread and the exit of main. */
async function betweenEnds(frame: Frame, label: string): Promise<number> {
  const ended = frame.locator(`.lane[data-label^="${label}"][data-end-x]`);
  const exit = frame.locator('.exit-flag');
  const [end, last] = [await ended.getAttribute('data-end-x'), await exit.getAttribute('data-x')].map(Number);
  const [axis, stem] = [await frame.locator('.axis').boundingBox(), await frame.locator('.stem').first().boundingBox()];
  return stem!.x - axis!.x - (last! - end!) / 2;
}

describe('the time cursor of the timeline', () => {
  it('has the lines of the program show its moment, and the present again when it goes', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(MAIN), { preview: false });
    await start({ program: MAIN, name: 'Cursor' });
    await completePicture();
    await until((texts) => texts[UNREF] !== undefined || texts[START] !== undefined);
    await vscode.commands.executeCommand('threadLifelines.showTimeline');
    const frame = await timelineFrame(page);
    const x = await betweenEnds(frame, 'stuck');
    const { height } = (await frame.locator('.axis').boundingBox())!;
    await frame.locator('.axis').click({ position: { x, y: height / 2 } });
    const then = await until((texts) => /^\d+\.\d+ s: .*, a daemon$/.test(texts[START] ?? ''));
    assert.match(then["const stuck = start('stuck');"] ?? '', /^\d+\.\d+ s: had ended$/);
    await frame.locator('.scroller').press('Escape');
    await until((texts) => !Object.values(texts).some((text) => /had ended/.test(text)));
  });
});

describe('the overlay in the editor', () => {
  it('tells on the lines of the demo what becomes of their threads, moves with them, and goes when it is dismissed', async function () {
    this.timeout(120_000);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(MAIN), { preview: false });
    await start({ program: MAIN, name: 'Demo' });
    const live = await until((texts) => /\blive\b/.test(texts[START] ?? ''));
    assert.match(live[UNREF] ?? '', /^a daemon from here on/);
    await completePicture();
    const texts = await until((now) => /killed/.test(now[START] ?? '') && /Cut off/.test(now[UNREF] ?? ''));
    assert.equal(texts[START], 'killed with main: nothing kept it alive any more');
    assert.match(texts["const flaky = start('flaky');"] ?? '', /^uncaught TypeError: pages is not iterable/);
    assert.equal(texts[UNREF], '⚠ Cut off while writing · a daemon from here on');
    assert.equal(texts[TERMINATE], '1 thread terminated');
    await lensBecomes(path.join(DEMO, 'logger.js'), /^1 started · 1 (cut off|killed)$/);
    const settings = vscode.workspace.getConfiguration('threadLifelines.overlay');
    await settings.update('text', false, true);
    await lensBecomes(MAIN, /^1 started · 1 (cut off|killed)$/);
    await settings.update('text', undefined, true);
    for (const [name, theme, look] of THEMES) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      await page.locator(`.monaco-workbench.${look}`).waitFor();
      await page.screenshot({ path: path.join(SCREENSHOTS, `overlay-${name}.png`) });
    }

    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one more line\n'));
    assert.equal((await until((now) => START in now && UNREF in now))[START], texts[START], 'it moves with its line');
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((text) => text === UNREF);
    await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), 'void '));
    await until((now) => !Object.keys(now).some((text) => text.includes('unref')));
    await vscode.commands.executeCommand('undo');
    await until((now) => UNREF in now);
    await vscode.commands.executeCommand('threadLifelines.dismissOverlay');
    await until((now) => Object.keys(now).length === 0);
    await vscode.commands.executeCommand('threadLifelines.showOverlay');
    await until((now) => UNREF in now);
  });

  it('marks the lines on which threads wait, and from which they are sent messages', async function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'waits-'));
    const program = path.join(folder, 'waits.js');
    fs.writeFileSync(program, WAITS);
    await vscode.window.showTextDocument(vscode.Uri.file(program), { preview: false });
    await start({ program, name: 'Waits' });
    const WAIT = 'Atomics.wait(cell, 0, 0);';
    const texts = await until((now) => now[WAIT] === '2 threads wait here');
    assert.equal(texts["worker.postMessage('go');"], 'posts messages');
    await sessions.until('the names that the program gave', () => sessions.thread(/^one$/) && sessions.thread(/^two$/));
    await vscode.debug.stopDebugging();
    await completePicture();
    await until((now) => now[WAIT] === '2 threads were ended while waiting here');
    fs.rmSync(folder, { recursive: true });
  });

  it('takes the place of the hints of its lines, and shows as much as the person wants', async function () {
    this.timeout(120_000);
    const folder = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'quiet-'));
    const program = path.join(folder, 'quiet.js');
    fs.writeFileSync(program, QUIET);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(program), { preview: false });
    await hintsBecome(editor.document, [1, 3]);
    await start({ program, name: 'Quiet' });
    const all = await until((now) => /live/.test(now[STARTS] ?? '') && /Error: no/.test(now[FAILS] ?? ''));
    assert.deepEqual(Object.keys(all).sort(), [STARTS, FAILS].sort());
    await hintsBecome(editor.document, []);
    const eye = page.locator('.statusbar-item a[aria-label^="Threads in the Editor"]');
    await eye.click();
    await until((now) => Object.keys(now).length === 0);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    assert.deepEqual(Object.keys(await until((now) => STARTS in now)), [STARTS]);
    await eye.click();
    assert.deepEqual(Object.keys(await until((now) => FAILS in now)), [FAILS]);
    await hintsBecome(editor.document, [1]);
    await vscode.commands.executeCommand('threadLifelines.switchOverlayLevel');
    await until((now) => STARTS in now && FAILS in now);
    await vscode.commands.executeCommand('threadLifelines.dismissOverlay');
    await hintsBecome(editor.document, [1, 3]);
    await vscode.debug.stopDebugging();
    await completePicture();
    await vscode.commands.executeCommand('threadLifelines.showOverlay');
    fs.rmSync(folder, { recursive: true });
  });

  it('marks where all threads wait for each other, of whom none tells anything any more', async function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'waits-'));
    const program = path.join(folder, 'deadlock.js');
    fs.writeFileSync(program, DEADLOCK);
    await vscode.window.showTextDocument(vscode.Uri.file(program), { preview: false });
    await start({ program, name: 'Deadlock' });
    // What the rule says of it may stand there already.
    for (const n of [0, 1])
      await until((now) => (now[`Atomics.wait(cell, ${n}, 0);`] ?? '').endsWith('1 thread waits here'));
    fs.rmSync(folder, { recursive: true });
  });

  it('tells on the lines of TypeScript what became of the threads of a minified bundle', async function () {
    this.timeout(120_000);
    const folder = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'bundle-'));
    const write = (name: string, text: string): string => {
      fs.writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const main = write('main.ts', BUNDLED);
    const worker = write('worker.ts', `const time: number = 500;\nsetTimeout(() => {}, time);\n`);
    await esbuild.build({
      entryPoints: [main, worker],
      outdir: path.join(folder, 'dist'),
      bundle: true,
      minify: true,
      platform: 'node',
      sourcemap: true,
    });
    await vscode.window.showTextDocument(vscode.Uri.file(main), { preview: false });
    await start({ program: path.join(folder, 'dist', 'main.js'), name: 'Bundle' });
    const texts = await until((now) => now['return new Worker(file, { name });'] === '2 ended');
    assert.match(texts['daemon.unref();'] ?? '', /^a daemon from here on/);
    assert.equal(texts['void helper.terminate();'], '1 thread terminated');
    fs.rmSync(folder, { recursive: true });
  });
});
