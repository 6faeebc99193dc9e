import type { EarlierThreads, PoolPicture, Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { initialView, type ViewState } from '../../../media/timeline/look/view';
import { nextEvent } from '../../../media/timeline/rows/events';
import { costsOf } from '../../../media/timeline/rows/occurring';
import { pinnedKey, type Row, type Rows, rowsOf } from '../../../media/timeline/rows/rows';
import {
  demo,
  demoLive,
  demoWithFindings,
  ending,
  PROCESS,
  severalProcesses,
  hiddenThreads,
  snapshotOf,
  START,
  thread,
} from '../../webview/fixtures';

const shown = (snapshot: Snapshot, view: Partial<ViewState> = {}, chosen?: number): Rows =>
  rowsOf(runOf(snapshot, chosen), { ...initialView, ...view });

function told(row: Row): string {
  const below = row.fold?.folded ? ` +${row.fold.hiddenBelow}` : '';
  const indent = '  '.repeat(row.guides.length);
  if (row.kind === 'process') return `${indent}pid ${row.process.pid}${below}`;
  if (row.kind === 'pool') return `${indent}[${row.pool.label}]${below}`;
  if (row.kind === 'earlier') return `${indent}${row.earlier.count} earlier ${row.earlier.label}`;
  if (row.kind === 'hidden') return `${indent}~ ${row.hidden.label}`;
  if (row.kind === 'tasks') return `${indent}- ${row.tasks.count} tasks${below}`;
  if (row.kind === 'task') return `${indent}- ${row.task.label}`;
  const { lane, isContext, isPinned } = row;
  return `${indent}${isPinned ? '* ' : ''}${isContext ? `(${lane.thread.label})` : lane.thread.label}${below}`;
}
const tree = (...args: Parameters<typeof shown>): string[] => shown(...args).list.map(told);

const key = (id: number): string => `${PROCESS}:${id}`;

/** Main with a pool of so many threads between two others; the second of the pool has a thread of its own. */
function withPool(size: number): Snapshot {
  const pool: PoolPicture = {
    key: `${PROCESS}/0`,
    process: PROCESS,
    package: 'piscina',
    name: 'piscina',
    label: 'piscina (3 threads)',
    threads: Array.from({ length: size }, (_, i) => key(i + 2)),
    live: size,
  };
  const threads = [
    thread({ id: 0, start: 0 }),
    thread({ id: 1, start: 1, label: 'first' }),
    ...pool.threads.map((_, i) => thread({ id: i + 2, start: 2 + i, label: `pool ${i}`, pool: pool.key })),
    thread({ id: 90, start: 90, label: 'last' }),
    thread({ id: 91, start: 91, label: 'nested', owner: key(3) }),
  ];
  return { ...snapshotOf(threads), pools: [pool] };
}

const earlier = (more: Partial<EarlierThreads> = {}): EarlierThreads => ({
  key: `${PROCESS}~0`,
  process: PROCESS,
  owner: key(0),
  label: 'request.js',
  count: 1000,
  endings: { returned: 900, terminate: 100 },
  daemons: 0,
  first: START,
  last: START + 500_000,
  lives: { shortest: 1000, longest: 9000, total: 4_000_000 },
  dropped: 0,
  ...more,
});

describe('the rows', () => {
  it('of threads that ended long ago are one for each line, above the threads of the same owner', () => {
    const inner = earlier({ key: `${PROCESS}~1`, owner: key(1), label: 'inner.js', count: 7 });
    const orphan = earlier({ key: `${PROCESS}~2`, owner: null, label: 'orphan.js', count: 3 });
    const threads = [thread({ id: 0, start: 0 }), thread({ id: 1, start: 1, label: 'first' })];
    const snapshot = { ...snapshotOf(threads), earlier: [earlier(), inner, orphan] };
    assert.deepEqual(tree(snapshot), [
      '3 earlier orphan.js',
      'main',
      '  1000 earlier request.js',
      '  first',
      '    7 earlier inner.js',
    ]);
    assert.deepEqual(tree(snapshot, { folded: [key(0)] }), ['3 earlier orphan.js', 'main +1008']);
    assert.deepEqual(tree(snapshot, { query: 'first' }), ['(main)', '  first'], 'they are not looked through');
  });

  it('end with the threads that the program does not see, unless something is looked for', () => {
    const [process] = demo().processes;
    const snapshot = { ...demo(), processes: [{ ...process!, hidden: hiddenThreads() }] };
    assert.equal(tree(snapshot).at(-1), '~ native threads');
    assert.equal(tree(snapshot).length, tree(demo()).length + 1);
    assert.deepEqual(tree(snapshot, { query: 'logger' }), tree(demo(), { query: 'logger' }));
  });

  it('are a tree: each thread under the one that started it, in the order of their starts', () => {
    assert.deepEqual(tree(demo()), [
      'main',
      '  logger',
      '  holder',
      '  build',
      '    minify',
      '  flaky',
      '  stuck',
      '  <img src=x onerror=alert(1)>',
    ]);
  });

  it('have one for each process when there are several, and for one that cannot be observed', () => {
    assert.deepEqual(tree(severalProcesses()), ['pid 4713', '  main', '    indexer', '    watcher', 'pid 4714']);
    assert.deepEqual(tree(severalProcesses(), {}, 0), ['main']);
  });

  it('have threads whose owner was never heard of', () => {
    const orphan = thread({ id: 5, start: 10, label: 'orphan', owner: key(99) });
    assert.deepEqual(tree(snapshotOf([thread({ id: 0, start: 0 }), orphan])), ['main', 'orphan']);
  });

  it('fold away what is below a thread, and tell how many that are', () => {
    assert.deepEqual(tree(demo(), { folded: [key(3)] }).slice(2, 5), ['  holder', '  build +1', '  flaky']);
    assert.deepEqual(tree(demo(), { folded: [key(0)] }), ['main +7']);
  });

  it('show a pool as one, which opens', () => {
    assert.deepEqual(tree(withPool(9)), ['main', '  first', '  [piscina (9 threads)] +10', '  last']);
    const open = [
      'main',
      '  first',
      '  [piscina (4 threads)]',
      '    pool 0',
      '    pool 1',
      '      nested',
      '    pool 2',
      '    pool 3',
    ];
    assert.deepEqual(tree(withPool(4)), [...open, '  last'], 'a small one is open');
    const opened = tree(withPool(9), { unfolded: [`${PROCESS}/0`] });
    assert.equal(opened.length, 4 + 9 + 1);
    assert.deepEqual(tree(withPool(4), { folded: [`${PROCESS}/0`] }).slice(1, 4), [
      '  first',
      '  [piscina (4 threads)] +5',
      '  last',
    ]);
  });

  it('show the threads of a pool of two as they are', () => {
    assert.deepEqual(tree(withPool(2)).slice(2, 4), ['  pool 0', '  pool 1']);
  });

  it('are found by words in names, files, states and findings, under their owners, whatever was folded', () => {
    const folded = { folded: [key(0), key(3)] };
    assert.deepEqual(tree(demo(), { ...folded, query: 'MINI' }), ['(main)', '  (build)', '    minify']);
    assert.deepEqual(tree(demo(), { query: 'state:killed logger' }), ['(main)', '  logger']);
    assert.deepEqual(tree(demo(), { query: 'name:killed' }), []);
    assert.deepEqual(tree(demoWithFindings(), { query: 'finding:cut' }).slice(0, 2), ['(main)', '  logger']);
    const { matches, filtered } = shown(demo(), { query: 'state:killed' });
    assert.deepEqual([matches, filtered], [3, 3]);
    assert.equal(shown(demo()).matches, undefined);
  });

  it('show what is looked for in a pool', () => {
    assert.deepEqual(tree(withPool(4), { query: 'nested' }), ['(main)', '  (pool 1)', '    nested']);
    assert.deepEqual(tree(withPool(4), { query: 'pool' }).slice(0, 3), [
      '(main)',
      '  [piscina (4 threads)]',
      '    pool 0',
    ]);
  });

  it('tell the legend what ends of each kind cost at most', () => {
    const ends = (severity: 'error' | 'warning' | 'info', id: number): ThreadPicture =>
      thread({ id, start: id, ended: ending('signal', 9, 'killed', { severity }) });
    const costs = (...threads: ThreadPicture[]): unknown =>
      costsOf(runOf(snapshotOf(threads), undefined)).get('signal');
    assert.equal(costs(ends('info', 0), ends('info', 1)), 'info');
    assert.equal(costs(ends('info', 0), ends('error', 1), ends('warning', 2)), 'error');
  });

  it('leave out what is off in the legend, of which each entry tells how many threads have it', () => {
    const { signs } = shown(demo());
    assert.deepEqual(
      [signs.get('ending:main-exit'), signs.get('bar:daemon'), signs.get('ending:none')],
      [2, 2, undefined],
    );
    assert.deepEqual(tree(demo(), { off: ['bar:keeps-alive'] }), [
      '(main)',
      '  logger',
      '  <img src=x onerror=alert(1)>',
    ]);
    assert.deepEqual(tree(demo(), { off: ['state:idle'] }).length, 8, 'a state leaves nobody out');
  });

  it('leave out what was hidden, with all below it, and count it', () => {
    const rows = shown(demo(), { hidden: [key(3)] });
    assert.equal(rows.hidden, 2);
    assert.deepEqual(rows.list.map(told).slice(2, 4), ['  holder', '  flaky']);
    assert.deepEqual(tree(withPool(4), { hidden: [`${PROCESS}/0`] }), ['main', '  first', '  last']);
  });

  it('repeat pinned threads on top, in the order of pinning', () => {
    const rows = shown(demo(), { pinned: [key(4), key(1), 'gone'] });
    assert.deepEqual(rows.list.map(told).slice(0, 3), ['* minify', '* logger', 'main']);
    assert.equal(rows.positions.get(pinnedKey(key(1))), 1);
    assert.equal(rows.list.length, 10);
  });

  it('are sorted among those of one owner', () => {
    assert.deepEqual(tree(demo(), { sort: 'name' }), [
      'main',
      '  <img src=x onerror=alert(1)>',
      '  build',
      '    minify',
      '  flaky',
      '  holder',
      '  logger',
      '  stuck',
    ]);
    assert.deepEqual(tree(demo(), { sort: 'end' }).slice(0, 3), ['main', '  flaky', '  stuck']);
    assert.deepEqual(tree(demo(), { sort: 'lifetime' }).slice(0, 2), ['main', '  logger']);
  });

  it('look for a state by how it begins', () => {
    const names = (query: string): number | undefined => shown(demoLive(), { query }).matches;
    assert.equal(
      names('state:alive'),
      demoLive().threads.filter(({ ended, state }) => !ended && state === 'alive').length,
    );
    assert.equal(names('state:keeps'), names('state:keeps process'));
    const held = {
      ...demoLive(),
      threads: demoLive().threads.map((one, i) => (i === 1 ? { ...one, paused: { since: 1 } } : one)),
    };
    assert.equal(shown(held, { query: 'state:paused' }).matches, 1);
    assert.equal(shown(demoWithFindings(), { query: 'state:lost' }).matches, 3);
  });

  it('of tools are one, folded, below all others of the process, whoever started them', () => {
    const tools = [
      thread({ id: 1, start: 1, kind: 'tool', label: 'esbuild' }),
      thread({ id: 2, start: 2 }),
      thread({ id: 3, start: 3, kind: 'tool', label: 'esbuild', owner: key(2) }),
      thread({ id: 4, start: 4, kind: 'loader-hooks', label: 'module loader hooks' }),
    ];
    const snapshot = snapshotOf([thread({ id: 0, start: 0 }), ...tools]);
    assert.deepEqual(tree(snapshot), ['main', '  worker 2', '[tooling] +3']);
    assert.deepEqual(tree(snapshot, { folded: [key(0)] }), ['main +1', '[tooling] +3']);
    assert.deepEqual(tree(snapshot, { unfolded: [`${PROCESS}/tooling`] }), [
      'main',
      '  worker 2',
      '[tooling]',
      '  esbuild',
      '  esbuild',
      '  module loader hooks',
    ]);
    assert.equal((shown(snapshot).list[2] as { isTooling?: true }).isTooling, true);
  });

  it('have a place for threads that are each other’s owners, as a damaged recording may tell', () => {
    const circle = [
      thread({ id: 0, start: 0 }),
      thread({ id: 1, start: 1, label: 'a', owner: key(2) }),
      thread({ id: 2, start: 2, label: 'b', owner: key(1) }),
      thread({ id: 3, start: 3, label: 'own', owner: key(3) }),
    ];
    assert.deepEqual(tree(snapshotOf(circle)), ['main', 'a', '  b', 'own']);
  });

  it('hold each thread once under its owner, or folded away, or counted as left out', () => {
    fc.assert(
      fc.property(stories, views, (snapshot, view) => {
        const run = runOf(snapshot, undefined);
        const rows = rowsOf(run, { ...initialView, ...view, pinned: [] });
        const keys = rows.list.map((row) => row.key);
        assert.equal(new Set(keys).size, keys.length, 'none twice');
        const lanes = rows.list.filter((row) => row.kind === 'thread');
        const below = rows.list.reduce((sum, { fold }) => sum + (fold?.hiddenBelow ?? 0), 0);
        assert.equal(lanes.length + rows.hidden + rows.filtered + below, run.lanes.length, 'each is counted once');
        for (const row of lanes) {
          const owner = row.lane.owner && rows.positions.get(row.lane.owner.key);
          if (row.lane.owner) assert.ok(owner !== undefined && owner < rows.positions.get(row.key)!, 'under its owner');
        }
      }),
    );
  });

  it('have guide lines that go on just as far as there are siblings', () => {
    fc.assert(
      fc.property(stories, views, (snapshot, view) => {
        const { list } = shown(snapshot, view);
        list.forEach(({ guides }, i) => {
          guides.forEach((goesOn, level) => {
            // The next row that is at this level or above it.
            const next = list.slice(i + 1).find((row) => row.guides.length <= level + 1);
            const hasSibling = next !== undefined && next.guides.length === level + 1;
            assert.equal(goesOn, hasSibling, `row ${i}, level ${level}`);
          });
        });
      }),
    );
  });

  it('are as many for a chain of ten thousand owners', () => {
    const threads = Array.from({ length: 10_000 }, (_, id) =>
      thread({ id, start: id, ...(id > 0 ? { owner: key(id - 1) } : {}) }),
    );
    assert.equal(shown(snapshotOf(threads), { folded: [key(50)] }).list.length, 51);
  });
});

describe('what happened next', () => {
  const run = runOf(
    snapshotOf([
      thread({ id: 0, start: 0 }),
      thread({ id: 1, start: 100, ended: ending('returned', 300, 'its work was done') }),
      thread({ id: 2, start: 200 }),
    ]),
    undefined,
  );
  it('is the nearest moment of any lane, in either direction', () => {
    const at = (t: number, direction: 1 | -1): number | undefined => nextEvent(run.lanes, run, t, direction)?.t;
    assert.deepEqual([at(0, 1), at(100_000, 1), at(200_000, -1), at(0, -1)], [100_000, 124_000, 124_000, undefined]);
  });
});

const stories = fc
  .array(fc.record({ owner: fc.nat(30), start: fc.nat(50), pool: fc.nat(6), ends: fc.boolean() }), { maxLength: 30 })
  .map((made): Snapshot => {
    const threads: ThreadPicture[] = [thread({ id: 0, start: 0 })];
    made.forEach(({ owner, start, pool, ends }, i) => {
      const above = threads[owner % threads.length]!;
      const t = (above.startedAt - START) / 1000 + start;
      threads.push(
        thread({
          id: i + 1,
          start: t,
          owner: above.key,
          ...(pool < 2 ? { pool: `${PROCESS}/${pool}` } : {}),
          ...(ends ? { ended: ending('returned', t + 5, 'its work was done') } : {}),
        }),
      );
    });
    const pools = [0, 1].map((n): PoolPicture => {
      const own = threads.filter(({ pool }) => pool === `${PROCESS}/${n}`).map((one) => one.key);
      return {
        key: `${PROCESS}/${n}`,
        process: PROCESS,
        name: 'pool',
        label: `pool ${n}`,
        threads: own,
        live: own.length,
      };
    });
    return { ...snapshotOf(threads), pools };
  });

const someKeys = fc.array(fc.nat(30).map(key), { maxLength: 4 });
const views = fc.record({
  folded: someKeys,
  unfolded: fc.subarray([`${PROCESS}/0`, `${PROCESS}/1`]),
  hidden: someKeys,
  query: fc.constantFrom('', '', 'worker', '1', 'live'),
  sort: fc.constantFrom('tree' as const, 'name' as const, 'end' as const),
  off: fc.subarray(['ending:none' as const, 'bar:keeps-alive' as const]),
});

describe('tasks of an event loop', () => {
  const tasks = (count: number): Snapshot => {
    const list = Array.from({ length: count }, (_, n) => ({ n, label: `t${n}`, from: START + 100 + n }));
    const asyncTasks = { tasks: list, count, pending: count, names: [] };
    return snapshotOf([
      thread({ id: 0, start: 0, kind: 'main', label: 'main', asyncTasks }),
      thread({ id: 1, start: 5, label: 'worker' }),
    ]);
  };

  it('stand below their thread, before those that it started', () => {
    assert.deepEqual(tree(tasks(2)), ['main', '  - 2 tasks', '    - t0', '    - t1', '  worker']);
  });

  it('are folded where there are many, until somebody unfolds them', () => {
    assert.deepEqual(tree(tasks(9)), ['main', '  - 9 tasks +0', '  worker']);
    assert.equal(tree(tasks(9), { unfolded: [`${key(0)}/tasks`] }).length, 12);
  });

  it('are not counted among the threads that are folded away, nor found by name', () => {
    assert.equal(tree(tasks(2), { folded: [key(0)] })[0], 'main +1');
    assert.deepEqual(tree(tasks(2), { query: 'worker' }), ['(main)', '  worker']);
  });
});
