// Output that nobody had taken when process.exit() was called: it is told, and nothing is where all was taken.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { exitReport } from '../../src/model/report/report';
import { onEach } from '../support/onEach';
import { pictureOf, runObserved } from '../support/runProgram';
import { NODE } from '../support/runtimes/node';

onEach(NODE, 'what is written to the standard output', (node) => {
  it('and not taken is told to be lost', async () => {
    const observed = await runObserved(node(), path.resolve('test/programs/node/outputLost.js'));
    const [parent, child] = exitReport(pictureOf(observed)).processes;
    assert.equal(parent!.unsent, undefined);
    assert.ok(child!.unsent! > 1_000_000 && child!.unsent! <= 4_000_001, String(child!.unsent));
  });
});
