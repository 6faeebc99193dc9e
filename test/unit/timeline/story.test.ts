import assert from 'node:assert/strict';
import { runOf, type Lane } from '../../../media/timeline/run';
import { exitText, laneLabel, laneNote, threadStory } from '../../../media/timeline/story';
import { duration, shown, siteText } from '../../../media/timeline/text';
import { BARS, ENDINGS, MARKS } from '../../../media/timeline/vocabulary';
import type { Snapshot, ThreadActivity } from '../../../src/protocol/picture';
import { demo, demoLive, ending, flip, PROCESS, snapshotOf, START, thread } from '../../webview/fixtures';

function laneOf(snapshot: Snapshot, label: string): Lane {
  const lane = runOf(snapshot, undefined).lanes.find((l) => l.thread.label === label);
  assert.ok(lane);
  return lane;
}
const told = (snapshot: Snapshot, label: string): Record<string, string> =>
  Object.fromEntries(threadStory(laneOf(snapshot, label), START, snapshot.now).facts);

describe('the story of a thread', () => {
  it('says who started it, when and where, what it did to the process, and how it ended', () => {
    const facts = told(demo(), 'logger');
    assert.equal(facts['Started by'], 'main');
    assert.equal(facts['Started'], '0.060 s at main.js:11');
    assert.equal(facts['unref()'], '0.061 s at main.js:13');
    assert.equal(facts['Process'], 'Daemon (unref’d): did not keep it alive');
    assert.equal(facts['Ended'], '1.860 s: killed with main: nothing kept it alive any more');
  });

  it('tells a daemon by its owner from one that was unref’d itself', () => {
    const owner = thread({ id: 1, start: 1, label: 'pool', keepsAlive: [flip(1, false)], refs: [flip(1, false)] });
    const nested = thread({ id: 2, start: 2, label: 'task', owner: `${PROCESS}:1`, keepsAlive: [flip(2, false)] });
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), owner, nested]);
    assert.equal(
      told(snapshot, 'task')['Process'],
      'Daemon (ref’d, but its owner “pool” is a daemon): does not keep it alive',
    );
  });

  it('says what a living thread does, and what one that was cut off left undone', () => {
    const activity: ThreadActivity = {
      toOwner: { posted: 3, received: 1, waiting: 2, unheard: 0, queue: { count: 1, mean: 1500, longest: 1500 } },
      fromOwner: { received: 0, unheard: 0, posted: 0, waiting: 0 },
      channels: [],
      broadcasts: [],
      otherPorts: { posted: 0, received: 0 },
      blocked: { what: 'Atomics.wait', since: START },
      blocks: 0,
      blockedFor: 0,
      stalls: { count: 0, longest: 0 },
      writing: [{ to: '/app/out.log', bytes: 10, since: START, isFile: true }],
      openFiles: [],
      loop: { t: START, busy: 0.5 },
      resources: { t: START, counts: { Timeout: 2, TCPServerWrap: 1 } },
      dropped: 0,
    };
    const main = thread({ id: 0, start: 0 });
    const lives = told(snapshotOf([main, { ...thread({ id: 1, start: 1, label: 'busy' }), activity }]), 'busy');
    assert.equal(lives['To its owner'], '1 of 3 received, after 1.50 ms, at most 1.50 ms');
    assert.equal(lives['Loop kept by'], '2 Timeout, 1 TCPServerWrap');
    assert.equal(lives['From its owner'], undefined, 'there were none');
    assert.deepEqual(
      [lives['Loop'], lives['Waits in'], lives['Writes to']],
      ['50 % busy', 'Atomics.wait', '/app/out.log'],
    );

    const cut = {
      ...thread({ id: 1, start: 1, label: 'cut', ended: ending('main-exit', 9, 'killed with main') }),
      activity,
    };
    const over = told(
      snapshotOf([
        main,
        { ...cut, unfinished: [{ what: 'write', text: 'writing 10 B to /app/var/out.log', fate: 'completed' }] },
      ]),
      'cut',
    );
    assert.equal(over['Left undone'], 'writing 10 B to …/out.log');
    assert.equal(over['Loop'], undefined);
  });

  it('is one line for a screen reader', () => {
    assert.equal(
      laneLabel(laneOf(demo(), 'logger')),
      'logger, worker, daemon, killed with main: nothing kept it alive any more',
    );
    assert.equal(
      laneLabel(laneOf(demoLive(), 'minify')),
      'minify, worker, started by build, keeps the process alive, alive',
    );
  });

  it('is a word or two beside a label', () => {
    assert.equal(laneNote(laneOf(demo(), 'logger')), 'killed with main');
    assert.equal(laneNote(laneOf(demoLive(), 'late.js')), 'starting');
    assert.equal(laneNote(laneOf(demoLive(), 'build')), '');
  });

  it('at the exit line does not say that main ended when only the contact was lost', () => {
    assert.equal(exitText(ending('lost-contact', 1, 'contact was lost while it ran')), 'contact was lost while it ran');
    assert.match(exitText(ending('signal', 1, 'killed by SIGKILL')), /^main ended: killed by SIGKILL$/);
  });
});

describe('text of the program', () => {
  it('shows control characters instead of obeying them', () => {
    assert.equal(shown('a\u001b[31mb\u0007\u007f\n'), 'a␛[31mb␇␡␊');
  });

  it('shows what would reorder or hide text', () => {
    assert.equal(shown('x\u202egnp.exe'), 'x[U+202E]gnp.exe');
    assert.equal(shown('a\u200bb\u2066c\ufeff'), 'a[U+200B]b[U+2066]c[U+FEFF]');
    assert.equal(shown('\ud800'), '�');
  });

  it('leaves markup, other scripts and emoji as they are', () => {
    for (const text of ['<img src=x onerror=alert(1)>', 'مرحبا', '日本語', '👩‍👩‍👧']) assert.equal(shown(text), text);
  });

  it('cuts what is too long between characters, however long it is', () => {
    assert.equal(shown('abcdef', 4), 'abc…');
    assert.equal(shown('😀'.repeat(9), 4), '😀😀😀…');
    assert.equal([...shown('x'.repeat(10_000_000))].length, 120);
  });

  it('names a place by its file alone', () => {
    assert.equal(siteText({ file: 'C:\\work\\main.js', line: 3, column: 1 }), 'main.js:3');
    assert.equal(siteText({ file: 'file:///srv/a%20b/w.mjs?x#y', line: 3, column: 1 }), 'w.mjs:3');
    assert.equal(siteText({ file: 'data:text/javascript,1', line: 1, column: 1 }), 'data: URL:1');
  });

  it('tells lengths of time with as many digits as are of use', () => {
    assert.deepEqual([12, 1500, 45_600, 1_860_000, 75e6, 3_700e6].map(duration), [
      '12 µs',
      '1.50 ms',
      '45.6 ms',
      '1.86 s',
      '1 min 15 s',
      '1 h 1 min',
    ]);
  });
});

describe('the vocabulary', () => {
  it('gives each ending and each tick a shape of its own, so that colour is not the only sign', () => {
    const shapes = [...Object.values(ENDINGS), ...Object.values(MARKS)].map(({ shape }) => shape);
    assert.equal(new Set(shapes).size, shapes.length);
  });

  it('explains every sign in a sentence', () => {
    for (const { label, explanation } of [...Object.values(BARS), ...Object.values(MARKS), ...Object.values(ENDINGS)]) {
      assert.ok(label.length > 0 && /\.$/.test(explanation), `${label}: ${explanation}`);
    }
  });
});
