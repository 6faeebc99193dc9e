// Sessions of js-debug's own types, as people have them in launch.json: they run as ever, and have a timeline too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { SPOOL_VARIABLE } from '../../src/protocol/spool';
import { freePort } from '../support/freePort.mjs';
import { packagesFolder } from '../support/packages.mjs';
import { timelineFrame, workbenchPage } from '../support/page';
import { SIDEBAR, endings, shows } from './shown';
import { ROOT, SCREENSHOTS, Sessions, program, start, until } from './support';

const HOLDING = program('keptAliveByWorker.js');
const CUT_OFF = path.join(ROOT, 'test', 'programs', 'findings', 'cut-off-while-writing.js');

let sessions: Sessions;
let page: Page;
/** Files that the programs write to. */
let scratch: string;

before(async () => {
  page = await workbenchPage();
  scratch = fs.mkdtempSync(path.join(folder().uri.fsPath, 'every-'));
});
beforeEach(async () => {
  sessions = new Sessions();
  await vscode.commands.executeCommand('workbench.view.explorer');
});
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
});
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

const folder = (): vscode.WorkspaceFolder => vscode.workspace.workspaceFolders![0]!;

/** As from launch.json. */
const launch = (
  configuration: Partial<vscode.DebugConfiguration>,
  options?: vscode.DebugSessionOptions,
): Thenable<boolean> =>
  vscode.debug.startDebugging(
    folder(),
    { type: 'node', request: 'launch', name: 'Plain', skipFiles: ['<node_internals>/**'], ...configuration },
    options,
  );

/** A compound of launch.json, started as people start it. */
async function startCompound(configurations: vscode.DebugConfiguration[]): Promise<void> {
  const compound = { name: 'Both', configurations: configurations.map(({ name }) => name) };
  const file = path.join(folder().uri.fsPath, '.vscode', 'launch.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const known = until(
    'the compound',
    (again) => [vscode.workspace.onDidChangeConfiguration(again)],
    () =>
      String(vscode.workspace.getConfiguration('launch').get<(typeof compound)[]>('compounds')?.[0]?.configurations) ===
      compound.configurations.join(),
  );
  fs.writeFileSync(file, JSON.stringify({ version: '0.2.0', configurations, compounds: [compound] }));
  await known;
  assert.ok(await vscode.debug.startDebugging(folder(), 'Both'));
}

/** A program that leaves what it sees of itself, then starts a daemon. */
function telling(name: string, more = ''): { file: string; told: () => { [option: string]: string } } {
  const out = path.join(scratch, `${name}.json`);
  const file = path.join(scratch, `${name}.js`);
  fs.writeFileSync(
    file,
    `require('node:fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify(process.env));
${more}
const { Worker } = require('node:worker_threads');
const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'daemon' });
worker.once('online', () => worker.unref());
`,
  );
  return { file, told: () => JSON.parse(fs.readFileSync(out, 'utf8')) as { [option: string]: string } };
}

const WORKED = ['main returned', 'worker main-exit'];

