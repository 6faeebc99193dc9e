import fc from 'fast-check';
import assert from 'node:assert/strict';
import {
  MOST_MOVES,
  NO_HISTORY,
  recorded,
  redone,
  undone,
  type ViewWindow,
} from '../../../media/timeline/look/history';

const place = (start: number): ViewWindow => ({ mode: 'free', window: { start, end: start + 1 } });

describe('the history of where one looked', () => {
  it('takes a wheel gesture for one move, and what comes after a pause for another', () => {
    let history = NO_HISTORY;
    for (const [t, from] of [
      [0, 1],
      [400, 2],
      [800, 3],
      [1400, 4],
    ] as const)
      history = recorded(history, place(from), { kind: 'wheel', t });
    assert.deepEqual(history.past, [place(1), place(4)]);
    history = recorded(history, place(5), { kind: 'drag', t: 1401 });
    assert.equal(history.past.length, 3, 'another kind of move is another move');
  });

  it('goes back and forth as a list with a cursor does, whatever one does', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), to: fc.nat(1000) }) },
      fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), to: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        let history = NO_HISTORY;
        let here = place(-1);
        let places = [here];
        let at = 0;
        steps.forEach(({ kind, to }, i) => {
          if (kind === 'move') {
            history = recorded(history, here, { kind: String(i), t: 0 });
            here = place(to);
            places = [...places.slice(0, at + 1), here].slice(-MOST_MOVES - 1);
            at = places.length - 1;
          } else {
            const went = kind === 'undo' ? undone(history, here) : redone(history, here);
            const next = places[at + (kind === 'undo' ? -1 : 1)];
            assert.deepEqual(went?.to, next);
            if (!went) return;
            at += kind === 'undo' ? -1 : 1;
            ({ history, to: here } = went);
          }
          assert.deepEqual(here, places[at]);
          assert.deepEqual(history.past, places.slice(0, at));
          assert.deepEqual([...history.future].reverse(), places.slice(at + 1));
        });
      }),
    );
  });
});
