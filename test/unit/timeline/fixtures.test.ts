// Pictures made by hand, for tests of one part, say nothing that the model would not say.
import assert from 'node:assert/strict';
import type { Flip, ThreadPicture } from '../../../src/protocol/picture';
import * as fixtures from '../../webview/fixtures';
import {
  PROCESS,
  START,
  ending,
  finding,
  flip,
  hold,
  processPicture,
  snapshotOf,
  thread,
} from '../../webview/fixtures';

const demo = fixtures.demo();
const demoWithFindings = fixtures.demoWithFindings();
const worker = (id: number): ThreadPicture => demoWithFindings.threads.find((one) => one.id === id)!;
/** Under their names, without what is absent. */
const keysOf = (of: object): string[] => Object.keys(of).sort();

describe('a picture that is made by hand', () => {
  it('is, of main and of a process without workers, the model’s own', () => {
    assert.deepEqual(snapshotOf([thread({ id: 0, start: 0 })]), fixtures.mainAlone());
  });

  it('is, of a worker, the model’s own', () => {
    const [{ label, name }, ended] = [worker(3), worker(3).ended!];
    const { t, by, because, code } = ended;
    const made = thread({
      id: 3,
      start: 130,
      label,
      name: name!,
      ended: ending(by, (t - START) / 1000, because, { code: code! }),
    });
    assert.deepEqual(made, worker(3));
  });

  it('has flips as the model has them', () => {
    const [start, unref, ref] = worker(2).refs as [Flip, Flip, Flip];
    assert.deepEqual([start, unref, ref], [flip(95, true, 12), flip(400, false, 21), flip(760, true, 25)]);
  });

  it('ends from outside where the model says so, of each ending', () => {
    for (const { ended, state, label } of fixtures.everyEnding().threads) {
      const { by, t, because, fromOutside } = ended!;
      const made = ending(by, (t - START) / 1000, because);
      assert.equal(made.fromOutside, fromOutside, label);
      assert.equal(thread({ id: 1, start: 0, ended: made }).state, state, label);
    }
  });

  it('has a process, spans and findings of the model’s shape', () => {
    const { exit, holds, ...process } = demo.processes[0]!;
    const by = holds.find(({ count }) => count === 2)!;
    assert.deepEqual(processPicture({ over: true }), { ...process, holds: [] });
    assert.deepEqual(hold((by.from - START) / 1000, (by.to! - START) / 1000, by.by), by);
    assert.equal(exit!.by, 'returned');
    for (const found of demoWithFindings.findings) {
      const made = finding(found.rule, { thread: found.thread! });
      assert.deepEqual(keysOf(made), keysOf(found));
      const { id, severity, process: of, advice } = made;
      assert.deepEqual([id, severity, of, advice], [found.id, found.severity, PROCESS, found.advice]);
    }
  });
});

describe('a program that the timeline is looked at with', () => {
  it('has an end of each kind', () => {
    const ends = new Set(fixtures.everyEnding().threads.map(({ ended }) => ended!.by));
    assert.equal(ends.size, 11);
  });

  it('loses no records, and has no problems', () => {
    const { demoLive, everyEnding, manyLanes, severalProcesses, waiting, waitingForThree } = fixtures;
    const ended = [demoWithFindings, everyEnding(), manyLanes(50), severalProcesses()];
    for (const snapshot of [...ended, demoLive(), waiting(), waitingForThree()])
      for (const { lost, problems } of snapshot.processes) assert.deepEqual([lost, problems], [0, []]);
  });
});
