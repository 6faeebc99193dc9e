// VS Code's command palette, in a window that is looked at from outside.

/** The list of what fits is there so soon. */
const SOON_MS = 1000;
const MOST_TRIES = 30;

/**
 * A palette that is opened before VS Code has read its extensions never shows their commands: it is opened again.
 * @param {import('playwright-core').Page} page @param {string} title as it stands there
 */
export async function runCommand(page, title) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const wanted = rows.filter({ hasText: title }).first();
  for (let tries = 0; ; tries++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill(`>${title}`);
    await rows.first().waitFor();
    const isThere = await wanted.waitFor({ timeout: SOON_MS }).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    if (tries === MOST_TRIES) throw new Error(`the palette has no ${title}`);
    await page.keyboard.press('Escape');
  }
  await wanted.click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
