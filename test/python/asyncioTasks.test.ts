// Tasks of asyncio's loops: told from 3.12 on where somebody asks for them, and nothing that a program sees of them changes.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AsyncTaskEvent, LifecycleEvent } from '../../src/protocol/probeEvents';
import { ACTIVITY_VARIABLE, activityText } from '../../src/protocol/spool';
import { onEach, type Installed } from '../support/onEach';
import { pictureOf, runBare, runObserved, type Observed, type Outcome, type RunOptions } from '../support/runProgram';
import { PYTHON } from '../support/runtimes/python';
import { toldBy, wrongIn } from '../support/toldRecords';

const PROGRAMS = path.resolve('test/programs/python/asyncio');
const OLDEST = 12;
const ASKED = { [ACTIVITY_VARIABLE]: activityText({ asyncioTasks: true }) };

const program = (name: string): string => path.join(PROGRAMS, name);
const asked = (python: Installed, name: string, options: RunOptions = {}): Promise<Observed> =>
  runObserved(python, program(name), { ...options, env: ASKED });
const steady = ({ code, signal, stdout, stderr }: Outcome): Outcome => ({
  code,
  signal,
  stdout: stdout.replace(/0x[0-9a-f]+/g, '0x'),
  stderr,
});
const isOfTask = (event: LifecycleEvent): event is AsyncTaskEvent => event.k.startsWith('async-task');

onEach(PYTHON, 'tasks of asyncio', (python, line) => {
  const since = line < OLDEST ? it.skip : it;

  for (const name of fs.readdirSync(PROGRAMS)) {
    since(`are told of ${name}, which does the same`, async () => {
      const [observed, bare] = await Promise.all([asked(python(), name), runBare(python(), program(name))]);
      assert.deepEqual(steady(observed), steady(bare));
      assert.equal(observed.damaged, 0);
      const { told, never } = toldBy(program(name));
      assert.deepEqual(wrongIn(observed.events, program(name), told, never), []);
    });
  }

  since('are seen to be the same in debug mode', async () => {
    const options = { programArgs: ['debug'] };
    const [observed, bare] = await Promise.all([
      asked(python(), 'visible.py', options),
      runBare(python(), program('visible.py'), options),
    ]);
    assert.deepEqual(steady(observed), steady(bare));
  });

  since('are counted where there are too many, and none is told twice', async () => {
    const { events } = await asked(python(), 'flood.py');
    const begun = events.flatMap((event) => (event.k === 'async-task' ? [event.n] : []));
    const ended = events.flatMap((event) => (event.k === 'async-task-end' ? [event.n] : []));
    const leftOut = events.flatMap((event) => (event.k === 'async-tasks-left-out' ? [event.count] : []));
    assert.deepEqual([...new Set(begun)].sort(), [...new Set(ended)].sort());
    assert.equal(begun.length, ended.length);
    assert.equal(begun.length + Math.max(...leftOut), 3001);
    assert.ok(begun.length < 3001);
  });

  since('that the end of the process cuts off were still pending, and nothing is found in that', async () => {
    const { threads, findings } = pictureOf(await asked(python(), 'ends.py'));
    const cut = threads.find(({ asyncTasks }) => asyncTasks?.tasks.some(({ runs }) => runs === 'forever'))!;
    assert.equal(cut.asyncTasks!.tasks[0]!.end, 'pending');
    assert.equal(cut.asyncTasks!.pending, 1);
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
      [],
    );
  });

  it('are not told where nobody asks for them', async () => {
    const { events } = await runObserved(python(), program(line < OLDEST ? '../alike/loopEnds.py' : 'flood.py'));
    assert.deepEqual(events.filter(isOfTask), []);
  });

  (line < OLDEST ? it : it.skip)('are not told before 3.12, and nothing else is changed', async () => {
    const file = '../alike/loopEnds.py';
    const [observed, bare] = await Promise.all([asked(python(), file), runBare(python(), program(file))]);
    assert.deepEqual(steady(observed), steady(bare));
    assert.deepEqual(observed.events.filter(isOfTask), []);
    assert.ok(!observed.events.some(({ k }) => k === 'probe-error'));
  });
});
