// `npm test [-- PART... [--only WORDS]]`: installs what is missing, builds, and runs the parts one after the other, all
// when none is named; with `--only` the tests whose full name contains the words, and a part without one fails. The last
// line says how many tests passed and failed. Built-ins only: it starts before anything is installed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, build, demandNode, installDependencies, seconds } from './prepare.mjs';
import { endTree } from './processes.mjs';
import { wanted } from './wanted.mjs';

const TEST_DEADLINE_MS = 120_000;
/** The longest part takes about ten minutes on two idle cores; as many generated programs as are asked for take their time. */
const PART_DEADLINE_MS =
  35 * 60_000 + (Number(process.env['FUZZ_COUNT'] ?? 0) + Number(process.env['KILL_COUNT'] ?? 0)) * 10_000;
/** Cheap ones first. All but `types` and `editor` are a folder of bundled mocha tests in out/. */
const PARTS = [
  'types',
  'unit',
  'probe',
  'python',
  'packages',
  'fuzz',
  'commandLine',
  'server',
  'adapter',
  'webview',
  'editor',
  'start',
];

/** Two of their files run at a time: most of these tests wait most of the time, or need one core. */
const SIDE_BY_SIDE = ['unit', 'probe', 'python', 'packages', 'fuzz', 'commandLine', 'server', 'webview'];
/** They take longest, so they begin first. */
const LONG = ['reports', 'programs', 'activity', 'robust', 'axe'];
/** Both would get that where it is not there yet. @type {Record<string, () => Promise<unknown>>} */
const NEEDS = {
  probe: async () => (await import('./nodes.mjs')).nodeBinaries(),
  packages: async () => (await import('./packages.mjs')).packagesFolder(),
  webview: async () => (await import('./browser.mjs')).browserExecutable(),
};

/** @typedef {{ title: string, error: string }} Failure a test by its full name */
/** @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Counts */

/** Short names, and not macOS's own folder of 48 characters: sockets lie below, whose paths have 103 at most. */
const scratch = fs.mkdtempSync(path.join(process.platform === 'darwin' ? '/private/tmp' : os.tmpdir(), 'll-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

async function main() {
  demandNode();
  const { parts, only } = wanted(process.argv.slice(2), PARTS);
  await installDependencies();
  build('--tests');
  demandEveryFolder();
  const total = noCounts();
  const times = [];
  for (const part of parts) {
    const started = Date.now();
    console.log(`\n── ${part} ──`);
    const counts = await runPart(part, only);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    total.failures.push(...counts.failures.map(({ title, error }) => ({ title: `${part}: ${title}`, error })));
    times.push(`${part} ${seconds(started)}`);
  }
  console.log(`\n${times.join(', ')}`);
  closingLine(total);
}

/** A folder of tests that no part runs would be green for ever. */
function demandEveryFolder() {
  const forgotten = fs.readdirSync(path.join(ROOT, 'out')).filter((folder) => !PARTS.includes(folder));
  if (forgotten.length > 0) throw new Error(`no part runs the tests in ${forgotten.join(', ')}`);
}

/** @param {string} part @param {string | undefined} only @returns {Promise<Counts>} */
async function runPart(part, only) {
  if (part === 'types') return checkTypes(only);
  if (part === 'editor') return countedRun(part, ['test/support/runEditorTests.mjs'], only ? { TEST_ONLY: only } : {});
  const files = testFiles(path.join(ROOT, 'out', part));
  const mocha = ['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', '--reporter', 'test/support/reporter.js'];
  const strict = process.env['CI'] ? ['--forbid-only'] : [];
  const named = only ? ['--fgrep', only] : [];
  const atOnce = SIDE_BY_SIDE.includes(part) && files.length > 1 ? ['--parallel', '--jobs', '2'] : [];
  if (atOnce.length > 0) await NEEDS[part]?.();
  const options = [...strict, ...named, ...atOnce, '--timeout', String(TEST_DEADLINE_MS)];
  return countedRun(part, [...mocha, ...options, ...files]);
}

/** @param {string} folder */
function testFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  const isLong = (/** @type {string} */ file) => LONG.includes(path.basename(file, '.test.js'));
  const files = fs.readdirSync(folder, { recursive: true }).map(String).sort();
  const tests = files.filter((file) => file.endsWith('.test.js'));
  return [...tests.filter(isLong), ...tests.filter((file) => !isLong(file))].map((file) => path.join(folder, file));
}

/** Three checks side by side; each counts as a test. @param {string | undefined} only @returns {Promise<Counts>} */
async function checkTypes(only) {
  const counts = noCounts();
  const check = async (/** @type {string[]} */ [script = '', ...args]) => {
    const title = path.basename(script, path.extname(script));
    if (only && !title.includes(only)) return;
    const passed = (await runNode([script, ...args])) === 0;
    console.log(`  ${passed ? '✔' : '✖'} ${title}`);
    counts[passed ? 'passed' : 'failed'] += 1;
    if (!passed) counts.failures.push({ title, error: 'what it printed is above' });
  };
  await Promise.all([
    check(['node_modules/typescript/bin/tsc', '-b']),
    check(['node_modules/eslint/bin/eslint.js', '.']),
    check(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
  ]);
  return counts;
}

/**
 * Runs something that leaves its counts in the file TEST_COUNTS. Without counts, with no test run, or with a bad exit
 * code that no failure explains, the part itself is one failure.
 * @param {string} part @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
async function countedRun(part, args, env = {}) {
  const file = path.join(scratch, `${part}.json`);
  const code = await runNode(args, { ...env, TEST_COUNTS: file });
  /** @type {Counts & { isWhole?: boolean }} */
  const counts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : noCounts();
  const ran = counts.passed + counts.failed + counts.skipped;
  if (ran > 0 && counts.isWhole && (code === 0 || counts.failed > 0)) return counts;
  const title =
    ran === 0
      ? `ran no test (exit code ${code})`
      : `ended ${counts.isWhole ? '' : 'before its last test '}with exit code ${code}`;
  console.log(`✖ ${part} ${title}`);
  const failures = [...counts.failures, { title, error: 'what it printed is above' }];
  return { ...counts, failed: counts.failed + 1, failures };
}

/**
 * With a temporary folder of its own, which goes with the run; what it keeps for people goes to the folder TEST_KEPT.
 * @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number | null>} the exit code
 */
function runNode(args, env = {}) {
  const temporary = fs.mkdtempSync(path.join(scratch, path.sep));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: temporary, TMP: temporary, TEMP: temporary, TEST_KEPT: os.tmpdir(), ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const late = setTimeout(() => {
      console.log(`✖ not finished after ${PART_DEADLINE_MS / 60_000} min; ended`);
      void endTree(child);
    }, PART_DEADLINE_MS);
    child.once('exit', (code) => {
      clearTimeout(late);
      resolve(code);
    });
  });
}

/** @returns {Counts} */
function noCounts() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** What failed is told once more: thousands of lines stand between it and the end. @param {Counts} total */
function closingLine({ passed, failed, skipped, failures }) {
  for (const { title, error } of failures) console.log(`✖ ${title}\n${error.replace(/^/gm, '    ')}\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

await main().catch((error) => {
  console.error(`✖ ${error.message}`);
  closingLine({ ...noCounts(), failed: 1 });
});
