// The details of a thread in a real browser: how they open and close, where their links lead, and what stays put.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Remembered } from '../../media/timeline/look/remembered';
import { at, demo, demoLive, demoWithFindings, finding, manyLanes, pythonShutdown } from './fixtures';
import { PROCESS, snapshotOf, START, thread } from './fixtures';
import { launch, TimelinePage, type PageOptions } from './page';

describe('the details of a thread in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let opened: TimelinePage[] = [];

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  afterEach(async () => {
    for (const page of opened) {
      assert.deepEqual(await page.refused(), [], 'nothing was refused by the policy');
      await page.close();
    }
    opened = [];
  });
  after(() => browser.close());

  async function open(options: PageOptions = {}): Promise<TimelinePage> {
    const page = await TimelinePage.open(browser, options);
    opened.push(page);
    return page;
  }
  const pane = (page: TimelinePage) => page.page.getByRole('complementary');
  const link = (page: TimelinePage, name: string | RegExp) =>
    pane(page).getByRole('button', { name, exact: true }).first();

  it('open on a click and close by their button, which leaves the lanes all the room', async () => {
    const page = await open();
    await page.show(demoWithFindings());
    const wide = (await page.page.locator('.scroller').boundingBox())!.width;
    await page.clickSign('logger', 'bar');
    await pane(page).getByRole('heading', { name: 'logger' }).waitFor();
    assert.equal(await page.lane('logger').getAttribute('aria-selected'), 'true');
    assert.ok((await page.page.locator('.scroller').boundingBox())!.width < wide);
    await page.page.getByRole('button', { name: 'Close the details' }).click();
    await pane(page).waitFor({ state: 'hidden' });
    assert.equal((await page.page.locator('.scroller').boundingBox())!.width, wide);
    assert.equal(await page.lane('logger').getAttribute('aria-selected'), 'false');
  });

  it('open beside what a Python process waits for after main’s code, which has its words over its band', async () => {
    const page = await open({ width: 900, height: 330 });
    await page.show(pythonShutdown());
    const [threads, handlers] = await page.page.locator('.phase').all();
    assert.equal(await threads!.textContent(), 'waits for threads');
    assert.equal(await handlers!.textContent(), 'exit handlers');
    await threads!.hover();
    const story = await page.page.locator('.tooltip').innerText();
    assert.match(story, /^Waits for threads\s*Main’s code is over\..*\n.*For: 699 ms · Waits for: “holder”/);
    await page.lane('holder').click();
    await pane(page).getByRole('heading', { name: 'holder' }).waitFor();
  });

  it('leave what the process waited for in the tooltip of a band, beside all bars', async () => {
    const page = await open({ width: 900, height: 330 });
    await page.show(pythonShutdown());
    const threads = (await page.page.locator('.phase').first().boundingBox())!;
    const build = (await page.lane('build').boundingBox())!; // it has ended by then
    const [x, y] = [threads.x + threads.width / 2, build.y + build.height / 2];
    for (const isOpen of [false, true]) {
      if (isOpen) await page.page.mouse.click(x, y);
      if (isOpen) await pane(page).getByRole('heading', { name: 'build' }).waitFor();
      await page.page.mouse.move(isOpen ? threads.x + 20 : x, y + 1);
      const tooltip = page.page.locator('.tooltip');
      await tooltip.getByText('Waits for threads').waitFor();
      assert.match(await tooltip.innerText(), /For: 699 ms · Waits for: “holder”/);
    }
    assert.equal(await page.page.locator('.scroller.over-link').count(), 0);
  });

  it('open on Enter with the focus in them, and give it back on Escape', async () => {
    const page = await open();
    await page.show(demo());
    await page.page.locator('.scroller').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.page.keyboard.press(key);
    await pane(page).waitFor();
    const focused = () => page.page.evaluate(() => document.activeElement!.id || document.activeElement!.className);
    assert.equal(await focused(), 'details-title');
    await page.page.keyboard.press('Escape');
    await pane(page).waitFor({ state: 'hidden' });
    assert.match(await focused(), /scroller/);
    await page.lane('build').click();
    await page.page.locator('.scroller').focus();
    await page.page.mouse.move(5, 5);
    await page.page.keyboard.press('Escape');
    await pane(page).waitFor({ state: 'hidden' });
  });

  it('lead to lines, to other threads and to the page of a rule', async () => {
    const page = await open({ height: 700 });
    const whole = demoWithFindings();
    const related = [{ text: 'It was started here', at: at(31, '/home/ada/demo/logger.js') }];
    const another = finding('unref-undone', { thread: `${PROCESS}:1`, related });
    await page.show({ ...whole, findings: [...whole.findings, another] });
    await page.lane('logger').click();
    await link(page, 'main.js:13').click();
    await link(page, 'logger.js:31').click();
    await link(page, 'About “Cut off while writing”').click();
    const told = (await page.posted()).flatMap((m) =>
      m.kind === 'open-site' ? [`${m.site.file}:${m.site.line}`] : m.kind === 'open-page' ? [m.rule] : [],
    );
    assert.deepEqual(told, ['/home/ada/demo/main.js:13', '/home/ada/demo/logger.js:31', 'cut-off-while-writing']);
    await link(page, 'main').click();
    await pane(page).getByRole('heading', { name: 'main', exact: true }).waitFor();
    await link(page, 'build').click();
    await link(page, 'minify').click();
    await pane(page).getByRole('heading', { name: 'minify' }).waitFor();
    assert.equal(await page.page.locator('.row.selected').getAttribute('data-label'), 'minify');
  });

  it('reveal the lane of the thread that a link leads to', async () => {
    const page = await open();
    await page.show(manyLanes(1000));
    await page.lane('main').click();
    await pane(page)
      .getByRole('button', { name: /^pool worker/ })
      .nth(90)
      .click();
    await page.page.mouse.move(5, 5);
    const box = (await page.page.locator('.row.selected').boundingBox())!;
    const view = (await page.page.locator('.scroller').boundingBox())!;
    assert.ok(box.y >= view.y && box.y + box.height <= view.y + view.height + 1, 'in view');
  });

  it('show an error’s stack with links, and text of the program’s as text', async () => {
    const page = await open({ height: 700 });
    const stack = 'TypeError: <b>no</b>\n    at go (/home/ada/demo/w.js:3:5)\n    at node:internal/x:1:2';
    const error = { t: START + 500, name: 'TypeError', message: '<b>no</b>', stack };
    const failed = thread({ id: 1, start: 10, label: '<i>w</i>', error });
    await page.show(snapshotOf([thread({ id: 0, start: 0 }), failed]));
    await page.page.locator('.lane .name', { hasText: '<i>' }).click();
    assert.equal(await pane(page).locator('b, i:not(.icon)').count(), 0);
    await link(page, /w\.js:3:5/).click();
    // What lanes ask for may be posted at any time.
    const opened = (await page.posted()).filter(({ kind }) => kind === 'open-site');
    assert.deepEqual(opened, [
      { kind: 'open-site', site: { file: '/home/ada/demo/w.js', line: 3, column: 5, function: 'go' } },
    ]);
  });

  it('lie beside the lanes where there is room, and below them where there is none', async () => {
    for (const [width, beside] of [
      [1200, true],
      [700, true],
      [699, false],
      [250, false],
    ] as const) {
      const page = await open({ width, height: 520 });
      await page.show(demoWithFindings());
      await page.lane('logger').click();
      const [lanes, details] = [await page.page.locator('.plot').boundingBox(), await pane(page).boundingBox()];
      assert.equal(details!.x > lanes!.x + 50, beside, `${width} px`);
      assert.equal(details!.y > lanes!.y + 50, !beside, `${width} px`);
      const box = (await page.lane('logger').boundingBox())!;
      const view = (await page.page.locator('.scroller').boundingBox())!;
      assert.ok(box.y + box.height <= view.y + view.height + 1, `the lane is still in view at ${width} px`);
      const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width} px`);
    }
  });

  it('take more or less room by the keyboard and by the pointer', async () => {
    const page = await open();
    await page.show(demoWithFindings());
    await page.lane('logger').click();
    const separator = page.page.getByRole('separator');
    const width = async () => (await pane(page).boundingBox())!.width;
    const before = await width();
    await separator.focus();
    await page.page.keyboard.press('ArrowLeft');
    assert.equal(await separator.getAttribute('aria-valuenow'), '38');
    assert.ok((await width()) > before);
    await page.page.keyboard.press('End');
    assert.equal(await separator.getAttribute('aria-valuenow'), '15');
    const box = (await separator.boundingBox())!;
    await page.page.mouse.move(box.x + 2, box.y + 100);
    await page.page.mouse.down();
    await page.page.mouse.move(600, box.y + 100, { steps: 3 });
    await page.page.mouse.up();
    assert.equal(await separator.getAttribute('aria-valuenow'), '50');
  });

  it('keep the focus and the place while time goes on and news arrive', async () => {
    const page = await open();
    await page.show(demoLive());
    await page.lane('build').click();
    const owner = link(page, 'main');
    await owner.focus();
    const lives = pane(page).locator('dt', { hasText: 'Alive for' }).locator('xpath=following-sibling::dd');
    const before = await lives.innerText();
    await page.page.waitForFunction(
      (text) => ![...document.querySelectorAll('.details dd')].some((dd) => dd.textContent === text),
      before,
    );
    await page.show({ ...demo(), revision: 91 });
    await pane(page).getByText('its work was done').first().waitFor();
    assert.equal(await owner.evaluate((button) => button === document.activeElement), true);
  });

  it('are there again after a reload, and not for another session', async () => {
    const first = await open();
    await first.show(demo());
    await first.lane('build').click();
    await first.page.waitForFunction(() => 'remembered' in window);
    const remembered = await first.remembered<Remembered>();
    assert.equal(remembered?.view.selected, `${PROCESS}:3`);
    const again = await open({ remembered });
    await again.show(demo());
    await pane(again).getByRole('heading', { name: 'build' }).waitFor();
    const other = await open({ remembered });
    await other.show(demo(), 's2');
    assert.equal(await pane(other).count(), 0);
  });

  it('are read out as they come: births, deaths and findings, in few words', async () => {
    const page = await open();
    const news = page.page.getByRole('status', { name: 'Updates' });
    await page.show(demoLive());
    assert.equal(await news.textContent(), '');
    await page.show({ ...demo(), revision: 91 });
    await page.page.waitForFunction(() => document.querySelector('.said')!.textContent !== '');
    assert.match((await news.textContent())!, /^main ended: .*\d threads ended: /);
  });
});