describe('a Node session with a configuration of the person’s own', () => {
  for (const [title, configuration, options] of [
    ['node', { type: 'node' }, undefined],
    ['pwa-node', { type: 'pwa-node' }, undefined],
    ['node without debugging', { type: 'node' }, { noDebug: true }],
    ['node in a terminal', { type: 'node', console: 'integratedTerminal' }, undefined],
  ] as const) {
    it(`has a timeline: ${title}`, async () => {
      const { file } = telling('plain');
      assert.ok(await launch({ ...configuration, name: title, program: file }, options));
      assert.deepEqual(await endings(page, sessions, title), WORKED);
      assert.equal(sessions.own, undefined, 'there is no session of our own type');
    });
  }

  it('has a timeline: a terminal with a command', async () => {
    const { file } = telling('command');
    assert.ok(await launch({ type: 'node-terminal', name: 'command', command: `node "${file}"`, cwd: scratch }));
    assert.deepEqual(await endings(page, sessions, 'command'), WORKED);
  });

  it('has a timeline: an npm script, with npm’s own process', async () => {
    const { file } = telling('script');
    const manifest = { name: 'a', version: '1.0.0', scripts: { work: `node "${path.basename(file)}"` } };
    fs.writeFileSync(path.join(scratch, 'package.json'), JSON.stringify(manifest));
    assert.ok(await launch({ name: 'script', runtimeExecutable: 'npm', runtimeArgs: ['run', 'work'], cwd: scratch }));
    const ended = await endings(page, sessions, 'script');
    assert.deepEqual(
      ended.filter((one) => !one.startsWith('main')),
      ['worker main-exit'],
    );
    assert.ok(ended.length > WORKED.length, 'npm runs on Node too');
  });

  describe('of a test runner or loader', () => {
    let programs: string;
    before(async function () {
      this.timeout(300_000);
      programs = await packagesFolder();
    });
    const tool = (file: string): string => path.join(programs, '..', 'node_modules', file);
    /** Workers of all processes, with how they ended. */
    const workersEnd = async (title: string): Promise<string[]> =>
      (await endings(page, sessions, title)).filter((one) => one.startsWith('worker'));

    it('has a timeline: Jest with threads', async () => {
      const cwd = path.join(programs, 'jest');
      const args = ['--workerThreads', '--no-cache'];
      assert.ok(await launch({ name: 'jest', program: tool('jest/bin/jest.js'), args, cwd }));
      const ended = await workersEnd('jest');
      assert.ok(ended.length >= 2 && ended.every((one) => /(returned|terminate)$/.test(one)), ended.join());
    });

    it('has a timeline: Vitest with threads', async () => {
      const cwd = path.join(programs, 'vitest');
      const args = ['run', '--config', 'config.mjs', 'first', 'second'];
      assert.ok(await launch({ name: 'vitest', program: tool('vitest/vitest.mjs'), args, cwd }));
      const ended = await workersEnd('vitest');
      assert.ok(ended.length >= 2 && ended.every((one) => one.endsWith('terminate')), ended.join());
    });

    it('has a timeline: Mocha, whose tests start a worker', async () => {
      const file = path.join(scratch, 'spec.js');
      fs.writeFileSync(
        file,
        `it('starts a worker', (done) => {
  const { Worker } = require('node:worker_threads');
  new Worker('', { eval: true }).once('exit', () => done());
});\n`,
      );
      assert.ok(await launch({ name: 'mocha', program: tool('mocha/bin/mocha.js'), args: [file], cwd: scratch }));
      assert.deepEqual(await workersEnd('mocha'), ['worker returned']);
    });

    it('has a timeline: npx tsx, with a worker in TypeScript', async () => {
      const cwd = path.join(programs, 'tsx');
      const runtime = { runtimeExecutable: 'npx', runtimeArgs: ['tsx'] };
      assert.ok(await launch({ name: 'tsx', ...runtime, program: path.join(cwd, 'main.ts'), cwd }));
      // What becomes of it, Node's version decides: with older ones the loader is not in workers.
      assert.ok((await workersEnd('tsx')).length > 0);
    });
  });

  it('shows when the debugger holds a thread, and when it lets it go', async () => {
    const file = program('pausesInWorker.js');
    const line = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('// breakpoint'));
    const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
    const breakpoint = new vscode.SourceBreakpoint(place);
    vscode.debug.addBreakpoints([breakpoint]);
    // Else VS Code shows another view in the timeline's place when the program stops.
    await vscode.workspace.getConfiguration('debug').update('openDebug', 'neverOpen', true);
    assert.ok(await launch({ type: 'pwa-node', name: 'held', program: file }));
    const { session, threadId } = await sessions.until('the stop', () => sessions.stops.at(-1));
    vscode.debug.removeBreakpoints([breakpoint]);
    // It is brought to where the program stopped, which takes the focus.
    await until(
      'the line on which it stopped',
      (again) => [vscode.window.onDidChangeActiveTextEditor(again)],
      () => vscode.window.activeTextEditor?.document.fileName === file,
    );
    const frame = await frameShown();
    await shows(frame, sessions, 'held');
    await frame.locator('.scroller').press('t');
    const row = frame.locator('tr', { hasText: 'paused' });
    await row.first().waitFor();
    await session.customRequest('continue', { threadId });
    await sessions.until('the end', () => sessions.live.size === 0);
    await frame.locator('.dot[aria-label="ended"]').waitFor();
    await page.keyboard.press('t');
    await vscode.workspace.getConfiguration('debug').update('openDebug', undefined, true);
  });

  it('keeps the person’s own NODE_OPTIONS, from the environment and from a file', async () => {
    const { file, told } = telling('options');
    const envFile = path.join(scratch, '.env');
    fs.writeFileSync(envFile, 'NODE_OPTIONS=--title=from-file\nFROM_FILE=1\n');
    await launch({ name: 'by env', program: file, env: { NODE_OPTIONS: '--title=from-env' } });
    assert.deepEqual(await endings(page, sessions, 'by env'), WORKED);
    assert.match(told()['NODE_OPTIONS']!, /--title=from-env/);
    await sessions.allEnded();
    await launch({ name: 'by file', program: file, envFile });
    assert.deepEqual(await endings(page, sessions, 'by file'), WORKED);
    assert.match(told()['NODE_OPTIONS']!, /--title=from-file/);
    assert.equal(told()['FROM_FILE'], '1');
  });
});

