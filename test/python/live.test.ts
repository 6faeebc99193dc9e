// What is told while a program runs, and would else be told at its end alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyModel, fold, type Model } from '../../src/model/facts/facts';
import { conclusionsOf, type Conclusions } from '../../src/model/conclusions/conclusions';
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
