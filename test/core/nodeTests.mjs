// `npm run core-tests -- --sources FOLDER [--node PATH] [--only PATTERN] [--wide]`: runs Node's own thread tests, which
// know nothing of us, with and without the probe; none may fail on its account. Not a part of `npm test`: it needs the
// sources of Node. Built-ins only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build } from '../support/prepare.mjs';
import { failureOf } from './groups.mjs';

const FOLDERS = ['parallel', 'es-module', 'async-hooks', 'sequential'];
const THREADS = /worker_threads|MessageChannel|MessagePort|BroadcastChannel/;
const PROCESSES = /\b(cluster|fork)\b/;
const DEADLINE_MS = 60_000;
const LANES = 2;
const REPEATS = 3;
/** Lines of a difference that are shown. */
const SHOWN = 12;

/** @typedef {{ name: string, file: string, flags: string[], makesWorkers: boolean, alone: boolean }} Test */
/** @typedef {{ failure: string, skipped: boolean, output: string, told: string }} Run `failure` is '' for a success */
/** @typedef {'none' | 'empty' | 'probe'} Preload */
/** @typedef {{ kind: keyof typeof KINDS, note?: string }} Verdict */

/** Kinds of verdicts, in the order in which they are listed. */
const KINDS = {
  passed: 'passed both',
  skipped: 'skipped themselves',
  bare: 'failed already without the probe (and with it with these other lines)',
  silent: 'passed both, but the probe saw no worker',
  troubled: 'passed both, but the probe told of a failure of its own',
  flaky: 'flaky',
  preload: 'fail with an empty preload too',
  broken: 'NEWLY FAILING',
};

const { values: wanted } = parseArgs({
  options: {
    sources: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    only: { type: 'string', default: '' },
    wide: { type: 'boolean', default: false },
  },
});
const node = path.resolve(wanted.node);
const sources = path.resolve(wanted.sources ?? '');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-core-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => process.exit(1));

let runs = 0;

async function main() {
  if (!wanted.sources || !fs.existsSync(path.join(sources, 'test/parallel')))
    throw new Error('--sources must name a folder that holds the sources of Node, with test/parallel in it');
  build();
  // A copy: the build may be repeated meanwhile, and this path needs no quotes in NODE_OPTIONS.
  for (const part of ['', '.threads', '.owner']) {
    fs.copyFileSync(path.join(ROOT, `dist/probe${part}.js`), path.join(scratch, `probe${part}.js`));
  }
  fs.writeFileSync(preloadFile('empty'), '');
  const tests = selected();
  if (tests.length === 0) throw new Error('no test is selected');
  console.log(`${tests.length} tests of ${sources} on ${node}`);
  /** @type {Map<Test, Verdict>} */
  const verdicts = new Map();
  const judge = async (/** @type {Test} */ test) => {
    const verdict = await verdictOf(test);
    verdicts.set(test, verdict);
    if (verdict.kind !== 'passed') console.log(`  ${test.name}: ${KINDS[verdict.kind]}`);
  };
  const queue = tests.filter((test) => !test.alone);
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let test = queue.shift(); test; test = queue.shift()) await judge(test);
    }),
  );
  for (const test of tests.filter((test) => test.alone)) await judge(test);
  report(verdicts);
}

