// Finding, filtering, folding, the menu of a row, the table and the sheet of keys, in a real browser.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { FromTimeline } from '../../src/protocol/timelineMessages';
import { demo, demoLive, demoWithFindings, manyLanes, snapshotOf, thread } from './fixtures';
import { launch, TimelinePage } from './page';
import { THEMES, type ThemeName } from './themes';

const SCREENSHOTS = path.join('out', 'screenshots');

describe('the tools of the timeline in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: TimelinePage;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  beforeEach(async () => {
    page = await TimelinePage.open(browser, { height: 620 });
    await page.show(demo());
  });
  afterEach(async () => {
    assert.deepEqual(await page.refused(), []);
    assert.deepEqual(await posted('problem'), []);
    await page.close();
  });
  after(() => browser.close());

  async function posted<K extends FromTimeline['kind']>(kind: K) {
    const all = await page.posted();
    return all.filter((message): message is Extract<FromTimeline, { kind: K }> => message.kind === kind);
  }
  const press = (key: string) => page.page.keyboard.press(key);
  const focusLanes = () => page.page.locator('.scroller').focus();
  const labels = () =>
    page.page.locator('.lane').evaluateAll((lanes) => lanes.map((lane) => lane.getAttribute('data-label')));
  const lanesAre = (count: number) =>
    page.page.waitForFunction((n) => document.querySelectorAll('.lane').length === n, count);

  it('find threads by what is typed after a slash, and give the lanes back on Escape', async () => {
    await focusLanes();
    await press('/');
    await page.page.keyboard.type('killed');
    await page.page.getByText('3 threads found').waitFor();
    assert.deepEqual(await labels(), ['main', 'logger', 'build', 'minify', '<img src=x onerror=alert(1)>']);
    assert.deepEqual(await page.page.locator('.lane.context').count(), 2);
    await press('Escape');
    await lanesAre(8);
    assert.equal(await page.page.evaluate(() => document.activeElement!.className), 'scroller');
    assert.equal(await page.page.locator('.tools').isVisible(), false);
  });

  it('say how many are out of sight, and show all again', async () => {
    await focusLanes();
    for (const key of ['ArrowDown', 'ArrowDown', 'h']) await press(key);
    await lanesAre(7);
    await page.page.getByRole('button', { name: '1 hidden: show all' }).click();
    await lanesAre(8);
  });

  it('filter by the legend, of which each entry counts', async () => {
    await page.page.locator('.legend summary').click();
    const daemon = page.page.locator('.legend .all').getByRole('button', { name: 'daemon 2' });
    await daemon.click();
    await lanesAre(6);
    assert.equal(await daemon.getAttribute('aria-pressed'), 'false');
    await daemon.click();
    await lanesAre(8);
    await page.page.getByRole('button', { name: 'killed with main 2' }).click({ modifiers: ['Alt'] });
    await page.page.waitForFunction(() => document.querySelectorAll('.lane:not(.context)').length === 2);
  });

  it('fold what is below a thread, by the pointer and by the space bar', async () => {
    await page.lane('build').locator('.fold').click();
    await lanesAre(7);
    assert.equal(await page.lane('build').getAttribute('aria-expanded'), 'false');
    assert.equal(await page.lane('build').locator('.below').innerText(), '1');
    await focusLanes();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', ' ']) await press(key);
    await lanesAre(8);
  });

  it('pin a thread to the top, where it is a copy of its lane', async () => {
    await focusLanes();
    for (const key of ['ArrowDown', 'ArrowDown', 'i']) await press(key);
    await lanesAre(9);
    assert.deepEqual((await labels()).slice(0, 2), ['logger', 'main']);
    assert.equal(await page.page.locator('.lane.pinned').getAttribute('data-label'), 'logger');
  });

  it('sort those of one owner', async () => {
    await page.page.getByRole('button', { name: 'Find, sort and filter threads (/)' }).click();
    await page.page.getByLabel('Order').selectOption('name');
    await page.page.waitForFunction(
      () => document.querySelectorAll('.lane')[1]!.getAttribute('data-label') === '<img src=x onerror=alert(1)>',
    );
  });

  it('go from event to event, zoomed in', async () => {
    await focusLanes();
    for (let i = 0; i < 6; i++) await press('+');
    const axis = () => page.page.locator('.axis').evaluate((element) => element.textContent);
    const before = await axis();
    for (let i = 0; i < 20; i++) await press('n');
    await page.page.waitForFunction((text) => document.querySelector('.axis')!.textContent !== text, before);
  });

  it('offer only what the debugger of their runtime can do', async () => {
    await page.show(demoLive(), 's1', { hands: { node: ['threadLifelines.showStack'] } });
    await page.lane('logger').click({ button: 'right' });
    await page.page.getByRole('menu', { name: 'logger' }).waitFor();
    const names = await page.page.getByRole('menuitem').allInnerTexts();
    const hands = names.filter((name) => /^(Terminate|Ref|Unref|Pause|Continue|Profile|Show Its|Take a)/.test(name));
    assert.deepEqual(hands, ['Show Its Stack']);
  });

  it('offer to terminate, ref and unref a worker that lives, and no other', async () => {
    await page.show(demoLive());
    const items = async (lane: string): Promise<string[]> => {
      await page.lane(lane).click({ button: 'right' });
      await page.page.getByRole('menu', { name: lane }).waitFor();
      const names = await page.page.getByRole('menuitem').allInnerTexts();
      return names.filter((name) => /^(Terminate|Ref|Unref)/.test(name)).map((name) => name.split(/[\n:]/)[0]!);
    };
    assert.deepEqual(await items('main'), []);
    await press('Escape');
    assert.deepEqual(await items('logger'), ['Terminate', 'Ref']);
    await page.page.getByRole('menuitem', { name: 'Terminate' }).click();
    const [done] = await posted('do');
    const { key } = demoLive().threads.find(({ label }) => label === 'logger')!;
    assert.deepEqual(done, { kind: 'do', command: 'threadLifelines.terminateThread', thread: key });
    assert.deepEqual(await items('build'), ['Terminate', 'Unref']);
    await press('Escape');
  });

  it('mark on its lane what the debugger was asked about a thread', async () => {
    const snapshot = demo();
    const flaky = snapshot.threads.find(({ label }) => label === 'holder')!;
    flaky.deeds = [
      { t: flaky.startedAt + 200_000, deed: 'stack' },
      { t: flaky.startedAt + 900_000, deed: 'heap-snapshot' },
    ];
    snapshot.revision++; // so that its painting is waited for
    await page.show(snapshot);
    assert.equal((await page.signs('holder', 'deed')).length, 2);
    const { x, y } = await page.sign('holder', 'deed');
    await page.page.mouse.move(x, y);
    await page.page.locator('.tooltip').getByText('holder: heap snapshot').waitFor();
    await page.page.locator('.legend summary').click();
    await page.page.screenshot({ path: path.join(SCREENSHOTS, 'deeds.png') });
  });

  it('copy facts to the µs, however coarse the picture is', async () => {
    await page.show(snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 12.345, label: 'late' })]));
    await page.lane('late').click();
    await page.page.getByRole('complementary').getByText('0.012 s').first().waitFor();
    await page.lane('late').click({ button: 'right' });
    await page.page.getByRole('menuitem', { name: 'Copy All Facts' }).click();
    const [copied] = await posted('copy');
    assert.match(copied!.text, /0\.012345 s/);
  });

  it('have a menu of what can be done with a row, by pointer and by key', async () => {
    await page.lane('flaky').click({ button: 'right' });
    const menu = page.page.getByRole('menu', { name: 'flaky' });
    await menu.waitFor();
    await page.page.screenshot({ path: path.join(SCREENSHOTS, 'menu.png') });
    await menu.getByRole('menuitem', { name: 'Copy Name' }).click();
    await menu.waitFor({ state: 'hidden' });
    assert.deepEqual(
      (await posted('copy')).map(({ text }) => text),
      ['flaky'],
    );
    await focusLanes();
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+F10']) await press(key);
    await page.page.getByRole('menu', { name: 'logger' }).waitFor();
    await press('Enter');
    assert.equal((await posted('open-site')).length, 1);
    await press('Shift+F10');
    await press('Escape');
    await page.page.getByRole('menu').waitFor({ state: 'hidden' });
    assert.equal(await page.page.evaluate(() => document.activeElement!.className), 'scroller');
  });

  it('show a table that tells the same, sorts, and leads to lines and details', async () => {
    await focusLanes();
    await press('t');
    const table = page.page.getByRole('table', { name: 'Threads of the program' });
    await table.waitFor();
    assert.equal(await page.page.locator('.scroller').isVisible(), false);
    const row = table.getByRole('row', { name: /^logger/ });
    assert.match(await row.innerText(), /logger\s+main\s+main\.js:\d+\s.*yes\s.*killed with main/s);
    await table.getByRole('button', { name: 'Lived' }).click();
    assert.equal(await table.locator('th[aria-sort=ascending]').innerText(), 'Lived');
    assert.match(await table.getByRole('row').nth(1).innerText(), /^flaky/);
    await row.getByRole('button', { name: /main\.js/ }).click();
    assert.equal((await posted('open-site')).length, 1);
    await row.getByRole('button', { name: 'logger' }).click();
    await page.page.getByRole('complementary').getByRole('heading', { name: 'logger' }).waitFor();
    await press('t');
    await page.page.locator('.scroller').waitFor();
  });

  it('keep a table of ten thousand threads a page long', async () => {
    await page.show({ ...manyLanes(10_000), revision: 99 });
    await focusLanes();
    await press('t');
    await page.page.getByRole('button', { name: 'Show 100 more of 9900' }).click();
    assert.equal(await page.page.locator('tbody tr').count(), 200);
  });

  it('keep the focus on a button of the table while things go on', async () => {
    await focusLanes();
    await press('t');
    const button = page.page.getByRole('row', { name: /^build/ }).getByRole('button', { name: 'build' });
    await button.focus();
    await page.show({ ...demo(), revision: 98 });
    assert.ok(await button.evaluate((element) => element === document.activeElement));
  });

  it('tell all keys on a question mark, and close on Escape', async () => {
    await focusLanes();
    await press('?');
    const sheet = page.page.getByRole('dialog', { name: 'Timeline shortcuts' });
    await sheet.getByText('Show the whole run').waitFor();
    await press('h');
    assert.equal((await labels()).length, 8, 'keys do nothing behind it');
    await press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    assert.equal(await page.page.evaluate(() => document.activeElement!.className), 'scroller');
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`can be looked at in ${theme}`, async () => {
      await page.setTheme(theme);
      for (const width of [250, 480, 1200]) {
        await page.page.setViewportSize({ width, height: 560 });
        await page.show({ ...demoWithFindings(), revision: 100 + width });
        await focusLanes();
        const shot = (name: string) =>
          page.page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${theme}-${width}.png`) });
        await press('t');
        await shot('table');
        await press('t');
        await press('?');
        await shot('keys');
        await press('Escape');
        await press('/');
        await page.page.keyboard.type('killed');
        await page.page.locator('.legend summary').click();
        await shot('find');
        await page.page.locator('.legend summary').click();
        await page.page.locator('.find-input').focus();
        await press('Escape');
        const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      }
    });
  }
});
