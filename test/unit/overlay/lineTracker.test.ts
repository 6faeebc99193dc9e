// Marks follow their lines while a file is edited, and vanish from lines that do not read as they ran.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineTracker } from '../../../src/overlay/lineTracker';

const RAN = ['a', 'b', 'c', 'd'];

describe('the lines of a file that ran', () => {
  let tracker: LineTracker;
  beforeEach(() => (tracker = new LineTracker(RAN)));
  const places = (): (number | undefined)[] => RAN.map((_, i) => tracker.placeOf(i + 1));

  it('are where they were while nothing is edited', () => assert.deepEqual(places(), [1, 2, 3, 4]));

  it('move with what is put in above them, and with what is taken out', () => {
    tracker.replace(1, 1, ['new', 'newer', 'b']);
    assert.deepEqual(places(), [1, 4, 5, 6]);
    tracker.replace(0, 1, ['new']);
    assert.deepEqual(places(), [undefined, 3, 4, 5]);
  });

  it('stay when a line is begun behind them', () => {
    tracker.replace(1, 1, ['b', '']);
    assert.deepEqual(places(), [1, 2, 4, 5]);
  });

  it('are gone while they read otherwise, and there again when that is undone', () => {
    tracker.replace(2, 2, ['cc']);
    assert.deepEqual(places(), [1, 2, undefined, 4]);
    assert.equal(tracker.ranAt(3), undefined);
    tracker.replace(2, 2, ['c']);
    assert.deepEqual(places(), [1, 2, 3, 4]);
    assert.equal(tracker.ranAt(3), 3);
  });

  it('are never found where another text stands, whatever is edited', () => {
    const text = fc.constantFrom('a', 'b', 'c', 'd', '', 'e');
    const edit = fc.record({ first: fc.nat(8), count: fc.nat(3), texts: fc.array(text, { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.array(edit, { maxLength: 12 }), (ran, edits) => {
        const tracked = new LineTracker(ran);
        const now = [...ran];
        for (const { first, count, texts } of edits) {
          const at = Math.min(first, now.length);
          const last = Math.min(at + count, now.length) - 1;
          tracked.replace(at, last, texts);
          now.splice(at, last - at + 1, ...texts);
        }
        const found = ran.map((_, i) => tracked.placeOf(i + 1));
        found.forEach((place, i) => place !== undefined && assert.equal(now[place - 1], ran[i]));
        const known = found.filter((place) => place !== undefined);
        assert.deepEqual(
          known,
          [...new Set(known)].sort((a, b) => a - b),
          'each once, in their order',
        );
      }),
    );
  });
});
