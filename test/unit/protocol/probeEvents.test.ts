import assert from 'node:assert/strict';
import { asLifecycleEvent, type LifecycleEvent } from '../../../src/protocol/probeEvents';
import { asRecordingHead } from '../../../src/transport/spool/recordingHead';

const WRITTEN = { p: '100-1000', tid: 0, q: 1, t: 1000 };
const START = { k: 'thread-start', ...WRITTEN, id: 1, at: { file: '/a.js', line: 1, column: 1 } };
const PROCESS = {
  ...{ k: 'process-start', ...WRITTEN, v: 2, pid: 100, ppid: 1, runtime: 'node', version: '24.0.0' },
  ...{ argv: ['node', 'a.js'], execArgv: [], cwd: '/', wall: 1 },
};
const BATCH = { k: 'activity', p: '100-1000', tid: 0, t: 1000, base: 0, n: 0, records: '' };

/** What no probe could have written. */
const IMPOSSIBLE: Record<string, object[]> = {
  'a time that is none, or long after the machine’s end': [NaN, Infinity, -1, 1e21, '1'].map((t) => ({ ...START, t })),
  'a base of times that is none': [-1, 1e16].map((base) => ({ ...BATCH, base })),
  'a number of a record that counts nothing': [-1, 0.5, 1e15].map((q) => ({ ...START, q })),
  'an id of a thread that is none': [-1, 0.5, 1e308, '1'].flatMap((id) => [
    { ...START, id },
    { ...START, tid: id },
  ]),
  'a thread that was there before its owner, or is its own': [
    { ...START, id: 1, tid: 1 },
    { ...START, id: 1, tid: 2 },
    { ...START, id: 0, tid: 0 },
  ],
  'a pid that is none': [0, -1, 1.5, 1e10].map((pid) => ({ ...PROCESS, pid })),
  'the start of a process of a version that is not known': [0, -1, 1.5, 99].map((v) => ({ ...PROCESS, v })),
  'a day that is none': [1e300, -1].map((wall) => ({ ...PROCESS, wall })),
  'a process key that is none': ['', 'abc', '__proto__', '1', '1-'].map((p) => ({ ...START, p })),
  'a place that is none': [-1, 0.5, 1e300].map((line) => ({ ...START, at: { ...START.at, line } })),
  'a count of lost records that is none': [-5, 1e308].map((count) => ({ k: 'records-lost', ...WRITTEN, count })),
  'a count of what keeps a loop turning that is none': [-1, 1e308].map((n) => ({
    ...{ k: 'resources', p: '100-1000', tid: 0, t: 1000, counts: { Timeout: n } },
  })),
  'more activity than a ring holds': [{ ...BATCH, records: 'A'.repeat(4e6) }],
};

const read = (value: unknown): LifecycleEvent | undefined => asLifecycleEvent(JSON.parse(JSON.stringify(value)));

describe('a line of a spool', () => {
  it('is read where a probe can have written it', () => {
    for (const line of [START, PROCESS, BATCH]) assert.deepEqual(read(line), line);
  });

  for (const [what, lines] of Object.entries(IMPOSSIBLE)) {
    it(`is none with ${what}`, () => {
      for (const line of lines) assert.equal(asLifecycleEvent(line), undefined, JSON.stringify(line).slice(0, 200));
    });
  }

  it('is read without what it does not know', () => {
    const deep: unknown = JSON.parse('['.repeat(1e4) + ']'.repeat(1e4));
    assert.deepEqual(asLifecycleEvent({ ...START, deep }), START);
    assert.deepEqual(
      asLifecycleEvent(JSON.parse(JSON.stringify(START).replace('{', '{"__proto__":{"name":"x"},'))),
      START,
    );
  });

  it('is read with the beginning of very long text, and of long lists', () => {
    const long = 'x'.repeat(1e5);
    const start = read({ ...START, name: long, at: { ...START.at, file: long, function: long } });
    assert.ok(start?.k === 'thread-start');
    assert.deepEqual([start.name, start.at?.file, start.at?.function], Array(3).fill('x'.repeat(4096)));
    const process = read({ ...PROCESS, argv: [long, ...Array<string>(1e5).fill('x')] });
    assert.ok(process?.k === 'process-start');
    assert.deepEqual([process.argv.length, process.argv[0]!.length], [65536, 4096]);
  });
});

describe('the head of a recording', () => {
  const head = { k: 'recording', v: 1, by: '0.1.0', title: 'x', wall: 1 };
  const reasonOf = (change: object): string | undefined => {
    const read = asRecordingHead({ ...head, ...change });
    return 'reason' in read ? read.reason : undefined;
  };

  it('has a version that counts from 1', () => {
    assert.equal(reasonOf({}), undefined);
    for (const v of [0, -1, 1.5, NaN, '1', null])
      assert.equal(reasonOf({ v }), 'its version cannot be read', String(v));
  });

  it('has a day that a calendar has', () => {
    for (const wall of [1e300, '2020', null])
      assert.equal(reasonOf({ wall }), 'its first line is damaged', String(wall));
  });
});
