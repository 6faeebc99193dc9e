// Tasks of event loops: what is known of each, that they are no threads, and that nothing grows with their number.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { exitReport } from '../../../src/model/report/report';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { reportText } from '../../../src/model/report/text';
import { asLifecycleEvent, type LifecycleEvent } from '../../../src/protocol/probeEvents';
import type { Snapshot } from '../../../src/protocol/picture';
import { Story, site } from '../../support/events';

const SECOND = 1e6;
const AT = site(12, '/app/main.py');

const begun = (): Story =>
  new Story().begin(1 * SECOND, { runtime: 'python', version: '3.13.0', argv: ['/usr/bin/python3', 'main.py'] });
const ended = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });

function pictureOf(events: readonly LifecycleEvent[]): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now: 0, damaged: 0, complete: true, notices: [] });
}
const tasksOf = (events: readonly LifecycleEvent[]) => pictureOf(events).threads[0]!.asyncTasks;

const several = (): Story =>
  begun()
    .asyncTask(0, 1.1 * SECOND, 1, { name: 'Task-1', runs: 'main', at: AT, until: 2 * SECOND })
    .asyncTask(0, 1.2 * SECOND, 2, { name: 'feed', runs: 'fetch', until: 1.5 * SECOND, end: 'cancelled' })
    .asyncTask(0, 1.3 * SECOND, 3, { runs: 'fetch', until: 1.4 * SECOND, end: 'raised', error: 'ValueError: no' })
    .asyncTask(0, 1.4 * SECOND, 4, { name: 'Task-4', runs: 'forever' });

describe('tasks of an event loop', () => {
  it('are told with their coroutine, where they were made, and how they ended', () => {
    const { tasks, count, pending, names } = tasksOf(ended(several(), 2.1 * SECOND).events)!;
    assert.deepEqual(
      tasks.map(({ label, from, to, end, error }) => [label, from / SECOND, to! / SECOND, end, error]),
      [
        ['main', 1.1, 2, 'returned', undefined],
        ['feed', 1.2, 1.5, 'cancelled', undefined],
        ['fetch', 1.3, 1.4, 'raised', 'ValueError: no'],
        ['forever', 1.4, 2.1001, 'pending', undefined],
      ],
    );
    assert.deepEqual(tasks[0]!.at, AT);
    assert.deepEqual([count, pending], [4, 1]);
    assert.deepEqual(names[0], { name: 'fetch', count: 2 });
  });

  it('are the same in any order, and when they are told twice', () => {
    const { events } = ended(several(), 2.1 * SECOND);
    const expected = tasksOf(events);
    assert.deepEqual(tasksOf([...events].reverse()), expected);
    assert.deepEqual(tasksOf([...events, ...events]), expected);
  });

  it('are no threads, and cost the run nothing, whatever became of them', () => {
    const picture = pictureOf(ended(several(), 2.1 * SECOND).events);
    assert.equal(picture.threads.length, 1);
    assert.deepEqual(picture.findings, []);
    const without = exitReport(pictureOf(ended(begun(), 2.1 * SECOND).events));
    assert.deepEqual(exitReport(picture).outcome, without.outcome);
  });

  it('are pending while their loop lives, and nobody says that of one whose process was killed', () => {
    const running = several().events;
    assert.equal(tasksOf(running)!.tasks.at(-1)!.end, undefined);
    const killed = several().end(3 * SECOND, 'exit-status', { signal: 'SIGKILL' }).events;
    assert.equal(tasksOf(killed)!.tasks.at(-1)!.end, 'unknown');
  });

  it('that nobody had any more after their thread had ended were pending until then', () => {
    const story = begun()
      .tell(0, 1.1 * SECOND, 'thread-start', { id: 1, name: 'loop', daemon: false })
      .tell(1, 1.2 * SECOND, 'thread-begin', {})
      .asyncTask(1, 1.3 * SECOND, 1, { runs: 'forever', until: 1.9 * SECOND, end: 'pending' })
      .tell(1, 1.5 * SECOND, 'thread-exit', { id: 1, code: 0 });
    const { threads } = pictureOf(ended(story, 2 * SECOND).events);
    const [task] = threads.find(({ id }) => id === 1)!.asyncTasks!.tasks;
    assert.deepEqual([task!.to, task!.end], [1.5 * SECOND, 'pending']);
  });

  it('have one line in the report', () => {
    const report = exitReport(pictureOf(ended(several(), 2.1 * SECOND).events));
    const line = 'asyncio: 4 tasks, fetch × 2, forever × 1, main × 1, 1 still pending';
    assert.ok(reportText(report).includes(`\n  ${line}\n`), reportText(report));
    assert.ok(reportMarkdown(report).includes(line));
    assert.equal(exitReport(pictureOf(ended(begun(), 2 * SECOND).events)).processes[0]!.asyncTasks, undefined);
  });

  it('are kept up to a number, and counted beyond it', () => {
    const story = begun();
    for (let n = 1; n <= 100_000; n++)
      story.asyncTask(0, 1.1 * SECOND + n, n, { runs: `f${n}`, until: 1.1 * SECOND + n + 1 });
    for (let n = 100_001; n <= 102_000; n++) story.asyncTask(0, 1.3 * SECOND + n, n, { runs: 'open' });
    story.events.push({ k: 'async-tasks-left-out', p: story.p, tid: 0, t: 1.5 * SECOND, count: 70 });
    story.events.push({ k: 'async-tasks-left-out', p: story.p, tid: 0, t: 1.4 * SECOND, count: 60 });
    const picture = tasksOf(ended(story, 2 * SECOND).events)!;
    assert.equal(picture.count, 102_000);
    assert.equal(picture.leftOut, 70);
    assert.ok(picture.tasks.length <= 300);
    assert.ok(picture.names.length <= 10);
  });

  it('are believed only where a probe can have told so', () => {
    const task = { k: 'async-task', p: '100-1000', tid: 0, t: 5, n: 1, runs: 'fetch', at: AT, more: 'x' };
    const { more: _, ...known } = task;
    assert.deepEqual(asLifecycleEvent(task), known);
    const end = { k: 'async-task-end', p: '100-1000', tid: 0, t: 5, n: 1, end: 'cancelled' };
    assert.deepEqual(asLifecycleEvent(end), end);
    assert.equal(asLifecycleEvent({ ...end, end: 'exploded' }), undefined);
    assert.equal(asLifecycleEvent({ ...task, n: -1 }), undefined);
    assert.equal(asLifecycleEvent({ k: 'async-tasks-left-out', p: '100-1000', tid: 0, t: 5, count: 1.5 }), undefined);
  });
});
