import assert from 'node:assert/strict';
import { SequenceNumbers, emptyModel, fold, noChanges, type Model } from '../../../src/model/facts/facts';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { Story, site } from '../../support/events';

const AROUND = { title: 'test', now: 0, damaged: 0, complete: false, notices: [] };

const folded = (events: LifecycleEvent[]): Model => {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return model;
};

const sorted = (snapshot: Snapshot): unknown => ({
  processes: snapshot.processes,
  threads: [...snapshot.threads].sort((a, b) => a.key.localeCompare(b.key)),
});

const nestedStory = (): Story =>
  new Story()
    .begin(1000)
    .tell(0, 2000, 'thread-start', { id: 1, name: 'build', at: site(3) })
    .tell(1, 2100, 'thread-begin', {})
    .tell(0, 2150, 'thread-unref', { id: 1, at: site(4) })
    .tell(1, 2200, 'thread-start', { id: 2, name: 'minify', at: site(5) })
    .tell(2, 2300, 'thread-begin', {})
    .tell(0, 2350, 'thread-ref', { id: 1, at: site(6) })
    .tell(1, 2400, 'terminate-call', { id: 2, at: site(7) })
    .tell(1, 2500, 'thread-exit', { id: 2, code: 1 })
    .tell(1, 2600, 'exiting', { cause: 'returned', code: 0 })
    .tell(1, 2610, 'exited', { code: 0 })
    .tell(0, 2700, 'thread-exit', { id: 1, code: 0 })
    .tell(0, 2800, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, 2810, 'exited', { code: 0 });

/** Three threads of one line, and one of another; a fourth comes later. */
function poolStory(): Story {
  const story = new Story().begin(1000);
  for (const id of [1, 2, 3, 4]) {
    story.tell(0, 2000 + 10 * id, 'thread-start', { id, at: site(id === 2 ? 5 : 3) });
    story.tell(id, 2001 + 10 * id, 'thread-begin', {});
  }
  return story.tell(0, 2200, 'thread-start', { id: 5, at: site(3) });
}

/** A seeded shuffle, so that a failure can be repeated. */
function shuffled<T>(items: T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

describe('folding events', () => {
  it('gives the same picture in any order', () => {
    const { events } = nestedStory();
    const expected = sorted(snapshotOf(folded(events), AROUND));
    for (let seed = 1; seed <= 300; seed++) {
      assert.deepEqual(sorted(snapshotOf(folded(shuffled(events, seed)), AROUND)), expected, `seed ${seed}`);
    }
  });

  it('takes no notice of events that come twice', () => {
    const { events } = nestedStory();
    const once = folded(events);
    const twice = folded([...events, ...events]);
    assert.deepEqual(sorted(snapshotOf(twice, AROUND)), sorted(snapshotOf(once, AROUND)));
    assert.equal(twice.revision, once.revision);
  });

  it('claims no ending for any thread from a beginning of the story that does not tell it', () => {
    const { events } = nestedStory();
    const endedAt = new Map([
      [2, 8],
      [1, 10],
      [0, 13],
    ]);
    for (let length = 1; length <= events.length; length++) {
      const { threads } = snapshotOf(folded(events.slice(0, length)), AROUND);
      for (const thread of threads) {
        const shouldHaveEnded = length > endedAt.get(thread.id)!;
        assert.equal(thread.ended !== undefined, shouldHaveEnded, `thread ${thread.id} after ${length} events`);
      }
    }
  });

  it('counts records that never came', () => {
    const { events } = nestedStory();
    const model = folded(events.filter((event) => event.k !== 'thread-unref'));
    assert.equal(snapshotOf(model, AROUND).processes[0]?.lost, 1);
  });

  it('keeps processes apart, and numbers a restart as a new run', () => {
    const first = nestedStory().end(2900, 'gone');
    const second = new Story('200-3000', 200).begin(3000).tell(0, 3100, 'thread-start', { id: 1 });
    const snapshot = snapshotOf(folded([...first.events, ...second.events]), AROUND);
    assert.deepEqual(
      snapshot.processes.map(({ pid, run }) => [pid, run]),
      [
        [100, 0],
        [200, 1],
      ],
    );
    assert.equal(snapshot.threads.filter((t) => t.process === '200-3000').length, 2);
  });

  it('takes a process that starts beside a live one into the same run', () => {
    const second = new Story('200-3000', 200).begin(3000);
    const snapshot = snapshotOf(folded([...nestedStory().events, ...second.events]), AROUND);
    assert.deepEqual(
      snapshot.processes.map((p) => p.run),
      [0, 0],
    );
  });

  it('shows no threads of a runtime that is too old', () => {
    const story = new Story().tell(0, 1000, 'unsupported', { v: 1, pid: 100, version: '18.20.8', wall: 0 });
    const snapshot = snapshotOf(folded(story.events), AROUND);
    assert.equal(snapshot.processes[0]?.supported, false);
    assert.equal(snapshot.processes[0]?.version, '18.20.8');
    assert.deepEqual(snapshot.threads, []);
  });
});

describe('deltas', () => {
  for (const [what, story] of [
    ['threads below each other', nestedStory()],
    ['threads that become a pool when a third is started', poolStory()],
  ] as const) {
    it(`lead from an early snapshot to the final one, however the events are cut: ${what}`, () => {
      const { events } = story;
      for (let step = 1; step <= events.length; step++) {
        const model = emptyModel();
        let picture = snapshotOf(model, AROUND);
        for (let i = 0; i < events.length; i += step) {
          const from = model.revision;
          const changes = noChanges();
          for (const event of events.slice(i, i + step)) fold(model, event, changes);
          const { pools } = verdicts(model, AROUND.now);
          const next = applyDelta(picture, { ...deltaOf(model, changes, from, AROUND), pools });
          assert.ok(next);
          picture = next;
        }
        assert.deepEqual(sorted(picture), sorted(snapshotOf(model, AROUND)), `${step} events at a time`);
      }
    });
  }

  it('are refused when one before them was missed', () => {
    const model = emptyModel();
    const picture = snapshotOf(model, AROUND);
    assert.equal(applyDelta(picture, deltaOf(model, noChanges(), 5, AROUND)), undefined);
  });
});

describe('sequence numbers', () => {
  it('know doubles and holes', () => {
    const numbers = new SequenceNumbers();
    assert.deepEqual(
      [0, 1, 4, 1, 4, 2].map((n) => numbers.add(n)),
      [true, true, true, false, false, true],
    );
    assert.equal(numbers.missing, 1);
  });
});
