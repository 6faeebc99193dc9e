// What holds for every story, however its events come: out of order, late, doubled, or not at all.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyDelta, type Snapshot, type ThreadPicture } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { emptyModel, fold, noChanges, type Model } from '../../../src/model/facts/facts';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { exitReport } from '../../../src/model/report/report';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { reportText } from '../../../src/model/report/text';
import { story } from '../../support/stories';

const END = 60_000_000;
const around = { title: 'test', now: END, damaged: 0, complete: true, notices: [] };

function modelOf(events: Iterable<LifecycleEvent>): Model {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return model;
}

/** Without the order in which threads came to be known, and without what only counts events. */
function pictureOf(events: Iterable<LifecycleEvent>): Snapshot {
  const picture = snapshotOf(modelOf(events), around);
  const threads = [...picture.threads].sort((a, b) => a.id - b.id);
  return { ...picture, revision: 0, threads };
}

/** Who told it: a thread's own records, and its activity, each come in order. */
const lineOf = (event: LifecycleEvent): string => ('tid' in event ? `${event.k === 'activity'} ${event.tid}` : 'end');

/** An interleaving that leaves each line in its order. */
function interleaved(events: LifecycleEvent[], choices: number[]): LifecycleEvent[] {
  const lines = new Map<string, LifecycleEvent[]>();
  for (const event of events) lines.set(lineOf(event), [...(lines.get(lineOf(event)) ?? []), event]);
  const open = [...lines.values()];
  const result: LifecycleEvent[] = [];
  for (let i = 0; open.length > 0; i++) {
    const at = (choices[i % choices.length] ?? 0) % open.length;
    result.push(open[at]!.shift()!);
    if (open[at]!.length === 0) open.splice(at, 1);
  }
  return result;
}

const lifecycle = ({ key, owner, kind, state, refs, keepsAlive, ended, error }: ThreadPicture): object => ({
  key,
  owner,
  kind,
  state,
  refs,
  keepsAlive,
  ended,
  error,
});

/** Without what its ending cost: that depends on what it was at. */
const lifeAlone = (thread: ThreadPicture): object => {
  const { severity: _, ...ended } = thread.ended ?? {};
  return { ...lifecycle(thread), ended };
};

describe('for every story', () => {
  it('the picture is the same in whatever order the threads’ records come', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(97), { minLength: 1, maxLength: 40 }), ({ events }, choices) => {
        assert.deepEqual(pictureOf(interleaved(events, choices)), pictureOf(events));
      }),
      { numRuns: 200 },
    );
  });

  it('records that come twice change nothing', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(97), { minLength: 1, maxLength: 40 }), ({ events }, choices) => {
        assert.deepEqual(pictureOf([...events, ...interleaved(events, choices)]), pictureOf(events));
      }),
      { numRuns: 100 },
    );
  });

  it('activity that is lost changes no life', () => {
    fc.assert(
      fc.property(story, ({ events }) => {
        const kept = events.filter(({ k }) => k !== 'activity');
        assert.deepEqual(pictureOf(kept).threads.map(lifeAlone), pictureOf(events).threads.map(lifeAlone));
      }),
      { numRuns: 200 },
    );
  });

  it('no part of it from the beginning tells of an ending that the whole does not', () => {
    fc.assert(
      fc.property(story, fc.nat(), ({ events }, cut) => {
        const whole = new Map(pictureOf(events).threads.map((thread) => [thread.key, thread.ended?.by]));
        const byTime = [...events].sort((a, b) => a.t - b.t);
        for (const { key, ended } of pictureOf(byTime.slice(0, cut % (events.length + 1))).threads)
          if (ended && ended.by !== 'unknown') assert.equal(ended.by, whole.get(key));
      }),
      { numRuns: 300 },
    );
  });

  it('where records are missing, every report can still be made', () => {
    fc.assert(
      fc.property(story, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), ({ events }, kept) => {
        const some = events.filter((_, i) => kept[i % kept.length]);
        const report = exitReport(snapshotOf(modelOf(some), around));
        assert.doesNotMatch(reportText(report) + reportMarkdown(report), /undefined|NaN|\[object/);
      }),
      { numRuns: 300 },
    );
  });

  it('deltas lead to the same picture as the whole', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 7 }), ({ events }, step) => {
        const model = emptyModel();
        let shown: Snapshot = snapshotOf(model, around);
        for (let i = 0; i < events.length; i += step) {
          const changes = noChanges();
          for (const event of events.slice(i, i + step)) fold(model, event, changes);
          const { pools, findings } = verdicts(model, END);
          shown = applyDelta(shown, { ...deltaOf(model, changes, shown.revision, around), pools, findings })!;
        }
        const whole = snapshotOf(model, around);
        const sorted = ({ threads }: Snapshot): object[] => [...threads].sort((a, b) => a.id - b.id).map(lifecycle);
        assert.deepEqual(sorted(shown), sorted(whole));
        assert.deepEqual(shown.findings, whole.findings);
        assert.deepEqual(shown.processes, whole.processes);
      }),
      { numRuns: 100 },
    );
  });
});
