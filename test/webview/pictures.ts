// Pictures of the timeline beside those that people have looked at and found good, in test/webview/pictures. They are of
// the pinned browser with its own font: another browser draws letters otherwise, so there nothing is compared.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';

const APPROVED = path.join(process.cwd(), 'test', 'webview', 'pictures');
const TAKEN = path.join(process.cwd(), 'out', 'screenshots');
/** Of a pixel's colour, from 0 to 1. */
const SAME_COLOR = 0.1;
/** Edges of letters may fall a little otherwise. */
const MOST_DIFFERENT = 0.002;

/** Whether this browser is the one that the approved pictures were taken with. */
export const isPinnedBrowser = (): boolean =>
  !process.env['CHROME_PATH'] && process.platform === 'linux' && process.arch === 'x64';

/**
 * Takes a picture and compares it with the approved one of that name. Both are kept in out/screenshots, with a third that
 * shows where they differ. With APPROVE_PICTURES=1 what is taken becomes the approved one; a missing one is a failure.
 */
export async function expectPicture(page: Page, name: string): Promise<void> {
  fs.mkdirSync(TAKEN, { recursive: true });
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  fs.writeFileSync(path.join(TAKEN, `${name}.png`), taken);
  const file = path.join(APPROVED, `${name}.png`);
  if (process.env['APPROVE_PICTURES'] && !process.env['CI']) return approve(file, taken);
  if (!isPinnedBrowser()) return;
  assert.ok(fs.existsSync(file), `there is no approved picture ${name}: look at it, then run with APPROVE_PICTURES=1`);
  const [now, before] = [PNG.sync.read(taken), PNG.sync.read(fs.readFileSync(file))];
  assert.deepEqual([now.width, now.height], [before.width, before.height], `${name} has the size it had`);
  const { default: pixelmatch } = await import('pixelmatch');
  const difference = new PNG({ width: now.width, height: now.height });
  const pixels = pixelmatch(now.data, before.data, difference.data, now.width, now.height, { threshold: SAME_COLOR });
  if (pixels > 0) fs.writeFileSync(path.join(TAKEN, `${name}.difference.png`), PNG.sync.write(difference));
  const share = pixels / (now.width * now.height);
  assert.ok(share <= MOST_DIFFERENT, `${name} differs in ${(share * 100).toFixed(2)} % of its pixels`);
}

function approve(file: string, picture: Buffer): void {
  fs.mkdirSync(APPROVED, { recursive: true });
  fs.writeFileSync(file, picture);
}
