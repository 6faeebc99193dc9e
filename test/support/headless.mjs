// Runs in the tests' and `npm start`'s own process, after `npm ci`. Opens VS Code's page where nobody looks.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { browserExecutable } from './browser.mjs';

const LOAD_DEADLINE_MS = 60_000;

/**
 * @param {string} url
 * @param {{ args?: string[], prepare?: (page: import('playwright-core').Page) => Promise<void> }} [options] `prepare` is
 *   called before the page is loaded
 * @returns {Promise<import('playwright-core').Browser>} with one page, in which the workbench has been drawn
 */
export async function openHeadless(url, { args = [], prepare } = {}) {
  const { executablePath, env, args: always } = await browserExecutable();
  const browser = await chromium.launch({
    executablePath,
    env: { ...env, TMPDIR: temporaryFolder() },
    args: [...always, ...args],
    // The caller ends it, after what it has to say.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await prepare?.(page);
    await page.goto(url, { timeout: LOAD_DEADLINE_MS });
    await page.waitForSelector('.monaco-workbench', { timeout: LOAD_DEADLINE_MS });
    return browser;
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A browser that is ended at once leaves files behind; they go with this process. */
function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-browser-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}
