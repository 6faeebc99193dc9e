// That nothing jumps, nothing covers and nothing is told that is not so, in a real browser; and the cursor.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Scene } from '../../media/timeline/scene/types';
import { codeOf } from '../../src/protocol/tracks';
import { Tracks } from '../../src/tracks/tracks';
import { demo, demoLive, demoWithFindings, ending, PROCESS, snapshotOf, START, thread, waiting } from './fixtures';
import { launch, TimelinePage, type PageOptions } from './page';

const MS = 1000;

/** Two threads of which one is idle, then busy by half, and the other waits; both end at 1000 ms. */
function busyAndWaiting() {
  const tracks = new Tracks(1e8);
  const codes = { 1: [codeOf('idle'), codeOf('running', 7)], 2: [codeOf('blocked'), codeOf('blocked')] };
  for (const [id, two] of Object.entries(codes))
    tracks.add({
      tracks: [{ thread: `${PROCESS}:${id}`, from: START, starts: [0, 500 * MS], codes: two, to: START + 900 * MS }],
      messagesDropped: 0,
    });
  const ended = ending('returned', 1000, 'its work was done');
  const threads = [1, 2].map((id) => thread({ id, start: 0, label: `worker ${id}`, ended }));
  return { tracks, snapshot: snapshotOf([thread({ id: 0, start: 0, ended }), ...threads], { complete: true }) };
}

