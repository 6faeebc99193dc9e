#!/usr/bin/env node
// Stands in for the VS Code executable where the desktop one cannot be had: takes its arguments as @vscode/test-electron
// gives them, runs VS Code's browser build in a headless Chromium, and ends with the tests' exit code.
// Exit codes of its own: 70 the page could not be opened, 71 the server ended or did not start, 124 the deadline passed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openHeadless } from './headless.mjs';
import { startServer } from './vscodeServer.mjs';

const DEADLINE_MS = Number(process.env['TEST_DEADLINE_MS'] ?? 18 * 60_000);

/** @returns {{ flags: Map<string, string[]>, folder: string | undefined }} */
function parse(/** @type {string[]} */ argv) {
  /** @type {Map<string, string[]>} */
  const flags = new Map();
  for (const [, name = '', value = ''] of argv.map((arg) => /^--([^=]+)=?(.*)$/s.exec(arg) ?? [])) {
    flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return { flags, folder: argv.find((arg) => !arg.startsWith('--')) };
}

async function main() {
  const { flags, folder } = parse(process.argv.slice(2));
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-editor-'));
  /** @type {(() => unknown)[]} */
  const cleanUp = [() => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })];
  const code = await new Promise((resolve) => {
    setTimeout(() => resolve(124), DEADLINE_MS).unref();
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(130));
    runTests(flags, folder, scratch, cleanUp, resolve).catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      resolve(error.exitCode ?? 70);
    });
  });
  if (code !== 0) console.error(`VS Code for the tests ended with ${code}; its log: ${keepLog(scratch)}`);
  for (const step of cleanUp.reverse()) await step();
  process.exit(code);
}

/**
 * @param {Map<string, string[]>} flags @param {string | undefined} folder @param {string} scratch
 * @param {(() => unknown)[]} cleanUp @param {(code: number) => void} finish
 */
async function runTests(flags, folder, scratch, cleanUp, finish) {
  const server = await startServer({
    ...(folder ? { folder } : {}),
    extensionDevelopmentPath: flags.get('extensionDevelopmentPath')?.[0] ?? '',
    extensionTestsPath: flags.get('extensionTestsPath')?.[0] ?? '',
    userDataDir: path.join(scratch, 'user-data'),
    extensionsDir: flags.get('extensions-dir')?.[0] ?? path.join(scratch, 'extensions'),
  }).catch((error) => Promise.reject(Object.assign(error, { exitCode: 71 })));
  cleanUp.push(server.stop);
  void server.ended.then(() => finish(71));
  const port = flags.get('remote-debugging-port')?.[0];
  const browser = await openHeadless(server.url, {
    args: port ? [`--remote-debugging-port=${port}`] : [],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationExit', finish);
      await page.exposeFunction('codeAutomationLog', (/** @type {unknown} */ _type, /** @type {unknown[]} */ args) =>
        fs.appendFileSync(path.join(scratch, 'window.log'), `${args.map(String).join(' ')}\n`),
      );
    },
  });
  cleanUp.push(() => browser.close());
  browser.on('disconnected', () => finish(70));
}

/** @param {string} scratch */
function keepLog(scratch) {
  const kept = process.env['TEST_LOG'] ?? path.join(os.tmpdir(), `${path.basename(scratch)}.log`);
  const log = path.join(scratch, 'window.log');
  if (!fs.existsSync(log)) return 'none';
  fs.copyFileSync(log, kept);
  return kept;
}

await main();
