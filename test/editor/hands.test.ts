// What a person does to threads from the timeline: it is done, whatever the worker and the program are at, and told as theirs.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ThreadPicture } from '../../src/protocol/picture';
import type { TrackState } from '../../src/protocol/tracks';
import { timelineFrame, workbenchPage } from '../support/page';
import { Sessions, start } from './support';

let sessions: Sessions;
let folder: string;

before(() => (folder = fs.mkdtempSync(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'hands-'))));
beforeEach(() => (sessions = new Sessions()));
afterEach(async () => {
  await Promise.resolve(vscode.debug.stopDebugging()).catch(() => undefined);
  await sessions.allEnded();
  sessions.dispose();
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Main lives on; "stuck" never turns its loop, "calm" only waits, and has a worker of its own, "inner". */
const PROGRAM = `
const { Worker, isMainThread, parentPort, threadName, workerData } = require('node:worker_threads');
if (isMainThread) {
  new Worker(__filename, { name: 'stuck', workerData: 'stuck' });
  new Worker(__filename, { name: 'calm', workerData: 'calm' });
  let ticks = 0;
  setInterval(() => {
    ticks++; // breakpoint
  }, 50);
  new Worker(__filename, { name: 'blocked', workerData: 'blocked' });
} else if (workerData === 'blocked') {
  const sleepsHere = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  sleepsHere();
} else if (workerData === 'stuck') {
  const spin = () => {
    let sum = 0;
    for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i);
    return sum;
  };
  for (;;) spin();
} else {
  if (workerData === 'calm') new Worker(__filename, { workerData: 'inner' });
  setInterval(() => {}, 1000);
}
`;

async function run(options: vscode.DebugSessionOptions = {}): Promise<void> {
  const file = path.join(folder, 'program.js');
  fs.writeFileSync(file, PROGRAM);
  assert.ok(await start({ program: file }, options));
  await sessions.until('four workers', () => workers().filter(({ state }) => state === 'alive').length === 4);
}
const workers = (): ThreadPicture[] => (sessions.picture?.threads ?? []).filter(({ kind }) => kind === 'worker');
/** In the order in which main started them; the last is the worker's own. */
const byOwner = (): Record<'stuck' | 'calm' | 'inner' | 'blocked', ThreadPicture> => {
  const main = sessions.picture!.threads.find(({ kind }) => kind === 'main')!;
  const [stuck, calm, blocked] = workers().filter(({ owner }) => owner === main.key);
  return { stuck: stuck!, calm: calm!, blocked: blocked!, inner: workers().find(({ owner }) => owner === calm!.key)! };
};
const ended = (key: string): Promise<ThreadPicture> =>
  sessions.until('the end of a worker', () => workers().find((thread) => thread.key === key && thread.ended));

/** As the timeline draws it at the end of what is known. */
const stateBecomes = (key: string, state: TrackState): Promise<true> =>
  sessions.until(state, () => sessions.states.get(key) === state && true);

const activeText = (): string => vscode.window.activeTextEditor!.document.getText();
async function stackText({ key }: ThreadPicture): Promise<string> {
  await vscode.commands.executeCommand('threadLifelines.showStack', key);
  return activeText();
}

function heapSnapshots(): string[] {
  const folder = path.join(sessions.own!.configuration['__storage'] as string, 'heap-snapshots');
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

describe('a worker', () => {
  it('is terminated by a person: one that waits, one of a worker’s own, and one that is stuck in a loop', async () => {
    await run();
    const { stuck, calm, inner } = byOwner();
    for (const { key } of [stuck, inner, calm]) {
      await vscode.commands.executeCommand('threadLifelines.terminateThread', key);
      const { ended: ending, terminateCalls } = await ended(key);
      assert.deepEqual([ending!.by, ending!.because, ending!.at], ['terminate', 'terminated by you', undefined]);
      assert.deepEqual(
        terminateCalls.map(({ by }) => by),
        ['hand'],
      );
    }
    const { findings } = sessions.picture!;
    assert.deepEqual(
      findings.filter(({ rule }) => rule !== 'unresponsive-worker'), // it was stuck, after all
      [],
    );
  });

  it('is paused by the debugger where it is, and profiled: one that is stuck in a loop', async () => {
    await run();
    const { stuck } = byOwner();
    await vscode.commands.executeCommand('threadLifelines.profileThread', stuck.key);
    const profile = vscode.window.tabGroups.activeTabGroup.activeTab?.input as { uri: vscode.Uri };
    assert.match(profile.uri.path, /\.cpuprofile$/);
    const { nodes } = JSON.parse(fs.readFileSync(profile.uri.fsPath, 'utf8')) as {
      nodes: { callFrame: { functionName: string } }[];
    };
    const names = nodes.map(({ callFrame }) => callFrame.functionName);
    assert.ok(names.includes('spin'), names.join(' '));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.commands.executeCommand('threadLifelines.pauseThread', stuck.key);
    const { session } = await sessions.until('the pause', () => sessions.stops.at(-1));
    assert.match(session.name, /worker/i);
    await stateBecomes(stuck.key, 'paused');
    await vscode.commands.executeCommand('threadLifelines.continueThread', stuck.key);
    await sessions.until('its going on', () => sessions.states.get(stuck.key) !== 'paused' && true);
    const { deeds } = await sessions.until('the mark of the profile', () =>
      workers().find(({ key, deeds: done }) => key === stuck.key && done),
    );
    assert.deepEqual(
      deeds!.map(({ deed }) => deed),
      ['profile'],
    );
  });

  it('shows where it is: stuck in a loop, in Atomics.wait, paused by the debugger, or nowhere while it only waits', async () => {
    await run();
    const { stuck, calm, inner, blocked } = byOwner();
    assert.match(await stackText(stuck), /^Stacks at .*\n\n.*: running\n {4}at spin \(.*program\.js:\d+:\d+\)\n/);
    assert.match(await stackText(blocked), /: waiting in Atomics\.wait\n {4}at sleepsHere \(.*program\.js:\d+:/);
    assert.match(await stackText(calm), /^.*\n\n.*: waiting in its event loop\n$/);
    await vscode.commands.executeCommand('threadLifelines.pauseThread', stuck.key);
    await stateBecomes(stuck.key, 'paused');
    assert.match(await stackText(stuck), /: paused by the debugger\n {4}at spin \(.*program\.js:\d+:\d+\)\n/);
    await vscode.commands.executeCommand('threadLifelines.showAllStacks');
    const all = activeText();
    for (const { id } of [stuck, calm, inner, blocked]) assert.match(all, new RegExp(`thread ${id}\\): `));
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      vscode.window.activeTextEditor!.document.uri,
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith('program.js') && /^\d+,\d+$/.test(target.fragment)));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says where it is by itself in a program that runs without debugging', async () => {
    await run({ noDebug: true });
    const { stuck, calm, blocked } = byOwner();
    assert.match(await stackText(stuck), /: running\n {4}at spin \(.*program\.js:\d+:\d+\)\n/);
    assert.match(await stackText(blocked), /: waiting in Atomics\.wait\n {4}at sleepsHere \(.*program\.js:\d+:/);
    assert.match(await stackText(calm), /^.*\n\n.*: waiting in its event loop\n$/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('gives a heap snapshot, stuck in a loop too, which is marked on its lane', async () => {
    await run();
    const { stuck, calm } = byOwner();
    for (const { key } of [stuck, calm]) {
      const before = new Set(heapSnapshots());
      await vscode.commands.executeCommand('threadLifelines.takeHeapSnapshot', key);
      const [made] = heapSnapshots().filter((file) => !before.has(file));
      const { snapshot } = JSON.parse(fs.readFileSync(made!, 'utf8')) as { snapshot: { node_count: number } };
      assert.ok(snapshot.node_count > 1000);
      fs.rmSync(made!);
      const { deeds } = await sessions.until('the mark', () =>
        workers().find((thread) => thread.key === key && thread.deeds),
      );
      assert.equal(deeds![0]!.deed, 'heap-snapshot');
    }
  });

  it('is made a daemon, and ref’d again, while the debugger holds main', async () => {
    await run();
    const { calm } = byOwner();
    const main = await sessions.until('main’s session', () =>
      sessions.started.find(({ configuration }) => '__pendingTargetId' in configuration),
    );
    const line = PROGRAM.split('\n').findIndex((text) => text.includes('// breakpoint'));
    const location = new vscode.Location(
      vscode.Uri.file(path.join(folder, 'program.js')),
      new vscode.Position(line, 0),
    );
    const breakpoint = new vscode.SourceBreakpoint(location);
    vscode.debug.addBreakpoints([breakpoint]);
    const { threadId } = await sessions.until('the stop', () => sessions.stops.find(({ session }) => session === main));
    await vscode.commands.executeCommand('threadLifelines.unrefThread', calm.key);
    await vscode.commands.executeCommand('threadLifelines.refThread', calm.key);
    vscode.debug.removeBreakpoints([breakpoint]);
    await main.customRequest('continue', { threadId });
    const { refs } = await sessions.until('both calls', () =>
      workers().find(({ key, refs: calls }) => key === calm.key && calls.length === 3),
    );
    assert.deepEqual(
      refs.slice(1).map(({ value, by, at }) => [value, by, at]),
      [
        [false, 'hand', undefined],
        [true, 'hand', undefined],
      ],
    );
  });

  it('is shown in the timeline from its row in the Call Stack', async () => {
    await run();
    await vscode.commands.executeCommand('threadLifelines.showTimeline');
    const frame = await timelineFrame(await workbenchPage(), 'threadLifelines.timeline');
    const { calm } = byOwner();
    const session = await sessions.until('its session', () =>
      sessions.started.find(({ name }) => new RegExp(`^(Worker |\\[worker )${calm.id}\\b`).test(name)),
    );
    await vscode.commands.executeCommand('threadLifelines.showSessionThread', session.id, { sessionId: session.id });
    await frame.locator('.details', { hasText: `id ${calm.id}` }).waitFor();
  });

  it('is held alone of eight that start at once: the others run to their end meanwhile, and it does when it goes on', async () => {
    write('started.mjs', STARTED);
    const program = write('eight.mjs', EIGHT);
    const [held, over] = [
      () => workers().filter(({ paused }) => paused),
      () => workers().filter(({ ended }) => ended?.by === 'returned'),
    ];
    await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
    assert.ok(await start({ program }));
    const { session, threadId } = await sessions.until('the stop', () => sessions.stops[0]);
    await sessions.until('the end of seven, and one that is held', () => over().length === 7 && held().length === 1);
    await session.customRequest('continue', { threadId });
    await sessions.until('the end of all', () => sessions.picture?.complete);
    assert.deepEqual([workers().length, over().length], [8, 8]);
    assert.deepEqual([sessions.stops.length, vscode.debug.breakpoints.length], [1, 0], 'none but the one was held');
  });

  it('is held on its first line where that was asked for: before its program runs, and while it runs', async () => {
    const main = write('starter.mjs', STARTER);
    write('started.mjs', STARTED);
    const topFrame = async (n: number): Promise<string> => {
      const { session, threadId } = await sessions.until(`stop ${n}`, () => sessions.stops[n - 1]);
      const { stackFrames } = (await session.customRequest('stackTrace', { threadId, levels: 1 })) as {
        stackFrames: { line: number; source: { path: string } }[];
      };
      const [{ line, source }] = stackFrames as [{ line: number; source: { path: string } }];
      const at = `${path.basename(source.path)}:${line}`;
      assert.ok(await sessions.until('the end of the breaks', () => vscode.debug.breakpoints.length === 0));
      await session.customRequest('continue', { threadId });
      return at;
    };
    await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
    await start({ program: main });
    assert.equal(await topFrame(1), 'started.mjs:3');
    const started = sessions.picture!.threads.length;
    await sessions.until('others, which are not held', () => sessions.picture!.threads.length > started + 1);
    await vscode.commands.executeCommand('threadLifelines.breakOnWorkerStart');
    assert.equal(await topFrame(2), 'started.mjs:3');
  });
});

function write(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

const EIGHT = `import { Worker } from 'node:worker_threads';
for (let i = 0; i < 8; i++) new Worker(new URL('./started.mjs', import.meta.url), { name: 'worker ' + i });
`;
const STARTER = `import { Worker } from 'node:worker_threads';
const next = () => new Worker(new URL('./started.mjs', import.meta.url)).once('exit', next);
next();
`;
const STARTED = `// Nothing to stop at.
import * as fs from 'node:fs';
const text = fs.existsSync('nothing');
setTimeout(() => {}, 100);
`;
