// VS Code's command palette, in a window that is looked at from outside.

/**
 * A palette that is opened before VS Code has read its extensions never shows their commands: it is opened again.
 * @param {import('playwright-core').Page} page @param {string} title as it stands there
 */
export async function runCommand(page, title) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const wanted = rows.filter({ hasText: title }).first();
  for (;;) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill(`>${title}`);
    await wanted.or(rows.filter({ hasText: 'No matching commands' })).waitFor();
    if (await wanted.isVisible()) break;
    await page.keyboard.press('Escape');
  }
  await wanted.click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
