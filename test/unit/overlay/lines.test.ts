// What stands at the end of which line, and what the hover tells, for pictures of sessions.
import assert from 'node:assert/strict';
import { forHover } from '../../../src/common/untrusted';
import { noThreadActivity } from '../../../src/model/conclusions/activityPicture';
import { hoverText } from '../../../src/overlay/hover';
import { linesOf, threadsByScript } from '../../../src/overlay/lines';
import { LEVELS, counts, isTextShown, nextLevel } from '../../../src/overlay/level';
import { lineText, markOf, scriptText } from '../../../src/overlay/words';
import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import { demo, demoLive, demoWithFindings, ending, finding, snapshotOf, START, thread } from '../../webview/fixtures';
import { site } from '../../support/events';

const FILE = '/app/main.js';
const at = (snapshot: Snapshot, line: number, file = FILE) =>
  linesOf(snapshot).get(file)?.get(line) ?? assert.fail(`nothing at line ${line}`);
const told = (snapshot: Snapshot, line: number): [string | undefined, string] => {
  const facts = at(snapshot, line);
  return [markOf(facts), lineText(facts)];
};
/** Started by line 3. */
const started = (id: number, more: Partial<Parameters<typeof thread>[0]> = {}): ThreadPicture => ({
  ...thread({ id, start: id, ...more }),
  startSite: site(3),
});
const with_ = (...threads: ThreadPicture[]): Snapshot => snapshotOf([thread({ id: 0, start: 0 }), ...threads]);

/** A thousand threads of line 3 that ended long ago. */
const EARLIER = {
  key: 'sum',
  process: started(1).process,
  owner: null,
  label: 'worker.js',
  at: site(3),
  count: 1000,
  endings: { returned: 990, error: 10 },
  daemons: 0,
  first: START,
  last: START + 1,
  lives: { shortest: 1, longest: 1, total: 1000 },
  dropped: 0,
};

