// What is said of a process without workers: why it is alive, how its pool was used, what it had loaded.
import assert from 'node:assert/strict';
import { exitReport } from '../../../src/model/report/report';
import { quietSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { asLifecycleEvent, type LifecycleEvent, type Thing } from '../../../src/protocol/probeEvents';
import { Story } from '../../support/events';

const SECOND = 1e6;
const at = (line: number) => ({ file: '/app/main.js', line, column: 1 });

function told(events: LifecycleEvent[], now = 10 * SECOND) {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return exitReport(snapshotOf(model, { title: 'test', now, damaged: 0, complete: true, notices: [] }));
}
/** Its text in one line. */
const textOf = (events: LifecycleEvent[]): string => reportText(told(events)).replace(/\s+/g, ' ');
const killed = (t: number, signal = 'SIGINT'): LifecycleEvent => ({
  k: 'process-end',
  p: '100-1000',
  t,
  how: 'exit-status',
  signal,
});
const begun = () => new Story().begin(1000);

describe('a process without workers', () => {
  const things: Thing[] = [
    { name: 'TCPServerWrap', what: 'http-server', port: 80, at: at(4) },
    { name: 'Timeout', what: 'timer', count: 2, at: at(5) },
    { name: 'ProcessWrap', pid: 7, command: '/usr/bin/node /app/child.js', at: at(6) },
  ];
  const counts = { TCPServerWrap: 2, Timeout: 2, ProcessWrap: 1, UDPWrap: 1 };

  it('says what kept it alive when a signal ended it, each thing once', () => {
    const { events } = begun().resources(0, 2 * SECOND, counts, [], things);
    assert.ok(
      textOf([...events, killed(3 * SECOND)]).includes(
        'It was still alive because of an HTTP server on port 80 (main.js:4); 2 timers (main.js:5); ' +
          'child process 7 (node /app/child.js) (main.js:6); a server; a UDP socket.',
      ),
    );
  });

  it('says how long ago that was seen, where it may not be so any more', () => {
    const { events } = begun().resources(0, 2 * SECOND, { Timeout: 1 });
    assert.ok(textOf([...events, killed(9 * SECOND)]).includes('7.00 s before that, it was alive because of a timer.'));
  });

  it('says nothing of it when it ended by itself, or crashed', () => {
    const { events } = begun().resources(0, 2 * SECOND, counts, [], things);
    const ended = new Story().begin(1000).resources(0, 2 * SECOND, counts, [], things);
    ended.tell(0, 3 * SECOND, 'exiting', { cause: 'exit-call', code: 0 }).tell(0, 3 * SECOND, 'exited', { code: 0 });
    for (const all of [ended.events, [...events, killed(3 * SECOND, 'SIGSEGV')]])
      assert.ok(!textOf(all).includes('alive because of'), textOf(all));
  });

  it('does not claim that main is done where only native code may be at work', () => {
    const { events } = begun().resources(0, 2 * SECOND, {});
    const [process] = told(events).processes;
    assert.deepEqual([process!.alive?.waitingSince, process!.alive?.holders], [undefined, []]);
  });

  it('is told as ever by things that are not known yet, and by none that no probe can have written', () => {
    const event = { k: 'resources', p: '100-1000', tid: 0, t: 5, counts: { New: 1 } };
    const news = { ...event, things: [{ name: 'New', what: 'newer-thing', more: 1 }] };
    assert.deepEqual(asLifecycleEvent(news), { ...event, things: [{ name: 'New', what: 'newer-thing' }] });
    for (const wrong of [{ name: 1 }, { name: 'New', pid: -1 }, { name: 'New', at: 'there' }, 5])
      assert.equal(asLifecycleEvent({ ...event, things: [wrong] }), undefined);
    const many = { ...event, things: Array.from({ length: 1000 }, () => ({ name: 'New' })) };
    assert.equal((asLifecycleEvent(many) as { things: unknown[] }).things.length, 256);
  });
});

describe('child processes', () => {
  const children: Thing[] = [
    { name: 'ProcessWrap', pid: 7, command: 'sleep 60', at: at(6) },
    { name: 'ProcessWrap', pid: 8, command: 'sleep 1', at: at(7) },
  ];
  const ended = (...more: LifecycleEvent[]): string =>
    textOf([
      ...begun()
        .tell(0, 2 * SECOND, 'children-left', { children })
        .tell(0, 2 * SECOND, 'exited', { code: 0 }).events,
      { k: 'process-end', p: '100-1000', t: 2.1 * SECOND, how: 'exit-status', code: 0 },
      ...more,
    ]);

  it('that were still running when their process had ended are named', () => {
    const text = ended({ k: 'outlived', p: '100-1000', t: 2.1 * SECOND, pids: [7] });
    assert.ok(text.includes('what it had started was still running: child process 7 (sleep 60) (main.js:6).'), text);
    assert.ok(!text.includes('process 8'));
  });

  it('are not named where nobody saw them run', () => assert.ok(!ended().includes('still running:')));
});

describe('what main wrote to its output', () => {
  const ended = (unsent: number | undefined, cause: 'exit-call' | 'returned'): string => {
    const story = begun()
      .tell(0, 2 * SECOND, 'exiting', { cause, code: 0 })
      .tell(0, 2 * SECOND, 'exited', { code: 0, ...(unsent === undefined ? {} : { unsent }) });
    return textOf([...story.events, { k: 'process-end', p: '100-1000', t: 2.1 * SECOND, how: 'exit-status', code: 0 }]);
  };

  it('is told to be lost where nobody had taken it', () => {
    const text = ended(343_580, 'exit-call');
    assert.match(text, /Whoever reads its output had not taken all of it by then: up to 343\.6 kB are lost\./);
    assert.match(text, /process\.exit\(\) does not wait for that\./);
    assert.doesNotMatch(ended(343_580, 'returned'), /does not wait/);
  });

  it('is not mentioned where all was taken', () => {
    assert.doesNotMatch(ended(undefined, 'exit-call'), /output/);
    assert.doesNotMatch(ended(0, 'exit-call'), /output/);
  });
});

describe('the pool of the runtime', () => {
  const loaded = (...looks: [t: number, busy: number][]): LifecycleEvent[] => [
    ...begun()
      .tell(0, 9 * SECOND, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 9 * SECOND, 'exited', { code: 0 }).events,
    ...looks.map(([t, busy]): LifecycleEvent => ({ k: 'system-threads', p: '100-1000', t, pool: 4, busy })),
  ];

  it('is told to have been full from one look to the next, as a fact and no finding', () => {
    const report = told(loaded([1e6, 4], [1.25e6, 4], [1.9e6, 4], [2.1e6, 2], [3e6, 4], [3.1e6, 4], [3.3e6, 0]));
    const { fullPool, findings } = report.processes[0]!;
    assert.deepEqual(fullPool, { threads: 4, time: 1e6, from: 999_000, to: 1_899_000 });
    assert.deepEqual(findings, []);
    assert.match(quietSummary(report)!, /all 4 threads of Node’s own pool busy for 1\.00 s/);
    assert.match(reportText(report).replace(/\s+/g, ' '), /All 4 threads of Node’s own pool .* were busy for 1\.00 s/);
  });

  it('is told with the processor time of the threads that the program does not see, and with that of its own', () => {
    const look = { k: 'system-threads', p: '100-1000', pool: 4, busy: 1 } as const;
    const [process] = told([
      ...loaded(),
      { ...look, t: 2 * SECOND, hidden: 10, hiddenMs: 250, ids: [0], ms: [120] },
      { ...look, t: 3 * SECOND, hidden: 9, hiddenMs: 300, ids: [0], ms: [40] },
    ]).processes;
    assert.deepEqual(process!.hidden, { label: 'native threads', threads: 9, pool: 4, time: 300_000 });
    assert.equal(process!.threads[0]!.processorTime, 120_000, 'it never becomes less');
    const later = told([...loaded(), { ...look, t: 2 * SECOND, hidden: 10, hiddenMs: 250 }, { ...look, t: 3 * SECOND }])
      .processes[0]!.hidden;
    assert.deepEqual([later?.threads, later?.time], [10, 250_000], 'as last seen, where it is not told any more');
  });

  it('is not mentioned where it was not full, or for so short that nobody cares, or between looks far apart', () => {
    for (const looks of [
      loaded([1e6, 3], [2e6, 3]),
      loaded([1e6, 4], [1.2e6, 4], [1.4e6, 0]),
      loaded([1e6, 4], [8e6, 4]),
    ])
      assert.equal(told(looks).processes[0]!.fullPool, undefined);
  });
});

describe('a crash', () => {
  it('names the native modules that were loaded, and says nothing where none was seen', () => {
    const files = ['/app/node_modules/@a/b/build/x.node', '/app/native/y.node'];
    const { events } = begun();
    const [found] = told([
      ...events,
      { k: 'native-modules', p: '100-1000', t: 5000, files },
      killed(3 * SECOND, 'SIGSEGV'),
    ]).processes[0]!.findings;
    assert.match(found!.text, /Native modules that it had loaded: @a\/b \(x\.node\), native\/y\.node\./);
    assert.ok(
      !told([...events, killed(3 * SECOND, 'SIGSEGV')]).processes[0]!.findings[0]!.text.includes('Native modules'),
    );
  });
});
