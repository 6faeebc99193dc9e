// How the timeline looks under each kind of theme and at each width that a view can have. The pictures are kept in
// out/screenshots for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Browser, Locator } from 'playwright-core';
import { colorOf, contrast, toGamma, type Color } from '../../media/timeline/paint/theme/color';
import type { Snapshot } from '../../src/protocol/picture';
import {
  demo,
  demoLive,
  demoWithFindings,
  ending,
  eventLoops,
  everyEnding,
  flip,
  processPicture,
  pythonShutdown,
  snapshotOf,
  thread,
  waiting,
} from './fixtures';
import { GERMAN, launch, TimelinePage } from './page';
import { expectPicture } from './pictures';
import { THEMES, type ThemeName } from './themes';

const SCREENSHOTS = path.join(process.cwd(), 'out', 'screenshots');
const WIDTHS = [250, 400, 1200];
/** What WCAG asks for graphics that carry a meaning. */
const LEAST_CONTRAST = 3;

describe('the looks of the timeline', function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    this.timeout(300_000);
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launch();
  });
  after(() => browser.close());

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    for (const width of WIDTHS) {
      it(`in ${theme} at ${width} px leave room for labels and bars, and cut nothing off`, async () => {
        const page = await TimelinePage.open(browser, { theme, width, height: 520, deviceScaleFactor: 2 });
        await page.show(demo());
        await page.page.screenshot({ path: path.join(SCREENSHOTS, `timeline-${theme}-${width}.png`) });
        const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        const name = page.lane('logger').locator('.name');
        const label = (await name.boundingBox())!;
        const cut = await name.evaluate((element) => element.scrollWidth - element.clientWidth);
        const bars = (await page.signs('logger', 'bar')).at(-1)!;
        assert.ok(label.width > 0 && cut <= 0, `${cut} px of the label are cut off`);
        assert.ok(bars.width >= width * 0.4, 'the bar has room');
        const apart = label.x + label.width <= bars.x || label.y + label.height <= bars.y + 1;
        assert.ok(apart, 'they do not cover each other');
        await page.close();
      });
    }

    it(`in ${theme} show tasks of event loops fainter than any thread`, async () => {
      const page = await TimelinePage.open(browser, { theme, width: 900, height: 420, deviceScaleFactor: 2 });
      await page.show(eventLoops());
      await page.page.locator('.legend summary').click();
      await page.page.screenshot({ path: path.join(SCREENSHOTS, `tasks-${theme}.png`) });
      const ink = async (row: Locator): Promise<number> => inkIn(await page.pixels((await row.boundingBox())!));
      const [thread, task] = [page.lane('main'), page.page.locator('.row.task[data-label="fetch"]')];
      assert.ok((await ink(task)) < (await ink(thread)) * 0.6);
      await page.close();
    });

    it(`in ${theme} are as was approved, in a side bar, a panel and an editor`, async () => {
      for (const [place, width, height] of [
        ['side-bar', 250, 600],
        ['panel', 900, 240],
        ['editor', 1200, 700],
      ] as const) {
        const page = await TimelinePage.open(browser, { theme, width, height });
        await page.show(demoWithFindings());
        if (place === 'editor') await page.lane('logger').locator('.name').click();
        await page.page.mouse.move(2, 2);
        await page.page.locator('.tooltip').waitFor({ state: 'hidden' });
        await expectPicture(page.page, `${place}-${theme}`);
        await page.close();
      }
    });

    it(`in ${theme} give every bar and cap enough contrast`, async () => {
      const page = await TimelinePage.open(browser, { theme, height: 640 });
      await page.show(everyEnding());
      const ratios = await contrastsOf(page);
      assert.ok(ratios.size >= 20, [...ratios.keys()].join(', '));
      for (const [what, ratio] of ratios) {
        assert.ok(ratio >= LEAST_CONTRAST, `${what} has a contrast of ${ratio.toFixed(2)}`);
      }
      await page.close();
    });
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`in ${theme} keep the whole story of a busy thread in the narrowest view`, async () => {
      const page = await TimelinePage.open(browser, { theme, width: 250, height: 640, deviceScaleFactor: 2 });
      await page.show(demoWithFindings());
      await page.hoverSign('logger', 'bar');
      const tooltip = (await page.page.locator('.tooltip').boundingBox())!;
      await page.page.screenshot({ path: path.join(SCREENSHOTS, `story-${theme}.png`) });
      assert.ok(tooltip.x >= 0 && tooltip.x + tooltip.width <= 250, 'from side to side');
      assert.ok(tooltip.y >= 0 && tooltip.y + tooltip.height <= 640, 'from top to bottom');
      const cut = await page.page
        .locator('.tooltip')
        .evaluate((box) => Math.max(box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight));
      assert.ok(cut <= 0, `${cut} px are cut off`);
      await page.close();
    });
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    for (const width of [250, 600, 1200]) {
      it(`in ${theme} at ${width} px tell why a process is still alive, and leave most room to the lanes`, async () => {
        const page = await TimelinePage.open(browser, { theme, width, height: 420, deviceScaleFactor: 2 });
        await page.show(waiting({ stuck: true }));
        await page.page.screenshot({ path: path.join(SCREENSHOTS, `alive-${theme}-${width}.png`) });
        const strip = (await page.page.locator('.alive-strip').boundingBox())!;
        assert.ok(strip.height <= 120, `the strip takes ${strip.height} px`);
        const cut = await page.page.locator('.becauses').evaluate((box) => box.scrollHeight - box.clientHeight);
        assert.ok(cut <= 0, `${cut} px of the sentence are cut off`);
        const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await page.close();
      });
    }
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    for (const width of WIDTHS) {
      it(`in ${theme} at ${width} px keep the details of a thread within the view, and lanes beside them`, async () => {
        const page = await TimelinePage.open(browser, { theme, width, height: 520, deviceScaleFactor: 2 });
        await page.show(demoWithFindings());
        await page.lane('logger').click();
        await page.page.mouse.move(3, 3);
        await page.page.locator('.details').waitFor();
        await page.page.screenshot({ path: path.join(SCREENSHOTS, `details-${theme}-${width}.png`) });
        const cut = await page.page
          .locator('.details-body')
          .evaluate((box) =>
            Math.max(box.scrollWidth - box.clientWidth, document.documentElement.scrollWidth - innerWidth),
          );
        assert.ok(cut <= 0, `${cut} px too wide`);
        assert.ok((await page.page.locator('.scroller').boundingBox())!.height > 80, 'lanes keep some room');
        await page.close();
      });
    }
  }

  for (const theme of Object.keys(THEMES) as ThemeName[])
    it(`in ${theme} show nothing red of a healthy run nor of one that a person stopped, and what was lost in red`, async function () {
      this.timeout(180_000); // nine pages
      const [failed, killed] = ['failed', 'killed'].map((name) =>
        colorOf(THEMES[theme].variables[`threadLifelines-${name}`]!),
      ) as [Color, Color];
      for (const width of [170, 300, 900]) {
        for (const [what, snapshot] of Object.entries({
          healthy: healthy(),
          stopped: stopped(),
          lost: demoWithFindings(),
        })) {
          const page = await TimelinePage.open(browser, { theme, width, height: 420 });
          await page.show(snapshot);
          const file = path.join(SCREENSHOTS, `${what}-${theme}-${width}.png`);
          const red = pixelsLike(PNG.sync.read(await page.page.screenshot({ path: file })), failed);
          if (what === 'lost') assert.ok(red > 50, `${red} pixels are red`);
          else assert.equal(red, 0, `${what} at ${width} px`);
          if (what === 'stopped') assert.equal(pixelsLike(PNG.sync.read(readFileSync(file)), killed), 0, 'nor amber');
          await page.close();
        }
      }
    });

  for (const width of [170, 300, 450, 640, 900, 1200])
    for (const language of [{ name: 'en' }, GERMAN])
      it(`have a header at ${width} px in which nothing is cut off or covered (${language.name})`, async () => {
        const page = await TimelinePage.open(browser, { language, width, height: 420 });
        for (const brief of [undefined, '10 threads · 1 lost']) {
          await showAmong(page, demoWithFindings(), 'background-jobs.js', brief);
          assert.deepEqual(await page.page.evaluate(faultsOfHeader), [], brief ?? 'one session');
        }
        await page.close();
      });

  for (const theme of Object.keys(THEMES) as ThemeName[])
    it(`in ${theme} say what a process waited for after main’s code, and nothing covers it`, async () => {
      for (const [width, height] of [
        [300, 330],
        [300, 600],
        [900, 240],
        [1200, 330],
      ] as const) {
        const page = await TimelinePage.open(browser, { theme, width, height, deviceScaleFactor: 2 });
        await page.show(pythonShutdown());
        await page.page.screenshot({ path: path.join(SCREENSHOTS, `phases-${theme}-${width}-${height}.png`) });
        const words = page.page.locator('.phase');
        assert.deepEqual(await words.allTextContents(), ['waits for threads', 'exit handlers'], `${width} px`);
        assert.deepEqual(await words.evaluateAll(covered), [], `${width} px`);
        await page.close();
      }
    });

  it('keep the words of a picker off its arrow', async () => {
    const page = await TimelinePage.open(browser, { width: 300, height: 420 });
    const arrow = async (title: string): Promise<Buffer> => {
      await showAmong(page, demo(), title, '10 threads');
      const { x, y, width, height } = (await page.page.locator('.picker.session').boundingBox())!;
      return (await page.pixels({ x: x + width - 19, y, width: 19, height })).data;
    };
    assert.ok(
      (await arrow('mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm')).equals(
        await arrow('..............................'),
      ),
    );
    await page.close();
  });

  for (const width of WIDTHS)
    it(`show at ${width} px whole rows of the legend only`, async () => {
      const page = await TimelinePage.open(browser, { width, height: 520 });
      await page.show(everyEnding());
      const cut = await page.page.locator('.legend summary').evaluate((summary) => {
        const { bottom } = summary.getBoundingClientRect();
        const drawn = [...summary.querySelectorAll('.item:not([hidden]), .item:not([hidden]) .sample')];
        return drawn.filter((one) => {
          const box = one.getBoundingClientRect();
          return box.top < bottom && box.bottom > bottom;
        }).length;
      });
      assert.equal(cut, 0);
      await page.close();
    });

  it('stay whole while the program runs, and with the legend open', async () => {
    const page = await TimelinePage.open(browser, { width: 400, height: 640, deviceScaleFactor: 2 });
    await page.show(demoLive());
    await page.page.locator('.legend summary').click();
    await page.page.locator('.legend .all').waitFor();
    await page.page.screenshot({ path: path.join(SCREENSHOTS, 'timeline-live-legend.png') });
    assert.ok((await page.page.locator('.scroller').boundingBox())!.height > 150, 'the lanes keep most of the room');
    await page.close();
  });
});

