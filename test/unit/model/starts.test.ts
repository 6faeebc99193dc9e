// On which line a thread is said to have been started, and what it is called.
import assert from 'node:assert/strict';
import { applyDelta, type Snapshot, type ThreadPicture } from '../../../src/protocol/picture';
import type { Site, ThreadStart } from '../../../src/protocol/probeEvents';
import { Story, site } from '../../support/events';
import { ToldSession } from '../../support/told';

const inPiscina = site(38, '/app/node_modules/piscina/dist/worker_pool/index.js');
const PISCINA_WORKER = '/app/node_modules/piscina/dist/worker.js';
type Start = Partial<Omit<ThreadStart, 'k' | 'p' | 'tid' | 'q' | 't' | 'id'>>;

/** A worker for each of these starts, in their order. */
function story(...starts: Start[]): Story {
  const told = new Story().begin(1000);
  starts.forEach((start, i) => told.tell(0, 2000 + i * 100, 'thread-start', { id: i + 1, ...start }));
  return told;
}
const picture = (told: Story): Snapshot => new ToldSession().tell(told.events).snapshot();
const workers = ({ threads }: Snapshot): ThreadPicture[] => threads.filter(({ kind }) => kind !== 'main');
const text = (at: Site | undefined): string => (at ? `${at.file.split('/').pop()}:${at.line}` : 'unknown');
const linesOf = (told: Story): string[] => workers(picture(told)).map(({ startSite }) => text(startSite));
const labelsOf = (told: Story): string[] => workers(picture(told)).map(({ label }) => label);

const helper = site(2, '/app/helper.js');
const other = site(7, '/app/other.js');
/** By a function in `helper.js`, called from there. */
const byHelper = (file: string, ...callers: Site[]): Start => ({ file, at: helper, callers });
/** By piscina, on whose behalf a line of the program’s does. */
const byPiscina = (from?: Site, more: Start = {}): Start => ({
  file: PISCINA_WORKER,
  at: inPiscina,
  through: ['piscina'],
  ...(from ? { from } : {}),
  ...more,
});
const made = { makes: true } as const;

describe('the line that started a thread', () => {
  it('is the program’s own, and that of a package is told second', () => {
    const [worker] = workers(picture(story(byPiscina(site(3), made))));
    assert.deepEqual(worker!.startSite, site(3));
    assert.deepEqual(worker!.startedBy, { at: inPiscina, library: 'piscina' });
  });

  it('is that of the package where no other is known', () => {
    const [worker] = workers(picture(story(byPiscina())));
    assert.deepEqual([worker!.startSite, worker!.startedBy?.at], [inPiscina, inPiscina]);
  });

  it('is the innermost of the program while one line calls the function that it is in', () => {
    const loop = site(9);
    assert.deepEqual(linesOf(story(byHelper('/app/a.js', loop))), ['helper.js:2']);
    assert.deepEqual(linesOf(story(byHelper('/app/a.js', loop), byHelper('/app/b.js', loop))), [
      'helper.js:2',
      'helper.js:2',
    ]);
  });

  it('is that of the callers, where starts of several scripts or for several files come from one function', () => {
    assert.deepEqual(linesOf(story(byHelper('/app/a.js', site(9)), byHelper('/app/b.js', site(10)))), [
      'main.js:9',
      'main.js:10',
    ]);
    assert.deepEqual(linesOf(story(byHelper('/app/a.js', site(9)), byHelper('/app/a.js', other))), [
      'main.js:9',
      'other.js:7',
    ]);
  });

  it('is where it keeps the process alive, unless another line ref’d it', () => {
    const told = story(byHelper('/app/a.js', site(9)), byHelper('/app/b.js', site(10)));
    told.tell(0, 2500, 'thread-unref', { id: 2, at: site(20) }).tell(0, 2600, 'thread-ref', { id: 2, at: site(21) });
    told.events.push({ k: 'resources', p: told.p, tid: 0, t: 3000, counts: {} });
    const { holders = [] } = picture(told).processes[0]!.alive ?? {};
    assert.deepEqual(
      holders.map(({ at }) => text(at)),
      ['main.js:9', 'main.js:21'],
    );
  });

  it('is that of who calls a class, through all that this class calls of itself', () => {
    const within = site(5, '/app/helper.js');
    const starts = [9, 10].map((line) => byHelper('/app/a.js', within, site(line)));
    assert.deepEqual(linesOf(story(...starts)), ['main.js:9', 'main.js:10']);
  });

  it('stays where a thread is started again by a listener beside it', () => {
    const again = site(4, '/app/helper.js');
    const starts = [byHelper('/app/a.js', site(9)), byHelper('/app/a.js', again), byHelper('/app/a.js', again)];
    assert.deepEqual(linesOf(story(...starts)), ['helper.js:2', 'helper.js:2', 'helper.js:2']);
  });

  it('is the one that made a pool, for what the pool starts later too', () => {
    const starts = [byPiscina(site(3), made), byPiscina(site(8)), byPiscina()];
    assert.deepEqual(linesOf(story(...starts)), ['main.js:3', 'main.js:3', 'main.js:3']);
    const { pools, processes } = picture(story(...starts));
    assert.deepEqual(
      pools.map(({ label, at }) => [label, text(at)]),
      [['piscina (3 threads)', 'main.js:3']],
    );
    const { by, count } = processes[0]!.holds.at(-1)!;
    assert.deepEqual([by, count], [['piscina'], 3], 'how many of it hold the process is told beside its name');
  });

  it('is not guessed where two pools of a package are alike', () => {
    const starts = [byPiscina(site(3), made), byPiscina(site(4), made), byPiscina(site(8)), byPiscina()];
    assert.deepEqual(linesOf(story(...starts)), ['main.js:3', 'main.js:4', 'main.js:8', 'index.js:38']);
    assert.deepEqual(
      picture(story(...starts)).pools.map(({ at }) => text(at)),
      ['main.js:3', 'main.js:4', 'main.js:8'],
    );
  });

  it('is told again of those whose line has become another', () => {
    const told = story(byHelper('/app/a.js', site(9)), byHelper('/app/b.js', site(10)));
    const session = new ToldSession().tell(told.events.slice(0, 2));
    const before = session.snapshot();
    assert.deepEqual(
      workers(before).map(({ startSite }) => text(startSite)),
      ['helper.js:2'],
    );
    const after = applyDelta(before, session.tell(told.events.slice(2)).delta())!;
    assert.deepEqual(
      workers(after).map(({ startSite }) => text(startSite)),
      ['main.js:9', 'main.js:10'],
    );
  });

  it('is known of later starts by the same calls, of which the number alone is told', () => {
    const first = { ...byHelper('/app/a.js', site(9)), calls: 1 };
    const second = { ...byHelper('/app/b.js', site(10)), calls: 2 };
    const third = { file: '/app/a.js', at: helper, calls: 1 };
    assert.deepEqual(linesOf(story(first, second, third)), ['main.js:9', 'main.js:10', 'main.js:9']);
  });

  it('is where findings on the thread stand, and the package’s is beside it', () => {
    const told = story(byPiscina(site(3), made))
      .tell(1, 2500, 'thread-begin', {})
      .tell(0, 3000, 'thread-error', { id: 1, name: 'Error', message: 'heap', heard: false })
      .tell(0, 3001, 'thread-exit', { id: 1, code: 1, outOfMemory: true });
    const [found] = picture(told).findings;
    assert.equal(found!.rule, 'out-of-memory');
    assert.equal(text(found!.at), 'main.js:3');
    assert.deepEqual(
      found!.related.map((one) => [one.text, text(one.at)]),
      [['piscina did it here', 'index.js:38']],
    );
  });
});

