import fc from 'fast-check';
import assert from 'node:assert/strict';
import { carried } from '../../../media/timeline/look/carried';
import { habitsOf, restored } from '../../../media/timeline/look/remembered';
import {
  type Action,
  initialView,
  MOST_KEYS,
  reduce,
  type Sign,
  type ViewState,
} from '../../../media/timeline/look/view';

const after = (...actions: Action[]): ViewState => actions.reduce(reduce, initialView);
const free = (start: number, end: number) => ({ mode: 'free' as const, window: { start, end } });

describe('the state of the view', () => {
  it('records deliberate moves, and not that the view keeps up with time', () => {
    const moved = after(
      { kind: 'look', to: { mode: 'fit', window: { start: 0, end: 10 } } },
      { kind: 'look', to: free(2, 5), gesture: { kind: 'box', t: 0 } },
    );
    assert.equal(moved.history.past.length, 1);
    const back = reduce(moved, { kind: 'undo' });
    assert.deepEqual([back.mode, back.window], ['fit', { start: 0, end: 10 }]);
    const again = reduce(back, { kind: 'redo' });
    assert.deepEqual([again.mode, again.window], ['free', { start: 2, end: 5 }]);
    assert.equal(reduce(again, { kind: 'redo' }), again);
  });

  it('is the same object when an action changes nothing', () => {
    for (const action of [
      { kind: 'look', to: { mode: 'fit', window: { start: 0, end: 1 } }, gesture: { kind: 'wheel', t: 0 } },
      { kind: 'undo' },
      { kind: 'scroll', top: 0 },
      { kind: 'pin', key: 'a', pinned: false },
      { kind: 'search', query: '' },
      { kind: 'sort', by: 'tree' },
      { kind: 'select', key: undefined },
      { kind: 'compare', key: undefined },
      { kind: 'table', shown: false },
    ] as Action[])
      assert.equal(reduce(initialView, action), initialView, action.kind);
  });

  it('knows a row that was folded from one that was unfolded, and from one that nobody touched', () => {
    const view = after(
      { kind: 'fold', key: 'a', folded: true },
      { kind: 'fold', key: 'pool', folded: false },
      { kind: 'fold', key: 'a', folded: false },
    );
    assert.deepEqual([view.folded, view.unfolded], [[], ['pool', 'a']]);
  });

  it('takes a hidden thread off what is pinned, selected and compared', () => {
    const view = after(
      { kind: 'pin', key: 'a', pinned: true },
      { kind: 'pin', key: 'b', pinned: true },
      { kind: 'select', key: 'a' },
      { kind: 'compare', key: 'b' },
      { kind: 'hide', key: 'a' },
    );
    assert.deepEqual([view.hidden, view.pinned, view.selected, view.compared], [['a'], ['b'], 'b', undefined]);
    assert.deepEqual(reduce(view, { kind: 'show-all' }).hidden, []);
  });

  it('shows one sign of the legend alone, and all of its group again at the second time', () => {
    const among: Sign[] = ['ending:error', 'ending:returned', 'ending:none'];
    const alone = after(
      { kind: 'sign', sign: 'state:idle', shown: false },
      { kind: 'solo', sign: 'ending:error', among },
    );
    assert.deepEqual(alone.off, ['state:idle', 'ending:returned', 'ending:none']);
    assert.deepEqual(reduce(alone, { kind: 'solo', sign: 'ending:error', among }).off, ['state:idle']);
    assert.deepEqual(reduce(alone, { kind: 'solo', sign: 'ending:none', among }).off, [
      'state:idle',
      'ending:error',
      'ending:returned',
    ]);
  });

  it('compares a second thread with the selected one until it is told again or another is selected', () => {
    const two = after({ kind: 'select', key: 'a' }, { kind: 'compare', key: 'b' });
    assert.deepEqual([two.selected, two.compared], ['a', 'b']);
    assert.equal(reduce(two, { kind: 'compare', key: 'b' }).compared, undefined);
    assert.equal(reduce(two, { kind: 'select', key: 'c' }).compared, undefined);
    assert.equal(after({ kind: 'compare', key: 'b' }).selected, 'b', 'the first of two');
  });

  it('keeps a range in order, whichever way it was drawn', () => {
    assert.deepEqual(after({ kind: 'range', range: { start: 9, end: 3 } }).range, { start: 3, end: 9 });
  });

  it('is bounded in each list', () => {
    const keys = Array.from({ length: MOST_KEYS + 5 }, (_, i) => String(i));
    assert.equal(after({ kind: 'fold-all', keys, folded: true }).folded.length, MOST_KEYS);
  });
});

