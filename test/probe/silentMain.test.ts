// A main without workers that never turns its event loop is found by what it does not tell.
import assert from 'node:assert/strict';
import { onEach } from '../support/onEach';
import { pictureOf, runObserved, type Observed } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const BLOCKS = ['computes', 'waits for a child process'];
const PAUSES = 'waits for a moment';

onEach(NODE, 'a main without workers', (node) => {
  /** Each waits most of the time. */
  const runs = new Map<string, Promise<Observed>>();
  before(() => {
    for (const how of [...BLOCKS, PAUSES])
      runs.set(how, runObserved(node(), program('blocksAlone.js'), { programArgs: [how] }));
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
});
