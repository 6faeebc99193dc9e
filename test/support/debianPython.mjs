// Pythons that are newer than this Debian's own, from its next release, unpacked into the cache: nothing is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { debianPackages, must, unpackAll } from './debian.mjs';
import { cacheFolder, installed } from './downloads.mjs';

const RELEASE = 'forky';
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
    downloadWithLibraries(`python${line}`, draft);
    unpackAll(draft);
    const libraries = path.join(cacheFolder, name, 'usr', 'lib', 'x86_64-linux-gnu'); // where it will be
    const loader = path.join(libraries, 'ld-linux-x86-64.so.2');
    must(patchelf, ['--force-rpath', '--set-rpath', libraries, '--set-interpreter', loader, inFolder], draft);
  });
  return path.join(folder, inFolder);
}

/** As for a system on which nothing is installed. @param {string} package_ @param {string} folder */
function downloadWithLibraries(package_, folder) {
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
    const wanted = ['--yes', '--no-install-recommends', '--download-only', 'install', package_];
    must('apt-get', [...options, ...wanted], folder);
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
