// Runs in the tests' and `npm start`'s own process: built-ins only, because it installs all else.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './downloads.mjs';

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const OLDEST_NODE = 20;

/** Ends this process, with what is to be done, on a Node.js that cannot run the rest. */
export function demandNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
  console.error(
    `This needs Node.js ${OLDEST_NODE} or newer; it runs on ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(1);
}

/** `npm ci`, unless what is installed is as new as package-lock.json. */
export async function installDependencies() {
  const changed = modified('package-lock.json');
  if (modified('node_modules/.package-lock.json') >= changed) return;
  const started = Date.now();
  process.stderr.write('npm ci …\n');
  await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], ROOT);
  // npm keeps the time of an unchanged file, and we would install again each time.
  fs.utimesSync(path.join(ROOT, 'node_modules', '.package-lock.json'), new Date(), new Date());
  process.stderr.write(`npm ci took ${seconds(started)}\n`);
}

/**
 * Builds dist/, and out/ with `--tests`. Throws when that fails; esbuild has then said why.
 * @param {string[]} flags
 */
export function build(...flags) {
  const { status } = spawnSync(process.execPath, ['esbuild.js', ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('the build failed');
}

/** @param {string} file in the project; 0 when there is none */
function modified(file) {
  return fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {number} since ms */
export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
