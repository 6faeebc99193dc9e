// Sessions that are shown together, in a real browser.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Scene } from '../../media/timeline/scene/types';
import type { SessionChoice } from '../../src/protocol/timelineMessages';
import { PARTS, sessionsTogether } from './fixtures';
import { launch, TimelinePage } from './page';

const SCREENSHOTS = path.join(process.cwd(), 'out', 'screenshots');
const SESSIONS: SessionChoice[] = [
  { id: 'together web', title: 'All together', live: true, brief: '2 sessions' },
  ...PARTS.map(({ id, title, snapshot }) => ({ id, title, live: !snapshot.complete })),
];

describe('sessions that are shown together in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: TimelinePage;

  before(async function () {
    this.timeout(300_000);
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launch();
  });
  beforeEach(async () => {
    page = await TimelinePage.open(browser);
    await show('together web');
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

  let revision = 100;
  /** What the host sends once a session, or all together, was chosen. */
  async function show(session: string): Promise<void> {
    const found = PARTS.find(({ id }) => id === session)?.snapshot ?? sessionsTogether();
    const snapshot = { ...found, revision: ++revision };
    await page.send({ kind: 'snapshot', session, sessions: SESSIONS, snapshot });
    await page.painted(revision);
  }

  const drawn = () =>
    page.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const names = () => page.page.locator('.row[data-process-key] .name').allInnerTexts();
  /** What is in view, in µs on the adapter's clock, from where the first main thread began. */
  const inView = async (origin: number): Promise<[number, number]> => {
    const { start, end } = await page.page.evaluate(
      () => (document.querySelector('.scroller') as unknown as { __data__: Scene }).__data__.window,
    );
    return [Math.round(start + origin), Math.round(end + origin)];
  };
  const originOf = (id: string): number =>
    Math.min(...PARTS.find((part) => part.id === id)!.snapshot.processes.filter(({ run }) => run === (id === 'web' ? 0 : 1)).map(({ startedAt }) => startedAt)); // prettier-ignore

  it('have their processes under the names of their sessions, and counts of them all', async () => {
    assert.deepEqual(await names(), ['Web server · main.js · pid 4711', 'main.js · pid 4713', 'main.js · pid 4714']);
    assert.deepEqual(await page.page.locator('.band-label').allInnerTexts(), ['held, Web server', 'held, main.js']);
    const end = page.page.locator('.row[data-process-key="4713-2000000"] .message');
    assert.match(await end.innerText(), /^main ended/);
    assert.equal(await page.page.locator('.exit-flag').count(), 0, 'over all lanes there is no end');
    assert.match(await page.page.locator('.counts').innerText(), /^3 processes.*12 threads/s);
    const picker = page.page.getByLabel('Session');
    assert.deepEqual(await picker.locator('option').allInnerTexts(), ['● All together · 2 sessions', '● Web server', 'main.js']); // prettier-ignore
    await picker.selectOption('jobs');
    const chosen = (await page.posted()).filter(({ kind }) => kind === 'choose-session');
    assert.deepEqual(chosen, [{ kind: 'choose-session', session: 'jobs' }]);
  });

  it('say in the details of a thread, and in the table, whose it is', async () => {
    await page.lane('indexer').click();
    const details = page.page.getByRole('complementary');
    assert.match(await details.innerText(), /worker · id 1 · pid 4713 · main\.js/);
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('t');
    await page.page.getByRole('cell', { name: 'Web server · main.js · pid 4711' }).waitFor();
  });

  it('are searched by the name of a session, too', async () => {
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('/');
    await page.page.keyboard.type('name:server');
    await page.page.locator('.matches', { hasText: '9' }).waitFor();
    assert.equal(await page.lane('indexer').count(), 0);
    assert.equal(await page.lane('logger').count(), 1);
  });

  it('keep moment and thread when one of them is shown alone, and when all are shown again', async () => {
    await page.lane('indexer').click();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('f');
    await drawn();
    const [all, jobs] = [originOf('web'), originOf('jobs')];
    const before = await inView(all);
    assert.ok(jobs > all, 'their times count from different moments');
    await show('jobs');
    assert.deepEqual(await inView(jobs), before);
    const title = page.page.getByRole('complementary').getByRole('heading', { name: 'indexer' }).first();
    await title.waitFor();
    await show('together web');
    assert.deepEqual(await inView(all), before);
    await title.waitFor();
    await show('web');
    assert.equal(await page.page.getByRole('complementary').count(), 0, 'it is not in that one');
    assert.deepEqual(await inView(all), before);
  });

  it('have the cursor at the same moment, and the host hears of it', async () => {
    const axis = (await page.page.locator('.axis').boundingBox())!;
    await page.page.mouse.click(axis.x + axis.width * 0.5, axis.y + axis.height / 2);
    const told = async (count: number) => {
      await page.page.waitForFunction(
        (n) =>
          (window as unknown as { posted: { kind: string }[] }).posted.filter((m) => m.kind === 'cursor').length >= n,
        count,
      );
      const cursors = (await page.posted()).filter((message) => message.kind === 'cursor');
      return cursors[count - 1]!;
    };
    const first = await told(1);
    assert.equal(first.session, 'together web');
    await show('web');
    const second = await told(2);
    assert.equal(second.session, 'web');
    assert.ok(Math.abs(second.t! - first.t!) < 1, 'at the same moment');
  });

  for (const [theme, width, height] of [
    ['dark', 900, 420],
    ['light', 900, 420],
    ['high-contrast', 900, 420],
    ['light', 300, 420],
    ['dark', 600, 240],
    ['dark', 800, 240],
    ['dark', 1200, 240],
  ] as const)
    it(`in ${theme} at ${width} px have room for the picker and all buttons`, async () => {
      const own = await TimelinePage.open(browser, { theme, width, height, deviceScaleFactor: 2 });
      await own.send({ kind: 'snapshot', session: 'together web', sessions: SESSIONS, snapshot: sessionsTogether() });
      await own.painted(sessionsTogether().revision);
      await own.page.screenshot({ path: path.join(SCREENSHOTS, `together-${theme}-${width}.png`) });
      const [picker, last] = [own.page.getByLabel('Session'), own.page.locator('.buttons button').last()];
      const [{ width: room }, { x, width: size }] = [(await picker.boundingBox())!, (await last.boundingBox())!];
      await own.close();
      assert.ok(room >= 90, `the picker has ${room} px`);
      assert.ok(x + size <= width, 'all buttons are there');
    });
});
