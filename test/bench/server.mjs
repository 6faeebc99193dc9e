// `npm run bench -- server [--rounds N]`: the language server on the sources of published packages, more than 10 000 files:
// its first index in turn with eslint running one rule on the same files, its memory after that, and what it takes from a
// keystroke to the diagnostics of a file of 5 000 lines, in TypeScript and in Python (`--rounds 0`: that alone).
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { installed, npm } from '../support/downloads.mjs';
import { ROOT, build, installDependencies } from '../support/prepare.mjs';
import { median, quantile, row, shown, within } from './figures.mjs';

/** Libraries of many files, and programs that use workers. */
const PACKAGES = ['antd@5.20.0', 'date-fns@3.6.0', 'core-js@3.37.1', 'rxjs@7.8.1', 'lodash@4.17.21', 'nx@19.5.6', 'webpack@5.93.0', 'piscina@4.6.1', 'pino@9.3.2', 'typeorm@0.3.20', 'next@14.2.5']; // prettier-ignore
const KEYSTROKES = 200;
const LINES = 5_000;
const MOST = { keystroke: 30, memory: 200 };

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(values.rounds);

await installDependencies();
build();
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = await import('vscode-jsonrpc/node');

/** Sources, where no walk leaves them out as installed. */
const corpus = path.join(
  await installed(`corpus-${PACKAGES.length}-1`, async (draft) => {
    fs.writeFileSync(path.join(draft, 'package.json'), '{}');
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES], draft);
    fs.renameSync(path.join(draft, 'node_modules'), path.join(draft, 'sources'));
  }),
  'sources',
);
const isSource = (/** @type {string} */ file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
const count = fs
  .readdirSync(corpus, { recursive: true })
  .map(String)
  .filter((file) => isSource(file) && !/(^|\/)(node_modules|\.)/.test(file)).length;

/** @param {string[]} roots */
async function startServer(roots) {
  const started = performance.now();
  const server = spawn(process.execPath, [path.join(ROOT, 'dist', 'server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest('window/workDoneProgress/create', () => null);
  const indexed = new Promise((resolve) =>
    connection.onNotification(
      '$/progress',
      ({ value }) => value.kind === 'end' && resolve(performance.now() - started),
    ),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: roots.map((root) => ({ uri: pathToFileURL(root).href, name: root })),
    capabilities: { window: { workDoneProgress: true } },
  });
  await connection.sendNotification('initialized', {});
  return { connection, indexed, pid: server.pid, stop: () => server.kill() };
}

/** In MiB, of a process on Linux. */
function memoryOf(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = (/** @type {string} */ name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: kib('VmRSS'), most: kib('VmHWM') };
}

/** eslint with a rule that, as ours do, looks at each `new`. */
function eslintTime() {
  const script = `
    const { ESLint } = require('eslint');
    const parser = require('typescript-eslint').parser;
    const eslint = new ESLint({ cwd: ${JSON.stringify(corpus)}, overrideConfigFile: true, errorOnUnmatchedPattern: false,
      overrideConfig: [{ ignores: ['**/*.d.{ts,mts,cts}', '**/.*/'] }, { files: ['**/*.{js,mjs,cjs,jsx}'], linterOptions: { reportUnusedDisableDirectives: 'off' }, rules: { 'no-new': 'warn' } },
        { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser }, rules: { 'no-new': 'warn' } }] });
    const started = performance.now();
    eslint.lintFiles(['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}']).then((results) => console.log(JSON.stringify([performance.now() - started, results.length])));`;
  const run = spawnSync(process.execPath, ['--max-old-space-size=6000', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout.trim().split('\n').at(-1));
}

const [ours, theirs, memory] = [[], [], []];
let files = 0;
for (let round = 0; round < rounds; round++) {
  const server = await startServer([corpus]);
  ours.push(await server.indexed);
  memory.push(memoryOf(server.pid));
  server.stop();
  const [took, seen] = eslintTime();
  theirs.push(took);
  files = seen;
}
if (rounds > 0) showIndex();
console.log(`\na keystroke in a file of ${LINES} lines, to its diagnostics, ms (${KEYSTROKES} of them)`);
row(['', 'median', 'p95', 'processor', 'aim']);
for (const made of [largeTypeScript(), largePython()]) {
  const { times, processor } = await keystrokes(made);
  const p95 = quantile(times, 0.95);
  row([made.name, shown(median(times)), shown(p95), shown(processor), within(p95, MOST.keystroke)]);
}

function largeTypeScript() {
  const block = `
export async function run@(task: { name: string; parts: number[] }): Promise<number> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { name: task.name, workerData: task });
  worker.on('error', (error) => console.error(error));
  const answer = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('exit', (code) => reject(new Error(\`ended with \${code}\`)));
  });
  for (const part of task.parts) if (part > answer) worker.postMessage({ part, answer });
  return task.parts.reduce((sum, part) => sum + part, answer);
}
`;
  // Ordinary code, with a worker in every 360 lines.
  const lines = fs.readFileSync(path.join(ROOT, 'src', 'probe', 'node', 'activity', 'messages.ts'), 'utf8').split('\n');
  const ordinary = lines.slice(1 + lines.findLastIndex((line) => /^import |^} from /.test(line)));
  let text = `import { Worker } from 'node:worker_threads';\n`;
  for (let i = 0; text.split('\n').length < LINES; i++)
    text += `export namespace Part${i} {\n${ordinary.join('\n')}\n}\n${block.replaceAll('@', String(i))}`;
  return { name: 'large.ts', languageId: 'typescript', text };
}

/** The files of our probe, and between them functions that start threads. */
function largePython() {
  const folder = path.join(ROOT, 'src', 'probe', 'python');
  const files = fs.readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.py')).sort(); // prettier-ignore
  const block = `

def run@(task):
    answers = []
    worker = threading.Thread(target=lambda: answers.append(task()), name="run", daemon=True)
    worker.start()
    worker.join()
    for part in task.parts:
        if part > answers[0]:
            task.queue.put((part, answers))
    return sum(task.parts, answers[0])


`;
  let text = 'import threading\n';
  for (let i = 0; text.split('\n').length < LINES; i++)
    text += fs.readFileSync(path.join(folder, files[i % files.length]), 'utf8') + block.replaceAll('@', String(i));
  return { name: 'large.py', languageId: 'python', text };
}

/** At the ends of lines, or before their colon, a letter is typed and taken away again. */
async function keystrokes({ name, languageId, text }) {
  const server = await startServer([]);
  const uri = pathToFileURL(path.join(corpus, name)).href;
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  const times = [];
  const lines = text.split('\n');
  const before = processorTime(server.pid);
  for (let i = 0; i < KEYSTROKES; i++) {
    const line = 10 + (((i >> 1) * 37) % (LINES - 20));
    const start = { line, character: lines[line].replace(/:$/, '').length };
    const end = { line, character: start.character + (i % 2) };
    const started = performance.now();
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: i + 2 },
      contentChanges: [{ range: { start, end }, text: i % 2 ? '' : 'x' }],
    });
    await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    times.push(performance.now() - started);
  }
  const processor = (processorTime(server.pid) - before) / KEYSTROKES;
  server.stop();
  return { times, processor };
}

/** In ms, of a process on Linux. */
function processorTime(pid) {
  const [, after] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = after.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

function showIndex() {
  console.log(`\n${count} files of ${PACKAGES.length} packages and what they need; medians of ${rounds} rounds`);
  row(['', 'server', 'eslint', 'ratio']);
  const [a, b] = [median(ours), median(theirs)];
  row([`first index, all of it, s (eslint: ${files})`, shown(a / 1000), shown(b / 1000), shown(a / b)]);
  row(['memory afterwards, MiB', shown(median(memory.map(({ now }) => now)))]);
  row(
    [
      'memory at most, MiB',
      shown(median(memory.map(({ most }) => most))),
      '',
      within(median(memory.map(({ most }) => most)), MOST.memory),
    ],
    20,
  );
}
