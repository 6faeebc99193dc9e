// A window that is reloaded in mid-session: looked at from outside, because everything inside goes with it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readRecording, recordingsIn } from '../../src/transport/spool/recording';
import { isAlive } from '../../src/transport/spool/spool';
import { openDemoWindow, type DemoWindow } from '../support/demoWindow';
import { timelineFrame } from '../support/page';
import { runCommand } from '../support/palette.mjs';

describe('a window that is reloaded while a program runs', () => {
  let window: DemoWindow;

  before(async function () {
    this.timeout(300_000); // VS Code and the browser are fetched the first time
    window = await openDemoWindow();
  });
  after(() => window.close());

  it('ends the program, keeps its recording, leaves no spool, and says so', async function () {
    this.timeout(120_000);
    const { page, storage } = window;
    // The window is up before it has read launch.json.
    await page.keyboard.press('Control+Shift+D');
    const start = page.locator('.start-debug-action-item', { hasText: 'Demo' });
    await start.locator('.codicon-debug-start').click();
    const before = await timelineFrame(page, 'threadLifelines.timeline');
    await before.locator('.lane[data-kind="worker"][data-state="alive"]').first().waitFor({ timeout: 60_000 });
    const [recording] = recordingsIn(path.join(storage, 'recordings'));
    const started = readRecording(recording!).events.find((event) => event.k === 'process-start')!;

    await page.reload();
    await page.waitForSelector('.monaco-workbench');
    // Which views were shown VS Code stores now and then: of what was opened just before, a reload may not know.
    await runCommand(page, 'Thread Lifelines: Show the Timeline');
    const after = await timelineFrame(page, 'threadLifelines.timeline');
    const empty = after.locator('#timeline[data-screen="empty"]');
    await empty.waitFor({ timeout: 60_000 });
    assert.match((await empty.textContent()) ?? '', /reloaded while “Demo” ran/);

    const ended = await recordingThatEnds(recording!);
    assert.equal(isAlive(started.pid), false);
    assert.equal(ended.damaged, 0);
    assert.deepEqual(fs.readdirSync(path.join(storage, 'spools')), []);
  });
});

/** Waits for the recording to be closed: the adapter does that last, in a process of its own. */
async function recordingThatEnds(file: string): Promise<ReturnType<typeof readRecording>> {
  const watcher = fs.watch(file);
  try {
    for (;;) {
      const changed = new Promise((resolve) => watcher.once('change', resolve));
      const recording = readRecording(file);
      if (recording.events.some((event) => event.k === 'process-end')) return recording;
      await changed;
    }
  } finally {
    watcher.close();
  }
}
