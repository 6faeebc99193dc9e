// Pythons that are newer than this Debian's own, from its next release, unpacked into the cache: nothing is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEBUGPY, debianPackages, must, pythonPackagesIn, unpackAll } from './debian.mjs';
import { cacheFolder, installed } from './downloads.mjs';

const RELEASE = 'forky';
/** Python's line that this release has debugpy for. */
const DEBUGPY_FOR = '3.14';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Whether this system can have them: it is a Debian for x64, whose mirror has all releases. */
export const hasDebianPythons = () => process.platform === 'linux' && process.arch === 'x64' && mirror() !== undefined;

/**
 * Python of a line that this Debian may not have, with the libraries of its own release.
 * @param {string} line such as `3.14`
 * @returns {Promise<string>} path of its interpreter; rejects where it cannot be had
 */
export async function debianPython(line) {
  const patchelf = path.join(await debianPackages('patchelf', ['patchelf']), 'usr', 'bin', 'patchelf');
  const name = `debian-python-${line}`;
  const inFolder = path.join('usr', 'bin', `python${line}`);
  const folder = await installed(name, async (draft) => {
    download(['--yes', '--no-install-recommends', '--download-only', 'install', `python${line}`], draft);
    unpackAll(draft);
    const libraries = path.join(cacheFolder, name, 'usr', 'lib', 'x86_64-linux-gnu'); // where it will be
    const loader = path.join(libraries, 'ld-linux-x86-64.so.2');
    must(patchelf, ['--force-rpath', '--set-rpath', libraries, '--set-interpreter', loader, inFolder], draft);
  });
  return path.join(folder, inFolder);
}

/**
 * debugpy of the same release, which is built for one line of Python.
 * @returns {Promise<{ name: string, python: string, folder: string }>} `folder`: what PYTHONPATH must name to find it; rejects
 * where it cannot be had
 */
export async function debianDebugpy() {
  const line = DEBUGPY_FOR;
  const folder = await installed(`debian-debugpy-${line}`, async (draft) => {
    download(['download', ...DEBUGPY], draft);
    unpackAll(draft);
  });
  return { name: `Python ${line}`, python: await debianPython(line), folder: pythonPackagesIn(folder) };
}

/** What apt-get downloads for a system on which nothing is installed. @param {string[]} args @param {string} folder gets it */
function download(args, folder) {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-apt-'));
  try {
    const source = `Types: deb\nURIs: ${mirror()}\nSuites: ${RELEASE}\nComponents: main\nSigned-By: ${KEYS}\n`;
    fs.writeFileSync(path.join(state, 'debian.sources'), source);
    fs.writeFileSync(path.join(state, 'status'), '');
    for (const name of ['state/lists/partial', 'archives/partial'])
      fs.mkdirSync(path.join(state, name), { recursive: true });
    const settings = {
      'Dir::Etc::sourcelist': path.join(state, 'debian.sources'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::State': path.join(state, 'state'),
      'Dir::State::status': path.join(state, 'status'),
      'Dir::Cache': state,
      'APT::Sandbox::User': '',
    };
    const options = Object.entries(settings).map(([name, value]) => `-o${name}=${value}`);
    must('apt-get', [...options, 'update'], folder);
    must('apt-get', [...options, ...args], folder);
    for (const file of fs.readdirSync(path.join(state, 'archives')).filter((one) => one.endsWith('.deb')))
      fs.copyFileSync(path.join(state, 'archives', file), path.join(folder, file));
  } finally {
    fs.rmSync(state, { recursive: true, force: true });
  }
}

/** @type {string | undefined | null} */
let known = null;

/** Address from which this Debian has its packages. @returns {string | undefined} */
function mirror() {
  if (known !== null) return known;
  const args = ['indextargets', '--format', '$(ORIGIN) $(RELEASE) $(REPO_URI)', 'Created-By: Packages'];
  const { stdout } = spawnSync('apt-get', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = (stdout ?? '').split('\n').map((line) => line.split(' '));
  return (known = lines.find(([origin, release]) => origin === 'Debian' && !release?.includes('-'))?.[2]);
}
