// Debug sessions in a real VS Code with the real js-debug.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../src/protocol/adapterEvents';
import { isAlive } from '../../src/transport/spool/spool';
import { workbenchPage } from '../support/page';
import { DEMO, SCREENSHOTS, Sessions, program, start } from './support';

let sessions: Sessions;
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  // Rejects when the last session ends by itself at the same moment; that all have ended is what counts.
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
});

const pidOf = (): number | undefined => sessions.picture?.processes[0]?.pid;

/** Started and with at least one worker that runs. */
async function running(): Promise<number> {
  await sessions.until('a running worker', () =>
    sessions.picture?.threads.some((thread) => thread.kind === 'worker' && thread.state === 'alive'),
  );
  return pidOf()!;
}

const HOLDING = program('keptAliveByWorker.js');

describe('a debug session of type thread-lifelines', () => {
  it('tells how each thread ended when the program ends by itself', async () => {
    assert.ok(await start({ program: program('mainReturns.js') }));
    const picture = await sessions.until('a complete picture', () => sessions.picture?.complete && sessions.picture);
    const worker = picture.threads.find((thread) => thread.kind === 'worker');
    assert.equal(worker?.ended?.by, 'main-exit');
    await sessions.allEnded();
  });

  it('stops at a breakpoint in a worker and steps on from there, shown by js-debug’s own session of that worker', async () => {
    const file = path.join(DEMO, 'holder.js');
    const line = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('// breakpoint'));
    assert.notEqual(line, -1, 'the demo marks a line for a breakpoint');
    const location = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    await start({ program: path.join(DEMO, 'main.js') });
    const { session, threadId } = await sessions.until('a stop', () => sessions.stops[0]);
    const { stackFrames } = (await session.customRequest('stackTrace', { threadId })) as {
      stackFrames: { line: number; source: { path: string } }[];
    };
    assert.ok(stackFrames[0]?.source.path.endsWith(file), 'a path, or a URL in a remote window');
    assert.equal(stackFrames[0]?.line, line + 1);
    assert.equal(sessions.thread(/^holder/)?.state, 'alive', 'its lane lives on meanwhile');
    await session.customRequest('next', { threadId });
    await sessions.until('the end of the step', () => sessions.stops[1]);
    const after = (await session.customRequest('stackTrace', { threadId })) as { stackFrames: { line: number }[] };
    assert.equal(after.stackFrames[0]?.line, line + 2, 'stepping goes on to the next line');
  });

  it('gives the timeline without debugging too', async () => {
    await start({ program: program('mainReturns.js') }, { noDebug: true });
    const picture = await sessions.until('a complete picture', () => sessions.picture?.complete && sessions.picture);
    assert.equal(picture.threads.find((thread) => thread.kind === 'worker')?.ended?.by, 'main-exit');
    const child = sessions.started.find((session) => session.parentSession?.type === DEBUG_TYPE);
    assert.equal(child?.configuration['noDebug'] ?? true, true);
  });

  it('ends everything when it is stopped itself', async () => {
    await start({ program: HOLDING });
    const pid = await running();
    await vscode.debug.stopDebugging(sessions.own);
    await sessions.allEnded();
    assert.equal(isAlive(pid), false);
    assert.equal(sessions.picture?.threads.find((thread) => thread.kind === 'worker')?.ended?.by, 'signal');
    assert.match(sessions.picture.processes[0]!.exit!.because, /^stopped by the debugger/);
  });

  it('ends when its child is stopped', async () => {
    await start({ program: HOLDING });
    const pid = await running();
    const child = sessions.started.find((session) => session.parentSession === sessions.own);
    await vscode.debug.stopDebugging(child);
    const exit = await sessions.until('the end of main, by the person', () => {
      const { exit } = sessions.picture?.processes[0] ?? {};
      return exit?.because.startsWith('stopped by the debugger') ? exit : undefined;
    });
    assert.equal(exit.severity, 'info');
    await sessions.allEnded();
    assert.equal(isAlive(pid), false);
  });

  it('ends when the program is killed from outside, and says by what it ended', async () => {
    await start({ program: HOLDING });
    const pid = await running();
    process.kill(pid, 'SIGKILL');
    const exit = await sessions.until('the end of main', () => sessions.picture?.processes[0]?.exit);
    assert.equal(exit.by, 'signal');
    await sessions.allEnded();
  });

  it('starts afresh on restart', async () => {
    await start({ program: HOLDING });
    const first = await running();
    await vscode.commands.executeCommand('workbench.action.debug.restart');
    const processes = await sessions.until('another process', () => {
      const now = sessions.picture?.processes ?? [];
      return now.some(({ pid }) => pid !== first) && now;
    });
    assert.equal(isAlive(first), false);
    assert.equal(isAlive(processes.at(-1)!.pid), true);
  });

  it('leaves no spool behind, and keeps the recording', async () => {
    await start({ program: program('mainReturns.js') });
    await sessions.until('a complete picture', () => sessions.picture?.complete);
    const storage = sessions.own!.configuration['__storage'] as string;
    await sessions.allEnded();
    assert.deepEqual(fs.readdirSync(path.join(storage, 'spools')), []);
    assert.ok(fs.readdirSync(path.join(storage, 'recordings')).length > 0);
  });

  it('has one node for the program in the Call Stack: its own session shows no threads', async () => {
    await start({ program: HOLDING });
    await running();
    const { threads } = (await sessions.own!.customRequest('threads')) as { threads: unknown[] };
    assert.deepEqual(threads, []);
    assert.equal(vscode.debug.activeDebugSession?.type, 'pwa-node', 'toolbar and console act on the program');
  });

  it('is not started for a program that does not exist', async () => {
    // What VS Code shows in a dialog it throws under test.
    await assert.rejects(
      Promise.resolve(start({ program: program('there-is-no-such-file.js') })),
      /no-such-file\.js does not exist\. Correct "program" in launch\.json/,
    );
    await sessions.allEnded();
    assert.equal(
      sessions.started.some((session) => session.type === 'pwa-node'),
      false,
    );
  });

  it('starts the file in the editor when there is no configuration', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(program('mainReturns.js')));
    await vscode.commands.executeCommand('threadLifelines.debugFile');
    const picture = await sessions.until('a complete picture', () => sessions.picture?.complete && sessions.picture);
    assert.match(picture.processes[0]?.argv[1] ?? '', /mainReturns\.js$/);
  });
});

