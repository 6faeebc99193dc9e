import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { allAnnounced, newsSince } from '../../../media/timeline/stories/announce';
import { demo, demoWithFindings, ending, finding, PROCESS, snapshotOf, thread } from '../../webview/fixtures';

const run = (snapshot: Snapshot) => runOf(snapshot, undefined);
const workers = (count: number, more: (i: number) => Partial<ThreadPicture> = () => ({})): ThreadPicture[] =>
  Array.from({ length: count }, (_, i) => thread({ id: i + 1, start: 10 + i, label: `w${i + 1}`, ...more(i) }));
const main = thread({ id: 0, start: 0 });
const news = (before: Snapshot, after: Snapshot): string => newsSince(allAnnounced(run(before)), run(after));

describe('the news for those who listen', () => {
  it('are none while nothing is born, dies or is found', () => {
    assert.equal(news(demo(), demo()), '');
    assert.equal(news(snapshotOf([main, ...workers(3)]), snapshotOf([main, ...workers(3)], { revision: 2 })), '');
  });

  it('count births and deaths, and name the few', () => {
    const ended = ending('main-exit', 500, 'killed with main');
    const logger = thread({ id: 9, start: 1, label: 'logger' });
    const before = snapshotOf([main, logger]);
    assert.equal(
      news(before, snapshotOf([main, { ...logger, ended }, ...workers(3)])),
      '3 threads started, 1 ended: logger killed with main',
    );
    assert.equal(news(before, snapshotOf([main, logger, ...workers(1)])), '1 thread started: w1');
    assert.equal(news(before, snapshotOf([main, { ...logger, ended }])), '1 thread ended: logger killed with main');
  });

  it('tell many deaths by what ended them, whatever their number', () => {
    const died = workers(5000, (i) => ({
      ended: i % 2 ? ending('returned', 90, 'its work was done') : ending('terminate', 90, 'terminate() was called'),
    }));
    assert.equal(
      news(snapshotOf([main]), snapshotOf([main, ...died])),
      '5,000 threads started, 5,000 ended: 2,500 terminated, 2,500 returned',
    );
  });

  it('begin with what is gravest, and count findings past the third', () => {
    const after = demoWithFindings();
    assert.equal(
      news({ ...after, findings: [] }, after),
      'error: terminate() right after postMessage(). error: Cut off while writing. error: Messages nobody read',
    );
    const more = [...after.findings, finding('out-of-memory', { thread: `${PROCESS}:3` })];
    assert.match(
      news({ ...after, findings: [] }, { ...after, findings: more }),
      /^error: terminate\(\) right after postMessage\(\)\. error: Cut off while writing\. error: Messages nobody read\. 1 more finding$/,
    );
  });

  it('end with notes, wherever they stand', () => {
    const after = demoWithFindings();
    const note = finding('unresponsive-worker', { thread: `${PROCESS}:6`, severity: 'info' });
    const findings = [note, ...after.findings.filter(({ rule }) => rule !== 'terminate-after-post')];
    assert.equal(
      news({ ...after, findings: [] }, { ...after, findings }),
      'error: Cut off while writing. error: Messages nobody read. note: Unresponsive worker',
    );
  });

  it('tell main’s end once, as that of the process', () => {
    const { processes, threads, ...rest } = demo();
    const running = processes.map(({ exit: _, ...process }) => ({ ...process, over: false }));
    const before = { ...rest, complete: false, processes: running, threads: threads.map(({ ended: _, ...t }) => t) };
    assert.match(
      news(before, demo()),
      /^main ended: nothing kept it alive any more\. 7 threads ended: 2 killed with main/,
    );
  });

  it('never let a name of the program’s hide or flood them', () => {
    const name = `\u202e${'x'.repeat(10_000)}`;
    const text = news(snapshotOf([main]), snapshotOf([main, thread({ id: 1, start: 5, label: name })]));
    assert.ok(text.length < 120 && text.includes('[U+202E]'), text);
  });
});
