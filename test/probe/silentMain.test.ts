// A main without workers that never turns its event loop is found by what it does not tell.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { onEach } from '../support/onEach';
import { pictureOf, runObserved, type Observed } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const BLOCKS = ['computes', 'waits for a child process'];
const PAUSES = 'waits for a moment';
const STARVES = 'has no file descriptor left';

let folder: string;
let limited: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-limited-'));
  limited = path.join(folder, 'limited.sh');
  fs.writeFileSync(limited, '#!/bin/sh\nulimit -n 64\nexec "$@"\n', { mode: 0o755 });
});
after(() => fs.rmSync(folder, { recursive: true }));

onEach(NODE, 'a main without workers', (node) => {
  /** Each waits most of the time. */
  const runs = new Map<string, Promise<Observed>>();
  before(() => {
    for (const how of [...BLOCKS, PAUSES])
      runs.set(how, runObserved(node(), program('blocksAlone.js'), { programArgs: [how] }));
    if (process.platform === 'win32') return; // there is no such limit to set
    const options = { args: [node().path], programArgs: [STARVES] };
    runs.set(STARVES, runObserved({ runtime: NODE, path: limited }, program('blocksAlone.js'), options));
  });

  for (const how of BLOCKS)
    it(`that ${how} from its start on has not turned its event loop`, async () => {
      const seen = await runs.get(how)!;
      assert.equal(seen.signal, 'SIGTERM');
      assert.deepEqual(Object.keys(pictureOf(seen).processes[0]!.alive?.main ?? {}), ['since']);
    });

  it('that does so only for a while has turned it', async () => {
    const { alive } = pictureOf(await runs.get(PAUSES)!).processes[0]!;
    assert.equal(alive?.main, undefined);
    assert.ok(alive?.holders.length, 'what keeps it alive is told');
  });

  it('that has no file descriptor left is not said to stand still', async function () {
    if (process.platform === 'win32') this.skip();
    const seen = await runs.get(STARVES)!;
    assert.equal(seen.signal, 'SIGTERM');
    assert.equal(pictureOf(seen).processes[0]!.alive, undefined);
  });
});
