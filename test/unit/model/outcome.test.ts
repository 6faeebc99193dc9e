// How runs come out, and what each of their endings cost: the one scale for every view.
import assert from 'node:assert/strict';
import { FileId, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { HAND } from '../../../src/protocol/hand';
import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import { emptyModel, fold } from '../../../src/model/facts/facts';

import { snapshotOf } from '../../../src/model/picture';
import { failureCount } from '../../../src/model/report/failures';
import { lossesIn } from '../../../src/model/report/losses';
import { outcomeOf } from '../../../src/model/report/outcome';
import { Story, site } from '../../support/events';

const SECOND = 1e6;

function pictureOf({ events }: Story, complete = true, now = 9 * SECOND): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 0, complete, notices: [] });
}

const started = (): Story =>
  new Story()
    .begin(1 * SECOND)
    .tell(0, 1.1 * SECOND, 'thread-start', { id: 1, name: 'logger', at: site(7) })
    .tell(1, 1.2 * SECOND, 'thread-begin', {});

const mainEnds = (story: Story): Story =>
  story
    .tell(0, 3 * SECOND, 'exiting', { cause: 'returned', code: 0 })
    .tell(0, 3.01 * SECOND, 'exited', { code: 0 })
    .end(3.02 * SECOND, 'exit-status', { code: 0 });

const workerEnds = (story: Story): Story =>
  story
    .tell(1, 2 * SECOND, 'exiting', { cause: 'returned', code: 0 })
    .tell(1, 2.01 * SECOND, 'exited', { code: 0 })
    .tell(0, 2.02 * SECOND, 'thread-exit', { id: 1, code: 0 });

const unread = (story: Story): Story =>
  story
    .activity(0, 2.5 * SECOND, [['post', 2 * SECOND, portOfWorker(1), 0, 3]])
    .activity(1, 2.6 * SECOND, [['receive', 2.1 * SECOND, PARENT_PORT, 0, 1]]);

const stopped = (story: Story, how: { findings?: true } = {}): Story => {
  story.events.push({ k: 'stop-request', p: story.p, t: 2.9 * SECOND, ...how });
  return story.end(3 * SECOND, 'exit-status', { signal: 'SIGKILL' });
};

const outcome = (story: Story, complete?: boolean, now?: number): [severity: string, text: string] => {
  const { severity, text } = outcomeOf(pictureOf(story, complete, now));
  return [severity, text];
};
/** What the ending of a thread cost. */
const cost = (story: Story, id: number): string | undefined =>
  pictureOf(story).threads.find((thread): thread is ThreadPicture => thread.id === id)?.ended?.severity;

