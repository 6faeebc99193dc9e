// How a person moves in the timeline and marks stretches of time, in a real browser.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { demo, demoWithFindings } from './fixtures';
import { launch, TimelinePage } from './page';

describe('moving in the timeline in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: TimelinePage;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  beforeEach(async () => {
    page = await TimelinePage.open(browser);
    await page.show(demo());
  });
  afterEach(async () => {
    assert.deepEqual(await page.refused(), []);
    assert.deepEqual(
      (await page.posted()).filter(({ kind }) => kind === 'problem'),
      [],
    );
    await page.close();
  });
  after(() => browser.close());

  const axis = () => page.page.locator('.axis').evaluate((element) => element.textContent);
  const axisChanges = (from: string | null) =>
    page.page.waitForFunction((text) => document.querySelector('.axis')!.textContent !== text, from);
  const axisIs = (text: string | null) =>
    page.page.waitForFunction((t) => document.querySelector('.axis')!.textContent === t, text);
  const pane = () => page.page.getByRole('complementary');
  async function drag(from: [number, number], to: [number, number], { release = true } = {}): Promise<void> {
    await page.page.mouse.move(...from);
    await page.page.mouse.down();
    await page.page.mouse.move((from[0] + to[0]) / 2, to[1], { steps: 2 });
    await page.page.mouse.move(...to, { steps: 2 });
    if (release) await page.page.mouse.up();
  }
  const middle = async (selector: string): Promise<number> => {
    const { y, height } = (await page.page.locator(selector).boundingBox())!;
    return y + height / 2;
  };

  it('a box drawn with Shift is zoomed into, and undone by one step', async () => {
    const before = await axis();
    await page.page.keyboard.down('Shift');
    await drag([500, 200], [700, 300]);
    await page.page.keyboard.up('Shift');
    await axisChanges(before);
    assert.match(await axis(), /ms|0\.\d\d/);
    assert.equal(await page.page.locator('.zoom-box').isVisible(), false);
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('u');
    await axisIs(before);
  });

  it('a box is given up with Escape', async () => {
    const before = await axis();
    await page.page.keyboard.down('Shift');
    await drag([500, 200], [700, 300], { release: false });
    await page.page.locator('.zoom-box').waitFor();
    await page.page.keyboard.press('Escape');
    await page.page.locator('.zoom-box').waitFor({ state: 'hidden' });
    await page.page.mouse.up();
    await page.page.keyboard.up('Shift');
    assert.equal(await axis(), before);
  });

  it('a range drawn along the axis is told of, zoomed to with F, and given up with Escape', async () => {
    const y = await middle('.axis');
    await drag([400, y - 8], [600, y - 8]);
    await page.page.locator('.range').waitFor();
    const facts = await pane().innerText();
    assert.match(facts, /Range[\s\S]*\d threads alive, \d started, \d ended/);
    const before = await axis();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('f');
    await axisChanges(before);
    await page.page.keyboard.press('Escape');
    await page.page.locator('.range').waitFor({ state: 'hidden' });
    await pane().waitFor({ state: 'hidden' });
  });

  it('R takes what is in view for the range, beside the details of the chosen thread', async () => {
    await page.lane('build').click();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('Home');
    await page.page.keyboard.press('r');
    await page.page.locator('.range').waitFor();
    const facts = await pane().innerText();
    assert.match(facts, /^build[\s\S]*8 threads alive, 8 started, 8 ended[\s\S]*Life/);
  });

  it('the map shows the whole run and moves the window', async () => {
    const before = await axis();
    const y = await middle('.map');
    await drag([400, y], [520, y]);
    await axisChanges(before);
    const inside = await axis();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('Home');
    await axisIs(before);
    await page.page.keyboard.press('u');
    await axisIs(inside);
  });

  it('C puts a second thread beside the chosen one', async () => {
    await page.show({ ...demoWithFindings(), revision: 70 });
    await page.lane('build').click();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('c');
    await pane().getByRole('heading', { name: 'build ↔ minify' }).waitFor();
    await page.page.keyboard.press('c');
    await pane().getByRole('heading', { name: 'build', exact: true }).waitFor();
  });
});