describe('the Call Stack', () => {
  /** What js-debug shows for such a program: the process, its worker, and the frames of what is paused. */
  const PLAIN_ROWS = [
    /^pausesInWorker\.js \[\d+\] « Same( Running)?$/,
    /^\[worker 1\] paused( Paused On Breakpoint| Running)?$/,
    /^<anonymous> .*pausesInWorker\.js \d+:\d+$/,
    /^Load More Stack Frames$/,
    /^Show \d+ More: Skipped by skipFiles$/, // in its place once they are loaded: Node's own, which the configuration skips
  ];

  it('shows what a plain session of js-debug shows, under the name of the configuration', async function () {
    this.timeout(120_000);
    const file = program('pausesInWorker.js');
    const line = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('// breakpoint'));
    const location = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    await start({ name: 'Same', program: file });
    await sessions.until('a stop', () => sessions.stops[0]);
    const page = await workbenchPage();
    await vscode.commands.executeCommand('workbench.view.debug');
    const list = page.locator('.debug-call-stack .monaco-list-row');
    // The view fills row by row; last comes the one that offers more frames, or what is in its place once they are loaded.
    await list
      .filter({ hasText: /load more stack frames|skipped by skipFiles/i })
      .first()
      .waitFor();
    await page.screenshot({ path: path.join(SCREENSHOTS, 'call-stack.png') });
    const texts = (await list.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.deepEqual(
      texts.filter((text) => !PLAIN_ROWS.some((row) => row.test(text))),
      [],
      'nothing else stands there',
    );
    assert.equal(new Set(texts).size, texts.length, 'and nothing twice');
  });
});
