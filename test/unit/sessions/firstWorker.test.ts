// The condition under which a breakpoint holds a worker, as the runtime evaluates it in threads that come at once.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { firstWorker } from '../../../src/sessions/debuggers/jsDebug/firstWorker';

const EVALUATES = `const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(eval(workerData));`;

const evaluated = (condition: string): Promise<boolean> =>
  new Promise((resolve, reject) =>
    new Worker(EVALUATES, { eval: true, workerData: condition }).once('message', resolve).once('error', reject),
  );

describe('the breakpoint at the start of the next worker', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-claim-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('holds one of eight that start at once, and not main', async () => {
    const condition = firstWorker(path.join(folder, 'it’s a "claim"'));
    assert.equal((0, eval)(condition), false);
    const held = await Promise.all(Array.from({ length: 8 }, () => evaluated(condition)));
    assert.equal(held.filter((is) => is).length, 1);
  });

  it('holds each where no claim can be made, rather than none', async () => {
    const condition = firstWorker(path.join(folder, 'no', 'folder', 'there'));
    assert.deepEqual(await Promise.all([evaluated(condition), evaluated(condition)]), [true, true]);
  });
});