describe('the end of a line', () => {
  it('tells of one thread what it is, and then how it ended', () => {
    assert.deepEqual(told(with_(started(1)), 3), ['alive', 'live, keeps the process alive']);
    const done = started(1, { ended: ending('returned', 9, 'its work was done') });
    assert.deepEqual(told(with_(done), 3), [undefined, 'its work was done']);
  });

  it('counts several', () => {
    const daemon = { ...started(3), keepsAlive: [{ t: START, value: false }] };
    const cut = started(4, { ended: ending('main-exit', 9, 'killed with main') });
    const unknown = { ...started(5), keepsAlive: [] };
    const text = told(with_(started(1), started(2, { ended: ending('returned', 9, 'done') }), daemon, cut, unknown), 3);
    assert.deepEqual(text, ['killed', '3 live · 1 daemon · 1 ended · 1 killed']);
  });

  it('tells the error that ended a thread there, which is not also its owner’s', () => {
    const error = { t: START + 9, name: 'TypeError', message: 'rows is undefined', at: site(7) };
    const failed = { ...ending('error', 9, 'uncaught TypeError: rows is undefined'), at: site(7) };
    const main = { ...thread({ id: 0, start: 0, ended: failed }), error };
    const of = (...workers: ThreadPicture[]): [string | undefined, string] => told(snapshotOf([main, ...workers]), 7);
    const worker = { ...started(1, { ended: failed }), error };
    assert.deepEqual(of(worker), ['failed', 'failed here: TypeError: rows is undefined']);
    assert.deepEqual(of(), ['failed', 'failed here: TypeError: rows is undefined']);
    assert.equal(of(worker, { ...started(2, { ended: failed }), error })[1], '2 threads failed here');
  });

  it('counts a thread once that left several things undone there', () => {
    const undone = (what: 'file' | 'code') => ({ what, text: what, fate: 'lost' as const, at: site(7) });
    const cut = {
      ...started(1, { ended: ending('main-exit', 9, 'killed') }),
      unfinished: [undone('file'), undone('code')],
    };
    assert.equal(told(with_(cut), 7)[1], '1 thread was cut off here');
  });

  it('is as grave as what the end cost, whoever ended it', () => {
    const ends = (severity: 'error' | 'warning' | 'info'): ThreadPicture =>
      started(1, { ended: { ...ending('signal', 9, 'killed'), severity } });
    assert.equal(told(with_(ends('error')), 3)[0], 'cut-off');
    assert.equal(told(with_(ends('warning')), 3)[0], 'killed');
    assert.equal(told(with_(ends('info')), 3)[0], undefined, 'the person stopped it');
    const findings = [finding('unread-messages', { at: site(6), severity: 'warning' })];
    assert.equal(told({ ...with_(ends('info')), findings }, 6)[0], 'killed');
    const [grave] = [finding('unread-messages', { at: site(6), severity: 'error' })];
    assert.equal(told({ ...with_(ends('info')), findings: [grave] }, 6)[0], 'cut-off');
  });

  it('counts those too that ended long ago and are summed up', () => {
    const text = told({ ...with_(started(1)), earlier: [EARLIER] }, 3);
    assert.deepEqual(text, ['failed', '1 live · 990 ended · 10 failed']);
    assert.deepEqual(told({ ...with_(), earlier: [EARLIER] }, 3), ['failed', '990 ended · 10 failed']);
  });

  it('does not take for a daemon, or for ended, what is not known', () => {
    const lost = started(1, { ended: ending('lost-contact', 9, 'contact was lost') });
    assert.deepEqual(told(with_({ ...lost, state: 'lost-contact' }), 3), ['unknown', 'contact was lost']);
    assert.deepEqual(told(with_({ ...started(1), keepsAlive: [] }), 3), ['unknown', 'live']);
  });

  it('tells of unref(), ref(), terminate(), of a listener that undoes unref(), and of process.exit()', () => {
    const flips: ThreadPicture = {
      ...started(1),
      refs: [
        { t: START, value: true },
        { t: START + 1, value: false, at: site(5) },
        { t: START + 2, value: true, at: site(6) },
        { t: START + 3, value: true, at: site(7), by: 'listener' },
      ],
      terminateCalls: [{ t: START + 4, at: site(8) }],
    };
    const main = thread({ id: 0, start: 0 });
    const exit = { ...ending('exit-call', 9, 'process.exit() was called'), at: site(9) };
    const killed = started(2, { ended: ending('main-exit', 9, 'killed with main') });
    const snapshot = snapshotOf([{ ...main, ended: exit, state: 'ended' }, flips, killed]);
    assert.deepEqual(
      [5, 6, 7, 8, 9].map((line) => told(snapshot, line)[1]),
      [
        'a daemon from here on',
        'keeps the process alive from here on',
        'undoes unref(): its owner waits for it again',
        '1 thread terminated',
        'main ended here · it killed 1 thread',
      ],
    );
    assert.equal(told(snapshot, 9)[0], 'killed');
  });

  it('counts a thread once, however often the line was run on it', () => {
    const refs = [
      { t: START, value: true },
      ...[1, 2, 3].map((n) => ({ t: START + n, value: n % 2 === 0, at: site(5) })),
    ];
    assert.equal(at(with_({ ...started(1), refs }), 5).unrefd.length, 1);
  });

  it('says of a run of flips on both lines what was called there', () => {
    const run = { since: START + 2, count: 500, other: site(5) };
    const refs = [
      { t: START, value: true },
      { t: START + 900, value: true, at: site(7), run },
    ];
    const shown = with_({ ...started(1), refs });
    assert.deepEqual([at(shown, 5).unrefd.length, at(shown, 7).refd.length], [1, 1]);
  });

  it('tells of threads that wait there, once they have for a while, and of those that were ended in it', () => {
    const waiting = (id: number, since: number, more = {}): ThreadPicture => ({
      ...started(id, more),
      activity: { ...noThreadActivity(), blocked: { kind: 'atomics-wait', what: 'Atomics.wait', since, at: site(7) } },
    });
    const cut = waiting(3, START, { ended: { ...ending('main-exit', 9, 'killed with main'), fromOutside: true } });
    const snapshot = { ...with_(waiting(1, START), waiting(2, START + 1_999_000), cut), now: START + 2_000_000 };
    assert.deepEqual(told(snapshot, 7), ['blocked', '1 thread waits here · 1 thread was ended while waiting here']);
    assert.match(hoverText(at(snapshot, 7), snapshot), /\*\*Waits here\*\*/);
    const live = { ...with_(waiting(1, START)), now: START + 2_000_000 };
    assert.deepEqual(told(live, 7), ['blocked', '1 thread waits here']);
  });

  it('tells of threads that take messages there, and of those that are sent some', () => {
    const activity = {
      ...noThreadActivity(),
      listens: [site(4)],
      posts: [{ to: thread({ id: 0, start: 0 }).key, at: site(5) }],
    };
    const snapshot = with_({ ...started(1), activity });
    assert.equal(told(snapshot, 4)[1], '1 thread receives messages here');
    assert.deepEqual(told(snapshot, 5), [undefined, 'posts messages']);
    assert.equal(told(snapshot, 4)[0], undefined);
  });

  it('stays one line, and short, whatever a thread is called', () => {
    const error = started(1, { ended: ending('error', 9, `uncaught ${'x\n'.repeat(500)}`) });
    const [, text] = told(with_(error), 3);
    assert.ok([...text].length === 60 && !text.includes('\n'));
  });

  it('has what went wrong first, and then whole phrases as long as there is room', () => {
    const findings = [finding('cut-off-while-writing', { at: site(3) })];
    const cut = started(1, { ended: ending('main-exit', 9, 'killed with main') });
    assert.equal(told({ ...with_(cut), findings }, 3)[1], '⚠ Cut off while writing · killed with main');
    const long = started(1, { ended: ending('main-exit', 9, 'killed with main, because it was a daemon') });
    assert.equal(told({ ...with_(long), findings }, 3)[1], '⚠ Cut off while writing');
  });
});

