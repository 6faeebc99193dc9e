// Python programs with a debugger beside ours, in a real VS Code with the real debugpy: of Debian, brought in by an extension of the
// tests, for the Python extension cannot be had everywhere.
import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { freePort } from '../support/freePort.mjs';
import { timelineFrame, workbenchPage } from '../support/page';
import { SIDEBAR, endings, shows } from './shown';
import { ROOT, SCREENSHOTS, Sessions, start, until } from './support';

/** Each with a Python of the line that it is built for. */
const DEBUGPIES = JSON.parse(process.env['TEST_DEBUGPIES'] ?? '[]') as Debugpy[];
const DIST = path.join(ROOT, 'dist', 'python');
const DEMO = path.join(ROOT, 'test', 'programs', 'python', 'demo', 'main.py');

/** Two workers of one name and one of another, which go on until they are told not to, by a file; one of them is a daemon. */
const WORKING = `import os, threading, time
def work():
    while not os.path.exists(__file__ + ".stop"):
        time.sleep(0.02)
threads = [threading.Thread(target=work, name="twin"), threading.Thread(target=work, name="twin")]
threads.append(threading.Thread(target=work, name="alone", daemon=True))
for thread in threads:
    thread.start()  # start
for thread in threads:
    thread.join()
`;

/**
 * Main runs Python's code all the time: since 3.14 debugpy comes in by `sys.remote_exec`, for which main must. Then it exits
 * without a call of `sys.exit()`, by a code for which debugpy does not hold it.
 */
const TURNING = WORKING.replace(
  'for thread in threads:\n    thread.join()',
  'while any(thread.is_alive() for thread in threads):\n    time.sleep(0.02)\nraise SystemExit(0)',
);

/** Starts a thread once it is told to, by a file. */
const LATER = `import os, threading, time
def later():
    print("later")
while not os.path.exists(__file__ + ".go"):
    time.sleep(0.02)
thread = threading.Thread(target=later)
thread.start()
thread.join()
`;

interface Debugpy {
  /** Of its Python. */
  name: string;
  python: string;
  /** With the package in it. */
  folder: string;
}

interface DapFrame {
  name: string;
  line: number;
}

let sessions: Sessions;
let page: Page;
/** Of the programs that tests write. */
let scratch: string;
/** The one of the current test, where it works until it is told not to. */
let working: string;

const folder = (): vscode.WorkspaceFolder => vscode.workspace.workspaceFolders![0]!;

/** As from launch.json. */
const launch = (
  configuration: Partial<vscode.DebugConfiguration>,
  options?: vscode.DebugSessionOptions,
): Thenable<boolean> =>
  vscode.debug.startDebugging(
    folder(),
    { type: 'debugpy', request: 'launch', name: 'Python', console: 'internalConsole', ...configuration },
    options,
  );

function written(name: string, text: string): string {
  const file = path.join(scratch, `${name}.py`);
  fs.writeFileSync(file, text);
  return file;
}

const stopWorking = (): void => fs.writeFileSync(`${working}.stop`, '');

/** A breakpoint at the line of a file that has these words, until the test is over. */
function breakAt(file: string, words: string): number {
  const line = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((text) => text.includes(words));
  const location = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
  return line + 1;
}

async function shown(title: string): Promise<Frame> {
  const frame = await timelineFrame(page, SIDEBAR);
  await shows(frame, sessions, title);
  return frame;
}

/** Until all that `WORKING` starts is drawn as alive. */
async function allWork(frame: Frame): Promise<void> {
  await frame.waitForFunction(
    () => document.querySelectorAll('.lane[data-kind="worker"][data-state="alive"]').length === 3,
  );
}

const labels = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() => [...document.querySelectorAll<HTMLElement>('.lane')].map(({ dataset }) => dataset['label']!));

const keyOf = async (frame: Frame, label: string): Promise<string> =>
  (await frame.locator(`.lane[data-label="${label}"]`).first().getAttribute('data-thread-key'))!;

