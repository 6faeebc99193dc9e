// Debug sessions in a real VS Code with the real js-debug.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../src/protocol/adapterEvents';
import { isAlive } from '../../src/transport/spool';
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

  it('stops at a breakpoint in a worker, shown by js-debug’s own session of that worker', async () => {
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
  });

  it('ends when its child is stopped', async () => {
    await start({ program: HOLDING });
    const pid = await running();
    const child = sessions.started.find((session) => session.parentSession === sessions.own);
    await vscode.debug.stopDebugging(child);
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
  /** The view fills row by row; the last to come is the one that offers more frames. */
  const rows = async (page: Page): Promise<string[]> => {
    await vscode.commands.executeCommand('workbench.view.debug');
    const list = page.locator('.debug-call-stack .monaco-list-row');
    for (const text of [/paused on breakpoint/i, /\brunning\b/i, /load more stack frames/i]) {
      await list.filter({ hasText: text }).first().waitFor();
    }
    // Names of processes differ from run to run.
    const texts = (await list.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').replace(/\[\d+\]/g, '[pid]'));
    return texts.map((text) => text.trim()).sort();
  };

  const stopInWorker = async (type: string): Promise<string[]> => {
    const file = program('pausesInWorker.js');
    const line = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('// breakpoint'));
    const location = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    const stopsBefore = sessions.stops.length;
    await start({ type, name: 'Same', program: file });
    await sessions.until('a stop', () => sessions.stops.length > stopsBefore);
    const page = await workbenchPage();
    const seen = await rows(page);
    await page.screenshot({ path: path.join(SCREENSHOTS, `call-stack-${type}.png`) });
    await vscode.debug.stopDebugging();
    await sessions.allEnded();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    return seen;
  };

  it('looks as in a plain session of js-debug when a worker is paused', async function () {
    this.timeout(120_000);
    const plain = await stopInWorker('pwa-node');
    const ours = await stopInWorker(DEBUG_TYPE);
    assert.ok(plain.length > 2, plain.join('\n'));
    assert.deepEqual(ours, plain);
  });
});
