// The built webview in a real browser, under the policy that it has in VS Code.
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Remembered } from '../../media/timeline/look/remembered';
import { ENDING_SHAPES } from '../../media/timeline/paint/theme/shapes';
import type { EndedBy } from '../../src/protocol/picture';
import type { FromTimeline } from '../../src/protocol/timelineMessages';
import {
  demo,
  demoLive,
  demoWithFindings,
  eventLoops,
  everyEnding,
  finding,
  hiddenThreads,
  manyLanes,
  mainAlone,
  PROCESS,
  severalProcesses,
  snapshotOf,
  START,
  thread,
  waiting,
  waitingForThree,
} from './fixtures';
import { launch, TimelinePage, type PageOptions } from './page';

describe('the timeline in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let opened: TimelinePage[] = [];

  before(async function () {
    // The first run may have to get a browser.
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

  async function sitesOf(page: TimelinePage): Promise<number[]> {
    const messages = await page.posted();
    return messages.flatMap((m) => (m.kind === 'open-site' ? [m.site.line] : []));
  }

  describe('shows', () => {
    it('a phase of a lane that is heard of only after the lane’s end', async () => {
      const page = await open();
      const whole = demo();
      const early = whole.threads.map(({ onlineAt: _, ...rest }) => rest);
      await page.show({ ...whole, threads: early });
      await page.show({ ...whole, revision: whole.revision + 1 });
      assert.equal((await page.signs('logger', 'bar')).length, 3, 'starting, alive, daemon');
      assert.equal(
        (await page.posted()).some((message) => message.kind === 'problem'),
        false,
      );
    });

    it('every daemon ended at the line where main exits, by the right cause', async () => {
      const page = await open();
      await page.show(demo());
      const line = page.page.locator('.exit-flag');
      const x = Number(await line.getAttribute('data-x'));
      assert.equal(await line.getAttribute('data-cause'), 'returned');
      const killed = page.page.locator('.lane[data-ended-by="main-exit"]');
      assert.equal(await killed.count(), 2);
      for (const lane of await killed.all()) {
        assert.equal(await lane.getAttribute('data-daemon'), 'true');
        assert.ok(Math.abs(Number(await lane.getAttribute('data-end-x')) - x) < 1);
      }
      const box = (await line.boundingBox())!;
      const cap = await page.sign('logger', 'cap');
      assert.ok(Math.abs(cap.x - (box.x + box.width)) < 2, 'on the screen too');
    });

    it('what each lane is, in its attributes and in words', async () => {
      const page = await open();
      await page.show(demo());
      const build = page.lane('build');
      const attribute = (name: string) => build.getAttribute(name);
      assert.equal(await attribute('data-kind'), 'worker');
      assert.equal(await attribute('data-state'), 'ended');
      assert.equal(await attribute('data-daemon'), 'false');
      assert.equal(await attribute('data-ended-by'), 'returned');
      assert.equal(await attribute('role'), 'treeitem');
      assert.equal(await attribute('aria-level'), '2');
      assert.match((await attribute('aria-label'))!, /^build, worker, keeps the process alive, its work was done$/);
      assert.equal(await page.lane('minify').getAttribute('aria-level'), '3');
      const counts = page.page.locator('.counts');
      assert.match(await counts.innerText(), /8 threads.*2 killed with main.*1 uncaught error/s);
      await counts.getByRole('button', { name: '1 uncaught error' }).click();
      assert.match(await page.page.locator('.details').innerText(), /flaky/);
      await page.page.keyboard.press('Escape');
      assert.equal(await page.page.locator('.exit-flag').innerText(), 'main ended: nothing kept it alive any more');
    });

    it('a hostile name as text, wherever it stands', async () => {
      const page = await open();
      await page.show({ ...demo(), title: '<b onmouseover=alert(1)>t</b>' });
      const name = '<img src=x onerror=alert(1)>';
      const label = page.page.locator('.lane .name', { hasText: '<img' });
      assert.equal(await label.textContent(), name);
      await label.hover();
      assert.equal(await page.page.locator('.tooltip .title').textContent(), name);
      assert.equal(await page.page.locator('img, #timeline b').count(), 0);
    });

    it('each ending with a cap of its own shape', async () => {
      const page = await open();
      await page.show(everyEnding());
      const shapes = new Set<string>();
      const endings = new Set<string>();
      for (const lane of await page.page.locator('.lane[data-ended-by]').all()) {
        const ending = (await lane.getAttribute('data-ended-by')) as EndedBy;
        endings.add(ending);
        shapes.add(ENDING_SHAPES[ending].path);
        const [cap] = await page.signs((await lane.getAttribute('data-label'))!, 'cap');
        const { data } = await page.pixels(cap!);
        const colors = new Set(Array.from({ length: data.length / 4 }, (_, i) => data.readUInt32BE(i * 4)));
        assert.ok(colors.size > 2, `${ending} is painted`);
      }
      assert.equal(endings.size, 11);
      assert.equal(shapes.size, 11, 'as many shapes as endings');
    });

    it('daemons hatched, and what keeps the process alive solid', async () => {
      const page = await open();
      await page.show(demo());
      const shades = async (label: string): Promise<number> => {
        const { x, y, width } = (await page.signs(label, 'bar')).at(-1)!;
        const row = await page.pixels({ x: x + width / 2, y: y + 2, width: 24, height: 1 });
        return new Set(Array.from({ length: 24 }, (_, i) => row.data.readUInt32BE(i * 4))).size;
      };
      assert.ok((await shades('logger')) > 3, 'stripes');
      assert.equal(await shades('build'), 1);
    });

    it('a program that started no workers without alarm, and one too old to be observed with advice', async () => {
      const page = await open();
      await page.show(mainAlone());
      assert.match(await page.page.locator('.hint').innerText(), /No worker threads so far/);
      await page.show({ ...severalProcesses(), revision: 5 });
      assert.match(await page.page.locator('.hint').innerText(), /Node 16\.20\.2 is too old.*Use Node 20 or newer/);
      await page.show({ ...snapshotOf([], { processes: [] }), revision: 6 });
      assert.match(await page.page.locator('.hint').innerText(), /Waiting for the program/);
    });

    it('who kept the process alive over time, under the axis', async () => {
      const page = await open();
      await page.show(demoWithFindings());
      const band = page.page.locator('.band');
      assert.match(
        (await band.getAttribute('aria-label'))!,
        /^Kept alive by main alone; then logger; then holder; then holder, build; then holder, build, flaky/,
      );
      const spans = band.locator('.span:not(.alone)');
      assert.equal(await spans.last().innerText(), 'holder');
      const [last, exit] = [await spans.last().boundingBox(), await page.page.locator('.exit-flag').boundingBox()];
      assert.ok(Math.abs(last!.x + last!.width - exit!.x - exit!.width) < 6, 'in line with the lanes');
      await spans.last().hover();
      assert.match(
        await page.page.locator('.tooltip').innerText(),
        /Kept alive by 1 thread[\s\S]*From: 1\.180 s · To: 1\.855 s/,
      );
      await page.show({ ...mainAlone(), revision: 91 });
      assert.equal(await page.page.locator('.band').count(), 0, 'nothing is drawn where nothing is known');
    });

    it('a mark on each lane with a finding, named for those who cannot see it', async () => {
      const page = await open();
      const whole = demoWithFindings();
      const another = finding('unread-messages', { thread: `${PROCESS}:1` });
      await page.show({ ...whole, findings: [...whole.findings, another] });
      const marks = page.page.locator('.finding-mark:visible');
      assert.equal(await marks.count(), 3);
      const mark = page.lane('logger').locator('.finding-mark');
      assert.equal(await mark.getAttribute('data-severity'), 'error');
      assert.equal(await mark.getAttribute('aria-label'), 'error: Cut off while writing; error: Messages nobody read');
      await mark.hover();
      assert.match(
        await page.page.locator('.tooltip').innerText(),
        /Error: Cut off while writing\. “logger” was killed/,
      );
      await page.show({ ...demo(), revision: 91 });
      assert.equal(await marks.count(), 0);
    });

    it('the notices of the session', async () => {
      const page = await open();
      await page.show(severalProcesses());
      const text = 'The disk is full: the recording stops here.';
      assert.equal(await page.page.locator('.notices .first').innerText(), text);
      await page.page.locator('.notices summary').click();
      assert.equal(await page.page.locator('.notices li.warning').innerText(), text);
    });

    it('a legend of every sign, opened by the keyboard', async () => {
      const page = await open({ height: 700 });
      await page.show(demo());
      await page.page.locator('.legend summary').focus();
      await page.page.keyboard.press('Enter');
      const all = page.page.locator('.legend .all');
      await all.waitFor({ state: 'visible' });
      for (const word of ['starting', 'unref()', 'killed with main', 'out of memory', 'contact lost']) {
        assert.equal(await all.getByText(word, { exact: true }).count(), 1, word);
      }
    });
  });

  describe('without a session', () => {
    it('offers what to do next', async () => {
      const page = await open({ width: 300 });
      await page.send({ kind: 'empty', hasRecordings: true, interrupted: 'main.js' });
      await page.page.getByText('The window was reloaded while “main.js” ran. Its recording is kept.').waitFor();
      for (const name of ['Run the demo', 'Debug current file', 'Open last recording']) {
        await page.page.getByRole('button', { name }).click();
      }
      const commands = (await page.posted()).flatMap((m) => (m.kind === 'run-command' ? [m.command] : []));
      assert.deepEqual(commands, [
        'threadLifelines.runDemo',
        'threadLifelines.debugFile',
        'threadLifelines.openLastRecording',
      ]);
    });

    it('does not offer a recording when there is none', async () => {
      const page = await open({ width: 300 });
      await page.send({ kind: 'empty', hasRecordings: false });
      await page.page.getByRole('button', { name: 'Run the demo' }).waitFor();
      assert.equal(await page.page.getByRole('button', { name: 'Open last recording' }).count(), 0);
      assert.equal(await page.page.locator('.interrupted').isVisible(), false);
    });
  });

  describe('with the host', () => {
    it('asks for all when it is ready', async () => {
      const page = await open();
      assert.deepEqual(await page.posted(), [{ kind: 'ready' }]);
    });

    it('draws what a delta changes, and asks for the whole when one was missed', async () => {
      const page = await open();
      const before = demoLive();
      await page.show(before);
      const added = thread({ id: 30, start: 690, label: 'added' });
      const delta = { ...before, processes: [], threads: [added], revision: 41, from: 40 };
      await page.send({ kind: 'delta', session: 's1', delta });
      await page.painted(41);
      await page.lane('added').waitFor();
      await page.send({ kind: 'delta', session: 's1', delta: { ...delta, from: 50, revision: 51 } });
      await page.page.waitForFunction(() =>
        (window as unknown as { posted: FromTimeline[] }).posted.some(({ kind }) => kind === 'resync'),
      );
      await page.show({ ...demo(), revision: 60 });
      assert.equal(await page.page.locator('.lane').count(), 8);
    });

    it('tells of its own errors', async () => {
      const page = await open();
      await page.send({ kind: 'snapshot', session: 's1', sessions: [] } as never);
      await page.page.waitForFunction(
        () => (window as unknown as { posted: FromTimeline[] }).posted.at(-1)?.kind === 'problem',
      );
    });

    it('lets the person choose among sessions and among runs', async () => {
      const page = await open();
      await page.show(severalProcesses());
      const sessions = [
        { id: 's1', title: 'main.js', live: false },
        { id: 's2', title: 'other.js', live: true },
      ];
      await page.send({ kind: 'sessions', sessions });
      const picker = page.page.getByLabel('Session');
      await picker.waitFor();
      await picker.selectOption('s2');
      assert.deepEqual((await page.posted()).at(-1), { kind: 'choose-session', session: 's2' });
      assert.equal(await page.lane('indexer').count(), 1);
      await page.page.locator('.picker.run').selectOption({ label: 'Run 1 of 2' });
      await page.lane('indexer').waitFor({ state: 'detached' });
      assert.equal(await page.page.locator('.lane').count(), 1);
    });

    it('runs the commands of its buttons', async () => {
      const page = await open();
      await page.show(demo());
      await page.page.getByRole('button', { name: 'Show the exit report' }).click();
      await page.page.getByRole('button', { name: 'Open the timeline in an editor tab' }).click();
      const commands = (await page.posted()).flatMap((m) => (m.kind === 'run-command' ? [m.command] : []));
      assert.deepEqual(commands, ['threadLifelines.showReport', 'threadLifelines.openTimeline']);
    });
  });

  describe('live', () => {
    it('goes on between messages, by the clock of the adapter', async () => {
      const page = await open();
      // At 0.7 s, and nothing more is sent.
      await page.show(demoLive());
      await page.page.waitForFunction(() =>
        /^[1-9]\.\d s$/.test(document.querySelector('.axis .tick:last-of-type text')!.textContent),
      );
    });

    it('writes nothing anew in the header while only time goes on, so that an open menu stays open', async () => {
      const page = await open();
      await page.show(demoLive());
      const written = await page.page.evaluate(async () => {
        let count = 0;
        const observer = new MutationObserver((changes) => (count += changes.length));
        observer.observe(document.querySelector('.head')!, { childList: true, characterData: true, subtree: true });
        for (let i = 0; i < 10; i++) await new Promise((done) => requestAnimationFrame(done));
        return count;
      });
      assert.equal(written, 0);
    });

    it('says why the process is still alive, and leads to the lines', async () => {
      const page = await open();
      await page.show(waitingForThree({ more: 2 }));
      const because = page.page.locator('.because');
      assert.match(
        await because.innerText(),
        /^Main has been done for \d+\.\d s; alive because of worker “layout” \(main\.js:12\)(, )?BroadcastChannel “news” \(main\.js:30\)(, )?3 more$/,
      );
      await page.page.getByRole('button', { name: 'worker “layout” (main.js:12)' }).focus();
      assert.match(await page.page.locator('.tooltip').innerText(), /2 timers, it listens for messages from its owner/);
      await page.page.keyboard.press('Enter');
      assert.deepEqual(await sitesOf(page), [12]);
      assert.equal(await page.page.getByText('nothing visible can wake it').isVisible(), false);
      await page.show({ ...waiting({ stuck: true }), revision: 71 });
      await page.page.getByText('nothing visible can wake it').waitFor();
      await page.show({ ...demo(), revision: 91 });
      assert.equal(await because.count(), 0);
    });

    it('keeps the focus on a line that holds the process while time goes on', async () => {
      const page = await open();
      await page.show(waiting());
      const link = page.page.getByRole('button', { name: 'worker “layout” (main.js:12)' });
      await link.focus();
      await page.page.waitForFunction(
        (before) => document.querySelector('.because .since')!.textContent !== before,
        await page.page.locator('.because .since').textContent(),
      );
      assert.equal(await link.evaluate((button) => button === document.activeElement), true);
    });

    it('stands still when the session is over', async () => {
      const page = await open();
      await page.show(demo());
      const asked = await page.page.evaluate(async () => {
        const real = window.requestAnimationFrame.bind(window);
        let count = 0;
        window.requestAnimationFrame = (run) => (count++, real(run));
        for (let i = 0; i < 5; i++) await new Promise((done) => real(done));
        return count;
      });
      assert.equal(asked, 0);
    });

    it('is followed until a person looks back, and again on demand', async () => {
      const page = await open();
      await page.show(demoLive());
      const follow = page.page.getByRole('button', { name: 'Follow live' });
      const pressed = (yes: boolean) => page.page.locator(`button.follow[aria-pressed="${yes}"]`).waitFor();
      await pressed(true);
      await page.page.locator('.scroller').focus();
      await page.page.keyboard.press('+');
      await pressed(true);
      await page.page.keyboard.press('ArrowLeft');
      await pressed(false);
      await page.page.keyboard.press('End');
      await pressed(true);
      await follow.click();
      await pressed(false);
      await follow.click();
      await pressed(true);
      await page.show({ ...demo(), revision: 91 });
      assert.equal(await follow.isDisabled(), true);
    });

    it('is still followed where a zoom comes late, on a page that was held up', async () => {
      const page = await open();
      await page.show(demoLive());
      const follow = page.page.locator('button.follow[aria-pressed="true"]');
      await follow.waitFor();
      const drawn = await page.page.locator('.scroller').evaluate((scroller) => {
        const until = performance.now() + 500;
        while (performance.now() < until);
        scroller.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
      });
      assert.ok(drawn);
      assert.equal(await follow.count(), 1);
    });

    it('steps calmly for a person who wants less motion', async () => {
      const page = await open({ reducedMotion: 'reduce' });
      await page.show(demoLive());
      const animation = await page.page.locator('.dot').evaluate((dot) => getComputedStyle(dot).animationName);
      assert.equal(animation, 'none');
    });
  });

  describe('by hand', () => {
    /** The moment under a point of the page, in µs, read from the axis. */
    async function momentAt(page: TimelinePage, x: number): Promise<number> {
      const ticks = await page.page.locator('.axis .tick').evaluateAll((all) =>
        all.map((tick) => {
          const [, value, unit] = /([\d.]+) (\S+)/.exec(tick.textContent)!;
          const micros = Number(value) * { s: 1e6, ms: 1e3, µs: 1 }[unit as 's'];
          const line = tick.querySelector('line')!.getBoundingClientRect();
          return { micros, x: line.x + line.width / 2 };
        }),
      );
      const [a, b] = [ticks[0]!, ticks.at(-1)!];
      return a.micros + ((x - a.x) / (b.x - a.x)) * (b.micros - a.micros);
    }
    const firstTick = (page: TimelinePage) => page.page.locator('.axis').evaluate((axis) => axis.textContent);
    const axisSays = (page: TimelinePage, text: string | null) =>
      page.page.waitForFunction((t) => document.querySelector('.axis')!.textContent === t, text);
    async function changed(page: TimelinePage, act: () => Promise<unknown>): Promise<void> {
      const before = await firstTick(page);
      await act();
      await page.page.waitForFunction((b) => document.querySelector('.axis')!.textContent !== b, before);
    }

    it('the wheel zooms at the pointer, and a double click shows all again', async () => {
      const page = await open();
      await page.show(demo());
      const all = await firstTick(page);
      await page.page.mouse.move(700, 150);
      const before = await momentAt(page, 700);
      await changed(page, () => page.page.mouse.wheel(0, -600));
      const after = await momentAt(page, 700);
      assert.ok(Math.abs(after - before) < 4000, `${before} µs stays at the pointer, is ${after}`);
      await changed(page, () => page.page.mouse.dblclick(700, 360));
      assert.equal(await firstTick(page), all);
    });

    it('dragging and Shift with the wheel move along', async () => {
      const page = await open();
      await page.show(demo());
      await page.page.mouse.move(700, 320);
      await changed(page, () => page.page.mouse.wheel(0, -900));
      const before = await momentAt(page, 700);
      await changed(page, async () => {
        await page.page.mouse.down();
        await page.page.mouse.move(600, 320, { steps: 4 });
        await page.page.mouse.up();
      });
      const dragged = await momentAt(page, 600);
      assert.ok(Math.abs(dragged - before) < 4000, `${before} µs moved along with the pointer, is ${dragged}`);
      assert.deepEqual(await sitesOf(page), [], 'a drag is no click');
      await page.page.keyboard.down('Shift');
      await changed(page, () => page.page.mouse.wheel(0, 200));
      await page.page.keyboard.up('Shift');
      assert.ok((await momentAt(page, 600)) > dragged + 10_000);
    });

    it('the wheel over the labels scrolls the lanes, of which only those in view are made', async () => {
      const page = await open({ width: 800 });
      await page.show(manyLanes(1000));
      assert.ok((await page.page.locator('.lane').count()) < 40);
      const scroller = page.page.locator('.scroller');
      await page.page.mouse.move(60, 250);
      await page.page.mouse.wheel(0, 12_000);
      await page.page.waitForFunction(() => !document.querySelector('.lane[data-kind="main"]'));
      const { top, bottom } = await scroller.evaluate(
        (s) => s.getBoundingClientRect().toJSON() as { top: number; bottom: number },
      );
      const boxes = await page.page
        .locator('.lane')
        .evaluateAll((all) => all.map((l) => l.getBoundingClientRect().top));
      assert.ok(Math.min(...boxes) <= top && Math.max(...boxes) >= bottom - 30, 'the view is full of lanes');
      assert.ok(boxes.length < 40);
    });

    it('a double click leads to the line that started the thread, flipped it, or ended it', async () => {
      const page = await open();
      await page.show(everyEnding());
      await page.lane('error').locator('.name').dblclick();
      await page.clickSign('error', 'bar', { clickCount: 2 });
      await page.closeDetails();
      await page.clickSign('main-exit', 'cap', { clickCount: 2 });
      await page.closeDetails();
      await page.page.locator('.exit-flag').click();
      await page.clickSign('main-exit', 'unref', { clickCount: 2 });
      assert.deepEqual(await sitesOf(page), [14, 14, 88, 88, 71]);
    });

    it('a single click leads to no line, nor does a double click beside all bars', async () => {
      const page = await open();
      await page.show(demo());
      await page.clickSign('stuck', 'bar');
      const { x, y } = await page.sign('flaky', 'cap');
      await page.page.mouse.dblclick(x + 200, y);
      await page.page.mouse.dblclick(500, 330);
      await page.lane('flaky').locator('.name').dblclick();
      assert.deepEqual(await sitesOf(page), [15]);
    });

    it('threads that the program does not see have a row, which tells of their pool and of their processor time', async () => {
      const page = await TimelinePage.open(browser, { width: 900, height: 400 });
      const [first] = demo().processes;
      const busy = [{ from: START + 1e6, to: START + 1.5e6, busy: 2 }];
      await page.show({ ...demo(), processes: [{ ...first!, hidden: hiddenThreads(busy) }] });
      const row = page.page.getByRole('treeitem', { name: 'native threads, 10 threads, processor time 1.25 s' });
      await row.hover({ position: { x: 20, y: 12 } });
      assert.match(
        await page.page.locator('.tooltip').innerText(),
        /10 threads, which the program itself does not see[^]*4 threads for files, DNS and the like[^]*for 500 ms/,
      );
      await page.close();
    });

    it('tasks of event loops have quiet rows below their thread, which unfold and tell of each', async () => {
      const page = await open({ width: 1000, height: 500 });
      await page.show(eventLoops());
      const labels = (): Promise<string[]> =>
        page.page.locator('.row .name').evaluateAll((names) => names.map(({ textContent }) => textContent));
      assert.deepEqual(await labels(), [
        ...['main', 'tasks · 5', 'main', 'fetch', 'poller', 'parse', 'heartbeat'],
        ...['server', 'tasks · 30'],
      ]);
      assert.match(await page.page.locator('.head .counts').innerText(), /2 threads/);
      const row = (name: string): Locator => page.page.getByRole('treeitem', { name });
      const tooltip = page.page.locator('.tooltip');
      await row('parse, task, raised ValueError: no').hover({ position: { x: 20, y: 12 } });
      assert.match(
        await tooltip.innerText(),
        /Task of the event loop of main[^]*parse at server\.py:50[^]*server\.py:150[^]*raised ValueError: no[^]*600 ms/,
      );
      await row('heartbeat, task, was still pending when its loop ended').hover({ position: { x: 20, y: 12 } });
      assert.match(await tooltip.innerText(), /was still pending when its loop ended/);
      const folded = row('30 tasks of its event loop');
      assert.equal(await folded.getAttribute('aria-expanded'), 'false');
      await folded.hover({ position: { x: 30, y: 12 } });
      assert.match(await tooltip.innerText(), /Tasks of the event loop of server[^]*serve × 30/);
      await folded.locator('.fold').click();
      assert.equal(await page.page.locator('.row.task').filter({ hasText: 'serve' }).first().isVisible(), true);
      await row('fetch, task, returned').dblclick({ position: { x: 20, y: 12 } });
      assert.deepEqual(await sitesOf(page), [130]);
      await page.page.keyboard.press('/');
      await page.page.keyboard.type('server');
      await page.page.waitForFunction(() => !document.querySelector('.row:is(.tasks, .task)'));
    });

    it('the legend has what tasks of event loops look like where there are any', async () => {
      const page = await open();
      const shown = page.page.locator('.legend .all .item:not([hidden])').filter({ hasText: 'task' });
      await page.show(demo());
      assert.equal(await shown.count(), 0);
      await page.show({ ...eventLoops(), revision: 4000 });
      assert.deepEqual(await shown.evaluateAll((items) => items.map(({ textContent }) => textContent)), [
        ...['task', 'task returned', 'task cancelled', 'task raised', 'task still pending'],
      ]);
    });

    it('the tooltip tells the story of what lies under the pointer', async () => {
      const page = await open();
      await page.show(demo());
      const tooltip = page.page.locator('.tooltip');
      await page.hoverSign('logger', 'cap');
      assert.match(await tooltip.innerText(), /logger: killed with main[\s\S]*nothing kept it alive any more/);
      await page.hoverSign('holder', 'bar');
      assert.match(
        await tooltip.innerText(),
        /holder[\s\S]*At \d\.\d+ s: [\s\S]*Ended: 1\.855 s: [\s\S]*Kept it alive \(ref’d\)/,
      );
      await page.page.locator('.exit-flag').hover();
      assert.match(await tooltip.innerText(), /Main ended/);
      await page.page.mouse.move(5, 5);
      await tooltip.waitFor({ state: 'hidden' });
    });

    it('the keyboard goes through the lanes, tells their stories and opens their lines with O', async () => {
      const page = await open();
      await page.show(demo());
      const scroller = page.page.locator('.scroller');
      await scroller.focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await page.page.keyboard.press(key);
      const id = await scroller.getAttribute('aria-activedescendant');
      const current = page.page.locator('.row.current');
      assert.equal(await current.getAttribute('id'), id);
      assert.equal(await current.getAttribute('data-label'), 'logger');
      assert.notEqual(await current.evaluate((row) => getComputedStyle(row).outlineStyle), 'none');
      assert.match(await page.page.locator('.tooltip').innerText(), /^logger/);
      await page.page.keyboard.press('o');
      assert.deepEqual(await sitesOf(page), [11]);
      await page.page.keyboard.press('Escape');
      await page.page.locator('.tooltip').waitFor({ state: 'hidden' });
    });

    it('the keyboard reaches lanes that are not made yet', async () => {
      const page = await open();
      await page.show(manyLanes(1000));
      await page.page.locator('.scroller').focus();
      for (let i = 0; i < 5; i++) await page.page.keyboard.press('PageDown');
      const box = (await page.page.locator('.row.current').boundingBox())!;
      const view = (await page.page.locator('.scroller').boundingBox())!;
      assert.ok(box.y >= view.y && box.y + box.height <= view.y + view.height + 1, 'the current lane is in view');
      assert.ok(!(await page.page.locator('.lane[data-kind="main"]').count()));
    });

    it('arrows pan, plus and minus zoom, Home shows all', async () => {
      const page = await open();
      await page.show(demo());
      await page.page.locator('.scroller').focus();
      const all = await firstTick(page);
      await changed(page, () => page.page.keyboard.press('+'));
      await changed(page, () => page.page.keyboard.press('+'));
      await changed(page, () => page.page.keyboard.press('+'));
      await changed(page, () => page.page.keyboard.press('ArrowRight'));
      await changed(page, () => page.page.keyboard.press('-'));
      await changed(page, () => page.page.keyboard.press('Home'));
      assert.equal(await firstTick(page), all);
    });

    it('moves in time are undone and done again, a turn of the wheel as one', async () => {
      const page = await open();
      await page.show(demo());
      await page.page.locator('.scroller').focus();
      const all = await firstTick(page);
      await changed(page, () => page.page.keyboard.press('+'));
      await changed(page, () => page.page.keyboard.press('ArrowRight'));
      const there = await firstTick(page);
      await page.page.keyboard.press('Control+z');
      await page.page.keyboard.press('u');
      await axisSays(page, all);
      await page.page.keyboard.press('Control+y');
      await page.page.keyboard.press('Control+Shift+Z');
      await axisSays(page, there);
    });

    it('where a person looked is what the host remembers, before what the page does', async () => {
      const first = await open();
      await first.show(demo());
      await first.page.locator('.scroller').focus();
      await changed(first, () => first.page.keyboard.press('+'));
      await first.page.waitForFunction(() => 'remembered' in window);
      const remembered = await first.remembered<Remembered>();
      const told = (await first.posted()).filter((message) => message.kind === 'remember').at(-1);
      assert.deepEqual(told?.state, remembered);
      const again = await open();
      await again.show(demo(), 's1', { remembered });
      assert.equal(await firstTick(again), await firstTick(first));
    });

    it('where a person looked outlives a reload, for the same session', async () => {
      const first = await open();
      await first.show(demo());
      await first.page.locator('.scroller').focus();
      await changed(first, () => first.page.keyboard.press('+'));
      await first.page.waitForFunction(() => 'remembered' in window);
      const remembered = await first.remembered<Remembered>();
      assert.deepEqual([remembered?.session, remembered?.view.mode], ['s1', 'free']);
      const zoomed = await firstTick(first);
      const again = await open({ remembered });
      await again.show(demo());
      assert.equal(await firstTick(again), zoomed);
      const other = await open({ remembered });
      await other.show(demo(), 's2');
      assert.notEqual(await firstTick(other), zoomed);
    });

    it('moments before now are not guessed: a living lane has no end', async () => {
      const page = await open();
      await page.show({ ...demoLive(), now: START + 700_000 });
      assert.equal(await page.lane('build').getAttribute('data-end-x'), null);
      assert.equal(await page.lane('build').getAttribute('data-state'), 'alive');
      assert.equal(await page.lane('late.js').getAttribute('data-state'), 'starting');
      assert.equal(await page.lane('holder').getAttribute('data-daemon'), 'true');
    });
  });
});
