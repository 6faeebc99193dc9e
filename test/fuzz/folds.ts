// Checks that a run's events give the same picture in whatever way the model is given them.
import assert from 'node:assert/strict';
import { emptyModel, fold, noChanges } from '../../src/model/facts/facts';
import { deltaOf, snapshotOf } from '../../src/model/picture';
import { applyDelta, type Snapshot } from '../../src/protocol/picture';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import type { Random } from './random';

const AROUND = { title: 'fuzz', now: 0, damaged: 0, complete: true, notices: [] };

export function checkFolds(events: LifecycleEvent[], random: Random): void {
  const whole = folded(events);
  assert.deepEqual(byDeltas(events, random), whole, 'by deltas');
  assert.deepEqual(folded(events.flatMap((event) => [event, event])), whole, 'each event twice');
  const isActivity = ({ k }: LifecycleEvent): boolean => k === 'activity' || k === 'resources';
  const lives = events.filter((event) => !isActivity(event));
  const alone = folded(lives);
  assert.deepEqual(folded(random.shuffled(lives)), alone, 'in another order');
}

function folded(events: LifecycleEvent[]): unknown {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return sorted(snapshotOf(model, AROUND));
}

function byDeltas(events: LifecycleEvent[], random: Random): unknown {
  const model = emptyModel();
  let picture = snapshotOf(model, AROUND);
  for (let i = 0; i < events.length;) {
    const { revision } = model;
    const changes = noChanges();
    for (let left = random.between(1, 5); left > 0 && i < events.length; left--) fold(model, events[i++]!, changes);
    picture = applyDelta(picture, deltaOf(model, changes, revision, AROUND)) ?? assert.fail('a delta was refused');
  }
  return sorted(picture);
}

const sorted = ({ processes, threads }: Snapshot): unknown => ({
  processes: [...processes].sort((a, b) => (a.key < b.key ? -1 : 1)),
  threads: threads.sort((a, b) => a.id - b.id || (a.key < b.key ? -1 : 1)),
});
