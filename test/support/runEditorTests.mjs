// Runs in a process of its own, after `npm ci` and the build: the tests in out/editor inside a real VS Code.
// A desktop VS Code where one can be had, else VS Code in the browser; the same tests in both.
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEBIAN_PYTHON, debugpyFolder } from './debian.mjs';
import { debianDebugpy, hasDebianPythons } from './debianPython.mjs';
import { cacheFolder } from './downloads.mjs';
import { freePort } from './freePort.mjs';
import { ROOT } from './prepare.mjs';
import { SETTINGS, writeSettings } from './vscodeServer.mjs';

const VERSION = '1.139.1';
/** No answer at all by then is taken for a no. */
const ANSWER_DEADLINE_MS = 15_000;

/**
 * The executable of a desktop VS Code, or undefined where there is none. THREAD_LIFELINES_DESKTOP: 1 insists on it, 0
 * does not even ask.
 */
async function desktop() {
  const wish = process.env['THREAD_LIFELINES_DESKTOP'];
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (wish === '0' || (!hasDisplay && wish !== '1')) return undefined;
  const download = downloadAndUnzipVSCode({
    version: VERSION,
    cachePath: path.join(cacheFolder, 'vscode-desktop'),
    timeout: ANSWER_DEADLINE_MS,
  });
  if (wish === '1') return download;
  return download.catch((error) => {
    console.error(`no desktop VS Code (${error.message}); VS Code in the browser instead`);
    return undefined;
  });
}

/**
 * Prints what is appended to the file, until the returned function is called: the window's own output is full of
 * other things.
 * @param {string} file
 */
function follow(file) {
  let shown = 0;
  fs.writeFileSync(file, '');
  const show = () => {
    const text = fs.readFileSync(file).subarray(shown);
    shown += text.length;
    process.stdout.write(text);
  };
  const timer = setInterval(show, 250);
  return () => {
    clearInterval(timer);
    show();
  };
}

/**
 * As one that a person has installed.
 * @param {string} folder of its source, beside this file @param {string} name @param {string} extensions
 */
function addExtension(folder, name, extensions) {
  const to = path.join(extensions, `thread-lifelines.${name}-0.0.0`);
  fs.cpSync(path.join(ROOT, 'test', 'support', folder), to, { recursive: true });
}

/** debugpy for the system's Python, and the newest that can be had; none but on a Debian. */
async function debugpies() {
  const folder = await debugpyFolder((line) => console.log(line));
  const own = folder === undefined ? [] : [{ name: 'the system’s Python', python: DEBIAN_PYTHON, folder }];
  return hasDebianPythons() ? [...own, await debianDebugpy()] : own;
}

async function main() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-suite-'));
  const userData = path.join(scratch, 'user-data');
  const workspace = path.join(scratch, 'a folder');
  fs.mkdirSync(workspace);
  writeSettings(userData, SETTINGS);
  const extensions = path.join(scratch, 'extensions');
  const debuggers = await debugpies();
  if (debuggers.length > 0) addExtension('pythonDebugger', 'python-debugger', extensions);
  const port = await freePort();
  const report = path.join(scratch, 'report.txt');
  const stopFollowing = follow(report);
  try {
    const executable = await desktop();
    await runTests({
      vscodeExecutablePath: executable ?? fileURLToPath(new URL('shim.mjs', import.meta.url)),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(ROOT, 'out', 'editor', 'index.js'),
      launchArgs: [
        workspace,
        `--remote-debugging-port=${port}`,
        `--user-data-dir=${userData}`,
        `--extensions-dir=${extensions}`,
      ],
      extensionTestsEnv: {
        TEST_DEBUGGING_PORT: String(port),
        TEST_REPORT: report,
        TEST_REPORTER: path.join(ROOT, 'test', 'support', 'reporter.js'),
        TEST_DEBUGPIES: JSON.stringify(debuggers),
        TEST_LOG: path.join(ROOT, 'out', 'window.log'),
      },
    });
  } finally {
    stopFollowing();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