describe('the sessions of a compound', () => {
  it('have a timeline each, and the one shown follows the debugger’s focus', async () => {
    const file = path.join(scratch, 'first.js');
    const pid = path.join(scratch, 'first.pid');
    fs.writeFileSync(
      file,
      `process.on('SIGUSR2', () => { debugger; });
require('node:fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid));
require(${JSON.stringify(HOLDING)});
`,
    );
    await startCompound([
      { type: 'node', request: 'launch', name: 'first', program: file },
      { type: 'node', request: 'launch', name: 'second', program: HOLDING },
    ]);
    const frame = await timelineFrame(page, SIDEBAR);
    const picker = frame.locator('.picker.session');
    await picker.locator('option', { hasText: /^● first/ }).waitFor({ state: 'attached' });
    await picker.locator('option', { hasText: /^● second/ }).waitFor({ state: 'attached' });
    await sessions.until(
      'the workers',
      () => sessions.started.filter(({ name }) => /^\[worker/.test(name)).length === 2,
    );

    process.kill(Number(fs.readFileSync(pid, 'utf8')), 'SIGUSR2');
    await sessions.until('a stop', () => sessions.stops[0]);
    await shows(frame, sessions, 'first');
    await frame.locator('.lane[data-kind="worker"][data-state="alive"]').waitFor();
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'two-sessions.png') });

    await picker.selectOption({ label: (await picker.locator('option', { hasText: 'second' }).innerText()).trim() });
    await shows(frame, sessions, 'second');
  });

  it('are shown all together, with what their threads do, and each thread is reached in its own session', async function () {
    this.timeout(300_000);
    const file = path.join(scratch, 'web.js');
    fs.writeFileSync(
      file,
      `const { Worker } = require('node:worker_threads');
const script = "const { parentPort } = require('node:worker_threads'); setInterval(() => parentPort.postMessage(1), 100)";
new Worker(script, { eval: true, name: 'ticker' }).on('message', () => {});
`,
    );
    await startCompound([
      { type: 'node', request: 'launch', name: 'web', program: file },
      { type: 'thread-lifelines', request: 'launch', name: 'jobs', program: HOLDING },
    ]);
    const frame = await timelineFrame(page, SIDEBAR);
    const picker = frame.locator('.picker.session');
    const choose = async (title: string): Promise<void> => {
      const option = picker.locator('option', { hasText: title }).first();
      await option.waitFor({ state: 'attached' });
      await picker.selectOption(await option.getAttribute('value'));
    };
    const alive = frame.locator('.lane[data-state="alive"]');
    await picker.locator('option', { hasText: /^● web/ }).waitFor({ state: 'attached' });
    await picker.locator('option', { hasText: /^● jobs/ }).waitFor({ state: 'attached' });
    await choose('All together');
    await frame.locator('.counts', { hasText: /^2 processes.*4 threads.*4 live/ }).waitFor();
    const names = await frame.locator('.row[data-process-key] .name').allInnerTexts();
    assert.deepEqual(names.map((name) => name.replace(/\d+/, '')).sort(), [
      'jobs · keptAliveByWorker.js · pid ',
      'web · web.js · pid ',
    ]);

    await frame.locator('.lane[data-label="ticker"] .name').click();
    await frame.locator('#timeline[data-known][data-messages]').waitFor();
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    for (const [theme, kind] of [
      ['Default Dark Modern', 'dark'],
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'high-contrast'],
    ] as const) {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      await frame.locator(`body.vscode-${kind}`).waitFor();
      await page.screenshot({ path: path.join(SCREENSHOTS, `compound-${kind}.png`) });
    }
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', undefined, true);

    const holder = frame.locator('.lane[data-label="holder"]');
    await holder.click({ button: 'right' });
    await frame.getByRole('menuitem', { name: 'Terminate' }).click();
    await frame.locator('.lane[data-label="holder"][data-ended-by="terminate"]').waitFor();
    await frame.locator('.counts', { hasText: /^2 processes.*4 threads.*2 live/ }).waitFor();

    await choose('web');
    await frame.locator('.row[data-process-key]').first().waitFor({ state: 'detached' });
    const title = frame.getByRole('complementary').getByRole('heading', { name: 'ticker' }).first();
    await title.waitFor();
    await choose('All together');
    await holder.waitFor();
    await title.waitFor();
    assert.equal(await alive.count(), 2);

    await vscode.debug.stopDebugging(
      sessions.started.find(({ name, parentSession }) => name === 'web' && !parentSession),
    );
    await frame.locator('.dot[aria-label="ended"]').waitFor();
    assert.equal(await frame.locator('.lane').count(), 4, 'what has ended stays');
    await choose('jobs');
    await frame.locator('.row[data-process-key]').first().waitFor({ state: 'detached' });
    assert.equal(await frame.locator('.lane').count(), 2);
  });
});

