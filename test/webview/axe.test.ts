// Every screen under the rules of axe, in a real browser, under each kind of theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { launch, TimelinePage } from './page';
import { SCREENS } from './screens';
import { THEMES, type ThemeName } from './themes';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** About whole pages, which a webview is not: its frame has the title, and it has no headings of its own to begin with. */
const OFF = ['document-title', 'page-has-heading-one', 'landmark-one-main', 'region'];

describe('the timeline under the rules of axe', function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  after(() => browser.close());

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is clean on every screen in ${theme}`, async () => {
      for (const [name, open] of SCREENS) {
        const page = await TimelinePage.open(browser, { theme, width: 900, height: 620 });
        await open(page);
        const found = await violations(page);
        assert.deepEqual(found, [], name);
        await page.close();
      }
    });
  }
});

async function violations({ page }: TimelinePage): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(
    (off) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])),
      }),
    OFF,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
