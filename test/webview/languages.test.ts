// Another language than English: nothing is left in English, and what is longer still fits.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Translation } from '../../src/common/l10n';
import { translatable } from '../support/translatable';
import { demoWithFindings, snapshotOf, thread } from './fixtures';
import { GERMAN, launch, TimelinePage, type Language } from './page';
import { SCREENS } from './screens';

const FOLDERS = ['media/timeline', 'src'];
const translation = (of: (text: string) => string): Translation =>
  Object.fromEntries([...translatable(FOLDERS).keys()].map((text) => [text, of(text)]));

/** Every sentence between brackets, so that what was not translated stands outside of them. */
const BRACKETED: Language = { name: 'de', translation: translation((text) => `⟦${text}⟧`) };

/** What a person reads or hears, of all that is shown; without what the program and its host say. */
function wordsOf({ page }: TimelinePage): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const seen = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = seen.nextNode(); node; node = seen.nextNode()) {
      if (node instanceof Text && node.parentElement?.closest('script') === null) texts.add(node.data);
      if (!(node instanceof Element)) continue;
      for (const name of ['title', 'aria-label', 'placeholder', 'aria-roledescription'])
        texts.add(node.getAttribute(name) ?? '');
    }
    return [...texts];
  });
}

/** Without what stands between brackets, from the inside out. */
function outside(text: string): string {
  const less = text.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  return less === text ? text : outside(less);
}

describe('the timeline in another language', function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  after(() => browser.close());

  for (const [name, open] of SCREENS) {
    it(`says nothing in English on the screen of ${name}`, async () => {
      const page = await TimelinePage.open(browser, { width: 900, height: 620, language: BRACKETED });
      let said = '';
      const show = page.show.bind(page);
      page.show = (snapshot, ...more) => show(snapshot, ...more).then(() => void (said += JSON.stringify(snapshot)));
      await open(page);
      const words = (await wordsOf(page)).flatMap((text) => outside(text).match(/\p{L}{2,}/gu) ?? []);
      assert.deepEqual(
        words.filter((word) => !said.includes(word) && !OWN_NAMES.includes(word)),
        [],
      );
      await page.close();
    });
  }

  it('writes large numbers of threads as the language does, wherever it counts them', async () => {
    const page = await TimelinePage.open(browser, { language: GERMAN, height: 300 });
    await page.show(snapshotOf(Array.from({ length: 1500 }, (_, id) => thread({ id, start: id }))));
    await page.page.locator('.legend summary').click();
    const words = await wordsOf(page);
    assert.ok(words.includes('1.500 leben') && words.includes('1.500'), words.join(' | '));
    assert.ok(!words.some((text) => text.includes('1500')));
    await page.close();
  });

  for (const width of [250, 400, 1200]) {
    it(`has room for German at ${width} px`, async () => {
      const page = await TimelinePage.open(browser, { width, height: 700, language: GERMAN });
      await page.show(demoWithFindings());
      await page.lane('logger').click();
      await page.page.locator('.legend summary').click();
      const cut = await page.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, dt, h2, h3, .group-title, .item')]
          .filter((element) => element.offsetWidth > 0 && element.getBoundingClientRect().right > innerWidth + 0.5)
          .map(({ textContent }) => textContent),
      );
      assert.deepEqual(cut, []);
      assert.match((await page.page.locator('.details').textContent())!, /Nicht zu Ende gebracht|Gestartet von/);
      await page.page.screenshot({ path: path.join('out', `german-${width}.png`) });
      await page.close();
    });
  }
});

/** The same in every language: of `unref()` the details say no more than that. */
const OWN_NAMES = ['Thread', 'Lifelines', 'pid', 'unref'];