/** Among other sessions where it has a brief, else alone. */
async function showAmong(page: TimelinePage, snapshot: Snapshot, title: string, brief?: string): Promise<void> {
  const own = { id: 's1', title, live: false, ...(brief === undefined ? {} : { brief }) };
  const sessions = brief === undefined ? [own] : [own, { id: 's2', title: 'server.js', live: false, brief }];
  await page.send({ kind: 'snapshot', session: 's1', sessions, snapshot });
  await page.painted(snapshot.revision);
}

/** Runs in the page: those that something else lies over. */
function covered(all: Element[]): string[] {
  const isSeen = (one: Element, share: number): boolean => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return document.elementFromPoint(left + width * share, top + height / 2) === one;
  };
  return all.filter((one) => ![0.05, 0.5, 0.95].every((share) => isSeen(one, share))).map((one) => one.textContent);
}

/** Runs in the page. */
function faultsOfHeader(): string[] {
  const parts = ['.who', '.counts', '.notices', '.buttons'].map((name) =>
    document.querySelector<HTMLElement>(`.head ${name}`)!,
  );
  const picker = document.querySelector<HTMLElement>('.picker.session:not([hidden])');
  const shown = [...parts, ...(picker ? [picker] : [])].filter((part) => part.getBoundingClientRect().width > 0);
  const names = shown.map(({ className }) => className);
  const boxes = shown.map((part) => part.getBoundingClientRect());
  const outside = names.filter((_, i) => boxes[i]!.right > innerWidth || boxes[i]!.left < 0);
  const cut = shown
    .filter((part) => part !== picker && part.scrollWidth > part.clientWidth)
    .map(({ className }) => className);
  const covers = names.flatMap((name, i) =>
    names.slice(i + 1).flatMap((other, j) => {
      const [a, b] = [boxes[i]!, boxes[i + 1 + j]!];
      const isInside = shown[i]!.contains(shown[i + 1 + j]!);
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return apart || isInside ? [] : [`${name} and ${other} overlap`];
    }),
  );
  const title = document.querySelector('.head .title')!.getBoundingClientRect();
  const isNamed = picker !== null || title.width >= 20;
  return [
    ...outside.map((name) => `${name} is outside`),
    ...cut.map((name) => `${name} is cut off`),
    ...covers,
    ...(isNamed ? [] : ['no title']),
  ];
}

