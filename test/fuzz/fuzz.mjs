// `npm run fuzz [-- --count N] [--seed S]`: recordings that went wrong, each from its seed, through all that reads them, until
// so many have been tried, a million unless given. In a process that may take 500 MB, and that is ended when one takes it a
// minute. What is found is told with its seed, and kept in a file: see CONTRIBUTING.md.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build, demandNode, installDependencies } from '../support/prepare.mjs';

const MOST_MEMORY_MB = 500;
const HANGS_AFTER_MS = 60_000;
/** So many in one process. */
const AT_ONCE = 5_000;

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const first = Number(values.seed ?? 1);
const end = first + Number(values.count ?? 1_000_000);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'll-'));
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

async function main() {
  demandNode();
  await installDependencies();
  build('--tests');
  fs.cpSync(path.join(ROOT, 'out', 'fuzz', 'recordings'), path.join(folder, 'recordings'), { recursive: true });
  let failures = 0;
  for (let seed = first; seed < end;) {
    const { next, found } = await run(seed, Math.min(AT_ONCE, end - seed));
    failures += found;
    seed = next;
    console.log(`${seed - first} recordings, ${failures} found`);
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

/** @param {number} seed @param {number} count @returns {Promise<{ next: number, found: number }>} */
function run(seed, count) {
  const at = path.join(folder, 'at');
  fs.writeFileSync(at, String(seed));
  const script = path.join(folder, 'recordings', 'index.js');
  const args = ['--enable-source-maps', `--max-old-space-size=${MOST_MEMORY_MB}`, script];
  const child = spawn(process.execPath, [...args, String(seed), String(count), at, os.tmpdir()], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_PATH: path.join(ROOT, 'node_modules') },
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
      if (code === 0) return resolve({ next: seed + count, found });
      const last = Number(fs.readFileSync(at, 'utf8'));
      console.log(`✖ seed ${last}: ended the process (${signal ?? code}): it hangs, or takes too much memory`);
      resolve({ next: last + 1, found: found + 1 });
    });
  });
}

await main();