describe('where every session is turned off', () => {
  const setting = (value: boolean | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('threadLifelines', folder()).update('everySession', value, false);
  before(() => setting(false));
  after(() => setting(undefined));

  it('a program runs without the probe', async () => {
    const { file, told } = telling('off');
    await launch({ name: 'off', program: file });
    await sessions.until('the end', () => sessions.started.length > 0 && sessions.live.size === 0);
    assert.equal(told()[SPOOL_VARIABLE], undefined);
    assert.doesNotMatch(told()['NODE_OPTIONS'] ?? '', /probe\.js/);
  });
});

describe('a followed session', () => {
  const root = (): vscode.DebugSession => sessions.started.find(({ parentSession }) => !parentSession)!;
  async function holding(title: string): Promise<Frame> {
    await launch({ name: title, program: HOLDING });
    const frame = await timelineFrame(page, SIDEBAR);
    await shows(frame, sessions, title);
    await frame.locator('.lane[data-kind="worker"][data-state="alive"]').waitFor();
    return frame;
  }

  it('says in the Debug Console what was cut off', async () => {
    const line = page.locator('.repl', { hasText: '1 finding: Cut off while writing' });
    // VS Code writes there as long as the session lasts, milliseconds after main's end: of three runs one must do.
    for (let runs = 0; runs < 3 && (await line.count()) === 0; runs++) {
      assert.ok(await launch({ program: CUT_OFF, name: 'Cut off' }));
      await endings(page, sessions, 'Cut off');
      await sessions.allEnded();
      await vscode.commands.executeCommand('workbench.panel.repl.view.focus'); // the timeline stands in the panel, too
    }
    await line.waitFor();
  });

  it('tells that the person stopped it', async () => {
    await holding('stopped');
    await vscode.debug.stopDebugging(root());
    await sessions.allEnded();
    assert.deepEqual(await endings(page, sessions, 'stopped'), ['main signal', 'worker signal']);
    const frame = await timelineFrame(page, SIDEBAR);
    await frame.locator('.lane[data-kind="main"] .name').click();
    await frame
      .getByText(/stopped by the debugger/)
      .first()
      .waitFor();
  });

  it('shows the new program after a restart', async () => {
    const frame = await holding('again');
    await vscode.commands.executeCommand('workbench.action.debug.restart');
    await frame.locator('.picker.run option', { hasText: 'Run 2 of 2' }).waitFor({ state: 'attached' });
    await frame.locator('.lane[data-kind="worker"][data-state="alive"]').waitFor();
  });

  it('leaves a recording and no spool', async () => {
    const storage = await storageFolder();
    await launch({ name: 'recorded', program: telling('recorded').file });
    assert.deepEqual(await endings(page, sessions, 'recorded'), WORKED);
    assert.ok(fs.readdirSync(path.join(storage, 'recordings')).some((name) => name.endsWith('-recorded.lifelines')));
    await spoolsGone(storage);
  });

  it('says so when the probe is not in its program, which runs as ever', async () => {
    const { file, told } = telling('without');
    const runtimeArgs = ['-u', SPOOL_VARIABLE, 'node'];
    await launch({ name: 'without', runtimeExecutable: 'env', runtimeArgs, program: file });
    const frame = await frameShown();
    await shows(frame, sessions, 'without');
    await sessions.until('the end', () => sessions.started.length > 0 && sessions.live.size === 0);
    await frame.locator('.notices .first', { hasText: 'The program has not reported any thread' }).waitFor();
    assert.match(told()['NODE_OPTIONS']!, /bootloader/, 'it was debugged');
  });
});

describe('a program that is started in the JavaScript Debug Terminal', () => {
  const SETTING = 'threadLifelines.terminals';
  const inTerminal = (file: string): Thenable<unknown> =>
    vscode.commands.executeCommand('extension.js-debug.createDebuggerTerminal', `node "${file}"`, folder(), {
      cwd: scratch,
    });
  const title = async (): Promise<string> => {
    await sessions.until('the program', () => sessions.started.some(({ parentSession }) => parentSession));
    const { name } = sessions.started.find(({ parentSession }) => parentSession)!;
    return name.split(' « ', 1)[0]!;
  };
  afterEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await vscode.workspace.getConfiguration().update(SETTING, undefined, true);
  });

  it('has a timeline from its first line on, where that is wanted', async () => {
    await vscode.workspace.getConfiguration().update(SETTING, true, true);
    const { file } = telling('terminal');
    await inTerminal(file);
    assert.deepEqual(await endings(page, sessions, await title()), WORKED);
  });

  it('has a timeline from the moment on in which the debugger has attached', async () => {
    const go = path.join(scratch, 'go');
    const { file, told } = telling(
      'later',
      `while (!require('node:fs').existsSync(${JSON.stringify(go)})) await pause();`,
    );
    const source = fs.readFileSync(file, 'utf8');
    const pause = 'const pause = () => new Promise((resolve) => setTimeout(resolve, 20));';
    fs.writeFileSync(file, `${pause}\n(async () => {\n${source}})();\n`);
    await inTerminal(file);
    const frame = await frameShown();
    await shows(frame, sessions, await title());
    await frame
      .locator('.notices .first', { hasText: /what happened before is unknown.*“threadLifelines\.terminals”/ })
      .waitFor();
    fs.writeFileSync(go, '');
    assert.deepEqual(await endings(page, sessions, await title()), WORKED);
    assert.equal(told()[SPOOL_VARIABLE], undefined);
    assert.doesNotMatch(told()['NODE_OPTIONS']!, /probe/);
  });
});

