// Threads that ended long ago are summed up: nothing that is counted gets lost by it, and nothing brings them back.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { Condenser } from '../../../src/model/condense';
import { IdRanges } from '../../../src/model/facts/earlier';
import { emptyModel, fold, noChanges, type Model } from '../../../src/model/facts/facts';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { failureCount } from '../../../src/model/report/failures';
import { exitReport } from '../../../src/model/report/report';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { reportText } from '../../../src/model/report/text';
import { TrackLog } from '../../../src/model/trackLog';
import { Tracks } from '../../../src/tracks/tracks';
import { type ActivityRecord, Story, site } from '../../support/events';

const SECOND = 1_000_000;
const END = 1000 * SECOND;
const around = { title: 'test', now: END, damaged: 0, complete: true, notices: [] };

/** A short life, of a service that starts thread after thread. */
interface Life {
  /** Started by the thread before it, if that still lives, or by main. */
  nested: boolean;
  line: number;
  unrefs: boolean;
  /** Messages that it is posted, and takes. */
  posts: number;
  takes: number;
  writes: boolean;
  /** A listener hears of its error. */
  heard: boolean;
  ending: 'returns' | 'exits' | 'throws' | 'terminated' | 'lives' | 'out of memory';
  /** Until the next one starts, in µs. */
  pause: number;
  /** From its start to its end, in µs. */
  lasts: number;
}

const life: fc.Arbitrary<Life> = fc.record({
  nested: fc.boolean(),
  line: fc.nat(2),
  unrefs: fc.boolean(),
  posts: fc.nat(3),
  takes: fc.nat(3),
  writes: fc.boolean(),
  heard: fc.boolean(),
  ending: fc.constantFrom('returns', 'exits', 'throws', 'terminated', 'returns', 'lives', 'out of memory'),
  pause: fc.constantFrom(300, 10_000, 100_000, 8 * SECOND),
  lasts: fc.constantFrom(500, 20_000, 150_000, 9 * SECOND),
});
const service = fc.array(life, { minLength: 1, maxLength: 120 }).map(tell);

function tell(lives: Life[]): LifecycleEvent[] {
  const story = new Story().begin(SECOND);
  let t = 2 * SECOND;
  const ends = [Infinity];
  lives.forEach((one, i) => {
    const id = i + 1;
    const owner = one.nested && ends[i]! > t + 1000 ? i : 0;
    const end = one.ending === 'lives' ? Infinity : t + one.lasts;
    const isCut = ends[owner]! <= end; // by the end of its owner
    ends.push(Math.min(end, ends[owner]!));
    tellLife(story, id, owner, isCut ? { ...one, ending: 'lives' } : one, t);
    t += one.pause;
  });
  const last = t + 60 * SECOND;
  story.tell(0, last, 'exiting', { cause: 'exit-call', code: 0 }).tell(0, last + 10, 'exited', { code: 0 });
  story.end(last + 20, 'exit-status', { code: 0 });
  return story.events.sort((a, b) => a.t - b.t);
}

function tellLife(story: Story, id: number, owner: number, one: Life, t: number): void {
  const port = portOfWorker(id);
  story.tell(owner, t, 'thread-start', { id, file: '/app/worker.js', at: site(10 + one.line) });
  story.tell(id, t + 10, 'thread-begin', {}).tell(owner, t + 20, 'thread-online', { id });
  if (one.unrefs) story.tell(owner, t + 30, 'thread-unref', { id, at: site(20) });
  for (let n = 1; n <= one.posts; n++) story.activity(owner, t + 40 + n, [['post', t + 40 + n, port, 0, n]]);
  for (let n = 1; n <= Math.min(one.posts, one.takes); n++)
    story.activity(id, t + 50 + n, [['receive', t + 50 + n, PARENT_PORT, 0, n]]);
  if (one.writes) story.activity(id, t + 60, [...Story.opened(t + 59, 8, 21, '/app/out'), ['write', t + 60, 8, 9, 1]]);
  const causes = { returns: 'returned', exits: 'exit-call', throws: 'error' } as const;
  if (one.ending === 'lives') return;
  const end = t + one.lasts;
  if (one.ending === 'terminated') story.tell(owner, end - 100, 'terminate-call', { id, at: site(30) });
  else if (one.ending !== 'out of memory') {
    if (one.ending === 'throws') story.tell(id, end - 100, 'thread-error', { id, name: 'Error', message: 'thrown' });
    if (one.ending === 'throws' && one.heard)
      story.tell(owner, end - 20, 'thread-error', { id, name: 'Error', message: 'thrown', heard: true });
    story
      .tell(id, end - 50, 'exiting', { cause: causes[one.ending], code: 0 })
      .tell(id, end - 40, 'exited', { code: 0 });
  }
  const memory = one.ending === 'out of memory' ? ({ outOfMemory: true } as const) : {};
  story.tell(owner, end, 'thread-exit', { id, code: 0, ...memory });
}

