// What a thread recorded reaches the spool, whoever is killed while it is at it.
import '../../support/given';
import assert from 'node:assert/strict';
import { ActivityKind } from '../../../src/protocol/activity';
import { recordsIn } from '../../../src/protocol/activityBatch';
import { Arena, createArena, type Slot } from '../../../src/probe/node/memory/arena';
import { drain } from '../../../src/probe/node/spool/drain';
import { Ring } from '../../../src/probe/node/memory/ring';
import type { Spool } from '../../../src/probe/node/spool/spool';

const RECORDS = 64;
const KILLED = new Error('killed');

/** As a spool that keeps what it is told: the numbers of the records. */
class Told {
  readonly numbers: number[] = [];
  /** Called first, as if another thread ran then. */
  meanwhile: () => void = () => {};

  readonly spool = {
    tellActivity: (_tid: number, _base: number, n: number, records: string): void => {
      this.meanwhile();
      for (let i = 0; i < recordsIn(records); i++) this.numbers.push(n + i);
    },
    problem: () => {},
  } as unknown as Spool;
}

describe('draining a thread’s ring', () => {
  let slot: Slot;
  let told: Told;
  beforeEach(() => {
    slot = new Arena(createArena(RECORDS)!, RECORDS).claim(1, 0)!;
    told = new Told();
    const ring = new Ring(slot, () => {});
    for (let i = 0; i < 3; i++) ring.put(ActivityKind.post, 1, 0, i + 1);
  });

  it('tells each record once', () => {
    drain(slot, told.spool);
    drain(slot, told.spool);
    assert.deepEqual(told.numbers, [0, 1, 2]);
  });

  it('is left to the thread that is at it', () => {
    const main = new Told();
    told.meanwhile = () => drain(slot, main.spool);
    drain(slot, told.spool);
    assert.deepEqual(main.numbers, []);
    assert.deepEqual(told.numbers, [0, 1, 2]);
  });

  it('is done by main at its end, though a thread is at it: main kills that one before it has told', () => {
    const main = new Told();
    told.meanwhile = () => {
      drain(slot, main.spool, true);
      throw KILLED;
    };
    drain(slot, told.spool);
    assert.deepEqual(told.numbers, []);
    assert.deepEqual(main.numbers, [0, 1, 2]);
  });
});

describe('the memory that threads share', () => {
  it('is looked at again and again without making anything anew', () => {
    const arena = new Arena(createArena(RECORDS)!, RECORDS);
    const main = arena.claim(0, 0);
    const worker = arena.claim(1, 0);
    assert.ok(main && worker && arena.main === main);
    const [first, again] = [arena.taken(), arena.taken()];
    assert.deepEqual(first, [main, worker]);
    first.forEach((slot, n) => assert.equal(slot, again[n]));
  });
});