/** The contrast of each kind of bar and cap with the ground, as WCAG counts it: that of the pixel that stands out most. */
async function contrastsOf(page: TimelinePage): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const ground = colorOf(await page.page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  for (const lane of await page.page.locator('.lane').all()) {
    const label = (await lane.getAttribute('data-label'))!;
    const endedBy = await lane.getAttribute('data-ended-by');
    const [bar, cap] = [(await page.signs(label, 'bar')).at(-1)!, (await page.signs(label, 'cap'))[0]];
    const inside = { ...bar, x: bar.x + 3, width: Math.max(bar.width - 16, 8) };
    found.set(`the bar of ${label}`, mostContrast(await page.pixels(inside), ground));
    if (cap) found.set(`the cap ${endedBy}`, mostContrast(await page.pixels(cap), ground));
  }
  return found;
}

function mostContrast({ data }: PNG, ground: Color): number {
  let most = 1;
  for (let i = 0; i < data.length; i += 4)
    most = Math.max(most, contrast(colorOf(`rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`), ground));
  return most;
}

/** How many are of that colour, or nearly. */
function pixelsLike({ data }: PNG, color: Color): number {
  const [r, g, b] = color.slice(0, 3).map((value) => Math.round(toGamma(value) * 255)) as [number, number, number];
  let count = 0;
  for (let i = 0; i < data.length; i += 4)
    if (Math.max(Math.abs(data[i]! - r), Math.abs(data[i + 1]! - g), Math.abs(data[i + 2]! - b)) <= 12) count++;
  return count;
}

