// Which flips of workers the probe tells one by one, and which it counts.
import assert from 'node:assert/strict';
import type { ThreadFlips, ThreadRef } from '../../../src/protocol/probeEvents';
import { Flipped, Flips } from '../../../src/probe/node/lifecycle/flips';
import type { Spool } from '../../../src/probe/node/spool/spool';

type Record = Pick<ThreadRef, 'k' | 'id' | 'at'> | ThreadFlips;

/** As a spool that keeps what it is told. */
class Told {
  readonly records: Record[] = [];
  onTold: () => void = () => {};

  readonly spool = {
    tell: (k: Record['k'], told: object): void => {
      this.records.push({ k, ...told } as Record);
      this.onTold();
    },
    held: false,
    problem: (where: string, error: unknown) => assert.fail(`${where}: ${String(error)}`),
  } as unknown as Spool;

  get runs(): ThreadFlips[] {
    return this.records.filter((record): record is ThreadFlips => record.k === 'thread-flips');
  }
}

function flip(flips: Flips, worker: Flipped, times: number): void {
  for (let i = 0; i < times; i++) flips.tell(worker, i % 2 === 1, false);
}

describe('flips in the probe', () => {
  let told: Told;
  let flips: Flips;
  beforeEach(() => {
    told = new Told();
    flips = new Flips(told.spool);
  });

  it('are told one by one while there are few', () => {
    flip(flips, new Flipped(1), 10);
    assert.deepEqual(
      told.records.map(({ k }) => k),
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'thread-unref' : 'thread-ref')),
    );
  });

  it('of many workers are told one by one where each has but a few', () => {
    for (let id = 1; id <= 1000; id++) flip(flips, new Flipped(id), 4);
    assert.deepEqual([told.records.length, told.runs.length], [4000, 0]);
  });

  it('are counted when there are many, and that they are is told at once', () => {
    flip(flips, new Flipped(1), 10_000);
    const [first] = told.runs;
    assert.deepEqual([first!.count, first!.open], [1, true]);
    assert.ok(told.records.length < 100);
  });

  it('that were counted are all told, with the last state, when the loop turns', async () => {
    flip(flips, new Flipped(1), 10_000);
    const single = told.records.length - told.runs.length;
    await new Promise<void>((done) => (told.onTold = () => told.runs.at(-1)!.open || done()));
    assert.equal(
      told.runs.reduce((sum, { count }) => sum + count, single),
      10_000,
    );
    const last = told.runs.filter(({ count }) => count > 0).at(-1)!;
    assert.equal(last.refd, true);
    assert.ok(last.since <= last.until);
  });

  it('that were counted are told before anything else is told of the worker, and nothing stays open', () => {
    const [one, other] = [new Flipped(1), new Flipped(2)];
    flip(flips, one, 100);
    flip(flips, other, 101);
    flips.settle(one);
    assert.deepEqual([told.runs.at(-1)!.id, told.runs.at(-1)!.open, told.runs.at(-1)!.refd], [1, undefined, true]);
    flips.settleAll();
    assert.deepEqual([told.runs.at(-1)!.id, told.runs.at(-1)!.open, told.runs.at(-1)!.refd], [2, undefined, false]);
    const before = told.records.length;
    flips.settleAll();
    assert.equal(told.records.length, before);
  });
});