describe('a program in a terminal that auto attach attaches to', () => {
  const SETTINGS = { 'debug.javascript.autoAttachFilter': 'always', 'threadLifelines.terminals': true };
  const set = async (wanted: boolean): Promise<void> => {
    for (const [name, value] of Object.entries(SETTINGS))
      await vscode.workspace.getConfiguration().update(name, wanted ? value : undefined, true);
  };
  afterEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await set(false);
  });

  it('has a timeline from its first line on', async () => {
    await set(true);
    const { file, told } = telling('attached');
    // Terminals have both a moment after they are turned on, of which nothing tells.
    for (let isReady = false; !isReady;) {
      const terminal = vscode.window.createTerminal({ cwd: scratch });
      terminal.sendText(`node "${file}"; exit`);
      await until(
        'the end of the terminal',
        (again) => [vscode.window.onDidCloseTerminal(again)],
        () => terminal.exitStatus,
      );
      const options = told()['NODE_OPTIONS'] ?? '';
      isReady = options.includes('bootloader') && options.includes('probe');
    }
    const ofProcess = ({ parentSession }: vscode.DebugSession): boolean =>
      parentSession !== undefined && !parentSession.parentSession;
    const { name } = await sessions.until('its session', () => sessions.started.filter(ofProcess).at(-1));
    assert.deepEqual(await endings(page, sessions, name.split(' « ', 1)[0]!), WORKED);
  });
});