/** @param kept undefined: all are */
function modelOf(events: LifecycleEvent[], kept?: number): Model {
  const model = emptyModel();
  const condenser = kept === undefined ? undefined : new Condenser(model, kept, 1);
  for (const event of events) {
    const changes = noChanges();
    fold(model, event, changes);
    condenser?.run(event.t, changes);
  }
  condenser?.finish(noChanges());
  return model;
}

function add(sums: Record<string, number>, what: string, count = 1): void {
  sums[what] = (sums[what] ?? 0) + count;
}

/** All that is counted, of threads that are kept and of those that are not. */
function sumsOf(snapshot: Snapshot): Record<string, number> {
  const { threads, earlier = [], findings, processes } = snapshot;
  const sums: Record<string, number> = { lost: processes[0]!.lost };
  // Who is summed up before its owner fails by its error cannot be told from one whose error went no further.
  if (!findings.some(({ rule }) => rule === 'unhandled-worker-error')) sums['failures'] = failureCount(snapshot);
  for (const { ended, keepsAlive, activity } of threads.filter(({ kind }) => kind === 'worker')) {
    add(sums, 'threads');
    add(sums, `ended ${ended?.by}`);
    if (ended && keepsAlive.at(-1)?.value === false) add(sums, 'daemons');
    add(sums, 'dropped', activity?.dropped ?? 0);
  }
  for (const { count, endings, daemons, dropped } of earlier) {
    add(sums, 'threads', count);
    for (const [by, ended] of Object.entries(endings)) add(sums, `ended ${by}`, ended);
    if (daemons > 0) add(sums, 'daemons', daemons);
    add(sums, 'dropped', dropped);
  }
  for (const { rule, count } of findings) add(sums, rule, count);
  return sums;
}

/** Threads that one line starts one after the other, each gone before the next; main goes on. */
function manyThreads(count: number, every = 1000): LifecycleEvent[] {
  const story = new Story().begin(1000);
  for (let id = 1; id <= count; id++) {
    const t = 1000 + id * every;
    story.tell(0, t, 'thread-start', { id, file: '/app/worker.js', at: site(12) });
    story.tell(id, t + 100, 'thread-begin', {});
    story.tell(id, t + 200, 'exiting', { cause: 'returned', code: 0 }).tell(id, t + 210, 'exited', { code: 0 });
    story.tell(0, t + 300, 'thread-exit', { id, code: 0 });
  }
  return story.events;
}

/** How many held the process from when to when. */
function heldBy({ holds }: Snapshot['processes'][number]): object[] {
  const spans: { from: number; to: number | undefined; count: number }[] = [];
  for (const { from, to, count } of holds) {
    const last = spans.at(-1);
    if (last?.to === from && last.count === count) last.to = to;
    else spans.push({ from, to, count });
  }
  return spans;
}

const workersIn = ({ threads }: Snapshot): number => threads.filter(({ kind }) => kind === 'worker').length;

