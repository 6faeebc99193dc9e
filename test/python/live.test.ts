// What is told while a program runs, and would else be told at its end alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyModel, fold, type Model } from '../../src/model/facts/facts';
import { conclusionsOf, type Conclusions } from '../../src/model/conclusions/conclusions';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import { HOLD_NEXT, REQUEST_SUFFIX } from '../../src/protocol/spool';
import { monotonicMicros } from '../../src/transport/clock';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { onEach, type Installed } from '../support/onEach';
import { PYTHON } from '../support/runtimes/python';

const SOURCE = `import threading
first, second = threading.Lock(), threading.Lock()
both = threading.Barrier(2)
def take(one, other):
    with one:
        both.wait()
        with other:
            pass
threads = [threading.Thread(target=take, args=locks) for locks in ((first, second), (second, first))]
for thread in threads:
    thread.start()
`;
const DEADLINE_MS = 60_000;

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-live-'))));
after(() => fs.rmSync(folder, { recursive: true }));

onEach(PYTHON, 'two threads that wait for each other’s locks', (python, line) => {
  it('are told while main waits for them in join()', () => toldLive(python(), `${SOURCE}threads[0].join()\n`));

  // From 3.13 on main then waits in C, where it looks at nothing.
  (line < 13 ? it : it.skip)('are told while main waits for them after its code', () => toldLive(python(), SOURCE));
});

async function toldLive(python: Installed, source: string): Promise<void> {
  const { standstill, alive } = await untilSettled(python, source);
  assert.deepEqual(
    standstill!.threads.map(({ thread, wait }) => [thread.id, wait?.what === 'lock' ? wait.holder : undefined]),
    [[0, undefined], [1, 2], [2, 1]], // prettier-ignore
  );
  assert.equal(alive?.stuck, true);
}

/** What is concluded of the program as soon as threads stand still for good. It is ended then. */
async function untilSettled(python: Installed, source: string): Promise<Conclusions> {
  const spool = fs.mkdtempSync(path.join(folder, 'spool-'));
  const env = { ...PYTHON.bareEnvironment(process.env), ...PYTHON.preloading(PYTHON.probe, spool) };
  const file = path.join(spool, 'program.py'); // from its source it is known which lock is meant
  fs.writeFileSync(file, source);
  const program = spawn(python.path, [file], { env, stdio: 'ignore' });
  const gone = once(program, 'exit');
  const reader = new SpoolReader(spool);
  const model: Model = emptyModel();
  try {
    for (const until = performance.now() + DEADLINE_MS; performance.now() < until; await pause(50)) {
      for (const event of reader.read().events) fold(model, event);
      const [observed] = [...model.processes.values()];
      const conclusions = observed && conclusionsOf(observed, monotonicMicros());
      if (conclusions?.standstill?.threads.length === 3) return conclusions;
    }
    throw new Error('nothing was told of it');
  } finally {
    program.kill('SIGKILL');
    await gone;
  }
}

/** Main waits for its thread without limit, and looks for requests meanwhile. */
const WAITING = `import os, sys, threading, time
def work():
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.02)
thread = threading.Thread(target=work)
thread.start()
thread.join()
print("joined")
`;

onEach(PYTHON, 'a request for stacks that cannot be taken away', (python) => {
  it('is answered once, and the program that waits does not notice', async () => {
    const spool = fs.mkdtempSync(path.join(folder, 'spool-'));
    const env = { ...PYTHON.bareEnvironment(process.env), ...PYTHON.preloading(PYTHON.probe, spool) };
    const stop = path.join(spool, 'stop');
    const program = spawn(python().path, ['-c', WAITING, stop], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = Promise.all([program.stdout, program.stderr].map(text));
    const gone = once(program, 'exit');
    const events: LifecycleEvent[] = [];
    const reader = new SpoolReader(spool);
    const until = async (fits: (event: LifecycleEvent) => boolean): Promise<LifecycleEvent> => {
      for (const end = performance.now() + DEADLINE_MS; performance.now() < end; await pause(50)) {
        events.push(...reader.read().events);
        const found = events.find(fits);
        if (found) return found;
      }
      throw new Error('it was not told');
    };
    const { p } = await until(({ k }) => k === 'thread-start');
    fs.mkdirSync(path.join(spool, `${p}${REQUEST_SUFFIX}`)); // what is no file cannot be unlinked
    await until(({ k }) => k === 'probe-error');
    fs.writeFileSync(stop, '');
    assert.deepEqual(await gone, [0, null]);
    assert.deepEqual(await said, ['joined\n', '']);
    events.push(...reader.readRest().events);
    assert.equal(events.filter(({ k }) => k === 'probe-error').length, 1);
    assert.equal(events.filter((event) => event.k === 'stack' && event.when === 'asked').length, 2);
  });
});

/** A debugger without the parts of debugpy that a thread is held by. */
const OTHER_DEBUGGER = `import sys, threading, types
for name in ("pydevd", "_pydevd_bundle.pydevd_additional_thread_info"):
    sys.modules[name] = types.ModuleType(name)
thread = threading.Thread(target=print, args=("ran",))
thread.start()
thread.join()
`;

onEach(PYTHON, 'a thread that another debugger than is known should hold', (python) => {
  it('starts, and is told of', async () => {
    const spool = fs.mkdtempSync(path.join(folder, 'spool-'));
    fs.writeFileSync(path.join(spool, HOLD_NEXT), '');
    const env = { ...PYTHON.bareEnvironment(process.env), ...PYTHON.preloading(PYTHON.probe, spool) };
    const program = spawn(python().path, ['-c', OTHER_DEBUGGER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = Promise.all([program.stdout, program.stderr].map(text));
    assert.deepEqual(await once(program, 'exit'), [0, null]);
    assert.deepEqual(await said, ['ran\n', '']);
    const told = new SpoolReader(spool).readRest().events.map(({ k }) => k);
    assert.deepEqual(told.filter((k) => k === 'thread-start' || k === 'probe-error').sort(), [
      'probe-error',
      'thread-start',
    ]);
  });
});
