// `npm run fuzz [-- --count N] [--seed S]`: recordings that went wrong, each from its seed, through all that reads them, until
// so many have been tried, a million unless given. In a process that may take 500 MB, and that is ended when some take it
// minutes. What is found is told with its seed, and kept in a file: see CONTRIBUTING.md.
// `npm run fuzz -- python [--count N] [--seed S] [--only 3.13]`: generated programs of Python, 100 on each that there is.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build, demandNode, installDependencies } from '../support/prepare.mjs';

const MOST_MEMORY_MB = 500;
const HANGS_AFTER_MS = 180_000;
/** So many in one process, which takes some thousand to become fast, and so often it says where it is. */
const AT_ONCE = 20_000;
const SAYS_EVERY = 20;
/** In memory where there is such a folder: to write a small file anew takes longer than all that is made of it. */
const FAST_FOLDER = '/dev/shm';
/** Most of what a recording needs is soon let go. */
const YOUNG_MB = 32;

const { values, positionals } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string', default: '' } },
  allowPositionals: true,
});
const first = Number(values.seed ?? 1);
const end = first + Number(values.count ?? 1_000_000);
const folder = fs.mkdtempSync(path.join(fastFolder(), 'll-'));
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

async function main() {
  demandNode();
  await installDependencies();
  build('--tests');
  fs.cpSync(path.join(ROOT, 'out', 'fuzz', 'recordings'), path.join(folder, 'recordings'), { recursive: true });
  let failures = 0;
  let single = 0; // up to this seed they are tried one by one: one of them ended the process
  for (let seed = first; seed < end;) {
    const alone = seed < single;
    const { last, found, ended } = await run(
      seed,
      Math.min(alone ? single - seed : AT_ONCE, end - seed),
      alone ? 1 : SAYS_EVERY,
    );
    failures += found;
    seed = last;
    if (ended !== undefined && !alone) single = last + SAYS_EVERY;
    else if (ended !== undefined) {
      failures++;
      console.log(`✖ seed ${seed}: ended the process (${ended}): it hangs, or takes too much memory`);
      seed++;
    }
    console.log(`${seed - first} recordings, ${failures} found`);
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

/**
 * `last`: where it came to. `ended`: how it ended before the last seed.
 * @param {number} seed @param {number} count @param {number} every
 * @returns {Promise<{ last: number, found: number, ended?: string | number | null }>}
 */
function run(seed, count, every) {
  const at = path.join(folder, 'at');
  fs.writeFileSync(at, String(seed));
  const script = path.join(folder, 'recordings', 'index.js');
  const young = [`--min-semi-space-size=${YOUNG_MB}`, `--max-semi-space-size=${YOUNG_MB}`];
  const args = ['--enable-source-maps', `--max-old-space-size=${MOST_MEMORY_MB}`, ...young, script];
  const child = spawn(process.execPath, [...args, String(seed), String(count), at, os.tmpdir(), String(every)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder, NODE_PATH: path.join(ROOT, 'node_modules') },
  });
  let found = 0;
  let late = watch();
  child.stdout.on('data', (/** @type {Buffer} */ text) => {
    found += String(text).match(/✖/g)?.length ?? 0;
    process.stdout.write(text);
  });
  let seen = '';
  const timer = setInterval(() => {
    const now = fs.readFileSync(at, 'utf8');
    if (now === seen) return;
    seen = now;
    clearTimeout(late);
    late = watch();
  }, 1000);
  function watch() {
    return setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearInterval(timer);
      clearTimeout(late);
      if (code === 0) return resolve({ last: seed + count, found });
      resolve({ last: Number(fs.readFileSync(at, 'utf8')), found, ended: signal ?? code });
    });
  });
}

/** The same that `npm test -- fuzz` runs, of more seeds. */
function fuzzPython() {
  const env = { ...process.env, FUZZ_SEED: String(first), FUZZ_COUNT: values.count ?? '100' };
  const only = `generated Python programs, on Python ${values.only}`;
  const script = path.join(ROOT, 'test/support/run.mjs');
  const child = spawn(process.execPath, [script, 'fuzz', '--only', only], { cwd: ROOT, env, stdio: 'inherit' });
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

function fastFolder() {
  try {
    fs.accessSync(FAST_FOLDER, fs.constants.W_OK);
    return FAST_FOLDER;
  } catch {
    return os.tmpdir();
  }
}

if (positionals[0] === 'python') fuzzPython();
else await main();