describe('what is remembered of the view', () => {
  const remember = (view: ViewState, session = 's1') =>
    JSON.parse(JSON.stringify({ version: 1, session, run: 1, view })) as unknown;

  it('comes back as it was, for the same session', () => {
    const view = after(
      { kind: 'look', to: free(2, 5), gesture: { kind: 'box', t: 0 } },
      { kind: 'fold', key: 'a', folded: true },
      { kind: 'hide', key: 'h' },
      { kind: 'pin', key: 'p', pinned: true },
      { kind: 'search', query: 'Worker' },
      { kind: 'sort', by: 'lifetime' },
      { kind: 'sign', sign: 'ending:returned', shown: false },
      { kind: 'select', key: 'a' },
      { kind: 'compare', key: 'b' },
      { kind: 'range', range: { start: 1, end: 2 } },
      { kind: 'table', shown: true },
    );
    const back = restored(remember(view), 's1');
    assert.equal(back?.run, 1);
    assert.deepEqual(back?.view, { ...view, history: { ...view.history, gesture: undefined } });
  });

  it('of another session keeps how one likes to look, and nothing of what one looked at', () => {
    const view = after({ kind: 'sort', by: 'name' }, { kind: 'hide', key: 'h' }, { kind: 'look', to: free(2, 5) });
    assert.deepEqual(restored(remember(view, 'another'), 's1'), { run: undefined, view: habitsOf(view) });
  });

  it('of the version before this one shows all, and does not fail', () => {
    const old = { session: 's1', mode: 'free', window: { start: 2, end: 5 }, scrollTop: 80 };
    assert.deepEqual(restored(old, 's1'), { run: undefined, view: initialView });
  });

  it('is a view in order, whatever came in', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
    const field = fc.constantFrom(...Object.keys(initialView), '__proto__', 'constructor');
    const hostile = fc.oneof(anything, fc.record({ session: fc.constant('s1'), view: fc.dictionary(field, anything) }));
    fc.assert(
      fc.property(hostile, (value) => {
        const view = restored(value, 's1')?.view ?? initialView;
        assert.deepEqual(Object.keys(view).sort(), Object.keys(initialView).sort());
        assert.ok(view.window.start < view.window.end);
        assert.ok([view.folded, view.hidden, view.pinned, view.off].every(Array.isArray));
        // What is restored can be remembered and comes back the same.
        assert.deepEqual(restored(remember(view), 's1')?.view, view);
      }),
    );
  });
});

describe('how a person looks at threads that are shown among others', () => {
  const view: ViewState = {
    ...after({ kind: 'look', to: free(100, 200), gesture: { kind: 'box', t: 0 } }),
    ...{ selected: 'a:1', compared: 'b:1', range: { start: 120, end: 130 }, query: 'x', pinned: ['a:1'], table: true },
  };
  view.history = { ...view.history, past: [free(0, 300)] };
  const all = (): boolean => true;

  it('is the same stretch of time, from where their run begins', () => {
    const there = carried(view, 50, all);
    assert.deepEqual([there.mode, there.window], ['free', { start: 150, end: 250 }]);
    assert.deepEqual(there.range, { start: 170, end: 180 });
    assert.deepEqual(there.history.past, [free(50, 350)]);
    assert.deepEqual([there.query, there.pinned, there.table], ['x', ['a:1'], true]);
  });

  it('is at the same threads, as far as they are there', () => {
    const seen = (has: (key: string) => boolean) => [carried(view, 0, has).selected, carried(view, 0, has).compared];
    assert.deepEqual(seen(all), ['a:1', 'b:1']);
    assert.deepEqual(
      seen((key) => key !== 'b:1'),
      ['a:1', undefined],
    );
    assert.deepEqual(
      seen((key) => key !== 'a:1'),
      [undefined, undefined],
    );
  });

  it('is as it was, there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (by) => {
        const back = carried(carried(view, by, all), -by, all);
        assert.deepEqual({ ...back, history: back.history.past }, { ...view, history: view.history.past });
      }),
    );
  });
});