describe('how much is shown', () => {
  const failed = started(1, { ended: ending('error', 9, 'uncaught Error') });
  const calm = { ...started(2, { ended: ending('returned', 9, 'its work was done') }), startSite: site(4) };
  const cut = { ...started(3, { ended: ending('main-exit', 9, 'killed with main') }), startSite: site(5) };
  const findings = [finding('cut-off-while-writing', { at: site(6) })];
  const snapshot = { ...with_(failed, calm, cut), findings };

  it('becomes less with each step, and then all again', () => {
    assert.deepEqual(LEVELS.map(nextLevel), ['line', 'problems', 'all']);
  });

  it('is all lines, the text of the line with the cursor, or what went wrong', () => {
    const lines = (is: (facts: ReturnType<typeof at>) => boolean): number[] =>
      [3, 4, 5, 6].filter((line) => is(at(snapshot, line)));
    assert.deepEqual(
      lines((facts) => isTextShown('all', facts, false)),
      [3, 4, 5, 6],
    );
    assert.ok(isTextShown('line', at(snapshot, 4), true) && !isTextShown('line', at(snapshot, 3), false));
    assert.deepEqual(
      lines((facts) => isTextShown('problems', facts, true)),
      [3, 6],
    );
    assert.deepEqual(
      lines((facts) => counts('line', facts)),
      [3, 4, 5, 6],
      'signs',
    );
    assert.deepEqual(
      lines((facts) => counts('problems', facts)),
      [3, 6],
    );
  });
});

describe('a line that started threads of a tool', () => {
  it('says nothing of them, and an exit does not count them among the killed', () => {
    const tool = started(1, { kind: 'tool', ended: ending('main-exit', 9, 'killed with main') });
    assert.equal(linesOf(with_(tool)).size, 0);
    const main = thread({ id: 0, start: 0, ended: ending('exit-call', 9, 'process.exit(0)', { at: site(8) }) });
    const killed = started(2, { ended: ending('main-exit', 9, 'killed with main') });
    assert.equal(at(snapshotOf([main, tool, killed]), 8).exits[0]!.killed, 1);
  });
});