describe('what an ending cost', () => {
  it('is nothing where all ends by itself', () => {
    const story = mainEnds(workerEnds(started()));
    assert.deepEqual([cost(story, 0), cost(story, 1)], ['info', 'info']);
    assert.equal(pictureOf(story).processes[0]!.exit?.severity, 'info');
    assert.deepEqual(outcome(story), ['info', 'Nothing was lost.']);
  });

  it('is nothing that is known where a thread is killed with main at rest; main’s own end is not to blame', () => {
    const story = mainEnds(started());
    assert.deepEqual([cost(story, 0), cost(story, 1)], ['info', 'warning']);
    assert.deepEqual(outcome(story), ['warning', 'Nothing is known to be lost. 1 thread was killed with main.']);
  });

  it('is work where a killed thread had messages that it had not read, or was at a write', () => {
    const story = mainEnds(unread(started()));
    assert.equal(cost(story, 1), 'error');
    assert.deepEqual(outcome(story), ['error', 'Lost: 2 messages to “logger”.']);
    const writing = mainEnds(
      started().activity(1, 2.9 * SECOND, [
        ...Story.opened(2.3 * SECOND, FileId.firstOther, 20, '/app/audit.log'),
        ['write', 2.4 * SECOND, FileId.firstOther, 64_000, 1],
      ]),
    );
    assert.equal(cost(writing, 1), 'error');
    assert.deepEqual(outcome(writing), ['error', 'Lost: 64.0 kB that “logger” was writing to audit.log.']);
  });

  it('is first what is not known, where a thread was cut off between two writes to a file', () => {
    const story = mainEnds(
      started().activity(1, 2.9 * SECOND, [
        ...Story.opened(2.3 * SECOND, FileId.firstOther, 20, '/app/audit.log'),
        ['write', 2.8 * SECOND, FileId.firstOther, 64_000, 1],
        ['written', 2.85 * SECOND, FileId.firstOther, 0, 1],
      ]),
    );
    assert.equal(cost(story, 1), 'warning');
    assert.deepEqual(outcome(story), [
      'warning',
      'Whether “logger” had more to write to audit.log is unknown. Nothing is known to be lost. 1 thread was killed with main.',
    ]);
  });

  it('is nothing where the program terminates a thread at rest, and what it had not read where it does not', () => {
    const terminated = (story: Story): Story =>
      mainEnds(
        story
          .tell(0, 2.7 * SECOND, 'terminate-call', { id: 1, at: site(9) })
          .tell(0, 2.8 * SECOND, 'thread-exit', { id: 1, code: 1 }),
      );
    assert.equal(cost(terminated(started()), 1), 'info');
    assert.deepEqual(outcome(terminated(started())), ['info', 'Nothing is known to be lost.']);
    assert.deepEqual(outcome(terminated(unread(started()))), ['error', 'Lost: 2 messages to “logger”.']);
  });

  it('is nothing when a person did it, whatever the thread was at, unless that is to count', () => {
    const story = stopped(unread(started()));
    assert.deepEqual([cost(story, 0), cost(story, 1)], ['info', 'info']);
    assert.deepEqual(outcome(story), ['info', 'Stopped by the debugger, in the middle of its work.']);
    assert.deepEqual(outcome(stopped(started())), ['info', 'Stopped by the debugger.']);
    assert.deepEqual(outcome(stopped(unread(started()), { findings: true })), [
      'error',
      'Lost: 2 messages to “logger”.',
    ]);
    const byHand = mainEnds(
      unread(started())
        .tell(0, 2.7 * SECOND, 'terminate-call', { id: 1, at: { file: HAND, line: 1, column: 1 } })
        .tell(0, 2.8 * SECOND, 'thread-exit', { id: 1, code: 1 }),
    );
    assert.equal(cost(byHand, 1), 'info');
  });

  it('is a warning where a signal from outside killed all at rest', () => {
    const story = started().end(3 * SECOND, 'exit-status', { signal: 'SIGKILL' });
    assert.deepEqual([cost(story, 0), cost(story, 1)], ['warning', 'warning']);
    assert.deepEqual(outcome(story), ['warning', 'Nothing is known to be lost. The process was killed by SIGKILL.']);
  });

  it('is an error that nobody caught, which main has of its worker once', () => {
    const error = { name: 'Error', message: 'no disk', at: site(4, '/app/logger.js') };
    const story = started()
      .tell(1, 2 * SECOND, 'thread-error', { ...error, id: 1 })
      .tell(1, 2.01 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(1, 2.02 * SECOND, 'exited', { code: 1 })
      .tell(0, 2.03 * SECOND, 'thread-exit', { id: 1, code: 1 })
      .tell(0, 2.04 * SECOND, 'thread-error', { ...error, id: 0 })
      .tell(0, 2.05 * SECOND, 'exiting', { cause: 'error', code: 1 })
      .tell(0, 2.06 * SECOND, 'exited', { code: 1 })
      .end(2.07 * SECOND, 'exit-status', { code: 1 });
    assert.deepEqual([cost(story, 0), cost(story, 1)], ['error', 'error']);
    assert.deepEqual(outcome(story), ['error', '“logger” failed: uncaught Error: no disk at logger.js:4.']);
    assert.equal(failureCount(pictureOf(story)), 1);
    assert.equal(lossesIn(pictureOf(story)).length, 0);
  });

  it('is nothing that is known where an error went no further than to a listener of the owner', () => {
    const error = { name: 'Error', message: 'no' };
    const failed = (heard: boolean): Story =>
      mainEnds(
        started()
          .tell(1, 2 * SECOND, 'thread-error', { ...error, id: 1 })
          .tell(1, 2 * SECOND, 'exiting', { cause: 'error', code: 1 })
          .tell(1, 2.01 * SECOND, 'exited', { code: 1 })
          .tell(0, 2.02 * SECOND, 'thread-error', { ...error, id: 1, heard })
          .tell(0, 2.03 * SECOND, 'thread-exit', { id: 1, code: 1 }),
      );
    assert.deepEqual([cost(failed(true), 1), cost(failed(false), 1)], ['warning', 'error']);
    assert.equal(failureCount(pictureOf(failed(true))), 0);
    assert.deepEqual(outcome(failed(true)), [
      'warning',
      'Nothing is known to be lost. 1 thread ended by an error, of which its owner heard.',
    ]);
  });

  it('is once an error that went up through several threads, and ends its sentence with one full stop', () => {
    const error = { name: 'Error', message: 'no row.' };
    const story = mainEnds(started().tell(1, 1.4 * SECOND, 'thread-start', { id: 2, name: 'leaf', at: site(2) }));
    for (const id of [2, 1])
      story
        .tell(id, 2 * SECOND, 'thread-error', { ...error, id })
        .tell(id, 2 * SECOND, 'exiting', { cause: 'error', code: 1 })
        .tell(id, 2.01 * SECOND, 'exited', { code: 1 });
    assert.equal(failureCount(pictureOf(story)), 1);
    assert.deepEqual(outcome(story), ['error', '“leaf” failed: uncaught Error: no row.']);
  });

  it('is what killed threads lost where the process goes on with another program, of which nobody is unsure', () => {
    const story = workerEnds(started()).tell(0, 3 * SECOND, 'replacing', { at: site(9) });
    story.events.push({ k: 'process-end', p: story.p, t: 3.1 * SECOND, how: 'replaced' });
    const { by, at, because } = pictureOf(story).processes[0]!.exit!;
    assert.deepEqual([by, at], ['exit-call', site(9)]);
    assert.match(because, /^process\.execve\(\) at main\.js:9: its process went on with another program$/);
    assert.deepEqual(outcome(story), ['info', 'Nothing is known to be lost.']);
  });

  it('is an answer that the owner of a thread waited for when it ended by itself', () => {
    const ends = (awaited: object): Story =>
      mainEnds(
        started()
          .tell(1, 2 * SECOND, 'exiting', { cause: 'returned', code: 0 })
          .tell(1, 2.01 * SECOND, 'exited', { code: 0 })
          .tell(0, 2.02 * SECOND, 'thread-exit', { id: 1, code: 0, ...awaited }),
      );
    assert.deepEqual(outcome(ends({ awaited: true })), [
      'error',
      'Lost: the answer from “logger” that its owner waited for.',
    ]);
    assert.deepEqual(outcome(ends({})), ['info', 'Nothing was lost.']);
  });

  it('is not said to be nothing where process.exit() dropped what was only asked for by then', () => {
    const ends = (cause: 'returned' | 'exit-call', runtime: 'node' | 'python', writing?: number): string[] =>
      outcome(
        new Story()
          .begin(1 * SECOND, { runtime })
          .tell(0, 3 * SECOND, 'exiting', { cause, code: 0, at: site(9) })
          .tell(0, 3.01 * SECOND, 'exited', { code: 0, ...(writing ? { writing } : {}) })
          .end(3.1 * SECOND, 'exit-status', { code: 0 }),
      );
    assert.deepEqual(ends('returned', 'node'), ['info', 'Nothing was lost.']);
    assert.deepEqual(ends('exit-call', 'node'), ['info', 'Nothing is known to be lost.']);
    assert.deepEqual(ends('exit-call', 'python'), ['info', 'Nothing was lost.']);
    const text = 'Nothing is known to be lost. Also found: Exited while writing.';
    assert.deepEqual(ends('exit-call', 'node', 2), ['warning', text]);
  });

  it('is what was to follow an await that never settled', () => {
    const story = new Story()
      .begin(1 * SECOND)
      .tell(0, 3 * SECOND, 'exiting', { cause: 'returned', code: 13 })
      .tell(0, 3.01 * SECOND, 'exited', { code: 13 })
      .end(3.02 * SECOND, 'exit-status', { code: 13 });
    assert.equal(cost(story, 0), 'error');
    assert.deepEqual(outcome(story), ['error', 'Lost: what main was to do after an await that never settled.']);
  });

  it('is nothing of threads that the runtime started for itself', () => {
    const story = mainEnds(
      new Story().begin(1 * SECOND).tell(0, 1.1 * SECOND, 'thread-start', { id: 1, internal: true }),
    );
    assert.equal(cost(story, 1), 'info');
    assert.deepEqual(outcome(story), ['info', 'Nothing was lost.']);
  });
});

describe('a run', () => {
  it('came out nobody knows how where contact was lost, or records could not be written', () => {
    const away = started().end(3 * SECOND, 'lost-contact');
    assert.equal(cost(away, 1), undefined);
    assert.deepEqual(outcome(away), ['unknown', 'How it came out is not known: contact was lost while it ran.']);
    const unwritten = started();
    unwritten.events.push({ k: 'unwritten', p: unwritten.p, t: 2 * SECOND });
    assert.equal(outcome(unwritten.end(3 * SECOND, 'exit-status', { code: 0 }))[0], 'unknown');
    assert.deepEqual(outcome(new Story()), ['unknown', 'Nothing was recorded.']);
  });

  it('still runs, or hangs when main has ended', () => {
    const ended = started()
      .tell(0, 3 * SECOND, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 3.01 * SECOND, 'exited', { code: 0 });
    assert.deepEqual(outcome(started(), false), ['info', 'Still running.']);
    assert.deepEqual(outcome(ended, false, 3.2 * SECOND), ['info', 'Still running.']);
    assert.deepEqual(outcome(ended, false, 5 * SECOND), ['warning', 'Main has ended, and the process is still there.']);
  });

  it('says first what it lost and names no more than two of its losses', () => {
    const many = new Story().begin(1 * SECOND);
    for (const id of [1, 2, 3, 4])
      many
        .tell(0, 1.1 * SECOND, 'thread-start', { id, name: `w${id}` })
        .tell(id, 1.2 * SECOND, 'thread-begin', {})
        .activity(id, 2.6 * SECOND, [['receive', 2.1 * SECOND, PARENT_PORT, 0, 1]]);
    many.activity(
      0,
      2.5 * SECOND,
      [1, 2, 3, 4].map((id) => ['post', 2 * SECOND, portOfWorker(id), 0, 2]),
    );
    const { headline } = outcomeOf(pictureOf(mainEnds(many)));
    assert.equal(headline, 'Lost: 1 message to “w1”; 1 message to “w2” and 2 more.');
  });
});
