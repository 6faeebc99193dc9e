// What stands on the lines at a moment of the past.
import assert from 'node:assert/strict';
import { momentLines, type Doing } from '../../../src/overlay/moment';
import type { Snapshot } from '../../../src/protocol/picture';
import { site } from '../../support/events';
import { ending, PROCESS, pythonShutdown, snapshotOf, START, thread } from '../../webview/fixtures';

const MS = 1000;
const FILE = '/app/main.js';

/** Two threads of line 3, of which one ends at 500 ms, and a daemon of line 5 that starts at 300 ms. */
function story(): Snapshot {
  const at = (line: number) => ({ ...site(line), file: FILE });
  return snapshotOf([
    thread({ id: 0, start: 0 }),
    { ...thread({ id: 1, start: 100, ended: ending('returned', 500, 'its work was done') }), startSite: at(3) },
    { ...thread({ id: 2, start: 100 }), startSite: at(3) },
    { ...thread({ id: 3, start: 300 }), startSite: at(5), keepsAlive: [{ t: START + 300 * MS, value: false }] },
  ]);
}

const DOING: [number, Doing][] = [
  [1, { state: 'blocked', busy: 0 }],
  [2, { state: 'running', busy: 0.6 }],
  [3, { state: 'running', busy: 0.25 }],
];

const told = (ms: number): (string | undefined)[] => {
  const doing = new Map(DOING.map(([id, what]) => [`${PROCESS}:${id}`, what]));
  const lines = momentLines(story(), START + ms * MS, doing).get(FILE)!;
  return [lines.get(3), lines.get(5)];
};

describe('the lines at a moment of the past', () => {
  it('say which of the threads that each started lived then, and what they did', () => {
    assert.deepEqual(told(50), ['not started yet', 'not started yet']);
    assert.deepEqual(told(200), ['2 of 2 alive · 1 blocked · 1 running', 'not started yet']);
    assert.deepEqual(told(400), ['2 of 2 alive · 1 blocked · 1 running', '25 % busy, a daemon']);
    assert.deepEqual(told(600), ['1 of 2 alive · 1 running', '25 % busy, a daemon']);
  });

  it('say for whom a thread waited then, where that is known', () => {
    const snapshot = pythonShutdown();
    const file = snapshot.threads.find(({ label }) => label === 'build')!.startSite!.file;
    const at = (ms: number): string | undefined =>
      momentLines(snapshot, START + ms * MS, new Map())
        .get(file)!
        .get(13);
    assert.deepEqual([100, 300, 620, 700].map(at), [
      'not known, keeps the process alive',
      'waits for “minify”, keeps the process alive',
      'not known, keeps the process alive',
      'had ended',
    ]);
  });

  it('claim nothing of what is not known', () => {
    const lines = momentLines(story(), START + 400 * MS, new Map()).get(FILE)!;
    assert.deepEqual([lines.get(3), lines.get(5)], ['2 of 2 alive · 2 not known', 'not known, a daemon']);
    const gone = {
      ...story(),
      threads: story().threads.map((one) => ({ ...one, ended: ending('returned', 450, 'done') })),
    };
    assert.equal(
      momentLines(gone, START + 900 * MS, new Map())
        .get(FILE)!
        .get(5),
      'had ended',
    );
  });
});
