// Runs in the extension host of the VS Code under test: looks at, and acts on, the very window that it belongs to.
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';

/** Longer than anything here takes; reached only by a failure. */
const DEADLINE_MS = 30_000;

let browser: Promise<Browser> | undefined;

/** The window's page. Opens one connection for all tests, which ends with the window. */
export async function workbenchPage(): Promise<Page> {
  const port = process.env['TEST_DEBUGGING_PORT'];
  if (!port) throw new Error('TEST_DEBUGGING_PORT is not set: the tests must be started by runEditorTests.mjs');
  browser ??= chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = (await browser).contexts().flatMap((context) => context.pages());
  for (const page of pages) if (await page.$('.monaco-workbench')) return page;
  throw new Error(`none of ${pages.length} pages holds the workbench`);
}

/**
 * The frame inside a visible timeline webview. `viewId`: the value of `data-view` on its body; any timeline when left
 * out. Waits until there is one.
 */
export async function timelineFrame(page: Page, viewId?: string): Promise<Frame> {
  const found = await newFrame(page, (frame) => isTimeline(frame, viewId));
  if (!found) throw new Error(`no timeline${viewId ? ` ${viewId}` : ''} was shown in ${DEADLINE_MS / 1000} s`);
  return found;
}

/** The frame that holds what the selector finds. Waits until there is one. */
export async function frameWith(page: Page, selector: string): Promise<Frame> {
  const has = (frame: Frame): Promise<boolean> =>
    frame
      .locator(selector)
      .count()
      .then((count) => count > 0)
      .catch(() => false); // the frame went away while we asked
  const found = await newFrame(page, has);
  if (!found) throw new Error(`nothing has ${selector} after ${DEADLINE_MS / 1000} s`);
  return found;
}

/** Looks at all frames, and again whenever one was loaded or a moment has passed. */
async function newFrame(page: Page, fits: (frame: Frame) => Promise<boolean>): Promise<Frame | undefined> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) if (await fits(frame)) return frame;
    await page.waitForEvent('framenavigated', { timeout: 200 }).catch(() => undefined);
  }
  return undefined;
}

async function isTimeline(frame: Frame, viewId: string | undefined): Promise<boolean> {
  try {
    return await frame.evaluate((view) => {
      const shown = document.body?.dataset['view'];
      const visible = document.visibilityState === 'visible' && window.innerWidth > 0;
      return shown !== undefined && visible && (view === undefined || shown === view);
    }, viewId);
  } catch {
    return false; // the frame went away while we asked
  }
}