/** @returns {Test[]} */
function selected() {
  const about = (/** @type {string} */ text) => THREADS.test(text) || (wanted.wide && PROCESSES.test(text));
  return FOLDERS.flatMap((folder) => {
    const full = path.join(sources, 'test', folder);
    const files = fs.existsSync(full) ? fs.readdirSync(full).sort() : [];
    return files
      .filter((file) => /^test-.*\.m?js$/.test(file) && `${folder}/${file}`.includes(wanted.only))
      .map((file) => ({ name: `${folder}/${file}`, text: fs.readFileSync(path.join(full, file), 'utf8') }))
      .filter(({ text }) => about(text))
      .map(({ name, text }) => ({
        name,
        file: path.join(sources, 'test', name),
        flags: /\/\/\s+Flags:(.*)/.exec(text)?.[1]?.trim().split(/\s+/) ?? [],
        makesWorkers: /\bnew Worker\(/.test(text),
        alone: folder === 'sequential',
      }));
  });
}

/** @param {Test} test @returns {Promise<Verdict>} */
async function verdictOf(test) {
  let bare = await run(test, 'none');
  if (bare.failure) bare = await run(test, 'none');
  if (bare.skipped) return { kind: 'skipped' };
  const probed = await run(test, 'probe');
  if (bare.failure) return { kind: 'bare', note: `${bare.failure}; ${difference(bare, probed)}` };
  if (probed.failure) return explained(test, bare, probed);
  if (/"k":"probe-error"|"missing":\["/.test(probed.told)) return { kind: 'troubled', note: probed.told };
  if (!probed.told.includes(test.makesWorkers ? '"k":"thread-start"' : '"k":"process-start"')) {
    // Rightly so where each `new Worker` throws, or where the permission model lets no file be written.
    return { kind: 'silent', note: probed.told ? 'nor did one start, as far as it tells' : 'it wrote nothing at all' };
  }
  return { kind: 'passed' };
}

/**
 * A test failed with the probe. That is its doing unless it also happens without it, or never again.
 * @param {Test} test @param {Run} bare @param {Run} probed @returns {Promise<Verdict>}
 */
async function explained(test, bare, probed) {
  const failures = { none: 0, probe: 0, empty: 0 };
  for (let i = 0; i < REPEATS; i++) {
    for (const preload of /** @type {const} */ (['none', 'probe', 'empty'])) {
      if ((await run(test, preload)).failure) failures[preload] += 1;
    }
  }
  const counts = `of ${REPEATS} more runs failed: ${failures.none} bare, ${failures.probe} with the probe, ${failures.empty} with an empty preload`;
  const note = `${counts}\n${difference(bare, probed)}`;
  if (failures.none > 0 || failures.probe === 0) return { kind: 'flaky', note };
  if (failures.empty > 0) return { kind: 'preload', note };
  return { kind: 'broken', note };
}

/** How it ended with the probe, and the first lines that came with it alone. @param {Run} bare @param {Run} probed */
function difference(bare, probed) {
  // Process ids, ports, times and temporary folders are never the same.
  const steady = (/** @type {string} */ line) => line.replace(/[\da-f]*\d[\da-f]*|lifelines-core-\w+/g, '#');
  const known = new Set(bare.output.split('\n').map(steady));
  const lines = probed.output.split('\n').filter((line) => line.trim() !== '' && !known.has(steady(line)));
  return [`with the probe: ${probed.failure || 'passed'}`, ...lines.slice(0, SHOWN)].join('\n');
}

/** Runs a test as Node's own runner (tools/test.py) does. @param {Test} test @param {Preload} preload @returns {Promise<Run>} */
async function run(test, preload) {
  const id = `lifelines-${process.pid}-${runs++}`;
  const folder = path.join(scratch, id);
  const [spool, temporary, said] = ['spool', 'tmp', 'output'].map((name) => path.join(folder, name));
  for (const made of [spool, temporary]) fs.mkdirSync(/** @type {string} */ (made), { recursive: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...cleanEnvironment(), TMPDIR: temporary, TEST_THREAD_ID: id, TEST_PARALLEL: test.alone ? '0' : '1' };
  // As src/transport/probes/node/environment.ts makes it.
  if (preload !== 'none') {
    Object.assign(env, { NODE_OPTIONS: `--require=${preloadFile(preload)}`, THREAD_LIFELINES_SPOOL: spool });
  }
  try {
    const failure = await failureOf(spawnTest(test, env, /** @type {string} */ (said)), DEADLINE_MS);
    const output = fs.readFileSync(/** @type {string} */ (said), 'utf8');
    const files = fs.readdirSync(/** @type {string} */ (spool));
    const told = files.map((file) => fs.readFileSync(path.join(/** @type {string} */ (spool), file), 'utf8')).join('');
    return { failure, skipped: /^1\.\.0 # Skipped/m.test(output), output, told };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    // Node's tests keep their temporary files here, and leave them when they are killed.
    fs.rmSync(path.join(sources, 'test', `.tmp.${id}`), { recursive: true, force: true });
  }
}

/** Into a file: a process that a test leaves behind would hold a pipe open. @param {Test} test @param {NodeJS.ProcessEnv} env @param {string} said */
function spawnTest(test, env, said) {
  const output = fs.openSync(said, 'a');
  const child = spawn(node, [...test.flags, test.file], {
    env,
    cwd: sources,
    stdio: ['ignore', output, output],
    detached: true,
  });
  fs.closeSync(output);
  return child;
}

/** Without what npm and the user have set for Node: no two machines would be alike. */
function cleanEnvironment() {
  const ours = /^(npm_|NODE_|THREAD_LIFELINES_|INIT_CWD$)/;
  /** @type {NodeJS.ProcessEnv} */
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  // What `// Flags:` asks for is given already.
  return { ...env, NODE_SKIP_FLAG_CHECK: 'true' };
}

/** @param {Exclude<Preload, 'none'>} preload */
function preloadFile(preload) {
  return path.join(scratch, `${preload}.js`);
}

/** @param {Map<Test, Verdict>} verdicts */
function report(verdicts) {
  console.log();
  const found = [...verdicts].map(([test, verdict]) => ({ name: test.name, ...verdict }));
  const of = (/** @type {string} */ kind) => found.filter((verdict) => verdict.kind === kind);
  for (const [kind, title] of Object.entries(KINDS)) console.log(`${String(of(kind).length).padStart(5)}  ${title}`);
  for (const [kind, title] of Object.entries(KINDS)) {
    if (kind === 'passed' || of(kind).length === 0) continue;
    console.log(`\n── ${title} ──`);
    for (const { name, note } of of(kind)) console.log(`${name}${note ? `\n${indented(note)}` : ''}`);
  }
  const passed = ['passed', 'silent', 'troubled'].flatMap(of).length;
  closingLine(passed, of('broken').length);
}

/** @param {string} text */
function indented(text) {
  return text
    .trim()
    .split('\n')
    .slice(0, SHOWN)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}

/** @param {number} passed @param {number} failed */
function closingLine(passed, failed) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

await main().catch((error) => {
  console.error(`✖ ${error.message}`);
  closingLine(0, 1);
});
