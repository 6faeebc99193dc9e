// Threads that are ref'd and unref'd again and again: that costs hardly anything, and whatever ends the program, it is known
// how they were left, or known to be unknown.
import assert from 'node:assert/strict';
import type { Flip, ThreadPicture } from '../../src/protocol/picture';
import { ACTIVITY_VARIABLE } from '../../src/protocol/spool';
import { onEach } from '../support/onEach';
import { lineOf, pictureOf, runObserved, type Observed } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const FILE = program('manyFlips.js');
/** As the program does it, with the last one. */
const FLIPS = { unref: 2001, ref: 2000 };
const MOST_RECORDS = 100;

const countOf = (flips: readonly Flip[]): number =>
  flips.slice(1).reduce((sum, { run, value }) => sum + (value === undefined ? 0 : (run?.count ?? 1)), 0);

onEach(NODE, 'a worker that is flipped again and again', (node) => {
  let observed: Observed;
  async function see(end: string, env: NodeJS.ProcessEnv = {}): Promise<ThreadPicture[]> {
    observed = await runObserved(node(), FILE, { programArgs: [end], env });
    const { threads, processes } = pictureOf(observed);
    assert.deepEqual([observed.damaged, processes[0]?.lost, processes[0]?.problems], [0, 0, []]);
    assert.ok(observed.events.length < MOST_RECORDS, 'it is not told flip by flip');
    return threads.filter(({ kind }) => kind === 'worker');
  }

  it('is known to the last flip when the loop is drained, with the number of flips and their lines', async () => {
    const [worker] = await see('drained');
    assert.equal(worker!.ended?.by, 'main-exit');
    assert.equal(worker!.keepsAlive.at(-1)!.value, false);
    assert.equal(countOf(worker!.refs), FLIPS.unref);
    const run = worker!.refs.find((flip) => flip.run)!;
    const lines = ['// refs it', '// unrefs it'].map((mark) => lineOf(FILE, mark));
    assert.deepEqual([run.at?.line, run.run!.other?.line].sort(), lines.sort());
  });

  it('is known when process.exit() follows at once', async () => {
    const [refd] = await see('exit');
    assert.equal(refd!.keepsAlive.at(-1)!.value, true);
    assert.equal(countOf(refd!.refs), FLIPS.ref);
    const [unrefd] = await see('exit-unrefd');
    assert.equal(unrefd!.keepsAlive.at(-1)!.value, false);
    assert.equal(countOf(unrefd!.refs), FLIPS.unref);
  });

  it('is known when an error ends main', async () => {
    const [worker] = await see('throw');
    assert.equal(worker!.keepsAlive.at(-1)!.value, false);
  });

  it('is what it was when main began to exit, and what exit handlers do to it is told too', async () => {
    const [worker] = await see('exit-handler');
    assert.equal(worker!.keepsAlive.at(-1)!.value, false);
    assert.equal(worker!.refs.at(-1)!.value, true);
    assert.equal(countOf(worker!.refs), FLIPS.unref + FLIPS.ref - 1);
  });

  it('is known when terminate() follows at once', async () => {
    const [worker] = await see('terminate');
    assert.equal(worker!.ended?.by, 'terminate');
    assert.equal(worker!.refs.at(-1)!.value, false);
    assert.equal(countOf(worker!.refs), FLIPS.unref);
    const kinds = observed.events.map(({ k }) => k);
    assert.ok(kinds.lastIndexOf('thread-flips') < kinds.indexOf('terminate-call'), 'before the call is told');
  });

  it('is known to be unknown when SIGKILL follows at once', async () => {
    const [worker] = await see('kill');
    assert.equal(observed.signal, 'SIGKILL');
    assert.equal(worker!.keepsAlive.at(-1)!.value, undefined);
    assert.ok(worker!.refs.length > 2, 'that it was flipped is known');
  });

  it('is known when SIGKILL comes two seconds later', async () => {
    const [worker] = await see('kill-later');
    assert.equal(observed.signal, 'SIGKILL');
    assert.equal(worker!.keepsAlive.at(-1)!.value, true);
    assert.equal(countOf(worker!.refs), FLIPS.ref);
  });

  it('is known to be unknown when its owner is terminated meanwhile', async () => {
    const [owner, inner] = await see('owner-terminated');
    assert.deepEqual([owner!.ended?.by, inner!.ended?.by], ['terminate', 'owner-exit']);
    assert.equal(inner!.refs.at(-1)!.value, undefined);
  });

  it('is known without activity too', async () => {
    const [worker] = await see('exit', { [ACTIVITY_VARIABLE]: '0' });
    assert.equal(worker!.keepsAlive.at(-1)!.value, true);
    assert.equal(countOf(worker!.refs), FLIPS.ref);
  });
});