describe('the name of a thread', () => {
  const THREAD_STREAM = '/app/node_modules/thread-stream/lib/worker.js';
  const byPino = (loads: string[]): Start => ({
    file: THREAD_STREAM,
    name: 'pino/file',
    at: site(73, '/app/node_modules/thread-stream/index.js'),
    from: site(2),
    through: ['thread-stream', 'pino', 'fastify'],
    loads: loads.map((file) => `/app/node_modules/${file}`),
  });

  it('of a pool says the pool, and the script that it was told to run', () => {
    const told = story(byPiscina(site(3), made), byPiscina(site(8))).tell(0, 3000, 'thread-loads', {
      id: 1,
      files: ['/app/hash.js'],
    });
    assert.deepEqual(labelsOf(told), ['piscina 1 · hash.js', 'piscina 2']);
  });

  it('of pino says to what it writes, whatever name pino gives it', () => {
    const told = story(
      byPino(['pino/file.js']),
      byPino(['pino-pretty/index.js']),
      byPino(['pino/file.js', 'pino-pretty/index.js']),
    );
    assert.deepEqual(labelsOf(told), [
      'pino · file transport',
      'pino · pino-pretty transport',
      'pino · file and pino-pretty transport',
    ]);
  });

  it('of vitest says the tests, and how many more it ran', () => {
    const start = {
      file: '/app/node_modules/vitest/dist/workers/threads.js',
      at: site(9, '/app/node_modules/vitest/dist/chunks/cli.js'),
      through: ['vitest'],
    };
    const told = story(start, start)
      .tell(0, 3000, 'thread-loads', { id: 1, files: ['/app/tests/a.test.js'] })
      .tell(0, 3001, 'thread-loads', { id: 2, files: ['/app/tests/b.test.js', '/app/c.test.js'], more: 1 });
    assert.deepEqual(labelsOf(told), ['vitest · a.test.js', 'vitest · b.test.js and 2 more']);
  });

  it('is the one that the program gave, or that of its own script', () => {
    const told = story({ file: '/app/a.js', at: site(3), name: 'hasher' }, { file: '/app/a.js', at: site(4) });
    assert.deepEqual(labelsOf(told), ['hasher', 'a.js']);
  });

  it('of a tool is the tool’s, which is not one of the program’s own threads', () => {
    const esbuild = '/app/node_modules/esbuild/lib/main.js';
    const told = story(
      { file: esbuild, at: site(2395, esbuild), through: ['esbuild', 'tsx'] },
      { eval: true, at: site(5701, '/app/node_modules/vite/dist/node/chunks/node.js'), through: ['vite'] },
      {
        file: '/app/a.js',
        at: site(9, '/app/node_modules/synckit/lib/index.cjs'),
        from: site(2),
        through: ['synckit'],
      },
    );
    assert.deepEqual(
      workers(picture(told)).map(({ label, kind }) => [label, kind]),
      [
        ['esbuild', 'tool'],
        ['vite', 'tool'],
        ['a.js', 'worker'],
      ],
    );
  });
});
