import assert from 'node:assert/strict';
import { lengthOf, outcomeOfRun, processCount, runCountsOf, runOf, runsOf } from '../../../media/timeline/data/run';
import { exitLines } from '../../../media/timeline/scene/exits';
import { timeScale } from '../../../media/timeline/time/scales';
import type { Ending, Snapshot } from '../../../src/protocol/picture';
import {
  demo,
  demoLive,
  demoWithFindings,
  ending,
  manyLanes,
  PROCESS,
  processPicture,
  severalProcesses,
  snapshotOf,
  START,
  thread,
} from '../../webview/fixtures';

/** Threads that ended long ago. */
const EARLIER = {
  key: '1-1~0',
  owner: null,
  label: 'request.js',
  count: 1000,
  endings: { returned: 1000 },
  daemons: 0,
  lives: { shortest: 1, longest: 2, total: 1500 },
  dropped: 0,
};

describe('the run that is shown', () => {
  it('is the latest, unless another was chosen and is there', () => {
    const snapshot = severalProcesses();
    assert.deepEqual(runsOf(snapshot), [0, 1]);
    assert.equal(runOf(snapshot, undefined).index, 1);
    assert.equal(runOf(snapshot, 0).index, 0);
    assert.equal(runOf(snapshot, 7).index, 1);
  });

  it('has the processes of each session together, and counts them all', () => {
    const at = (key: string, order: number, start: number) =>
      processPicture({ key, startedAt: START + start, session: { title: `${order}`, order } });
    const processes = [at('1-1', 1, 0), at('2-2', 0, 5), at('3-3', 1, 3), at('4-4', 0, 9)];
    const earlier = [{ ...EARLIER, process: '1-1', processes: 3, first: START, last: START + 1 }];
    const run = runOf(snapshotOf([], { processes, earlier }), undefined);
    assert.equal(run.processes.map(({ key }) => key).join(), '2-2,4-4,1-1,3-3');
    assert.equal(processCount(run), 7);
  });

  it('goes on to now while it lives, and stops at the last known thing when it is over', () => {
    const live = runOf(demoLive(), undefined);
    assert.equal(live.live, true);
    assert.equal(lengthOf(live, START + 5e6), 5e6);
    const over = runOf(demo(), undefined);
    assert.equal(over.live, false);
    assert.equal(lengthOf(over, START + 99e6), 1_860_000);
  });

  it('counts threads, the living, the daemons among them, the killed, and what it cost', () => {
    const none = { count: 0, first: undefined };
    const flaky = { count: 1, first: `${PROCESS}:5` };
    const over = { threads: 8, tooling: 0, live: 0, daemons: 0, killed: 2, lost: none, errors: flaky };
    assert.deepEqual(runCountsOf(runOf(demo(), undefined)), over);
    const [first] = demo().processes;
    const earlier = { ...EARLIER, process: first!.key, first: first!.startedAt, last: first!.startedAt + 1 };
    const withEarlier = runOf({ ...demo(), earlier: [earlier] }, undefined);
    assert.deepEqual(runCountsOf(withEarlier), { ...over, threads: 1008 });
    const live = { threads: 9, tooling: 0, live: 8, daemons: 3, killed: 0, lost: none, errors: flaky };
    assert.deepEqual(runCountsOf(runOf(demoLive(), undefined)), live);
    const { lost, killed } = runCountsOf(runOf(demoWithFindings(), undefined));
    assert.deepEqual(lost, { count: 3, first: `${PROCESS}:6` });
    assert.equal(killed, 0, 'who lost work is not also counted as killed');
  });

  it('counts threads of tools by themselves, and never as killed', () => {
    const ended = ending('main-exit', 9, 'killed with main');
    const { processes, threads, ...rest } = demo();
    const tool = { ...threads[1]!, key: 'tool', kind: 'tool' as const, ended };
    const {
      tooling,
      threads: own,
      killed,
    } = runCountsOf(runOf({ ...rest, processes, threads: [...threads, tool] }, undefined));
    assert.deepEqual({ tooling, own, killed }, { tooling: 1, own: 8, killed: 2 });
  });

  it('came out as the model says, of what is shown alone', () => {
    const { headline, severity } = outcomeOfRun(runOf(demoWithFindings(), undefined), START);
    assert.deepEqual(
      [severity, headline],
      ['error', 'Lost: 1 message to “stuck”; 64.0 kB that “logger” was writing to 2026-11-24.log and 1 more.'],
    );
  });

  it('draws the line of main’s end in the colour of what that cost, and of those who went with it', () => {
    const lineOf = (snapshot: Snapshot): string | undefined => {
      const run = runOf(snapshot, undefined);
      return exitLines(run, [], 10, timeScale({ start: 0, end: 1e6 }, 100))[0]!.severity;
    };
    const exit = ending('returned', 90, 'nothing kept it alive any more');
    const ended = (...workers: Ending[]): Snapshot =>
      snapshotOf(
        [
          thread({ id: 0, start: 0, ended: exit }),
          ...workers.map((end, i) => thread({ id: i + 1, start: 5, ended: end })),
        ],
        { processes: [processPicture({ exit, over: true })], complete: true },
      );
    const killed = ending('main-exit', 90, 'killed with main');
    assert.equal(lineOf(ended(ending('error', 40, 'uncaught Error'))), 'info');
    assert.equal(lineOf(ended(killed)), 'warning');
    assert.equal(lineOf(ended(killed, { ...killed, severity: 'error' })), 'error');
  });

  it('has a lane for each of a thousand threads', () => {
    const snapshot = manyLanes(1000);
    assert.equal(runOf(snapshot, undefined).lanes.length, 1000);
  });

  it('keeps the lane of each thread of which nothing has changed', () => {
    const snapshot = demoLive();
    const before = runOf(snapshot, undefined);
    const [main, first, ...rest] = snapshot.threads;
    const changed = { ...first!, label: 'renamed' };
    const after = runOf({ ...snapshot, threads: [main!, changed, ...rest] }, undefined);
    const kept = after.lanes.filter((lane) => before.byKey.get(lane.key) === lane);
    assert.deepEqual(
      after.lanes.filter((lane) => !kept.includes(lane)).map(({ thread }) => thread.label),
      ['renamed', ...after.lanes.filter(({ owner }) => owner === changed).map(({ thread }) => thread.label)],
    );
  });

  it('of a session without contact is empty and live', () => {
    const run = runOf(snapshotOf([], { processes: [] }), undefined);
    assert.deepEqual([run.lanes.length, run.live, run.knownLength], [0, true, 0]);
  });
});
