// Whatever part of Node a program loads or touches first, in whatever way: the probe makes Node load nothing more, and
// worker_threads is the same as without it. It must not meddle while Node is half-way through loading.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ahead } from '../support/ahead';
import { onEach } from '../support/onEach';
import { runBare, runObserved, runWithPreload, type Outcome } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const PROGRAM = program('builtinsFirst.js');
/** Built-in modules that load Node's part for workers, before all else or on the way. */
const LOAD_WORKERS = ['worker_threads', 'trace_events'];
/** Ways other than `require`, to load them. */
const OTHER_WAYS = ['getBuiltinModule', 'createRequire', 'import', 'importInModule', 'syncExports'];

type Shape = [key: string, kind: string, flags: object, chain: string[], inside: Shape][];
interface Seen {
  error?: string;
  modules: string[];
  workerThreads: Shape;
  imported: Shape;
  answer?: string;
}
interface Touch {
  how: string;
  name: string;
  /** Options of Node. */
  args?: string[];
  worker?: 'globalThis.Worker';
}

/** Each computes most of its time. */
const AT_ONCE = 2;

let folder: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-empty-'));
  fs.writeFileSync(path.join(folder, 'probe.js'), '');
});
after(() => fs.rmSync(folder, { recursive: true }));

/** Touches no part of Node. */
const NOTHING: Touch = { how: 'global', name: 'Object' };

onEach(NODE, 'a part of Node that is loaded first', (node, major) => {
  /** What a program sees with the probe that touched nothing, once that is known to be what it sees without. */
  let ofNothing: Seen | undefined;
  /** Returns in what the two differ, and what the program saw with the probe. */
  const compare = async ({ how, name, args = [], worker }: Touch): Promise<{ wrong: string[]; seen: Seen }> => {
    const options = { args, programArgs: [how, name, ...(worker ? [worker] : [])] };
    const observed = await runObserved(node(), PROGRAM, options);
    const failures = observed.events.filter(({ k }) => k === 'probe-error' || k === 'hooks-missing');
    const isOfNothing = observed.code === 0 && observed.stderr === '' && failures.length === 0;
    if (isOfNothing && isDeepStrictEqual(seenBy(observed), ofNothing)) return { wrong: [], seen: ofNothing! };
    const empty = await runWithPreload(node(), PROGRAM, path.join(folder, 'probe.js'), options);
    const [seen, theirs] = [observed, empty].map(seenBy) as [Seen, Seen];
    const wrong: string[] = [];
    const same = (what: string, mine: unknown, other: unknown): void => {
      if (JSON.stringify(mine) !== JSON.stringify(other)) wrong.push(`${how} ${name}: ${what}`);
    };
    same('what is loaded', seen.modules, theirs.modules);
    same('worker_threads', withoutRefs(seen.workerThreads), withoutRefs(theirs.workerThreads));
    same('its end, its errors, and what is imported', steady(observed, seen), steady(empty, theirs));
    same('failures of the probe', failures, []);
    if (!loadsWorkers({ seen })) return { wrong, seen };
    same('a worker’s answer', seen.answer, 'runs');
    const told = ['thread-start', 'thread-begin', 'thread-online', 'thread-exit'];
    same(
      'what the probe tells',
      told.filter((k) => !observed.events.some((event) => event.k === k)),
      [],
    );
    return { wrong, seen };
  };
  const compareAll = async (touches: Touch[]): Promise<{ touch: Touch; seen: Seen }[]> => {
    const runOf = ahead(AT_ONCE, touches, async (touch) => ({ touch, ...(await compare(touch)) }));
    const compared: { touch: Touch; wrong: string[]; seen: Seen }[] = [];
    for (const n of touches.keys()) compared.push(await runOf(n));
    assert.deepEqual(
      compared.flatMap(({ wrong }) => wrong),
      [],
    );
    return compared;
  };

  it('makes no difference, whether a built-in module or a global', async function () {
    if (![NODE.lines[0], NODE.lines.at(-1)].includes(major)) this.skip(); // some 150 processes twice: the others have what these have
    this.timeout(300_000);
    const { stdout } = await runBare(node(), PROGRAM, { programArgs: ['list'] });
    const { modules, globals } = JSON.parse(stdout) as { modules: string[]; globals: string[] };
    ofNothing = (await compareAll([NOTHING]))[0]!.seen;
    const compared = await compareAll([
      ...modules.map((name) => ({ how: 'require', name })),
      ...globals.map((name) => ({ how: 'global', name })),
    ]);
    const expected = [...LOAD_WORKERS, ...(major < 24 ? [] : ['navigator.locks'])];
    const found = compared.filter(loadsWorkers).map(({ touch }) => touch.name);
    assert.deepEqual(
      expected.filter((name) => !found.includes(name)),
      [],
    );
  });

  it('makes no difference, whichever way it is loaded', async function () {
    this.timeout(120_000);
    await compareAll(
      LOAD_WORKERS.flatMap((name) => [
        ...OTHER_WAYS.map((how) => ({ how, name })),
        { how: 'require', name: 'fs', args: [`--require=${name}`] },
        { how: 'require', name: 'fs', args: [`--import=node:${name}`] },
      ]),
    );
  });

  it('makes no difference, if it is the web’s Worker', async function () {
    if (major < 26) this.skip(); // there is none
    const args = ['--experimental-web-worker'];
    await compareAll([
      { how: 'global', name: 'Worker', args },
      { how: 'global', name: 'Worker', args, worker: 'globalThis.Worker' },
      { how: 'require', name: 'trace_events', args, worker: 'globalThis.Worker' },
    ]);
  });
});

const loadsWorkers = ({ seen }: { seen: Seen }): boolean => seen.modules.includes('NativeModule internal/worker');

/** Accepted: which ports belong together is heard by the look-up of these two, before there is a worker. */
const REFS = ['ref', 'unref'];
const withoutRefs = (shape: Shape): Shape =>
  shape
    .filter(([key]) => !REFS.includes(key))
    .map(([key, kind, flags, chain, inside]) => [key, kind, flags, chain, withoutRefs(inside)]);

function seenBy({ stdout, stderr }: Outcome): Seen {
  try {
    return JSON.parse(stdout) as Seen;
  } catch {
    return { error: `${stdout}${stderr}`, modules: [], workerThreads: [], imported: [] };
  }
}

const steady = ({ code, signal, stderr }: Outcome, { error, imported }: Seen): unknown[] => [
  code,
  signal,
  stderr.replace(/\(node:\d+\)/g, '(node:PID)'),
  error,
  imported,
];
