// The built language server, spoken to by a plain client.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeLens,
  CompletionItem,
  DocumentLink,
  Hover,
  InlayHint,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { SHOWN_OF_RUN, WORKER_SCRIPTS, type ShownOfRun } from '../../src/protocol/serverMessages';
import { edited, LspClient, uriOf, type LspOptions } from '../support/lspClient';

const MAIN = `const { Worker } = require('node:worker_threads');
const log = new Worker(require.resolve('./log.js'), { name: 'log' });
log.unref();
`;
const LOG = `const fs = require('node:fs');\nsetInterval(() => fs.appendFileSync('out.log', 'x'), 10);\n`;
const UNDONE = `const { Worker } = require('node:worker_threads');
const worker = new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true, name: 'a' });
worker.on('error', console.error);
worker.unref();
worker.on('message', () => {});
`;

let folder: string;
let client: LspClient;
const at = (name: string): string => path.join(folder, name);
const write = (name: string, text: string): string => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
  return at(name);
};
const started = async (options: LspOptions = {}): Promise<void> => {
  client = await LspClient.start({ roots: [folder], ...options });
  await client.until(() => client.done.length > 0);
};

/** How much is found in each file that is told of. */
async function told(): Promise<string[]> {
  const { items } = await client.connection.sendRequest<{ items: { uri: string; items: unknown[] }[] }>(
    'workspace/diagnostic',
    { previousResultIds: [] },
  );
  return items.map(({ uri, items: found }) => `${uri.slice(uriOf(folder).length + 1)} ${found.length}`).sort();
}

const shows = (...shown: ShownOfRun[]): Promise<void> => client.connection.sendNotification(SHOWN_OF_RUN, shown);
const wholeLine = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 1000 } });