describe('a session that is attached to a running program', () => {
  it('shows the workers that are there, what becomes of them, and those that come', async () => {
    const port = await freePort();
    const file = path.join(scratch, 'server.js');
    fs.writeFileSync(
      file,
      `const { Worker } = require('node:worker_threads');
const start = (name) => new Worker('setInterval(() => {}, 1000)', { eval: true, name });
const first = start('first'); start('second');
process.on('SIGUSR2', () => { first.terminate(); start('third'); });
setTimeout(() => console.log('ready'), 100);
`,
    );
    const server = spawn('node', [`--inspect=127.0.0.1:${port}`, file], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(server.stdout, 'data');
      assert.ok(await launch({ request: 'attach', name: 'attached', address: '127.0.0.1', port }));
      const frame = await timelineFrame(page, SIDEBAR);
      await shows(frame, sessions, 'attached');
      await frame.locator('.notices .first', { hasText: 'what happened before is unknown' }).waitFor();
      const alive = frame.locator('.lane[data-kind="worker"][data-state="alive"]');
      await alive.nth(1).waitFor();
      server.kill('SIGUSR2');
      await frame.locator('.lane[data-kind="worker"][data-ended-by="terminate"]').waitFor();
      await frame.locator('.lane[data-kind="worker"]').nth(2).waitFor();
      await alive.nth(1).waitFor();
      await page.screenshot({ path: path.join(SCREENSHOTS, 'attached.png') });
      server.kill('SIGKILL');
      await sessions.allEnded();
      assert.deepEqual(await endings(page, sessions, 'attached'), [
        'main signal',
        'worker signal',
        'worker signal',
        'worker terminate',
      ]);
    } finally {
      server.kill('SIGKILL');
    }
  });
});

async function frameShown(): Promise<Frame> {
  await vscode.commands.executeCommand('threadLifelines.showTimeline');
  return timelineFrame(page, SIDEBAR);
}

/** The extension's own, as a session of its type is told it. */
async function storageFolder(): Promise<string> {
  await start({ program: program('mainReturns.js') });
  await sessions.until('the end', () => sessions.own && sessions.live.size === 0);
  return sessions.own!.configuration['__storage'] as string;
}

/** The process that followed it ends soon after the session. */
const spoolsGone = (storage: string): Promise<true> => {
  const spools = path.join(storage, 'spools');
  return until(
    'the end of all spools',
    (again) => {
      const watcher = fs.watch(spools, again);
      return [{ dispose: () => watcher.close() }];
    },
    () => fs.readdirSync(spools).length === 0,
  );
};
