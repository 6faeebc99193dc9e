// What threads do from moment to moment, as it is asked for, painted and told of in a real browser. The answers are those
// of the real index.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Look } from '../../src/protocol/tracks';
import { codeOf, type TrackState } from '../../src/protocol/tracks';
import { Tracks } from '../../src/tracks/tracks';
import { ending, PROCESS, snapshotOf, START, thread } from './fixtures';
import { launch, TimelinePage, type PageOptions } from './page';
import { expectPicture } from './pictures';
import { THEMES, type ThemeName } from './themes';

const key = (id: number): string => `${PROCESS}:${id}`;
const MS = 1000;

/** Threads that live from 0 to 1000 ms; each is in one state from 200 to 800 ms and idle around that. */
const STATES: TrackState[] = ['running', 'idle', 'blocked', 'unresponsive', 'paused', 'gap', 'alive'];

function story() {
  const tracks = new Tracks(1e8);
  const add = (id: number, state: TrackState, level = 0): void =>
    tracks.add({
      tracks: [
        {
          thread: key(id),
          from: START,
          starts: [0, 200 * MS, 800 * MS],
          codes: [codeOf('idle'), codeOf(state, level), codeOf('idle')],
          to: START + 1000 * MS,
        },
      ],
      messagesDropped: 0,
    });
  const ended = ending('returned', 1000, 'its work was done');
  const threads = STATES.map((state, i) => thread({ id: i + 1, start: 0, label: state, ended }));
  STATES.forEach((state, i) => add(i + 1, state, state === 'running' ? 9 : 0));
  tracks.add({
    tracks: [],
    messages: {
      threads: [key(1), key(2)],
      from: [0, 0],
      to: [1, 1],
      base: START,
      posted: [300 * MS, 600 * MS],
      took: [200 * MS, -1],
    },
    wakes: { threads: [key(4), key(3)], from: [0], to: [1], base: START, posted: [790 * MS], took: [10 * MS] },
    messagesDropped: 0,
  });
  const snapshot = snapshotOf([thread({ id: 0, start: 0, ended }), ...threads], { complete: true, now: START + 1e6 });
  return { tracks, snapshot };
}

/** A thread that is idle but for a moment, at 500 ms, that is too short to fill a pixel. */
function brief() {
  const tracks = new Tracks(1e8);
  const codes = [codeOf('idle'), codeOf('blocked'), codeOf('idle')];
  const starts = [0, 500 * MS, 500 * MS + 300];
  tracks.add({ tracks: [{ thread: key(1), from: START, starts, codes, to: START + 1000 * MS }], messagesDropped: 0 });
  const ended = ending('returned', 1000, 'its work was done');
  const threads = [thread({ id: 0, start: 0, ended }), thread({ id: 1, start: 0, label: 'brief', ended })];
  return { tracks, snapshot: snapshotOf(threads, { complete: true, now: START + 1e6 }) };
}

