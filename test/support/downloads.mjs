// Runs in the tests' and `npm start`'s own process, before and after `npm ci`: built-ins only.
// Keeps what is got from the npm registry in one folder outside the work tree, so that it is got once a machine.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PACK_DEADLINE_MS = 10 * 60_000;

/** Folder of everything downloaded; may be deleted at any time when no test runs. */
export const cacheFolder = process.env['THREAD_LIFELINES_CACHE'] ?? path.join(userCache(), 'thread-lifelines');

function userCache() {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  return process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
}

/**
 * The folder `name` in the cache, made by `make` when it is not there yet. It appears whole or not at all: an install
 * that was interrupted is done again, and of two at the same time one wins and both get the same folder.
 * @param {string} name says the version too: what has this name never changes
 * @param {(folder: string) => Promise<void>} make fills an empty folder
 * @returns {Promise<string>}
 */
export async function installed(name, make) {
  const folder = path.join(cacheFolder, name);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(cacheFolder, { recursive: true });
  removeAbandoned();
  process.stderr.write(`getting ${name} …\n`);
  const started = Date.now();
  const draft = path.join(cacheFolder, `.draft-${process.pid}-${randomBytes(4).toString('hex')}`);
  fs.mkdirSync(draft);
  try {
    await make(draft);
    publish(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  process.stderr.write(`got ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return folder;
}

/** @param {string} draft @param {string} folder */
function publish(draft, folder) {
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error; // else another process was first, and made the same
  }
}

/** Drafts of processes that are gone would stay for ever. */
function removeAbandoned() {
  for (const entry of fs.readdirSync(cacheFolder)) {
    const pid = /^\.draft-(\d+)-/.exec(entry)?.[1];
    if (pid && !isAlive(Number(pid))) fs.rmSync(path.join(cacheFolder, entry), { recursive: true, force: true });
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Unpacks parts of a package from the npm registry into `folder`, without the archive's leading `package/`.
 * None of its scripts is run.
 * @param {string} spec `name@exact.version`
 * @param {string} folder
 * @param {string[]} [parts] paths in the package; all of it when left out
 */
export async function unpackPackage(spec, folder, parts = []) {
  await npm(['pack', spec, '--silent', '--pack-destination', '.'], folder);
  const archive = fs.readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${spec} left no archive`);
  await unpackArchive(archive, folder, ['--strip-components=1', ...parts.map((part) => `package/${part}`)]);
  fs.rmSync(path.join(folder, archive));
}

/**
 * @param {string} archive path in `folder`
 * @param {string} folder
 * @param {string[]} [args] more for `tar`, which every system that VS Code runs on has
 */
export function unpackArchive(archive, folder, args = []) {
  return run('tar', ['-xf', archive, '--no-same-owner', ...args], folder);
}

/**
 * Runs npm, and rejects with the end of what it said when it fails.
 * @param {string[]} args @param {string} cwd
 */
export function npm(args, cwd) {
  // Under `npm run` this names the very npm that runs us.
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], cwd);
  return run('npm', args, cwd, process.platform === 'win32');
}

/**
 * @param {string} command @param {string[]} args @param {string} cwd @param {boolean} [shell]
 * @returns {Promise<void>}
 */
function run(command, args, cwd, shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, shell, timeout: PACK_DEADLINE_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said = (said + data).slice(-4000)));
    child.once('error', (error) => reject(new Error(`cannot run ${command}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} failed (${code}):\n${said.trim()}`));
    });
  });
}