describe('threads that ended long ago', () => {
  it('are counted as those that are kept: endings, daemons, lost records and findings', () => {
    fc.assert(
      fc.property(service, fc.nat(20), (events, kept) => {
        const whole = snapshotOf(modelOf(events), around);
        const condensed = snapshotOf(modelOf(events, kept), around);
        assert.deepEqual(sumsOf(condensed), sumsOf(whole));
        const ended = whole.threads.filter(({ ended }) => ended && !['main-exit', 'signal'].includes(ended.by));
        assert.ok(workersIn(condensed) <= kept + whole.threads.length - ended.length, 'no more are kept than is said');
      }),
      { numRuns: 150 },
    );
  });

  it('leave the process as it was: its end, who kept it alive last, what holds it', () => {
    fc.assert(
      fc.property(service, fc.nat(20), (events, kept) => {
        const whole = snapshotOf(modelOf(events), around).processes[0]!;
        const condensed = snapshotOf(modelOf(events, kept), around).processes[0]!;
        assert.deepEqual({ ...condensed, holds: [] }, { ...whole, holds: [] });
        assert.deepEqual(heldBy(condensed), heldBy(whole));
      }),
      { numRuns: 50 },
    );
  });

  it('are shown by deltas as by the whole', () => {
    fc.assert(
      fc.property(service, fc.integer({ min: 1, max: 50 }), (events, step) => {
        const model = emptyModel();
        const condenser = new Condenser(model, 3, 1);
        let shown: Snapshot = snapshotOf(model, around);
        for (let i = 0; i < events.length; i += step) {
          const changes = noChanges();
          for (const event of events.slice(i, i + step)) fold(model, event, changes);
          condenser.run(events[Math.min(i + step, events.length) - 1]!.t, changes);
          const { pools, findings } = verdicts(model, END);
          shown = applyDelta(shown, { ...deltaOf(model, changes, shown.revision, around), pools, findings })!;
        }
        const sorted = (snapshot: Snapshot): Snapshot => ({
          ...snapshot,
          threads: [...snapshot.threads].sort((a, b) => a.id - b.id),
        });
        assert.deepEqual(sorted(shown), sorted(snapshotOf(model, around)));
      }),
      { numRuns: 50 },
    );
  });

  it('do not come back by what is told late of them, nor is that taken for a loss', () => {
    const events = manyThreads(20);
    const model = modelOf(events, 5);
    const before = snapshotOf(model, around);
    assert.equal(workersIn(before), 5);
    const late: LifecycleEvent[] = [
      ...events, // each once more
      { k: 'thread-named', p: '100-1000', tid: 2, t: END, name: 'late' },
      { k: 'pause', p: '100-1000', tid: 2, t: END },
      { k: 'resources', p: '100-1000', tid: 3, t: END, counts: {} },
    ];
    for (const event of late) fold(model, event);
    const story = new Story();
    story.activity(0, END, [
      ['loop', END, 2, 500, 1000],
      ['heap', END, 3, 4000, 40_000],
      ['post', END, portOfWorker(4), 0, 1],
    ]);
    story.activity(2, END, [['receive', END, PARENT_PORT, 0, 1]]);
    for (const event of story.events) fold(model, event);
    const after = snapshotOf(model, around);
    assert.deepEqual(
      after.threads.map(({ key }) => key),
      before.threads.map(({ key }) => key),
    );
    assert.deepEqual(after.earlier, before.earlier);
    assert.equal(after.processes[0]!.lost, 0);
  });

  it('of which records are missing are told to have lost them', () => {
    const events = manyThreads(20).filter((event) => !('q' in event && event.tid === 3 && event.q === 1));
    assert.equal(snapshotOf(modelOf(events), around).processes[0]!.lost, 1);
    assert.equal(snapshotOf(modelOf(events, 5), around).processes[0]!.lost, 1);
  });

  it('are summed up with what they started, once that has ended too', () => {
    const story = new Story().begin(1000);
    story.tell(0, 2000, 'thread-start', { id: 1, file: '/app/outer.js', at: site(1) });
    story.tell(1, 3000, 'thread-start', { id: 2, file: '/app/inner.js', at: site(2) });
    story.tell(1, 4000, 'thread-start', { id: 3, file: '/app/inner.js', at: site(2) });
    story.tell(2, 5000, 'exiting', { cause: 'returned', code: 0 }).tell(2, 5001, 'exited', { code: 0 });
    const model = modelOf(story.events, 0);
    const shown = (): object[] =>
      snapshotOf(model, around).earlier!.map(({ label, owner, count }) => ({ label, owner, count }));
    assert.deepEqual(shown(), [{ label: 'inner.js', owner: '100-1000:1', count: 1 }], 'its owner lives');
    story.tell(1, 6000, 'exiting', { cause: 'returned', code: 0 }).tell(1, 6001, 'exited', { code: 0 });
    const again = modelOf(story.events, 0);
    assert.deepEqual(
      snapshotOf(again, around).earlier!.map(({ label, owner, count }) => ({ label, owner, count })),
      [
        { label: 'outer.js', owner: '100-1000:0', count: 1 },
        { label: 'inner.js', owner: '100-1000:0', count: 2 },
      ],
    );
  });

  it('have an error that ended their owners too in one finding, whichever of them are kept', () => {
    const story = new Story().begin(SECOND);
    story.tell(0, 2 * SECOND, 'thread-start', { id: 1, at: site(1) }).tell(1, 2.1 * SECOND, 'thread-begin', {});
    story.tell(1, 2.2 * SECOND, 'thread-start', { id: 2, at: site(2) }).tell(2, 2.3 * SECOND, 'thread-begin', {});
    const fails = (id: number, owner: number, t: number): void => {
      story.tell(id, t, 'thread-error', { id, name: 'Error', message: 'thrown' });
      story.tell(id, t + 10, 'exiting', { cause: 'error', code: 1 }).tell(id, t + 20, 'exited', { code: 1 });
      if (id > 0) story.tell(owner, t + 30, 'thread-exit', { id, code: 1 });
    };
    fails(2, 1, 3 * SECOND);
    fails(1, 0, 3.001 * SECOND);
    fails(0, 0, 3.002 * SECOND);
    story.end(4 * SECOND, 'exit-status', { code: 1 });
    for (const kept of [undefined, 2, 1, 0]) {
      const found = snapshotOf(modelOf(story.events, kept), around).findings.map(({ rule, count = 1 }) => [
        rule,
        count,
      ]);
      assert.deepEqual(found, [['unhandled-worker-error', 1]], `${kept} kept`);
    }
  });

  it('count as gravely as the gravest of them, whichever was summed up first', () => {
    const story = new Story().begin(SECOND);
    const owner = (id: number, t: number): void => {
      story.tell(0, t, 'thread-start', { id, file: '/app/owner.js', at: site(1) }).tell(id, t + 10, 'thread-begin', {});
      story.tell(id, t + 100, 'thread-start', { id: id + 1, file: '/app/writer.js', at: site(2) });
      story.tell(id + 1, t + 200, 'thread-begin', {});
      story.activity(id + 1, t + 400, [
        ...Story.opened(t + 300, 8, 21, '/app/out'),
        ['write', t + 310, 8, 9, 1],
        ...(id === 1 ? ([['written', t + 320, 8, 0, 1]] satisfies ActivityRecord[]) : []),
      ]);
      story.tell(id, t + 500, 'exiting', { cause: 'returned', code: 0 }).tell(id, t + 510, 'exited', { code: 0 });
      story.tell(0, t + 600, 'thread-exit', { id, code: 0 });
    };
    owner(1, 2 * SECOND);
    owner(3, 20 * SECOND);
    story.tell(0, 40 * SECOND, 'exiting', { cause: 'returned', code: 0 });
    const found = (kept?: number): object[] =>
      snapshotOf(modelOf(story.events, kept), around).findings.map(({ rule, severity, count }) => ({
        rule,
        severity,
        count: count ?? 1,
      }));
    assert.deepEqual(found().length, 2, 'each of its own, where all are kept');
    assert.deepEqual(found(0), [{ rule: 'cut-off-while-writing', severity: 'error', count: 2 }]);
  });

  it('are in no conclusion that was drawn of all while they were kept', () => {
    const story = new Story().begin(SECOND);
    for (const id of [1, 2]) {
      story.tell(0, 2 * SECOND + id, 'thread-start', { id, file: '/app/worker.js', at: site(1) });
      story.tell(id, 2 * SECOND + 10 + id, 'port', { port: 7, broadcast: 'news' });
    }
    for (const id of [1, 2])
      story.activity(id, 3 * SECOND + id, [
        ['born', 2 * SECOND + 20, 7],
        ['post', 3 * SECOND, 7, 0, 1],
      ]);
    story.tell(1, 4 * SECOND, 'exiting', { cause: 'returned', code: 0 }).tell(1, 4 * SECOND + 1, 'exited', { code: 0 });
    const looked = emptyModel();
    for (const event of story.events) fold(looked, event);
    const before = snapshotOf(looked, around);
    new Condenser(looked, 0, 1).finish(noChanges());
    const after = snapshotOf(looked, around);
    assert.deepEqual(after.threads, snapshotOf(modelOf(story.events, 0), around).threads);
    assert.notDeepEqual(after.threads.at(-1)!.activity, before.threads.at(-1)!.activity, 'it does count here');
  });

  it('are looked at no sooner than all is told of them', () => {
    const model = emptyModel();
    const events = manyThreads(20);
    for (const event of events) fold(model, event);
    const condenser = new Condenser(model, 0, 1);
    condenser.run(events.at(-1)!.t, noChanges());
    assert.equal(workersIn(snapshotOf(model, around)), 20);
  });

  it('leave nothing behind that grows with them', () => {
    const sizes = [1000, 4000].map((count) => {
      const model = emptyModel(true);
      const log = new TrackLog(model);
      const tracks = new Tracks(1e9);
      const condenser = new Condenser(model, 50, 50);
      let changes = noChanges();
      for (const event of manyThreads(count, 10_000)) {
        fold(model, event, changes);
        if (event.k !== 'thread-exit') continue;
        condenser.run(event.t, changes);
        log.forget(changes.removed);
        const delta = log.take(changes.threads, event.t);
        if (delta) tracks.add(delta);
        changes = noChanges();
      }
      const process = model.processes.get('100-1000')!;
      assert.equal(process.earlier!.groups.get(0)!.size, 1);
      assert.equal(process.earlier!.ids.ranges, 1);
      return {
        threads: process.threads.size,
        sequences: process.sequences.size,
        children: process.threads.get(0)!.children.size,
        holds: process.earlier!.holds.length <= 400,
        tracks: tracks.bytes < 1_000_000,
      };
    });
    const few = { threads: 600, sequences: 600, children: 599, holds: true, tracks: true };
    assert.deepEqual(sizes, [few, few]);
  });

  it('and those that are kept may be as many as a machine can start', () => {
    const model = emptyModel();
    for (const event of manyThreads(150_000, 10)) fold(model, event);
    const snapshot = snapshotOf(model, around);
    const report = exitReport(snapshot);
    assert.equal(report.processes[0]!.threads.length, 150_001);
    assert.match(reportText(report), /150000 threads/);
    assert.match(reportMarkdown(report), /150000 threads/);
    assert.equal(deltaOf(model, { ...noChanges(), processes: new Set(['100-1000']) }, 0, around).threads.length, 0);
  });
});

describe('ranges of ids', () => {
  it('hold what was added, in as few ranges as there can be', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (ids) => {
        const ranges = new IdRanges();
        const all = new Set(ids);
        for (const id of ids) ranges.add(id);
        for (let id = 0; id <= 61; id++) assert.equal(ranges.has(id), all.has(id), `${id}`);
        assert.equal(ranges.ranges, [...all].filter((id) => !all.has(id - 1)).length);
      }),
    );
  });
});
