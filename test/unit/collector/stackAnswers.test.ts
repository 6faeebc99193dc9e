// Asking a program for its stacks, with the test in the program's place.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { StackAnswers } from '../../../src/collector/stackAnswers';
import type { ThreadStack } from '../../../src/protocol/probeEvents';
import { REQUEST_SUFFIX } from '../../../src/protocol/spool';

const stack: ThreadStack = { k: 'stack', p: '7-1', tid: 0, t: 1, q: 1, id: 1, frames: [], when: 'asked' };
const process = { key: '7-1', origin: {}, pid: 7 };

describe('a program that is asked for its stacks', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'll-stacks-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('answers with what it tells until the request is gone, to all who ask meanwhile, and of no other process', async () => {
    const answers: StackAnswers = new StackAnswers(folder, () => {
      for (const event of [{ ...stack, p: '8-1' }, stack, { ...stack, when: 'exit' as const }]) answers.take(event);
    });
    const asked = [answers.ask(process), answers.ask(process)];
    fs.unlinkSync(path.join(folder, `7-1${REQUEST_SUFFIX}`));
    for (const answer of await Promise.all(asked)) assert.deepEqual((answer as { stacks: unknown[] }).stacks[0], stack);
    answers.take(stack);
    const again = answers.ask(process);
    fs.unlinkSync(path.join(folder, `7-1${REQUEST_SUFFIX}`));
    assert.deepEqual(await again, { stacks: [stack] }, 'what is told unasked is for nobody');
  });

  it('that does not answer is said to be so, and its request goes', async function () {
    this.timeout(20_000);
    const answers = new StackAnswers(folder, () => undefined);
    const nodes = await answers.ask(process);
    assert.match(
      (nodes as { failure: string }).failure,
      /^Process 7 did not answer within 5 s: the event loop of its /,
    );
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('cannot be asked where its folder is gone, which is said', async () => {
    const answers = new StackAnswers(path.join(folder, 'gone'), () => undefined);
    const { failure } = (await answers.ask(process)) as { failure: string };
    assert.match(failure, /^Process 7 could not be asked: .*ENOENT/);
  });
});
