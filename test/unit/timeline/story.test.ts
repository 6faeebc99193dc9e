import { shown } from '../../../src/common/untrusted';
import type { Snapshot, ThreadActivity } from '../../../src/protocol/picture';
import assert from 'node:assert/strict';
import { type Lane, runOf } from '../../../media/timeline/data/run';
import { ENDING_SHAPES, MARK_SHAPES } from '../../../media/timeline/paint/theme/shapes';
import { shortText } from '../../../media/timeline/stories/facts';
import { findingLabel, laneLabel, laneNote, poolLabel, poolNote } from '../../../media/timeline/stories/labels';
import { exitText } from '../../../media/timeline/stories/phrases';
import { markStory, poolStory, type Story, threadStory } from '../../../media/timeline/stories/story';
import { PYTHON } from '../../../src/model/runtimes/python/python';
import { runtimePicture } from '../../../src/model/runtimes/runtimes';
import { duration, siteText } from '../../../media/timeline/words/text';
import { BARS, ENDINGS, MARKS } from '../../../media/timeline/words/vocabulary';
import {
  at,
  demo,
  demoLive,
  demoWithFindings,
  ending,
  finding,
  flip,
  PROCESS,
  snapshotOf,
  START,
  thread,
} from '../../webview/fixtures';

function laneOf(snapshot: Snapshot, label: string): Lane {
  const lane = runOf(snapshot, undefined).lanes.find((l) => l.thread.label === label);
  assert.ok(lane);
  return lane;
}
const lines = ({ facts }: Story): [string, string][] => facts.map((fact) => [fact.label, shortText(fact)]);
const told = (snapshot: Snapshot, label: string): Record<string, string> =>
  Object.fromEntries(lines(threadStory(laneOf(snapshot, label), { origin: START, now: snapshot.now })));

