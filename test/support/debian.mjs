// Debian's packages for Debian's Python, fetched with apt-get and unpacked into the cache: nothing is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { installed } from './downloads.mjs';

/** Debian's own: another has other packages. */
export const DEBIAN_PYTHON = '/usr/bin/python3';
/** And what it needs. */
export const DEBUGPY = ['debugpy', 'pydevd', 'bytecode', 'typing-extensions'].map((name) => `python3-${name}`);

/**
 * A folder in which `usr` is. Rejects where there is no apt-get, or no such package.
 * @param {string} name says what is in it @param {readonly string[]} packages
 */
export function debianPackages(name, packages) {
  const hash = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  return installed(`debian-${name}-${hash}`, async (draft) => {
    must('apt-get', ['download', ...packages], draft);
    unpackAll(draft);
  });
}

/** Where packages of Python are, below such a folder. @param {string} folder */
export const pythonPackagesIn = (folder) => path.join(folder, 'usr', 'lib', 'python3', 'dist-packages');

/**
 * Folder with the package `debugpy` and those that it needs, which it finds by PYTHONPATH; undefined, with the reason said, where it cannot be had.
 * @param {(line: string) => void} say
 */
export async function debugpyFolder(say) {
  if (!fs.existsSync(DEBIAN_PYTHON)) return undefined;
  try {
    return pythonPackagesIn(await debianPackages('debugpy', DEBUGPY));
  } catch (error) {
    say(`no debugpy: ${/** @type {Error} */ (error).message}`);
    return undefined;
  }
}

/** @param {string} folder its packages become what is in them */
export function unpackAll(folder) {
  for (const file of fs.readdirSync(folder).filter((one) => one.endsWith('.deb'))) {
    must('dpkg', ['-x', file, folder], folder);
    fs.rmSync(path.join(folder, file));
  }
}

/** @param {string} command @param {string[]} args @param {string} cwd */
export function must(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === 0) return;
  throw new Error(`${command} ${args[0]} failed: ${error?.message ?? `exit code ${status}: ${String(stderr).trim()}`}`);
}