const returned = ending('returned', 900, 'its work was done');

/** As a program with a pool and a logger ends, when all goes well. */
const healthy = (): Snapshot =>
  snapshotOf(
    [
      thread({ id: 0, start: 0, ended: ending('returned', 1000, 'nothing kept it alive any more') }),
      thread({ id: 1, start: 20, ended: returned }),
      thread({ id: 2, start: 40, ended: ending('terminate', 800, 'terminate() was called') }),
      thread({ id: 3, start: 60, ended: ending('exit-call', 700, 'process.exit(0)') }),
      thread({
        id: 4,
        start: 80,
        keepsAlive: [flip(80, false)],
        ended: ending('main-exit', 1000, 'killed with main: nothing kept it alive any more'),
      }),
    ],
    { complete: true, processes: [processPicture({ exit: returned, over: true })] },
  );

const stopped = (): Snapshot => {
  const ended = ending('signal', 1000, 'stopped by the debugger with SIGKILL', { severity: 'info' });
  const threads = [0, 1, 2].map((id) => thread({ id, start: id * 20, ended }));
  return snapshotOf(threads, { complete: true, processes: [processPicture({ exit: ended, over: true })] });
};

/** How much of a picture is not the colour of its corner. */
function inkIn({ data, width, height }: PNG): number {
  const [r, g, b] = [data[0]!, data[1]!, data[2]!];
  let ink = 0;
  for (let i = 0; i < width * height * 4; i += 4)
    ink += Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b);
  return ink;
}
