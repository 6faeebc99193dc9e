// Runs in `npm start`'s own process: built-ins only. Opens a VS Code with our extension under
// development, apart from the user's own settings, extensions and windows.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { endTree } from './processes.mjs';
import { SETTINGS, startServer, writeSettings } from './vscodeServer.mjs';

/** For a window that was asked to quit from inside. */
const QUIT_DEADLINE_MS = 3000;

/**
 * @typedef {object} Workspace
 * @property {string} folder opened in the window
 * @property {string} extensionDevelopmentPath
 * @property {string} userDataDir
 * @property {string} extensionsDir
 */
/** @typedef {{ stop: () => Promise<void>, ended: Promise<void> }} Editor `ended`: when the person closes it */

/**
 * @param {Workspace} workspace
 * @param {(line: string) => void} say
 * @returns {Promise<Editor>}
 */
export function openEditor(workspace, say) {
  const executable = desktopEditor();
  return executable ? openDesktop(executable, workspace, say) : openInBrowser(workspace, say);
}

function hasDisplay() {
  if (process.env['CI']) return false;
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Path of a desktop VS Code that can show a window here. THREAD_LIFELINES_EDITOR is its path, or "browser". */
function desktopEditor() {
  const wish = process.env['THREAD_LIFELINES_EDITOR'];
  if (wish === 'browser') return undefined;
  if (wish && !fs.existsSync(wish)) throw new Error(`THREAD_LIFELINES_EDITOR is ${wish}, and there is no such file.`);
  if (wish) return wish;
  // In a terminal on a remote machine or in WSL, `code` speaks to a window elsewhere, which does not see our folders.
  if (!hasDisplay() || process.env['VSCODE_IPC_HOOK_CLI'] || process.env['WSL_DISTRO_NAME']) return undefined;
  const names = ['code', 'codium'].map((name) => (process.platform === 'win32' ? `${name}.cmd` : name));
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => fs.existsSync(file));
}

/** @param {string} executable @param {Workspace} workspace @param {(line: string) => void} say @returns {Promise<Editor>} */
async function openDesktop(executable, workspace, say) {
  writeSettings(workspace.userDataDir, SETTINGS);
  const args = [
    '--new-window',
    '--wait',
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    `--user-data-dir=${workspace.userDataDir}`,
    `--extensions-dir=${workspace.extensionsDir}`,
    `--extensionDevelopmentPath=${workspace.extensionDevelopmentPath}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    workspace.folder,
  ];
  const onWindows = process.platform === 'win32';
  say(`Opening ${executable}`);
  const child = spawn(onWindows ? `"${executable}"` : executable, onWindows ? args.map((arg) => `"${arg}"`) : args, {
    stdio: 'ignore',
    detached: !onWindows,
    shell: onWindows,
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => reject(new Error(`cannot run ${executable}: ${error.message}`)));
  });
  const stop = async () => {
    await Promise.race([ended.catch(() => undefined), after(QUIT_DEADLINE_MS)]);
    await endTree(child);
  };
  return { stop, ended };
}

/** @param {Workspace} workspace @param {(line: string) => void} say @returns {Promise<Editor>} */
async function openInBrowser(workspace, say) {
  const server = await startServer(workspace);
  say(`VS Code: ${server.url}`);
  if (hasDisplay()) {
    showPage(server.url);
    return server;
  }
  try {
    say('There is no display here, so a browser without a window opens it too; the address works while this runs.');
    const { openHeadless } = await import('./headless.mjs');
    const browser = await openHeadless(server.url);
    return { ended: server.ended, stop: () => browser.close().finally(server.stop) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** In the person's own browser, which is not ours to end. Where that fails there is still the address. @param {string} url */
function showPage(url) {
  /** @type {Partial<Record<NodeJS.Platform, [string, string[]]>>} */
  const openers = { darwin: ['open', [url]], win32: ['rundll32', ['url.dll,FileProtocolHandler', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

/** @param {number} ms @returns {Promise<void>} */
function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