describe('what threads do, in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: TimelinePage;

  before(async function () {
    this.timeout(300_000);
    browser = await launch();
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

  async function open(options: PageOptions = {}, { tracks, snapshot } = story()): Promise<void> {
    page = await TimelinePage.open(browser, options);
    await page.answer((message) => {
      if (message.kind === 'look') return { kind: 'seen', session: message.session, seen: tracks.see(message.look) };
      if (message.kind === 'measure')
        return { kind: 'measured', session: message.session, measured: tracks.measure(message.measure) };
      return undefined;
    });
    await page.show(snapshot);
    await page.page.waitForSelector('#timeline[data-known]');
  }
  const looks = async (): Promise<Look[]> =>
    (await page.posted()).flatMap((message) => (message.kind === 'look' ? [message.look] : []));

  /** Share of the bar's pixels in the middle of its time that are not as the ground of an idle one, which has a line at its bottom. */
  async function filled(label: string): Promise<number> {
    const [bar, idle] = [(await page.signs(label, 'bar')).at(-1)!, (await page.signs('idle', 'bar')).at(-1)!];
    const middle = ({ x, y, width, height }: typeof bar) => ({ x: x + width * 0.4, y, width: width * 0.2, height });
    const [own, other] = [await page.pixels(middle(bar)), await page.pixels(middle(idle))];
    const ground = other.data.readUInt32BE(4 * other.width * Math.floor(other.height / 2));
    let different = 0;
    for (let i = 0; i < own.data.length; i += 4) if (own.data.readUInt32BE(i) !== ground) different++;
    return different / (own.data.length / 4);
  }

  it('is asked for before a picture is drawn, so that one move is one draw', async () => {
    await open();
    const moves = 10;
    const draws = await page.page.evaluate(async (count) => {
      const host = window as unknown as { answer: (message: unknown) => Promise<unknown> };
      host.answer = (message) => {
        const { kind, session, look } = message as { kind: string; session: string; look: object };
        return Promise.resolve(
          kind === 'look' ? { kind: 'seen', session, seen: { ...look, lanes: [], pools: [] } } : undefined,
        );
      };
      let drawn = 0;
      new PerformanceObserver((list) => (drawn += list.getEntriesByName('draw').length)).observe({
        entryTypes: ['measure'],
      });
      const move = async (key: string): Promise<void> => {
        document.querySelector('.scroller')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 150));
      };
      await move('+'); // the first answer tells how fast the host is
      drawn = 0;
      for (let i = 0; i < count; i++) await move('+');
      return drawn;
    }, moves);
    // On a busy machine an answer may take too long to be waited for.
    assert.ok(draws >= moves && draws <= moves + 5, `${draws} draws`);
  });

  it('is asked for once for what is in view, and again when that changes', async () => {
    await open();
    const before = (await looks()).length;
    const [look] = (await looks()).slice(-1);
    assert.deepEqual(look!.threads, [0, 1, 2, 3, 4, 5, 6, 7].map(key));
    assert.ok(look!.from <= START && look!.to >= START + 1e6);
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('+');
    await page.page.waitForFunction(
      (count) =>
        (window as unknown as { posted: { kind: string }[] }).posted.filter((m) => m.kind === 'look').length > count,
      before,
    );
    const last = (await looks()).at(-1)!;
    assert.ok((last.to - last.from) / last.pixels < (look!.to - look!.from) / look!.pixels, 'finer');
  });

  it('is painted as high as a loop is busy', async () => {
    await open();
    const share = await filled('running');
    assert.ok(share > 0.5 && share < 0.75, `9 of 15 busy fills ${share}`);
  });

  it('is painted in another way for each state', async () => {
    await open();
    for (const state of ['blocked', 'unresponsive', 'paused', 'gap', 'alive']) {
      assert.ok((await filled(state)) > 0.08, `${state} differs from idle`);
    }
  });

  it('stands as a tick above the bar where it was too short to fill a pixel', async () => {
    await open({}, brief());
    const bar = (await page.signs('brief', 'bar')).at(-1)!;
    const row = async (above: number): Promise<number[]> => {
      const { data } = await page.pixels({
        x: bar.x + bar.width * 0.4,
        y: bar.y - above,
        width: bar.width / 5,
        height: 1,
      });
      return Array.from({ length: data.length / 4 }, (_, i) => data.readUInt32BE(i * 4));
    };
    const [tick, ground] = [await row(1), await row(4)];
    const marked = tick.filter((color, column) => color !== ground[column]).length;
    assert.ok(marked === 1 || marked === 2, `${marked} pixels, of what lies in one or on the edge of two`);
  });

  it('is told in the tooltip for the moment under the pointer', async () => {
    await open();
    const tooltip = page.page.locator('.tooltip');
    for (const [label, words] of [
      ['running', /running, 60 % busy/],
      ['blocked', /blocked/],
      ['gap', /not recorded/],
    ] as const) {
      await page.hoverSign(label, 'bar');
      await page.page.waitForFunction(
        (pattern) => new RegExp(pattern).test(document.querySelector('.tooltip')!.textContent),
        words.source,
      );
      assert.match(await tooltip.innerText(), words);
    }
  });

  it('is summed up for a range', async () => {
    await open();
    await page.page.locator('.scroller').focus();
    await page.page.keyboard.press('r');
    const pane = page.page.getByRole('complementary');
    await pane.getByText('Thread time by state').waitFor();
    const text = await pane.innerText();
    assert.match(text, /blocked\s+600 ms, 8\.6 %/);
    assert.match(text, /Posted\s+2\s+Received\s+1/);
  });

  it('is asked for again when the host says that there is news', async () => {
    await open();
    const before = (await looks()).length;
    await page.send({ kind: 'tracks-changed', session: 's1' });
    await page.page.waitForFunction(
      (count) =>
        (window as unknown as { posted: { kind: string }[] }).posted.filter((m) => m.kind === 'look').length > count,
      before,
    );
  });

  it('shows the messages of the chosen thread, and that one was never read', async () => {
    await open();
    const between = async () => {
      const [a, b] = [(await page.signs('running', 'bar')).at(-1)!, (await page.signs('idle', 'bar')).at(-1)!];
      const box = { x: a.x + a.width * 0.4, y: a.y + a.height + 2, width: 20, height: b.y - a.y - a.height - 4 };
      return (await page.pixels(box)).data.toString('hex');
    };
    const before = await between();
    await page.lane('running').click();
    await page.page.waitForSelector('#timeline[data-messages="2"]');
    assert.notEqual(await between(), before, 'an arrow goes from the one to the other');
  });

  it('shows who woke the chosen thread', async () => {
    await open();
    const between = async () => {
      const [a, b] = [(await page.signs('blocked', 'bar')).at(-1)!, (await page.signs('unresponsive', 'bar')).at(-1)!];
      const box = {
        x: a.x + a.width * 0.75,
        y: a.y + a.height + 2,
        width: a.width * 0.1,
        height: b.y - a.y - a.height - 4,
      };
      return (await page.pixels(box)).data.toString('hex');
    };
    await page.lane('alive').click(); // its details take room
    await page.page.keyboard.press('Home');
    const before = await between();
    await page.lane('blocked').click();
    await page.page.waitForSelector('#timeline[data-messages="1"]');
    assert.notEqual(await between(), before, 'a line goes from the one to the other');
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`looks in ${theme} as was approved`, async () => {
      await open({ theme, width: 900, height: 420 });
      await page.lane('running').click();
      await page.page.waitForSelector('#timeline[data-messages]');
      await page.page.mouse.move(2, 2);
      await page.page.locator('.tooltip').waitFor({ state: 'hidden' });
      await expectPicture(page.page, `activity-${theme}`);
    });
  }
});
