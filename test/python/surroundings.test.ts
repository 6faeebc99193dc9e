// However Python is started, and whatever is around it, the program does the same with the probe, and its threads are told.
import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { onEach, type Installed } from '../support/onEach';
import { PYTHON } from '../support/runtimes/python';

const DEADLINE_MS = 60_000;
const SOURCE = `import sys, threading
def work():
    print("working", flush=True)
if __name__ == "__main__":
    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()
    print([name for name in sys.path if "dist" in name], sys.flags.isolated, sys.argv[1:])
`;
const PROCESSES = `import multiprocessing, os, sys, threading
def fail():
    os._exit(5)
def work(numbers):
    thread = threading.Thread(target=numbers.put, args=(2,), name="in the child")
    thread.start()
    thread.join()
if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    numbers = context.SimpleQueue()
    children = [context.Process(target=work, args=(numbers,)), context.Process(target=fail)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print(numbers.get(), [child.exitcode for child in children])
`;

interface Way {
  args: string[];
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Names of threads that must be told, when other than the program's one. */
  told?: string[];
}

let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-around-'));
  const files: Record<string, string> = {
    'program.py': SOURCE,
    'processes.py': PROCESSES,
    'package/__init__.py': '',
    'package/__main__.py': SOURCE,
    'caught/__init__.py': '',
    'caught/__main__.py': `import sys, threading
threading.Event()
try:
    sys.exit(1)
except SystemExit:
    print("caught")
`,
    'own/sitecustomize.py': 'print("a sitecustomize of its own")',
    'own/usercustomize.py': 'raise ImportError("not here")',
    'failing/sitecustomize.py': 'raise ValueError("on purpose")',
    'eager/sitecustomize.py': 'import threading, concurrent.futures.thread',
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  }
});
after(() => fs.rmSync(folder, { recursive: true }));

const WAYS: Record<string, () => Way> = {
  'by -m': () => ({ args: ['-m', 'package', 'more'] }),
  'as a folder': () => ({ args: [at('package'), 'more'] }),
  'from the standard input': () => ({ args: ['-', 'more'], input: SOURCE }),
  'by -c': () => ({ args: ['-c', SOURCE] }),
  'with each option that leaves the probe in': () => ({
    args: ['-B', '-O', '-s', '-u', '-X', 'utf8', '-X', 'faulthandler', 'program.py'],
  }),
  'with warnings as errors': () => ({ args: ['-W', 'error', 'program.py'] }),
  'in development mode': () => ({ args: ['-X', 'dev', 'program.py'] }),
  'with variables that keep its own folder out': () => ({
    args: ['program.py'],
    env: { PYTHONSAFEPATH: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONNOUSERSITE: '1' },
  }),
  'with another folder for compiled files': () => ({ args: ['program.py'], env: { PYTHONPYCACHEPREFIX: at('kept') } }),
  'with a sitecustomize of its own': () => ({ args: ['program.py'], env: { PYTHONPATH: at('own') } }),
  'with one that fails': () => ({ args: ['program.py'], env: { PYTHONPATH: at('failing') } }),
  'with one that loads threading': () => ({ args: ['program.py'], env: { PYTHONPATH: at('eager') } }),
  'with an ASCII locale': () => ({
    args: ['program.py'],
    env: { LC_ALL: 'C', PYTHONUTF8: '0', PYTHONCOERCECLOCALE: '0' },
  }),
  'without a working folder that it may read': () => ({
    args: [
      '-c',
      `import os, shutil, threading
os.mkdir("gone"); os.chdir("gone"); os.rmdir("../gone")
threading.Thread(target=print, args=("here",), name="worker").start()`,
    ],
  }),
  'with processes by fork': () => ({ args: ['processes.py', 'fork'], told: ['in the child'] }),
  'with processes by spawn': () => ({ args: ['processes.py', 'spawn'], told: ['in the child'] }),
  'with processes by forkserver': () => ({ args: ['processes.py', 'forkserver'], told: ['in the child'] }),
};

onEach(PYTHON, 'a program that is started', (python, line) => {
  it('by -m, and catches its own sys.exit(), has returned', function () {
    if (line < 12) this.skip(); // there nothing tells that from one that was not caught
    const { observed, events } = both(python(), { args: ['-m', 'caught'] });
    assert.equal(observed.stdout, 'caught\n');
    assert.deepEqual(
      events.flatMap((event) => (event.k === 'exiting' ? [[event.cause, event.code]] : [])),
      [['returned', 0]],
    );
  });

  for (const [how, way] of Object.entries(WAYS)) {
    it(`${how} does the same, and is told`, () => {
      const { told = ['worker'], ...started } = way();
      same(python(), started, told);
    });
  }

  it('as an archive does the same, and is told', () => {
    const archive = at('program.pyz');
    run(python(), { args: ['-m', 'zipapp', at('package'), '-o', archive] });
    same(python(), { args: [archive, 'more'] }, ['worker']);
  });

  it('in an environment of its own does the same, and is told', () => {
    const own = fs.mkdtempSync(at('environment-'));
    run(python(), { args: ['-m', 'venv', '--without-pip', '--symlinks', own] });
    same({ ...python(), path: path.join(own, 'bin', 'python') }, { args: ['program.py'] }, ['worker']);
  });

  it('with times of imports prints only such lines more', () => {
    const way: Way = { args: ['-X', 'importtime', 'program.py'] };
    const { bare, observed } = both(python(), way);
    assert.deepEqual([observed.status, observed.stdout], [bare.status, bare.stdout]);
    const others = observed.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('import time:'));
    assert.deepEqual(others, []);
  });
});

function same(python: Installed, way: Way, told: string[]): void {
  const { bare, observed, events } = both(python, way);
  const shown = ({ status, signal, stdout, stderr }: SpawnSyncReturns<string>): unknown => ({
    status,
    signal,
    stdout,
    stderr,
  });
  assert.deepEqual(shown(observed), shown(bare));
  assert.equal(bare.status, 0, bare.stderr);
  const names = events.flatMap((event) => (event.k === 'thread-start' && event.name ? [event.name] : []));
  assert.deepEqual(told.filter((name) => !names.includes(name)), []); // prettier-ignore
  assert.deepEqual(events.filter(({ k }) => k === 'probe-error'), []); // prettier-ignore
}

function both(
  python: Installed,
  way: Way,
): { bare: SpawnSyncReturns<string>; observed: SpawnSyncReturns<string>; events: LifecycleEvent[] } {
  const bare = run(python, way);
  const spool = fs.mkdtempSync(at('spool-'));
  const { PYTHONPATH: folders, ...ours } = PYTHON.preloading(PYTHON.probe, spool);
  const own = way.env?.['PYTHONPATH'];
  const env = { ...way.env, ...ours, PYTHONPATH: own ? `${folders}:${own}` : folders };
  const observed = run(python, { ...way, env });
  return { bare, observed, events: new SpoolReader(spool).readRest().events };
}

const run = (python: Installed, { args, env, input = '' }: Way): SpawnSyncReturns<string> =>
  spawnSync(python.path, args, {
    cwd: folder,
    encoding: 'utf8',
    input,
    timeout: DEADLINE_MS,
    env: { ...PYTHON.bareEnvironment(process.env), ...env },
  });