describe('the language server', () => {
  beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines server ')))));
  afterEach(async () => {
    assert.equal(await client.close(), 0);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('finds in an open text what it is, across files on disk, and follows each keystroke', async () => {
    write('log.js', LOG);
    const file = write('main.js', '');
    await started();
    await client.open(file, MAIN);
    assert.deepEqual(await client.brief(file), ['3 cut-off-while-writing']);
    await client.change(file, 'ref', { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } });
    assert.deepEqual(await client.brief(file), []);
    await client.change(file, 'unref', { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } });
    const [found] = await client.diagnose(file);
    assert.equal(found!.source, 'Thread Lifelines');
    assert.match(found!.message as string, /cut off, even in the middle of a write\. .* wait for its "exit" event\.$/);
    assert.deepEqual(found!.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } });
    assert.ok(fs.existsSync(new URL(found!.codeDescription!.href)), 'its page is there');
  });

  it('finds mistakes in Python, mends them, and shows who starts which function in other modules', async () => {
    const jobs = write('jobs.py', 'def work(n):\n    print(n)\n');
    const file = write('main.py', '');
    await started({ options: { showsPlaces: true } });
    const text = 'import threading\nfrom jobs import work\n\nthreading.Thread(target=work, args=(5)).start()\n';
    await client.open(file, text);
    assert.deepEqual(await client.brief(file), ['4 thread-failed']);
    const [fix] = await client.actions(file, await client.diagnose(file));
    assert.match(edited(text, fix!.edit!.changes![uriOf(file)]!), /args=\(5,\)/);
    const hints = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: uriOf(file) },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line]),
      [['keeps alive', 3]],
    );
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: uriOf(jobs) },
    });
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.title, range.start.line]),
      [['Started as a thread by main.py:4', 0]],
    );
  });

  it('sees what another editor holds before it is saved, and asks to be asked again when that matters', async () => {
    const log = write('log.js', 'console.log(1);\n');
    const file = write('main.js', MAIN);
    await started();
    assert.deepEqual(await client.brief(file), []);
    await client.open(log, 'console.log(1);\n');
    const before = client.refreshes;
    await client.open(file, MAIN);
    await client.change(log, LOG);
    assert.deepEqual(await client.brief(file), ['3 cut-off-while-writing']);
    await client.change(file, 'console.log(2);\n');
    await client.until(() => client.refreshes > before);
  });

  it('sees which script is a worker’s in files that are opened alone, and asks to be asked again', async () => {
    const endless = 'for (;;);\n';
    const script = write('endless.js', endless);
    const file = write('main.js', '');
    client = await LspClient.start();
    await client.open(script, endless);
    assert.deepEqual(await client.brief(script), []);
    await client.open(file, MAIN.replace('./log.js', './endless.js'));
    await client.until(() => client.refreshes > 0);
    assert.deepEqual(await client.brief(script), ['1 unresponsive-worker']);
  });

  it('tells all findings of the workspace, without what is installed or ignored', async () => {
    write('log.js', LOG);
    write('main.js', MAIN);
    write(
      'inner/undone.mjs',
      UNDONE.replace(/const \{ Worker \} = .*/, "import { Worker } from 'node:worker_threads';"),
    );
    write('node_modules/a/main.js', UNDONE);
    write('.gitignore', 'made/\n');
    write('made/main.js', UNDONE);
    await started();
    const { items } = await client.connection.sendRequest<{ items: { uri: string; items: { code: string }[] }[] }>(
      'workspace/diagnostic',
      { previousResultIds: [] },
    );
    const told = items.filter((one) => one.items.length > 0).map(({ uri, items: [first] }) => [uri, first!.code]);
    assert.deepEqual(told.sort(), [
      [uriOf(at('inner/undone.mjs')), 'unref-undone'],
      [uriOf(at('main.js')), 'cut-off-while-writing'],
    ]);
  });

  it('leaves out what the person names, and what .gitignore comes to name, also when it is built anew', async () => {
    for (const name of ['main.js', 'generated/a.js', 'made/b.js']) write(name, UNDONE);
    let exclude: string[] = [];
    await started({ configuration: () => ({ exclude }) });
    const indexedAgain = async (method: string, params: unknown): Promise<void> => {
      const before = client.done.length;
      await client.connection.sendNotification(method, params);
      await client.until(() => client.done.length > before);
    };
    assert.deepEqual(await told(), ['generated/a.js 1', 'made/b.js 1', 'main.js 1']);
    exclude = ['generated/'];
    await indexedAgain('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await told(), ['generated/a.js 0', 'made/b.js 1', 'main.js 1']);
    await client.open(at('generated/a.js'), UNDONE);
    assert.deepEqual(await client.brief(at('generated/a.js')), [], 'also in an editor');
    const changed = (name: string, type: number): unknown => ({ changes: [{ uri: uriOf(at(name)), type }] });
    write('.gitignore', 'made\n');
    await indexedAgain('workspace/didChangeWatchedFiles', changed('.gitignore', 1));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', changed('made/b.js', 2));
    assert.deepEqual(await told(), ['generated/a.js 0', 'made/b.js 0', 'main.js 1']);
    exclude = [];
    fs.rmSync(at('.gitignore'));
    await indexedAgain('workspace/didChangeConfiguration', { settings: null });
    await indexedAgain('workspace/didChangeWatchedFiles', changed('.gitignore', 3));
    assert.deepEqual(await told(), ['generated/a.js 1', 'made/b.js 1', 'main.js 1']);
  });

  it('answers a client that asks for all again only when something has changed, with that', async () => {
    write('log.js', LOG);
    const file = write('main.js', MAIN);
    write('undone.js', UNDONE);
    await started();
    type All = { items: { uri: string; items: { code: string }[] }[] };
    const ask = (): Promise<All> => client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    assert.equal((await ask()).items.filter(({ items }) => items.length > 0).length, 2);
    let answered = false;
    const second = ask().finally(() => (answered = true));
    await client.brief(file); // asked later, answered at once
    assert.equal(answered, false);
    await client.open(file, MAIN.replace('log.unref();', ''));
    const told = (await second).items.map(({ uri, items }) => [path.basename(uri), items.length]);
    assert.deepEqual(told.sort(), [
      ['log.js', 0],
      ['main.js', 0],
    ]);
  });

  it('repairs: the program that would not end does', async () => {
    const file = write('main.js', UNDONE);
    await started();
    await client.open(file, UNDONE);
    const found = await client.diagnose(file);
    const [fix] = await client.actions(file, found);
    assert.equal(fix!.title, 'Call unref() after adding the listener');
    const ends = (): boolean => spawnSync(process.execPath, [file], { timeout: 3_000 }).status === 0;
    assert.equal(ends(), false, 'it hangs as it is');
    fs.writeFileSync(file, edited(UNDONE, fix!.edit!.changes![uriOf(file)]!));
    assert.equal(ends(), true, fs.readFileSync(file, 'utf8'));
    await client.change(file, fs.readFileSync(file, 'utf8'));
    assert.deepEqual(await client.brief(file), []);
  });

  it('repairs: a promise around a worker that ends without an answer is rejected', async () => {
    const text = `const { Worker } = require('node:worker_threads');
const ask = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker('process.exit(7)', { eval: true, name: 'a' });
    worker.on('message', resolve);
  });
ask().catch((error) => console.log(error.message));
`;
    const file = write('main.js', text);
    await started();
    const [fix] = await client.actions(file, await client.diagnose(file));
    const output = (): string => spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout;
    assert.equal(output(), '', 'it ends without a word as it is');
    fs.writeFileSync(file, edited(text, fix!.edit!.changes![uriOf(file)]!));
    assert.equal(output(), 'The worker ended with exit code 7\n', fs.readFileSync(file, 'utf8'));
  });

  it('turns a finding off by a comment, for a line and for a file', async () => {
    const file = write('main.js', UNDONE);
    await started();
    await client.open(file, UNDONE);
    const found = await client.diagnose(file);
    for (const title of ['Disable unref-undone for this line', 'Disable unref-undone for this file']) {
      await client.change(file, UNDONE);
      const action = (await client.actions(file, found)).find((one) => one.title === title);
      await client.change(file, edited(UNDONE, action!.edit!.changes![uriOf(file)]!));
      assert.deepEqual(await client.brief(file), [], title);
    }
  });

  it('tells as gravely as the person wants it, or not at all', async () => {
    let settings: unknown = { severity: { 'unref-undone': 'error' } };
    const file = write('main.js', UNDONE);
    await started({ configuration: () => settings });
    await client.open(file, UNDONE);
    const severities = async (): Promise<unknown[]> => (await client.diagnose(file)).map(({ severity }) => severity);
    assert.deepEqual(await severities(), [1]);
    for (const [next, told] of [
      [{ severity: { 'unref-undone': 'hint' } }, [4]],
      [{ severity: { 'unref-undone': 'off' } }, []],
      [{ enabled: false }, []],
      ['nonsense', [2]],
    ] as const) {
      settings = next;
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      assert.deepEqual(await severities(), told, JSON.stringify(next));
    }
  });

  it('speaks the language of the client', async () => {
    const file = write('main.js', UNDONE);
    await started({ locale: 'de' });
    await client.open(file, UNDONE);
    const [found] = await client.diagnose(file);
    assert.match(found!.message as string, /^Dieser Listener hebt das unref\(\) davor wieder auf/);
  });

  it('leads from the start to the script, and back', async () => {
    const log = write('log.js', LOG);
    const file = write('main.js', MAIN);
    await started({ options: { showsPlaces: true } });
    const [link] = await client.ask<DocumentLink[]>('textDocument/documentLink', file);
    assert.equal(link!.target, uriOf(log));
    const position = { line: 1, character: 40 };
    const [definition] = await client.ask<Location[]>('textDocument/definition', file, { position });
    assert.equal(definition!.uri, uriOf(log));
    const [lens] = await client.ask<CodeLens[]>('textDocument/codeLens', log);
    assert.equal(lens!.command!.title, 'Started as a worker by main.js:2');
    const [over] = await client.ask<CodeLens[]>('textDocument/codeLens', file);
    assert.deepEqual([over!.command!.title, over!.range.start.line], ['Runs log.js', 1]);
    const references = await client.ask<Location[]>('textDocument/references', log, {
      position: { line: 0, character: 0 },
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      references.map(({ uri, range }) => [uri, range.start.line]),
      [[uriOf(file), 1]],
    );
  });

  it('leads to the script from what names it, also where a function starts it for each of its arguments', async () => {
    for (const name of ['job', 'log', 'hash']) write(`${name}.js`, LOG);
    const text = `const { Worker } = require('node:worker_threads');
const start = (job) => new Worker(require.resolve('./job.js'), { workerData: job });
start('first');
start('second');
const run = (data, name) => new Worker(require.resolve(\`./\${name}.js\`), { workerData: data });
run('data', 'log');
run('more', 'hash');
`;
    const file = write('main.js', text);
    await started();
    const lines = text.split('\n');
    const links = await client.ask<DocumentLink[]>('textDocument/documentLink', file);
    assert.deepEqual(
      links.map(({ range: { start, end }, target }) => [
        lines[start.line]!.slice(start.character, end.character),
        path.basename(target!),
      ]),
      [
        ["require.resolve('./job.js')", 'job.js'],
        ["'log'", 'log.js'],
        ["'hash'", 'hash.js'],
      ],
    );
    const files = [{ oldUri: uriOf(at('job.js')), newUri: uriOf(at('jobs/one.js')) }];
    const { changes } = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', { files });
    assert.match(edited(text, changes![uriOf(file)]!), /require\.resolve\('\.\/jobs\/one\.js'\)/);
  });

  it('leads to the scripts of pools, transports and jobs, and back', async () => {
    const task = write('task.js', 'module.exports = () => 1;\n');
    const sink = write('lib/sink.js', 'module.exports = () => process.stdout;\n');
    const job = write('jobs/nightly.js', '');
    const lines = [
      `const pool = new (require('piscina').Piscina)({ filename: './task.js' });`,
      `const log = require('pino')({ transport: { targets: [{ target: './lib/sink' }] } });`,
      `const bree = new (require('bree'))({ jobs: ['nightly'] });`,
      `const other = require('workerpool').pool(__dirname + '/task.js');`,
    ];
    const file = write('main.js', lines.join('\n'));
    await started({ options: { showsPlaces: true } });
    const links = await client.ask<DocumentLink[]>('textDocument/documentLink', file);
    const byLine = links.map(({ range, target }) => [range.start.line, target]).sort();
    assert.deepEqual(byLine, [
      [0, uriOf(task)],
      [1, uriOf(sink)],
      [2, uriOf(job)],
      [3, uriOf(task)],
    ]);
    const [lens] = await client.ask<CodeLens[]>('textDocument/codeLens', task);
    assert.equal(lens!.command!.title, 'Started as a worker from 2 places');
    const hover = async (line: number, character: number): Promise<string> => {
      const found = await client.ask<Hover>('textDocument/hover', file, { position: { line, character } });
      return (found.contents as { value: string }).value;
    };
    assert.match(await hover(0, 16), /`task\.js`[^]*daemons/);
    assert.match(await hover(3, lines[3]!.indexOf('pool(')), /`task\.js`[^]*until terminate\(\) is called/);
    const typed = { line: 0, character: lines[0]!.indexOf('task.js') };
    const items = await client.ask<CompletionItem[]>('textDocument/completion', file, { position: typed });
    assert.ok(items.some(({ label }) => label === './task.js'));
    const files = [{ oldUri: uriOf(sink), newUri: uriOf(at('lib/to/file.js')) }];
    const { changes } = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', { files });
    assert.match(edited(lines.join('\n'), changes![uriOf(file)]!), /target: '\.\/lib\/to\/file'/);
  });

  it('tells who starts whom as a hierarchy of calls', async () => {
    const log = write('log.js', LOG);
    const file = write('main.js', MAIN);
    await started();
    const at = { position: { line: 1, character: 14 } };
    const [item] = await client.ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', file, at);
    assert.deepEqual([item!.name, item!.uri], ['log.js', uriOf(log)]);
    const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
      item,
    });
    assert.deepEqual(
      incoming.map(({ from, fromRanges }) => [from.name, fromRanges.map(({ start }) => start.line)]),
      [['main.js', [1]]],
    );
    const [from] = incoming.map((call) => call.from);
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
      item: from,
    });
    assert.deepEqual(
      outgoing.map(({ to }) => to.name),
      ['log.js'],
    );
  });

  it('knows the scripts that a path may lead to', async () => {
    for (const name of ['log.js', 'inner/deep.mjs', 'notes.txt']) write(name, '');
    const text = `const { Worker } = require('worker_threads');\nnew Worker(require.resolve('./'));\nconsole.log('./');\n`;
    const file = write('main.js', text);
    await started();
    await client.open(file, text);
    const pathsAt = (line: number, character: number): Promise<CompletionItem[]> =>
      client.ask('textDocument/completion', file, { position: { line, character } });
    const found = await pathsAt(1, text.split('\n')[1]!.indexOf("'))"));
    assert.deepEqual(found.map(({ label }) => label).sort(), ['./inner/', './log.js']);
    assert.deepEqual(await pathsAt(2, 15), [], 'elsewhere it is none of its business');
    await client.change(file, text.replace("'./'", "'./inner/'"));
    const inner = await pathsAt(1, text.split('\n')[1]!.indexOf("'))") + 6);
    assert.deepEqual(
      inner.map(({ label }) => label),
      ['./inner/deep.mjs'],
    );
  });

  it('knows the kinds of messages that the other side posts, and those that it asks for', async () => {
    const main = write(
      'main.js',
      `const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./w.js'), { name: 'a' });
worker.postMessage({ type: 'save', path: 'x' });
worker.postMessage({ type: 'quit' });
worker.on('message', (m) => m.state === '');
`,
    );
    const worker = write(
      'w.js',
      `const { parentPort } = require('node:worker_threads');
parentPort.on('message', (m) => {
  switch (m.type) { case '': }
  if (m.type === 'flush') parentPort.postMessage({ state: 'done' });
});
`,
    );
    await started();
    const within = async (file: string, literal: string): Promise<string[]> => {
      const before = fs.readFileSync(file, 'utf8').split(literal)[0]!.split('\n');
      const position = { line: before.length - 1, character: before.at(-1)!.length + literal.indexOf("'") + 1 };
      const items = await client.ask<CompletionItem[]>('textDocument/completion', file, { position });
      return items.map(({ label }) => label).sort();
    };
    assert.deepEqual(await within(worker, "case ''"), ['quit', 'save']);
    assert.deepEqual(await within(main, "type: 'quit'"), ['flush']);
    assert.deepEqual(await within(main, "state === ''"), ['done']);
    assert.deepEqual(await within(main, "path: 'x'"), [], 'it is no kind that anyone asks for');
  });

  it('tells at the start what becomes of the worker', async () => {
    const file = write(
      'main.js',
      `${MAIN}new Worker(__filename, { name: 'own' });\nmodule.exports = new Worker(__filename);\n`,
    );
    await started();
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await client.ask<InlayHint[]>('textDocument/inlayHint', file, { range });
    assert.deepEqual(
      hints.map(({ position, label }) => [position.line, label]),
      [
        [1, 'daemon'],
        [3, 'keeps the process alive'],
      ],
    );
    const { contents } = await client.ask<Hover>('textDocument/hover', file, {
      position: { line: 1, character: 14 },
    });
    assert.match((contents as { value: string }).value, /killed, whatever it is doing/);
  });

  it('says nothing at a start where the editor shows what its threads are', async () => {
    const file = write('main.js', `${MAIN}new Worker(\n  __filename,\n  { name: 'own' },\n);\n`);
    await started();
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = async (...lines: number[]): Promise<number[]> => {
      await shows({ uri: uriOf(file), lines, problems: [] });
      return (await client.ask<InlayHint[]>('textDocument/inlayHint', file, { range })).map((one) => one.position.line);
    };
    assert.deepEqual(await hints(), [1, 6]);
    assert.deepEqual(await hints(1), [6]);
    assert.deepEqual(await hints(2, 3), [1], 'a start of several lines');
  });

  it('says nothing either where a thread is made and the editor shows it where it is started', async () => {
    const made =
      'import threading\none = threading.Thread(target=print, daemon=True)\ntwo = threading.Thread(target=print)\n';
    const file = write('main.py', `${made}one.start()\ntwo.start()\n`);
    await started();
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = async (...lines: number[]): Promise<number[]> => {
      await shows({ uri: uriOf(file), lines, problems: [] });
      return (await client.ask<InlayHint[]>('textDocument/inlayHint', file, { range })).map((one) => one.position.line);
    };
    assert.deepEqual(await hints(), [1, 2]);
    assert.deepEqual(await hints(3), [2]);
    assert.deepEqual(await hints(3, 4), []);
  });

  it('has one problem for a mistake that a run has shown on its line, and the change that mends it', async () => {
    write('undone.js', UNDONE);
    const file = at('undone.js');
    await started();
    const [before] = await client.diagnose(file);
    assert.deepEqual(await told(), ['undone.js 1']);
    const asked = client.refreshes;
    await shows({ uri: uriOf(file), lines: [], problems: [{ line: 4, rule: 'unref-undone' }] });
    await client.until(() => client.refreshes > asked);
    assert.deepEqual(await client.diagnose(file), []);
    assert.deepEqual(await told(), ['undone.js 0']);
    const ofRun = { ...before!, source: 'Thread Lifelines, last run', range: wholeLine(4) };
    assert.equal((await client.actions(file, [ofRun]))[0]!.title, 'Call unref() after adding the listener');
    assert.deepEqual(await client.actions(file, [{ ...ofRun, range: wholeLine(3) }]), [], 'the line is another');
    await shows({ uri: uriOf(file), lines: [], problems: [{ line: 3, rule: 'unref-undone' }] });
    assert.deepEqual(await client.brief(file), ['5 unref-undone']);
    await shows();
    assert.deepEqual(await told(), ['undone.js 1']);
    await client.connection.sendNotification(SHOWN_OF_RUN, { uri: 1 });
    assert.deepEqual(await client.brief(file), ['5 unref-undone']);
  });

  it('has those who start a script follow it to its new place', async () => {
    write('log.js', LOG);
    const file = write('main.js', MAIN);
    await started();
    const files = [{ oldUri: uriOf(at('log.js')), newUri: uriOf(at('inner/writer.js')) }];
    const { changes } = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', { files });
    assert.match(edited(MAIN, changes![uriOf(file)]!), /require\.resolve\('\.\/inner\/writer\.js'\)/);
  });

  it('follows a constant that names a script, in another module, as that changes', async () => {
    write('log.js', LOG);
    write('quiet.js', 'console.log(1);\n');
    const paths = write('paths.js', `exports.LOG = require.resolve('./log.js');\n`);
    const file = write(
      'main.js',
      MAIN.replace("require.resolve('./log.js')", 'LOG').replace(/$/, `const { LOG } = require('./paths');\n`),
    );
    await started();
    assert.deepEqual(await client.brief(file), ['3 cut-off-while-writing']);
    await client.open(paths, `exports.LOG = require.resolve('./quiet.js');\n`);
    assert.deepEqual(await client.brief(file), []);
  });

  it('knows the scripts of all folders of a window, and leaves each its own', async () => {
    const [one, two] = ['one', 'two'].map((name) => path.join(folder, name)) as [string, string];
    const starts = `const { Worker } = require('node:worker_threads');\nnew Worker('./log.js', { name: 'a' }).unref();\n`;
    write('one/log.js', LOG);
    const [first, second] = [write('one/main.js', starts), write('two/main.js', starts)];
    await started({ roots: [one, two] });
    assert.deepEqual(await client.brief(first), ['2 cut-off-while-writing']);
    assert.deepEqual(await client.brief(second), ['2 worker-file-not-found']);
    assert.deepEqual(await client.connection.sendRequest(WORKER_SCRIPTS), [path.join(one, 'log.js')]);

    assert.deepEqual(await told(), ['one/log.js 0', 'one/main.js 1', 'two/main.js 1']);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: uriOf(one), name: 'one' }] },
    });
    assert.deepEqual(await told(), ['one/main.js 0', 'two/main.js 1'], 'a folder that is gone leaves none');
    assert.deepEqual(await client.connection.sendRequest(WORKER_SCRIPTS), []);
  });

  it('follows what happens on disk', async () => {
    const file = write('main.js', MAIN);
    await started();
    assert.deepEqual(await client.brief(file), ['2 worker-file-not-found']);
    const changes = [{ uri: uriOf(write('log.js', LOG)), type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    assert.deepEqual(await client.brief(file), ['3 cut-off-while-writing']);
    fs.rmSync(at('log.js'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ ...changes[0], type: 3 }],
    });
    assert.deepEqual(await client.brief(file), ['2 worker-file-not-found']);
  });

  it('takes what is no file, what it does not know, and what ends in the middle', async () => {
    await started();
    const untitled = { uri: 'untitled:Untitled-1', languageId: 'javascript', version: 1, text: UNDONE };
    await client.connection.sendNotification('textDocument/didOpen', { textDocument: untitled });
    const asked = { textDocument: { uri: untitled.uri } };
    assert.deepEqual(await client.connection.sendRequest('textDocument/diagnostic', asked), {
      kind: 'full',
      items: [],
    });
    assert.deepEqual(await client.brief(at('there-is-none.js')), []);
    const file = write('half.js', '');
    await client.open(file, '');
    for (let end = 0; end <= UNDONE.length; end += 7) {
      await client.change(file, UNDONE.slice(0, end));
      await client.diagnose(file);
    }
  });
});
