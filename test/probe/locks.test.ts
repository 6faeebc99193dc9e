// Web Locks: who holds them and who was not given them.
import assert from 'node:assert/strict';
import { aliveText } from '../../src/model/report/words';
import type { LockPicture } from '../../src/protocol/picture';
import { onEach } from '../support/onEach';
import { lineOf, pictureOf, runBare, runObserved, type Observed } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

/** Before, Node has none. */
const SINCE = 24;

const locksIn = (observed: Observed, id: number): LockPicture[] =>
  pictureOf(observed).threads.find((thread) => thread.id === id)?.activity?.locks ?? [];
const brief = ({ name, held, at }: LockPicture): unknown[] => [name, held, at?.line];

onEach(NODE, 'a lock', (node, major) => {
  it('is the same for a program that uses locks in every way, and none is left open', async () => {
    const observed = await runObserved(node(), program('locks.js'));
    const bare = await runBare(node(), program('locks.js'));
    assert.deepEqual([observed.stdout, observed.stderr, observed.code], [bare.stdout, bare.stderr, 0]);
    const { processes, threads } = pictureOf(observed);
    assert.deepEqual([processes[0]!.lost, processes[0]!.problems], [0, []]);
    if (major < SINCE) return;
    assert.ok(observed.events.some(({ k }) => k === 'lock-name'));
    assert.deepEqual(
      threads.flatMap(({ activity }) => activity?.locks ?? []),
      [],
    );
  });

  if (major < SINCE) return;

  it('that main has held since before its first worker is known, as is one that a terminated thread asked for', async () => {
    const file = program('lockBeforeWorker.js');
    const observed = await runObserved(node(), file, { programArgs: ['exit'] });
    assert.deepEqual(locksIn(observed, 0).map(brief), [['db', true, lineOf(file, '// held')]]);
    assert.deepEqual(locksIn(observed, 1).map(brief), [['db', false, lineOf(file, '// asked')]]);
  });

  it('that is not given is named with both ends when a program that is still alive is asked why', async () => {
    const file = program('lockNeverGiven.js');
    const { processes } = pictureOf(await runObserved(node(), file));
    const last = aliveText(processes[0]!.alive!, processes[0]!.exit).at(-1)!;
    const [asked, held] = [lineOf(file, '// asked'), lineOf(file, '// held')];
    assert.match(
      last,
      /^main had asked for the lock “db” \(\S+\) 1\.\d+ s before and was not given it: “holder” held it/,
    );
    assert.ok(last.includes(`lockNeverGiven.js:${asked})`) && last.includes(`lockNeverGiven.js:${held})`), last);
  });
});
