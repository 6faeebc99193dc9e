// Published packages that use threads, in the exact versions of test/programs/packages/package-lock.json, and the
// programs that drive them.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { installed, npm } from './downloads.mjs';

const PROGRAMS = path.resolve('test/programs/packages');
const MANIFESTS = ['package.json', 'package-lock.json'];

/**
 * Folder of a copy of the programs. It stands below that of the installed packages, where ES modules find them: Node
 * takes no other path for these.
 */
export async function packagesFolder() {
  const packages = `packages-${hashOf(MANIFESTS)}`;
  await installed(packages, install);
  const programs = allFiles().filter((file) => !MANIFESTS.includes(file));
  return installed(path.join(packages, `programs-${hashOf(programs)}`), async (draft) => {
    for (const file of programs) fs.cpSync(path.join(PROGRAMS, file), path.join(draft, file));
  });
}

/**
 * None of these packages needs its install scripts: those with native code bring it in optional packages. The lock file
 * lists these for every system, some by version alone: `npm ci` refuses one that leaves any out, as npm itself does where
 * a registry has no copy of it.
 */
async function install(/** @type {string} */ draft) {
  for (const file of MANIFESTS) fs.copyFileSync(path.join(PROGRAMS, file), path.join(draft, file));
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], draft);
}

function allFiles() {
  return fs
    .readdirSync(PROGRAMS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(PROGRAMS, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string[]} files in PROGRAMS */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(fs.readFileSync(path.join(PROGRAMS, file)));
  return hash.digest('hex').slice(0, 12);
}
