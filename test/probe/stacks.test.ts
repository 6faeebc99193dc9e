// Where threads were when main ended: told of those that ran code, and asked of no others.
import assert from 'node:assert/strict';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import { onEach } from '../support/onEach';
import { lineOf, pictureOf, runBare, runObserved, type Outcome } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

const stacksIn = (events: LifecycleEvent[]) => events.filter((event) => event.k === 'stack');
const outcome = ({ code, signal, stdout, stderr }: Outcome): Outcome => ({ code, signal, stdout, stderr });

onEach(NODE, 'the place of a thread at its death', (node, major) => {
  it('is told of one that ran code, with who had called that, and the program goes on as without the probe', async () => {
    const file = program('cutOffInCode.js');
    const observed = await runObserved(node(), file);
    const picture = pictureOf(observed);
    const worker = picture.threads.find(({ kind }) => kind === 'worker')!;
    const [inner, outer] = worker.stack?.frames ?? [];
    assert.deepEqual([inner?.file, inner?.function, inner?.line], [file, 'compress', lineOf(file, '// cut off here')]);
    assert.equal(outer?.function, 'handle');
    assert.deepEqual(worker.unfinished, [
      { what: 'code', text: `in the middle of compress (cutOffInCode.js:${inner!.line})`, fate: 'unknown', at: inner },
    ]);
    assert.deepEqual(picture.processes[0]?.problems, []);
    assert.deepEqual(outcome(observed), outcome(await runBare(node(), file)));
  });

  it('is not asked of threads that wait, for events, in memory or for a child process', async () => {
    const { events, code } = await runObserved(node(), program('cutOffWaiting.js'));
    assert.equal(code, 0);
    assert.deepEqual(stacksIn(events), []);
  });

  it('is not asked while a thread sleeps in a call of the system, which nobody can interrupt', async function () {
    if (process.platform !== 'linux') return this.skip(); // others do not say that it sleeps
    const { events, signal } = await runObserved(node(), program('../findings/unstoppable-thread.js'));
    assert.equal(signal, 'SIGKILL');
    const [stack, ...others] = stacksIn(events);
    assert.deepEqual([stack?.frames, stack?.sleeps, others], [[], true, []]);
    if (process.arch === 'x64' || process.arch === 'arm64') assert.match(stack?.within ?? '', /^open \/.*\/pipe$/);
  });

  it('is known of one that does not turn its loop, by the function that it is in', async function () {
    if (major === 20) return this.skip(); // it cannot be asked
    const file = program('unresponsiveInCode.js');
    const { events } = await runObserved(node(), file);
    const stalls = stacksIn(events).filter(({ when }) => when === 'stall');
    assert.ok(stalls.length >= 1);
    for (const { frames } of stalls)
      assert.ok(frames.some((site) => site.function === 'handle' && site.line === lineOf(file, '// handle')));
  });

  it('is a call of the system, of one that sleeps in it, and main goes on', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { events, stdout } = await runObserved(node(), program('unresponsiveInCall.js'));
    assert.equal(stdout, 'at last\n');
    const [stack] = stacksIn(events);
    assert.deepEqual([stack?.when, stack?.frames, stack?.sleeps], ['stall', [], true]);
    assert.match(stack!.within!, /^open \/.*\/pipe$/);
  });
});