describe('the timeline, calm and true,', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: TimelinePage;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
  });
  afterEach(async () => {
    assert.deepEqual(
      (await page.posted()).filter(({ kind }) => kind === 'problem'),
      [],
    );
    await page.close();
  });
  after(() => browser.close());

  const open = async (options: PageOptions = {}): Promise<void> => {
    page = await TimelinePage.open(browser, options);
  };
  const openAnswered = async (options: PageOptions = {}): Promise<void> => {
    const { tracks, snapshot } = busyAndWaiting();
    await open(options);
    await page.answer((message) =>
      message.kind === 'look' ? { kind: 'seen', session: message.session, seen: tracks.see(message.look) } : undefined,
    );
    await page.show(snapshot);
    await page.page.waitForSelector('#timeline[data-known]');
  };
  const scene = (): Promise<Pick<Scene, 'window'> & { area: Scene['geometry']['area']; rows: number }> =>
    page.page.locator('.scroller').evaluate((scroller) => {
      const { window, geometry, rows } = (scroller as unknown as { __data__: Scene }).__data__;
      return { window, area: geometry.area, rows: rows.length };
    });
  const perPixel = async (): Promise<number> => {
    const { window, area } = await scene();
    return (window.end - window.start) / area.width;
  };
  const cursors = async () => (await page.posted()).filter((message) => message.kind === 'cursor');

  it('leaves the lanes where they are when something is to be said', async () => {
    await open();
    const top = async (): Promise<number> => (await page.lane('main').boundingBox())!.y;
    await page.show(demoLive());
    const before = await top();
    const notices = [{ id: 'a', severity: 'warning' as const, text: 'Records could not be kept.' }];
    await page.show({ ...demoLive(), notices, revision: 41 });
    await page.page.locator('.notices').waitFor();
    assert.equal(await top(), before, 'a warning');
    await page.show({ ...waiting({ stuck: true }), revision: 72 });
    await page.page.getByText('Nothing visible can wake it').waitFor();
    assert.equal(await top(), before, 'why it lives');
    await page.show({ ...demo(), revision: 91 });
    await page.page.locator('.exit-flag').waitFor();
    assert.equal(await top(), before, 'the end');
  });

  it('keeps the scale of time when details are opened beside it, and all else when they are closed', async () => {
    await open({ width: 1000, height: 300 });
    await page.show(demo());
    const [before, scale] = [await scene(), await perPixel()];
    await page.clickSign('logger', 'bar');
    await page.page.locator('.details').waitFor();
    await page.page.waitForFunction((width) => {
      const scroller = document.querySelector('.scroller') as unknown as { __data__: Scene };
      return scroller.__data__.geometry.area.width < width;
    }, before.area.width);
    assert.ok(Math.abs((await perPixel()) / scale - 1) < 1e-6, 'time is as wide as before');
    assert.equal((await scene()).area.left, before.area.left, 'and labels are');
    await page.page.keyboard.press('Escape');
    await page.page.locator('.details').waitFor({ state: 'hidden' });
    await page.page.waitForFunction((width) => {
      const scroller = document.querySelector('.scroller') as unknown as { __data__: Scene };
      return scroller.__data__.geometry.area.width === width;
    }, before.area.width);
    assert.deepEqual((await scene()).window, before.window);
  });

  it('keeps what was clicked in view when details are opened over where it was', async () => {
    await open({ width: 1000, height: 300 });
    await page.show(demo());
    await page.clickSign('logger', 'cap');
    await page.page.locator('.details').waitFor();
    await page.page.locator('.separator').waitFor();
    const cap = await page.sign('logger', 'cap');
    assert.ok(cap.x < (await page.page.locator('.separator').boundingBox())!.x, 'its end is beside the details');
  });

  it('measures of a live run what was dragged, and says so of the next range too', async () => {
    await open();
    await page.show(demoLive());
    const axis = (await page.page.locator('.axis').boundingBox())!;
    const drag = async (from: number, to: number): Promise<void> => {
      const { area } = await scene();
      const x = (share: number): number => axis.x + area.left + area.width * share;
      await page.page.mouse.move(x(from), axis.y + 8);
      await page.page.mouse.down();
      const { window } = await scene();
      await page.page.mouse.move(x((from + to) / 2), axis.y + 8);
      // The run goes on meanwhile.
      const tick = await page.page.evaluate(() => performance.now());
      await page.page.waitForFunction((before) => performance.now() > before + 300, tick);
      await page.page.mouse.move(x(to), axis.y + 8);
      await page.page.mouse.up();
      const wanted = ((to - from) * (window.end - window.start)) / 1e6;
      await page.page.waitForFunction((seconds) => {
        const heading = document.querySelector('.details section .heading')?.textContent ?? '';
        const [, number, unit] = /Range of ([\d.]+) (ms|s)/.exec(heading) ?? [];
        const told = Number(number) / (unit === 'ms' ? 1000 : 1);
        return Math.abs(told / seconds - 1) < 0.03;
      }, wanted);
    };
    await drag(0.2, 0.5);
    await drag(0.1, 0.6);
  });

  it('shows a tooltip of two lines, none of what the details tell, and none of a session that is gone', async () => {
    await open();
    await page.show(demoWithFindings());
    await page.hoverSign('logger', 'bar');
    const tooltip = page.page.locator('.tooltip');
    await tooltip.waitFor();
    assert.equal(await tooltip.locator('.line:visible').count(), 2);
    assert.ok((await tooltip.boundingBox())!.height <= 52, 'two lines are not high');
    await page.show({ ...demoLive(), revision: 7 }, 's2');
    await tooltip.waitFor({ state: 'hidden' });
    await page.show(demoWithFindings(), 's3');
    await page.clickSign('logger', 'bar');
    await page.page.locator('.details').waitFor();
    await page.hoverSign('logger', 'bar');
    await page.hoverSign('holder', 'bar');
    await tooltip.waitFor();
    await page.hoverSign('logger', 'bar');
    await tooltip.waitFor({ state: 'hidden' });
  });

  it('has a legend of what occurs, of which each entry does something', async () => {
    await openAnswered();
    const items = page.page.locator('.legend .all .item:visible');
    await page.page.locator('.legend summary').click();
    const labels = (await items.allInnerTexts()).map((text) => text.split('\n')[0]);
    assert.deepEqual(labels, [
      'keeps the process alive',
      'starting',
      'not known',
      'idle',
      'running',
      'blocked',
      'returned',
    ]);
    const bar = (await page.signs('worker 1', 'bar')).at(-1)!;
    const box = { x: bar.x + bar.width * 0.2, y: bar.y, width: bar.width * 0.2, height: bar.height };
    const picture = async (): Promise<string> => (await page.pixels(box)).data.toString('hex');
    const before = await picture();
    await page.page.locator('.legend .all').getByRole('button', { name: 'idle' }).click();
    assert.notEqual(await picture(), before, 'time in which it was idle is out of sight');
    await page.page.locator('.legend .all').getByRole('button', { name: 'idle' }).click();
    assert.equal(await picture(), before);
  });

  it('draws what is not known yet as nothing else', async () => {
    await openAnswered();
    const bar = (await page.signs('worker 1', 'bar')).at(-1)!;
    const at = async (from: number): Promise<string> => {
      const box = { x: bar.x + bar.width * from, y: bar.y, width: 24, height: bar.height };
      return (await page.pixels(box)).data.toString('hex');
    };
    const [idle, busy, unknown] = [await at(0.2), await at(0.7), await at(0.95)];
    assert.equal(new Set([idle, busy, unknown]).size, 3);
    // Nothing of it is as full as what is busy: in each column there is a gap.
    const { data, width, height } = await page.pixels({ x: bar.x + bar.width * 0.95, y: bar.y, width: 8, height: 10 });
    const lit = Array.from({ length: width }, (_, x) =>
      Array.from({ length: height }, (_row, y) => data.readUInt32BE((y * width + x) * 4)),
    );
    assert.ok(lit.every((column) => new Set(column).size <= 3 && column[1] === column[8]));
  });

  it('has a cursor with a word on each lane, and tells the host of its moment', async () => {
    await openAnswered();
    const { window, area } = await scene();
    const axis = (await page.page.locator('.axis').boundingBox())!;
    const x = (ms: number): number =>
      axis.x + area.left + ((ms * MS - window.start) / (window.end - window.start)) * area.width;
    await page.page.mouse.click(x(750), axis.y + 8);
    await page.page.locator('.cursor-line').waitFor();
    const words = await page.page.locator('.cursor-words span').allTextContents();
    assert.deepEqual(words, ['not known', '47 %', 'blocked']);
    await page.page.waitForFunction(() =>
      (globalThis as unknown as { posted: { kind: string }[] }).posted.some(({ kind }) => kind === 'cursor'),
    );
    const [told] = await cursors();
    assert.ok(told?.kind === 'cursor' && Math.abs(told.t! - START - 750 * MS) < 2 * (await perPixel()));
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('Shift+ArrowLeft');
    await page.page.keyboard.press('Escape');
    await page.page.locator('.cursor-line').waitFor({ state: 'hidden' });
    await page.page.waitForFunction(() =>
      (globalThis as unknown as { posted: { kind: string; t?: number }[] }).posted.some(
        (message) => message.kind === 'cursor' && message.t === undefined,
      ),
    );
  });

  it('plays back what is in view from the cursor to its end', async () => {
    await openAnswered({ reducedMotion: 'no-preference' });
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('e');
    await page.page.waitForFunction(
      () =>
        (globalThis as unknown as { posted: { kind: string }[] }).posted.filter((m) => m.kind === 'cursor').length > 3,
    );
    await page.page.keyboard.press('e');
    const moments = (await cursors()).map((message) => (message.kind === 'cursor' ? message.t! : 0));
    assert.deepEqual(
      moments,
      [...moments].sort((a, b) => a - b),
    );
  });

  it('moves and zooms by W, A, S and D too', async () => {
    await open();
    await page.show(demo());
    await page.page.locator('.scroller').focus();
    const span = async (): Promise<number> => {
      const { window } = await scene();
      return window.end - window.start;
    };
    const looked = async (key: string): Promise<{ start: number; span: number }> => {
      const before = JSON.stringify((await scene()).window);
      await page.page.keyboard.press(key);
      await page.page.waitForFunction((was) => {
        const scroller = document.querySelector('.scroller') as unknown as { __data__: Scene };
        return JSON.stringify(scroller.__data__.window) !== was;
      }, before);
      return { start: (await scene()).window.start, span: await span() };
    };
    const whole = await span();
    const zoomed = await looked('w');
    assert.ok(zoomed.span < whole);
    const right = await looked('d');
    assert.ok(right.start > zoomed.start);
    assert.ok((await looked('a')).start < right.start);
    assert.ok((await looked('s')).span > zoomed.span);
  });

  for (const [height, legend, strip] of [
    [170, false, false],
    [210, false, true],
    [240, true, true],
  ] as const) {
    it(`has lanes enough in a panel ${height} px high, and nothing over them`, async () => {
      await open({ width: 900, height });
      await page.show(demo());
      await page.page.locator('.exit-flag').waitFor();
      const scroller = (await page.page.locator('.scroller').boundingBox())!;
      assert.ok(scroller.height >= 3 * 26, `${scroller.height} px for lanes`);
      assert.equal(await page.page.locator('.legend').isVisible(), legend);
      assert.equal(await page.page.locator('.alive-strip').isVisible(), strip);
      assert.equal(await page.page.locator('.map').isVisible(), false);
      const below = (await page.page.locator('.below-axis').boundingBox())!;
      assert.ok(below.y + below.height <= scroller.y);
      if (legend) assert.ok((await page.page.locator('.legend').boundingBox())!.y >= scroller.y + scroller.height);
    });
  }
});
