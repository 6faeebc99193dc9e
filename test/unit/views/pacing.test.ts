// What a place hears at once, and what within half a second.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Delta, ThreadPicture } from '../../../src/protocol/picture';
import { Pacing } from '../../../src/views/timeline/pacing';
import { snapshotOf, thread } from '../../webview/fixtures';

const all = [0, 1, 2, 3, 4].map((id) => thread({ id, start: 0 }));
const key = (id: number): string => all[id]!.key;
/** It did something. */
const busy = (id: number, dropped: number): ThreadPicture =>
  ({ ...structuredClone(all[id]!), activity: { dropped } }) as unknown as ThreadPicture;

class Place {
  now = 0;
  revision = 1;
  readonly told: Delta[] = [];
  readonly pacing = new Pacing(
    (delta) => this.told.push(delta),
    () => this.now,
  );

  constructor(inView: number[] = []) {
    this.pacing.begin(snapshotOf(all));
    const look = { id: 1, from: 0, to: 1, pixels: 1, pools: [], messagesOf: [] };
    this.pacing.look({ ...look, threads: inView.map(key) });
  }

  /** Ids of the threads that are told, `after` ms. */
  hear(threads: ThreadPicture[], after = 40, rest: Partial<Delta> = {}): number[] {
    this.now += after;
    const from = this.revision++;
    const delta = { ...snapshotOf(threads), processes: [], from, revision: this.revision, complete: false, ...rest };
    return this.pacing.take(delta).threads.map(({ id }) => id);
  }
}

describe('what a place hears of threads', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('is at once what those do that are in view, and what others do little by little', () => {
    const place = new Place([1, 2]);
    place.hear([]);
    assert.deepEqual(place.hear([0, 1, 2, 3, 4].map((id) => busy(id, 1))), [1, 2, 0]);
    assert.deepEqual(place.hear([], 200), [3]);
    assert.deepEqual(place.hear([busy(4, 2)], 40), [4]);
    assert.deepEqual(place.hear([], 500), []);
  });

  it('is at once all that is not only what they do: births, names, flips, ends', () => {
    const place = new Place();
    place.hear([]);
    const [ended, named] = [
      { ...busy(2, 1), state: 'ended' as const },
      { ...busy(3, 1), label: 'other' },
    ];
    const flipped = { ...busy(1, 1), keepsAlive: [...all[1]!.keepsAlive, { t: 9, value: false }] };
    const born = thread({ id: 9, start: 0 });
    assert.deepEqual(place.hear([flipped, ended, named, born], 0), [1, 2, 3, 9]);
  });

  it('is all of it with the last delta, and the newest of each', () => {
    const place = new Place();
    place.hear([]);
    place.hear([busy(1, 1), busy(2, 1)], 0);
    place.hear([busy(1, 2)], 0);
    assert.deepEqual(place.hear([], 0, { complete: true }), [1, 2]);
  });

  it('is the rest when no delta comes for a while, on the same revision', () => {
    const place = new Place();
    place.hear([]);
    place.hear([busy(1, 7), busy(2, 1)], 0);
    mock.timers.tick(100);
    const [rest] = place.told;
    assert.deepEqual(
      rest!.threads.map(({ id, activity }) => [id, activity!.dropped]),
      [
        [1, 7],
        [2, 1],
      ],
    );
    assert.deepEqual([rest!.from, rest!.revision], [place.revision, place.revision]);
    mock.timers.tick(1000);
    assert.equal(place.told.length, 1);
  });

  it('is nothing of threads that are gone, and nothing more once the place is told all or is closed', () => {
    const place = new Place();
    place.hear([]);
    place.hear([busy(1, 1), busy(2, 1)], 0);
    place.hear([], 0, { removed: [key(1)] });
    assert.deepEqual(place.hear([], 600), [2]);
    place.hear([busy(3, 1)], 0);
    place.pacing.stop();
    mock.timers.tick(1000);
    assert.deepEqual(place.told, []);
  });
});
