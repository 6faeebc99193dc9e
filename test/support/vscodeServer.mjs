// Runs in the tests' and `npm start`'s own process: built-ins only. VS Code in the browser, from npm, on loopback.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installed, npm, unpackPackage } from './downloads.mjs';
import { nodeForVSCode } from './nodes.mjs';
import { endTree } from './processes.mjs';

const VERSION = '4.139.1';
const START_DEADLINE_MS = 60_000;

/** Need compilers or accounts, and are of no use to a debugger's tests. */
const WITHOUT_PACKAGES = ['@github/copilot-sdk', '@microsoft/mxc-sdk', '@devcontainers/cli', 'ssh2'];
const WITHOUT_EXTENSIONS = [
  'copilot',
  'mermaid-markdown-features',
  'github',
  'github-authentication',
  'microsoft-authentication',
];

/** A quiet window. */
export const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Opens folders without asking. */
const RESTRICTED = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };

/** @returns {Promise<string>} folder of the VS Code server */
export function installVSCode() {
  return installed(`vscode-server-${VERSION}`, async (draft) => {
    await unpackPackage(`code-server@${VERSION}`, draft, ['lib/vscode']);
    const folder = path.join(draft, 'lib', 'vscode');
    const manifest = path.join(folder, 'package.json');
    const json = JSON.parse(fs.readFileSync(manifest, 'utf8'));
    for (const name of WITHOUT_PACKAGES) delete json.dependencies[name];
    fs.writeFileSync(manifest, JSON.stringify(json));
    for (const name of WITHOUT_EXTENSIONS) fs.rmSync(path.join(folder, 'extensions', name), { recursive: true });
    // Not `npm ci`: the shrinkwrap no longer fits. It still pins what remains.
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'], folder);
  });
}

/**
 * @typedef {object} ServerOptions
 * @property {number} [port] a free one when left out
 * @property {string} [token] the connection token; a random one when left out
 * @property {string} [folder] opened in the window; none when left out
 * @property {string} [extensionDevelopmentPath] one only: the page heeds the last it is given
 * @property {string} [extensionTestsPath]
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {object} [settings] the user's, on top of our own
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [restricted] nothing is trusted until the person says so
 */

/**
 * Starts VS Code; resolves when it accepts connections.
 * @param {ServerOptions} options
 * @returns {Promise<{ url: string, stop: () => Promise<void>, ended: Promise<void> }>} `url` holds the token
 */
export async function startServer(options) {
  const folder = await installVSCode();
  writeSettings(options.userDataDir, { ...SETTINGS, ...(options.restricted ? RESTRICTED : {}), ...options.settings });
  const token = options.token ?? randomBytes(24).toString('hex');
  // In a file: other users of the machine can read arguments.
  const tokenFile = path.join(options.userDataDir, 'connection-token');
  fs.writeFileSync(tokenFile, token, { mode: 0o600 });
  // For its sockets, which else stay in the temporary folder for ever. A socket's path has 107 characters at most, and
  // the name of one of these takes 52.
  const sockets = fs.mkdtempSync(path.join(os.tmpdir(), 's-'));
  const child = spawn(await nodeForVSCode(), serverArguments(folder, options, tokenFile), {
    env: { ...process.env, XDG_RUNTIME_DIR: sockets, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((/** @type {(nothing: void) => void} */ resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    await endTree(child);
    fs.rmSync(sockets, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await listening(child);
    return { url: pageUrl(port, token, options), stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Before the start, because VS Code reads them then.
 * @param {string} userDataDir @param {object} settings
 */
export function writeSettings(userDataDir, settings) {
  const file = path.join(userDataDir, 'User', 'settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(settings, undefined, 2));
}

/** @param {string} folder @param {ServerOptions} options @param {string} tokenFile */
function serverArguments(folder, { port = 0, userDataDir, extensionsDir, restricted }, tokenFile) {
  const server = path.join(folder, 'lib', 'vscode', 'out', 'server-main.js');
  const flags = {
    host: '127.0.0.1',
    port,
    'connection-token-file': tokenFile,
    'server-data-dir': userDataDir,
    'user-data-dir': userDataDir,
    'extensions-dir': extensionsDir,
    'telemetry-level': 'off',
  };
  return [
    server,
    ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    '--accept-server-license-terms',
    ...(restricted ? [] : ['--disable-workspace-trust']),
    '--disable-experiments',
    '--enable-smoke-test-driver', // without it the page ignores extensions under development
  ];
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} the port
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (/** @type {string} */ why) => reject(new Error(`VS Code's server ${why}:\n${said.trim()}`));
    const late = setTimeout(() => fail(`did not start in ${START_DEADLINE_MS / 1000} s`), START_DEADLINE_MS);
    child.once('error', (error) => fail(`cannot be run (${error.message})`));
    child.once('exit', (code) => fail(`ended with code ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      // Goes on reading after the start: a full pipe would stop the server.
      stream?.on('data', (data) => {
        said = (said + data).slice(-4000);
        const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
        if (!port) return;
        clearTimeout(late);
        resolve(Number(port));
      });
    }
    child.once('exit', () => clearTimeout(late));
  });
}

/** @param {number} port @param {string} token @param {ServerOptions} options */
function pageUrl(port, token, { folder, extensionDevelopmentPath, extensionTestsPath }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${asUriPath(file)}`;
  const payload = [['skipWelcome', 'true']];
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  const query = new URLSearchParams({ tkn: token, ...(folder ? { folder: asUriPath(folder) } : { ew: 'true' }) });
  query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

/** @param {string} file */
function asUriPath(file) {
  const slashed = file.replaceAll('\\', '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}
