// The pictures on the page of answers about daemon threads: each program is run, and its picture's words are what the timeline
// then draws. With APPROVE_PICTURES=1 the pictures are taken anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Snapshot } from '../../src/protocol/picture';
import type { TracksDelta } from '../../src/protocol/tracks';
import { Tracks } from '../../src/tracks/tracks';
import { pythons } from '../support/runtimes/python';
import { launch, TimelinePage } from './page';

const PAGE = path.resolve('docs', 'daemon-threads.md');
const CLI = path.resolve('dist', 'cli.js');
/** A program, whose first line is its name, what is said of it, and the words and the file of its picture. */
const SHOWN =
  /^```(?:python|js)\n((?:#|\/\/) (\S+)\n[^`]*?(?:`[^`]+`[^`]*?)*)```\n\n```text\n[^`]+```\n\n<picture>[\s\S]*?alt="([^"]*)"\s+src="([^"]+)"/gm;
const THEMES = ['dark', 'light'] as const;
const SIZE = { width: 720, height: 220 };

describe('the pictures of the page daemon-threads', () => {
  const text = fs.readFileSync(PAGE, 'utf8');
  const shown = [...text.matchAll(SHOWN)];
  let browser: Browser;
  let folder: string;
  before(async () => {
    browser = await launch();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-answers-'));
  });
  after(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('are of each of its programs', () => {
    assert.equal(shown.length, text.match(/^```(python|js)$/gm)?.length);
  });

  for (const [, code, name, words, file] of shown) {
    it(`show what becomes of the threads of ${name}`, async function () {
      this.timeout(30_000);
      const [python] = pythons().values();
      if (name!.endsWith('.py') && !python) this.skip(); // there is no Python
      fs.writeFileSync(path.join(folder, name!), code!);
      const { snapshot, tracks } = runOf(name!.endsWith('.py') ? python! : process.execPath, name!, folder);
      for (const theme of THEMES) {
        const page = await draw(browser, { snapshot: { ...snapshot, title: name! }, tracks, theme });
        assert.equal(await drawnIn(page), words);
        const picture = path.resolve('docs', file!.replace(/-dark\.png$/, `-${theme}.png`));
        if (process.env['APPROVE_PICTURES'] && !process.env['CI']) await take(page, picture);
        await page.close();
        assert.ok(fs.existsSync(picture), picture);
      }
    });
  }
});

interface Run {
  snapshot: Snapshot;
  tracks: Tracks;
}

function runOf(runtime: string, name: string, folder: string): Run {
  const recording = path.join(folder, `${name}.lifelines`);
  spawnSync(process.execPath, [CLI, 'record', '--out', recording, '--', runtime, name], { cwd: folder });
  const { stdout } = spawnSync(process.execPath, [CLI, 'report', recording, '--snapshot'], { encoding: 'utf8' });
  const tracks = new Tracks(1e8);
  let snapshot: Snapshot | undefined;
  for (const line of stdout.trim().split('\n')) {
    const told = JSON.parse(line) as { tracks?: TracksDelta; snapshot?: Snapshot };
    if (told.tracks) tracks.add(told.tracks);
    snapshot ??= told.snapshot;
  }
  assert.ok(snapshot, stdout);
  return { snapshot, tracks };
}

async function draw(
  browser: Browser,
  { snapshot, tracks, theme }: Run & { theme: 'dark' | 'light' },
): Promise<TimelinePage> {
  const page = await TimelinePage.open(browser, { ...SIZE, theme, deviceScaleFactor: 2 });
  await page.answer((message) =>
    message.kind === 'look' ? { kind: 'seen', session: message.session, seen: tracks.see(message.look) } : undefined,
  );
  await page.show(snapshot);
  await page.page.waitForSelector('#timeline[data-known]');
  return page;
}

/** How people say it. */
const ENDED: Record<string, string> = {
  returned: 'returned',
  error: 'failed',
  'main-exit': 'was killed at the end of the process',
};

/** Such as “main returned; logger, a daemon, was killed at the end of the process”. */
async function drawnIn({ page }: TimelinePage): Promise<string> {
  const lanes = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.lane')].map(({ dataset }) => ({ ...dataset })),
  );
  const ofLane = ({ label, daemon, endedBy }: (typeof lanes)[number]): string =>
    `${label!.replace(/ \(\w+\)$/, '')}${daemon === 'true' ? ', a daemon,' : ''} ${ENDED[endedBy ?? ''] ?? endedBy}`;
  return lanes.map(ofLane).join('; ');
}

async function take({ page }: TimelinePage, file: string): Promise<void> {
  const last = await page.locator('.lane').last().boundingBox();
  const height = Math.min(SIZE.height, Math.ceil(last!.y + last!.height + 8));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({
    path: file,
    animations: 'disabled',
    caret: 'hide',
    clip: { x: 0, y: 0, width: SIZE.width, height },
  });
}