describe('the hover over a line', () => {
  it('says which package started a thread that this line led to', () => {
    const by = { at: site(57, '/app/node_modules/piscina/dist/index.js'), library: '[piscina](x)' };
    const snapshot = with_({ ...started(1), startedBy: by });
    const text = hoverText(at(snapshot, 3), snapshot);
    assert.match(text, /started by \\\[piscina\\\]\\\(x\\\) at \[index\\\.js\\:57\]\(file:/);
  });

  it('tells of each thread with its lifeline, of the first of many', () => {
    const threads = Array.from({ length: 12 }, (_, i) => started(i + 1, { label: `w${i}` }));
    const snapshot = with_(...threads);
    const text = hoverText(at(snapshot, 3), snapshot);
    assert.equal(text.match(/data:image\/svg\+xml,/g)?.length, 8);
    assert.match(text, /… and 4 more/);
    assert.match(text, /\[w0\]\(command:threadLifelines\.showThread\?/);
  });

  it('has what a person can do to a thread, as long as it lives', () => {
    const done = started(3, { ended: ending('returned', 9, 'its work was done') });
    const paused = { ...started(2), refs: [{ t: START, value: false }], paused: { since: START } };
    const snapshot = with_(started(1), paused, done);
    const text = hoverText(at(snapshot, 3), snapshot);
    const hands = text.match(/command:threadLifelines\.(terminate|ref|unref|pause|continue)\w*/g);
    assert.deepEqual(
      hands?.map((one) => one.replace('command:threadLifelines.', '')),
      ['unrefThread', 'pauseThread', 'terminateThread', 'refThread', 'continueThread', 'terminateThread'],
    );
  });

  it('takes nothing of the program’s for markup', () => {
    const label = '[x](command:evil) <img src=x> **b** `c`';
    const snapshot = with_(started(1, { label }));
    const text = hoverText(at(snapshot, 3), snapshot);
    assert.ok(text.includes(forHover(label)));
    assert.doesNotMatch(text, /[^\\]\]\(command:evil|[^\\]<img|[^\\]\*\*b/);
  });

  it('names what went wrong, and links to the page of the rule', () => {
    const snapshot = demoWithFindings();
    const finding = snapshot.findings.find((one) => one.at)!;
    const text = hoverText(at(snapshot, finding.at!.line, finding.at!.file), snapshot);
    assert.ok(text.includes('command:threadLifelines.showRule?'));
  });
});

describe('the script of a worker', () => {
  it('is told with how many threads ran it and what became of them, of the latest run', () => {
    const file = '/app/worker.js';
    const cut = started(2, { ended: ending('main-exit', 9, 'killed with main') });
    const snapshot = with_({ ...started(1), file }, { ...cut, file }, { ...started(3), file: '/app/other.js' });
    assert.equal(scriptText(threadsByScript(snapshot).get(file)!), '2 started · 1 live · 1 killed');
    const sums = { ...EARLIER, file };
    const many = threadsByScript({ ...snapshot, earlier: [sums, { ...sums, file: '/app/gone.js' }] });
    assert.equal(scriptText(many.get(file)!), '1002 started · 1 live · 990 ended · 1 killed · 10 failed');
    assert.equal(scriptText(many.get('/app/gone.js')!), '1000 started · 990 ended · 10 failed');
    const again = { ...snapshot.processes[0]!, key: '9-9', run: snapshot.processes[0]!.run + 1 };
    assert.equal(threadsByScript({ ...snapshot, processes: [...snapshot.processes, again] }).size, 0);
  });
});

describe('the lines of a session', () => {
  it('are those of its latest run', () => {
    const both = demo();
    const [first] = both.processes;
    const again = { ...first!, key: '9-9', run: first!.run + 1 };
    assert.equal(linesOf({ ...both, processes: [first!, again] }).size, 0);
    assert.ok(linesOf(demoLive()).size > 0);
  });
});
