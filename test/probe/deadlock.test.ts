// Threads of Node’s own that the program’s threads wait for.
import assert from 'node:assert/strict';
import { onEach } from '../support/onEach';
import { pictureOf, runObserved } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

onEach(NODE, 'module loader hooks that ask main', (node, major) => {
  it(`${major < 24 ? 'are answered' : 'and main wait for each other'}`, async () => {
    const { findings } = pictureOf(await runObserved(node(), program('hooksAskMain.mjs'), {}));
    const told = findings.map(({ rule, text, at }) => ({
      rule,
      text: text.replace(/\d+\.\d s/, '0.0 s'),
      line: at?.line,
    }));
    const expected = {
      rule: 'deadlock',
      text: '“main” has waited in import or require() (hooksAskMain.mjs:21) for 0.0 s. As far as can be seen, nothing can wake it. “module loader hooks” waits for messages (data: URL:8), and “main” can send none meanwhile.',
      line: 21,
    };
    assert.deepEqual(told, major < 24 ? [] : [expected]);
  });
});

onEach(NODE, 'main that asks a port for messages without end', (node) => {
  it('is told to stand still in that call', async () => {
    const { processes } = pictureOf(await runObserved(node(), program('pollsForWorker.js'), {}));
    assert.equal(processes[0]!.exit?.signal, 'SIGKILL');
    assert.equal(processes[0]!.alive?.main?.call, 'receiveMessageOnPort()');
  });
});