describe('the story of a thread', () => {
  it('says once that it is a daemon where its runtime has the same word for it', () => {
    const [process] = demo().processes;
    const inPython = { ...demo(), processes: [{ ...process!, runtime: runtimePicture(PYTHON, '3.13.0') }] };
    assert.equal(told(inPython, 'logger')['Process'], 'Daemon: did not keep it alive');
  });

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
      blocked: { kind: 'atomics-wait', what: 'Atomics.wait', since: START },
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
    assert.equal(lives['Loop kept alive by'], '2 Timeout, 1 TCPServerWrap');
    const kept = ['an HTTP server on port 80 (main.js:4)', '2 timers'];
    const known = { ...activity, resources: { ...activity.resources!, kept } };
    const knows = told(snapshotOf([main, { ...thread({ id: 1, start: 1, label: 'busy' }), activity: known }]), 'busy');
    assert.equal(knows['Loop kept alive by'], 'an HTTP server on port 80 (main.js:4), 2 timers');
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
    assert.equal(over['Left undone'], 'writing 10 B to …/out.log: completed if it had begun');
    assert.equal(over['Loop'], undefined);
  });

  it('tells the fate of what was left undone, and none of a wait', () => {
    const unfinished = demoWithFindings().threads.find(({ label }) => label === 'logger')!.unfinished!;
    const cut = thread({ id: 1, start: 1, label: 'cut', ended: ending('main-exit', 9, 'killed with main') });
    const lines = unfinished.map((thing) => {
      const snapshot = snapshotOf([thread({ id: 0, start: 0 }), { ...cut, unfinished: [thing] }]);
      return told(snapshot, 'cut')['Left undone'];
    });
    assert.deepEqual(lines, [
      'writing 64.0 kB to …/2026-11-24.log: completed if it had begun',
      'writing 22 B to standard output: outcome unknown',
      '345 messages that it posted to its owner were not delivered: lost',
      '3 messages from its owner were not delivered: lost',
      'it was waiting in Atomics.wait (logger.js:31)',
    ]);
  });

  it('tells a listener that refs it again from a call of ref()', () => {
    const refs = [flip(1, true), flip(2, false, 20), { ...flip(3, true, 21), by: 'listener' as const }];
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 1, label: 'again', refs })]);
    const facts = told(snapshot, 'again');
    assert.equal(facts['Listener'], '0.003 s: ref’d again by a listener at main.js:21');
    assert.equal(facts['ref()'], undefined);
    const mark = {
      kind: 'ref' as const,
      x: 0,
      t: START + 3000,
      at: at(21),
      calls: 1,
      by: 'listener' as const,
      run: undefined,
    };
    const story = markStory(laneOf(snapshot, 'again'), mark, { origin: START, now: START });
    assert.equal(story.title, 'again: ref’d again by a listener');
    assert.deepEqual(lines(story), [['When', '0.003 s at main.js:21']]);
  });

  it('tells of a run of flips how many they were since when, and no call of each', () => {
    const run = { since: START + 2000, count: 20_000, other: at(20) };
    const refs = [flip(1, true), { ...flip(900, true, 21), run }];
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 1, label: 'busy', refs })]);
    const facts = told(snapshot, 'busy');
    assert.equal(facts['unref()'], 'again and again at main.js:20');
    assert.equal(facts['ref()'], '0.900 s at main.js:21');
    const mark = { kind: 'ref' as const, x: 90, t: START + 900_000, at: at(21), calls: 20_000, by: undefined };
    const story = markStory(
      laneOf(snapshot, 'busy'),
      { ...mark, run: { ...run, x: 0 } },
      { origin: START, now: START },
    );
    assert.deepEqual(lines(story), [
      ['Called', '0.900 s at main.js:21'],
      ['Here', 'the last of 20,000 calls since 0.002 s, too many to show each'],
    ]);
  });

  it('says from when on it is unknown whether its owner waited for it', () => {
    const refs = [flip(1, true), flip(2, false, 20), { t: START + 2000 }];
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 1, label: 'lost', refs })]);
    assert.match(JSON.stringify(told(snapshot, 'lost')), /unknown from 0\.002 s on: its owner ended before the probe/);
  });

  it('says for how long a thread has not turned its loop, and for how long it owes an answer', () => {
    const activity = {
      channels: [],
      broadcasts: [],
      writing: [],
      unresponsive: { since: START, t: START + 3e6 },
      asked: { since: START + 1e6 },
    } as unknown as ThreadActivity;
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), { ...thread({ id: 1, start: 1 }), activity }], {
      now: START + 3e6,
    });
    const facts = told(snapshot, 'worker 1');
    assert.equal(facts['Now'], 'unresponsive for 3.00 s: its event loop is busy, so it receives no messages');
    assert.equal(facts['Asked'], '2.00 s ago, not answered yet');
    assert.equal(laneNote(laneOf(snapshot, 'worker 1')), 'unresponsive');
  });

  it('tells its pool, and how much of it is at work', () => {
    const pool = {
      key: `${PROCESS}/1`,
      process: PROCESS,
      name: 'piscina',
      label: 'piscina',
      threads: ['a', 'b'],
      live: 2,
      busy: 1,
    };
    const worker = thread({ id: 1, start: 1, label: 'pooled', pool: pool.key });
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), worker], { pools: [pool] });
    assert.equal(told(snapshot, 'pooled')['Pool'], 'piscina, 2 of 2 threads live, 1 busy');
  });

  it('counts in a pool those that ended long ago too, and does not say when its first began, which is not known then', () => {
    const pool = {
      key: `${PROCESS}/1`,
      process: PROCESS,
      name: 'piscina',
      label: 'piscina',
      threads: [`${PROCESS}:1`],
      live: 1,
      earlier: 995,
    };
    const worker = thread({ id: 1, start: 1, label: 'pooled', pool: pool.key });
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), worker], { pools: [pool] });
    const of = { pool, lanes: [laneOf(snapshot, 'pooled')], findings: [] };
    assert.equal(poolNote(of), '1 of 996 live');
    assert.equal(poolLabel(of), 'piscina, pool of 996 threads, 1 live, 995 ended earlier');
    const story = poolStory(of, { origin: START, now: START });
    assert.equal(story.subtitle, 'pool of 996 threads');
    assert.deepEqual(lines(story), [['Threads', '1 live, 995 ended earlier']]);
    assert.equal(told(snapshot, 'pooled')['Pool'], 'piscina, 1 of 996 threads live');
  });

  it('tells its gravest findings, and how many more there are', () => {
    const thread1 = `${PROCESS}:1`;
    const whole = demoWithFindings();
    const snapshot = { ...whole, findings: [...whole.findings, finding('unref-undone', { thread: thread1 })] };
    const facts = told(snapshot, 'logger');
    assert.match(facts['Error']!, /^Cut off while writing\. “logger” was killed when main finished\. /);
    assert.match(facts['Warning']!, /^unref\(\) undone by a listener\. What was seen of unref-undone\./);
    assert.match(
      laneLabel(laneOf(snapshot, 'logger')),
      /, error: Cut off while writing; warning: unref\(\) undone by a listener$/,
    );
    const many = [finding('out-of-memory', { thread: thread1 }), ...snapshot.findings];
    const { now } = snapshot;
    const story = threadStory(laneOf({ ...snapshot, findings: many }, 'logger'), { origin: START, now });
    assert.ok(lines(story).some(([, text]) => text === 'and 1 more finding; see the exit report'));
    assert.equal(findingLabel(laneOf(snapshot, 'stuck').findings), 'error: terminate() right after postMessage()');
    const note = finding('unresponsive-worker', { thread: `${PROCESS}:6`, severity: 'info' });
    const noted = { ...snapshot, findings: [...snapshot.findings, note] };
    assert.match(told(noted, 'stuck')['Error']!, /^terminate\(\) right after postMessage\(\)\. /);
    assert.match(told(noted, 'stuck')['Note']!, /^Unresponsive worker\. What was seen of unresponsive-worker\./);
    assert.equal(
      findingLabel(laneOf(noted, 'stuck').findings),
      'error: terminate() right after postMessage(); note: Unresponsive worker',
    );
    assert.equal(told(snapshot, 'build')['Error'], undefined);
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
    const shapes = [...Object.values(ENDING_SHAPES), ...Object.values(MARK_SHAPES)].map(({ path }) => path);
    assert.equal(new Set(shapes).size, shapes.length);
  });

  it('explains every sign in a sentence', () => {
    for (const { label, explanation } of [...Object.values(BARS), ...Object.values(MARKS), ...Object.values(ENDINGS)]) {
      assert.ok(label.length > 0 && /\.$/.test(explanation), `${label}: ${explanation}`);
    }
  });
});
