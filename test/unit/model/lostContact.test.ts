import assert from 'node:assert/strict';
import { endOf, outOfContact } from '../../../src/model/conclusions/lostContact';
import { ending, flip, processPicture, snapshotOf, START, thread } from '../../webview/fixtures';

describe('threads that nobody hears of any more', () => {
  it('end, once their process or session is over, when they were last heard of', () => {
    const refs = [flip(10, true), flip(70, false)];
    const open = thread({ id: 1, start: 10, refs, keepsAlive: refs });
    assert.equal(endOf(open, false), undefined);
    const end = endOf(open, true);
    assert.deepEqual([end?.by, end?.t, end?.fromOutside], ['lost-contact', START + 70_000, false]);
  });

  it('keep the end that was told', () => {
    const ended = ending('returned', 90, 'its work was done');
    assert.equal(endOf(thread({ id: 1, start: 10, ended }), true)?.by, 'returned');
  });

  it('end with the last word of a session whose adapter is gone, and their processes with them', () => {
    const ended = ending('returned', 90, 'its work was done');
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), thread({ id: 1, start: 10, ended })], {
      processes: [processPicture({})],
      now: START + 500_000,
    });
    const { complete, threads, processes, revision } = outOfContact(snapshot, 'the adapter is gone');
    assert.deepEqual([complete, revision], [true, snapshot.revision + 1]);
    assert.deepEqual(
      threads.map((one) => [one.state, one.ended?.by, one.ended?.t]),
      [
        ['lost-contact', 'lost-contact', START + 500_000],
        [snapshot.threads[1]!.state, 'returned', START + 90_000],
      ],
    );
    assert.equal(processes[0]!.exit?.because, 'the adapter is gone');
  });
});