function underDebugpy({ python, folder: packages }: Debugpy): void {
  before(async () => {
    Object.assign(process.env, { TEST_PYTHON: python, TEST_DEBUGPY: packages, PYTHONPATH: packages });
    page = await workbenchPage();
    scratch = fs.mkdtempSync(path.join(folder().uri.fsPath, 'python-'));
    // Else VS Code shows another view in the timeline's place when the program stops.
    await vscode.workspace.getConfiguration('debug').update('openDebug', 'neverOpen', true);
  });
  beforeEach(async function () {
    sessions = new Sessions();
    working = written(`working${this.currentTest!.title.length}`, WORKING);
    await vscode.commands.executeCommand('workbench.view.explorer');
  });
  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    stopWorking();
    await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
    await sessions.allEnded();
    fs.rmSync(`${working}.stop`);
    sessions.dispose();
  });
  after(async () => {
    delete process.env['PYTHONPATH'];
    fs.rmSync(scratch, { recursive: true, force: true });
    await vscode.workspace.getConfiguration('debug').update('openDebug', undefined, true);
  });

  it('stops at a breakpoint in a thread when our own type runs it, and shows its threads and no other', async () => {
    const line = breakAt(DEMO, 'helper.join()');
    assert.ok(await start({ program: DEMO, name: 'demo' }));
    const { session, threadId } = await sessions.until('the stop', () => sessions.stops[0]);
    assert.equal(session.type, 'debugpy');
    const { stackFrames } = (await session.customRequest('stackTrace', { threadId })) as {
      stackFrames: { line: number }[];
    };
    assert.equal(stackFrames[0]?.line, line);
    const { threads } = (await session.customRequest('threads')) as { threads: { id: number; name: string }[] };
    assert.equal(threads.find(({ id }) => id === threadId)?.name, 'build');
    await sessions.until('that it is held', () => sessions.thread(/^build$/)?.paused);
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await session.customRequest('continue', { threadId });
    // debugpy holds the program at an error that nobody catches, too.
    await sessions.until('the stop at the error', () => sessions.stops[1]);
    await session.customRequest('continue', { threadId: sessions.stops[1]!.threadId });
    const picture = await sessions.until('its end', () => sessions.picture?.complete && sessions.picture);
    const ended = picture.threads.map(({ label, ended }) => `${label} ${ended?.by}`).sort();
    assert.deepEqual(
      ended.map((one) => one.replace(/^resize_\d/, 'resize')),
      [
        'build returned',
        'flaky error',
        'heartbeat main-exit',
        'holder returned',
        'logger main-exit',
        'main returned',
        'minify returned',
        'resize returned',
        'resize returned',
      ],
    );
    assert.ok(picture.threads.every(({ paused }) => !paused));
    const frame = await shown('demo');
    await frame.locator('.dot[aria-label="ended"]').waitFor();
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'python-debugger.png') });
  });

  for (const [title, options] of [
    ['launched', undefined],
    ['launched without debugging', { noDebug: true }],
  ] as const)
    it(`has a timeline when a configuration of the person’s own has it ${title}`, async () => {
      const file = written(
        'ends',
        'import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n',
      );
      assert.ok(await launch({ name: title, program: file }, options));
      assert.deepEqual(await endings(page, sessions, title), ['main returned', 'worker main-exit']);
      assert.equal(sessions.own, undefined, 'there is no session of our own type');
    });

  it('has a timeline when it is a module', async () => {
    written('module', 'import threading\nthreading.Thread(target=print, args=(1,)).start()\n');
    assert.ok(await launch({ name: 'module', module: 'module', cwd: scratch }));
    assert.deepEqual(await endings(page, sessions, 'module'), ['main returned', 'worker returned']);
  });

  it('is paused, continued and asked for its stacks by the commands of the timeline', async () => {
    assert.ok(await launch({ name: 'hands', program: working }));
    const frame = await shown('hands');
    await allWork(frame);
    await vscode.commands.executeCommand('threadLifelines.pauseThread', await keyOf(frame, 'alone'));
    const { session } = await sessions.until('the stop', () => sessions.stops[0]);
    await vscode.commands.executeCommand('threadLifelines.showStack', await keyOf(frame, 'twin'));
    assert.match(
      vscode.window.activeTextEditor!.document.getText(),
      /^twin .*paused by the debugger\n +at work \(\/.*working\d+\.py:[34]:/m,
    );
    await vscode.commands.executeCommand('threadLifelines.continueThread', await keyOf(frame, 'alone'));
    const { threads } = (await session.customRequest('threads')) as { threads: { name: string }[] };
    assert.deepEqual(threads.map(({ name }) => name).sort(), ['MainThread', 'alone', 'twin', 'twin']);
    stopWorking();
    assert.deepEqual(await endings(page, sessions, 'hands'), [
      'main returned',
      'worker returned',
      'worker returned',
      'worker returned',
    ]);
  });

  for (const [how, configuration, options] of [
    ['by our own type', { type: 'thread-lifelines', debugger: 'none' }, undefined],
    ['by debugpy', {}, { noDebug: true }],
  ] as const) {
    it(`is asked for its stacks itself where it runs without a debugger, ${how}`, async () => {
      const title = `undebugged ${how}`;
      assert.ok(await launch({ name: title, program: working, ...configuration }, options));
      const frame = await shown(title);
      await allWork(frame);
      await vscode.commands.executeCommand('threadLifelines.showAllStacks');
      const text = vscode.window.activeTextEditor!.document.getText();
      assert.match(text, /^main: (waiting in join\(\) of “twin”|in Thread\.join\(\))\n +at .*working\d+\.py:10:/m);
      assert.equal(text.match(/^(twin|alone) .*: (running|in time\.sleep\(\))\n +at work \(.*\.py:[34]:/gm)?.length, 3);
      stopWorking();
      assert.equal((await endings(page, sessions, title)).length, 4);
    });
  }

  for (const when of ['before its program runs', 'while it runs'] as const) {
    it(`is held at its first line where that was asked for ${when}, and no other is`, async () => {
      const file = written(
        `holds${when.length}`,
        `import os, threading, time
def early():
    while not os.path.exists(__file__ + ".go"):
        time.sleep(0.02)
def first():
    print("first")  # held
def other():
    time.sleep(0.01)
if ${when === 'while it runs' ? 'True' : 'False'}:
    threading.Thread(target=early, name="early").start()
    early()
threads = [threading.Thread(target=work) for work in [first] + [other] * 7]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
`,
      );
      if (when === 'before its program runs')
        await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
      assert.ok(await launch({ name: when, program: file }));
      if (when === 'while it runs') {
        const frame = await shown(when);
        await frame.waitForFunction(() => document.querySelector('.lane[data-kind="worker"][data-state="alive"]'));
        await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
        fs.writeFileSync(`${file}.go`, '');
      }
      const { session, threadId } = await sessions.until('the stop', () => sessions.stops[0]);
      const asked = { threadId, startFrame: 0, levels: 1 };
      const { stackFrames } = (await session.customRequest('stackTrace', asked)) as { stackFrames: DapFrame[] };
      assert.deepEqual(stackFrames[0] && [stackFrames[0].name, stackFrames[0].line], ['first', 6]);
      await session.customRequest('continue', { threadId });
      await endings(page, sessions, when);
      assert.equal(sessions.stops.length, 1);
    });
  }

  it('is led to from a row of the Call Stack', async () => {
    assert.ok(await launch({ name: 'rows', program: working }));
    const frame = await shown('rows');
    await allWork(frame);
    const session = sessions.started[0]!;
    const { threads } = (await session.customRequest('threads')) as { threads: { id: number; name: string }[] };
    const { id } = threads.find(({ name }) => name === 'alone')!;
    const row = { sessionId: session.id, threadId: `thread:${session.id}:${id}` };
    await vscode.commands.executeCommand('threadLifelines.showSessionThread', row);
    await frame.getByRole('complementary').getByRole('heading', { name: 'alone' }).first().waitFor();
  });

  it('shows the threads of a child process too, which has a session of its own', async () => {
    const child = written(
      'child',
      'import threading, time\nthreading.Thread(target=time.sleep, args=(0.3,), name="inner").start()\n',
    );
    const file = written(
      'parent',
      `import subprocess, sys\nsubprocess.run([sys.executable, ${JSON.stringify(child)}])\n`,
    );
    assert.ok(await launch({ name: 'parent', program: file, subProcess: true }));
    assert.deepEqual(await endings(page, sessions, 'parent'), ['main returned', 'main returned', 'worker returned']);
    assert.ok(
      sessions.started.some(({ configuration }) => 'subProcessId' in configuration),
      'debugpy has a session for it',
    );
  });

  it('shows what a Node program of it does, in Node’s words', async () => {
    const file = written(
      'both',
      `import subprocess\nsubprocess.run([${JSON.stringify(process.execPath)}, "-e", "new (require('worker_threads').Worker)('', { eval: true })"])\n`,
    );
    assert.ok(await launch({ name: 'both', program: file, env: { ELECTRON_RUN_AS_NODE: '1' } }));
    assert.deepEqual(await endings(page, sessions, 'both'), ['main returned', 'main returned', 'worker returned']);
  });

  it('has no findings when the person stopped it', async () => {
    assert.ok(await launch({ name: 'stopped', program: working }));
    const frame = await shown('stopped');
    await allWork(frame);
    await vscode.debug.stopDebugging(sessions.started[0]);
    await sessions.allEnded();
    await frame.locator('.dot[aria-label="ended"]').waitFor();
    await frame.locator('.lane[data-kind="main"] .name').click();
    await frame
      .getByText(/stopped by the debugger/)
      .first()
      .waitFor();
    const isOurs = ({ source }: vscode.Diagnostic): boolean => source?.startsWith('Thread Lifelines') === true;
    assert.deepEqual(vscode.languages.getDiagnostics(vscode.Uri.file(working)).filter(isOurs), []);
  });

  describe('that runs already', () => {
    let program: ChildProcess;
    let port: number;

    async function listening(env: NodeJS.ProcessEnv = {}): Promise<void> {
      port = await freePort();
      const script = path.join(packages, 'debugpy');
      program = spawn(python, ['-Xfrozen_modules=off', script, '--listen', `127.0.0.1:${port}`, working], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await listens(port);
    }
    const attach = (): Thenable<boolean> =>
      launch({ request: 'attach', name: 'attached', connect: { host: '127.0.0.1', port } });

    it('is attached to, with the threads that it has, and does not notice', async () => {
      await listening();
      assert.ok(await attach());
      const frame = await shown('attached');
      await allWork(frame);
      assert.deepEqual((await labels(frame)).sort(), ['alone', 'main', 'twin', 'twin']);
      await frame
        .getByText(/Attached to a running program.*whether an error/)
        .first()
        .waitFor();
      const printed = once(program, 'exit');
      stopWorking();
      assert.deepEqual(await printed, [0, null]);
      assert.deepEqual(await endings(page, sessions, 'attached'), [
        'main returned',
        'worker unknown',
        'worker unknown',
        'worker unknown',
      ]);
    });

    it('is held at the first line of the next thread where that was asked for before the debugger came', async () => {
      await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
      fs.writeFileSync(working, LATER);
      await listening();
      assert.ok(await attach());
      const frame = await shown('attached');
      await frame.locator('.lane[data-kind="main"][data-state="alive"]').waitFor();
      fs.writeFileSync(`${working}.go`, '');
      const { session, threadId } = await sessions.until('the stop', () => sessions.stops[0]);
      const asked = { threadId, startFrame: 0, levels: 1 };
      const { stackFrames } = (await session.customRequest('stackTrace', asked)) as { stackFrames: DapFrame[] };
      assert.deepEqual(stackFrames[0] && [stackFrames[0].name, stackFrames[0].line], ['later', 3]);
      const ended = once(program, 'exit');
      await session.customRequest('continue', { threadId });
      assert.deepEqual(await ended, [0, null]);
    });

    it('is attached to by its process id, with no debugger in it before', async function () {
      // Without, debugpy comes in by gdb, which may stop the program where it then waits for ever for what that holds.
      const code = 'import sys; print(hasattr(sys, "remote_exec"))';
      if (!/True/.test(execFileSync(python, ['-c', code], { encoding: 'utf8' }))) return this.skip();
      fs.writeFileSync(working, TURNING);
      program = spawn(python, [working], { stdio: 'ignore' });
      await once(program, 'spawn');
      assert.ok(await launch({ request: 'attach', name: 'by its id', processId: program.pid! }));
      const frame = await shown('by its id');
      await allWork(frame);
      assert.deepEqual((await labels(frame)).sort(), ['alone', 'main', 'twin', 'twin']);
      const ended = once(program, 'exit');
      stopWorking();
      assert.deepEqual(await ended, [0, null]);
      assert.equal((await endings(page, sessions, 'by its id'))[0], 'main exit-call');
    });

    it('is seen from its first line on where terminals bring the probe in', async () => {
      await vscode.window.showTextDocument(vscode.Uri.file(working)); // from then on we are there
      await vscode.workspace.getConfiguration('threadLifelines').update('terminals', true, true);
      try {
        // Terminals have it a moment after it is turned on, of which nothing tells.
        for (let isReady = false; !isReady;) {
          const asking = vscode.window.createTerminal({ shellPath: '/bin/sh' });
          asking.sendText(`echo "$PYTHONPATH" >'${working}.told'; exit`);
          await until(
            'the end of the terminal',
            (again) => [vscode.window.onDidCloseTerminal(again)],
            () => asking.exitStatus,
          );
          isReady = fs.readFileSync(`${working}.told`, 'utf8').startsWith(DIST);
        }
        const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
        port = await freePort();
        terminal.sendText(
          `PYTHONPATH="$PYTHONPATH:${packages}" exec ${python} -Xfrozen_modules=off ${path.join(packages, 'debugpy')} --listen ${port} '${working}'`,
        );
        await listens(port);
        assert.ok(await attach());
        const frame = await timelineFrame(page, SIDEBAR);
        await allWork(frame);
        stopWorking();
        await frame.locator('.dot[aria-label="ended"]').waitFor();
        const ended = await frame.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('.lane')].map(({ dataset }) => dataset['endedBy']),
        );
        assert.deepEqual([...new Set(ended)], ['returned']);
      } finally {
        await vscode.workspace.getConfiguration('threadLifelines').update('terminals', undefined, true);
      }
    });
  });
}

// Debian's packages are for Debian alone.
if (DEBUGPIES.length === 0) describe.skip('a Python program under debugpy', () => undefined);
for (const one of DEBUGPIES)
  describe(`a Python program under debugpy, on ${one.name}`, () => {
    underDebugpy(one);
  });

/** Once something listens there: a connection would be taken for that of a debugger. */
async function listens(port: number): Promise<void> {
  const wanted = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} \\S+ 0A `);
  while (!wanted.test(fs.readFileSync('/proc/net/tcp', 'utf8'))) await pause(50);
}
