// What is concluded and reported of threads of Python's.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import { exitReport, type ProcessReport } from '../../../src/model/report/report';
import { exitSentences } from '../../../src/model/report/words';
import { reportText } from '../../../src/model/report/text';
import type { Snapshot } from '../../../src/protocol/picture';
import { Story, site } from '../../support/events';

const SECOND = 1e6;
const at = (line: number) => site(line, '/app/main.py');

function pictureOf({ events }: Story, now: number): Snapshot {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return snapshotOf(model, { title: 'test', now, damaged: 0, complete: true, notices: [] });
}
const reportOf = (story: Story, now = 0): ProcessReport => exitReport(pictureOf(story, now)).processes[0]!;
const sentences = (story: Story, now = 0): string => exitSentences(reportOf(story, now)).join(' ');
const textOf = (story: Story, now = 0): string => reportText(exitReport(pictureOf(story, now)));

const begun = (): Story =>
  new Story().begin(1 * SECOND, { runtime: 'python', version: '3.11.7', argv: ['/usr/bin/python3', 'main.py'] });

interface Told {
  daemon?: boolean;
  inherited?: true;
  madeBy?: string;
  line?: number;
  by?: number;
}

/** Starts thread `id`, which begins at once. */
const starts = (story: Story, t: number, id: number, name: string, told: Told = {}): Story => {
  const { daemon = false, line = 10, by = 0, ...rest } = told;
  return story
    .tell(by, t, 'thread-start', { id, name, daemon, at: at(line), ...rest })
    .tell(id, t + 100, 'thread-begin', {});
};

const done = (story: Story, t: number, waitsFor: number[] = []): Story => {
  story.tell(0, t, 'exiting', { cause: 'returned', code: 0 });
  return story.tell(0, t + 10, 'exit-phase', { phase: 'threads', waitsFor });
};
const exits = (story: Story, t: number): Story =>
  story
    .tell(0, t, 'exit-phase', { phase: 'exit-handlers' })
    .tell(0, t + 100, 'exited', { code: 0 })
    .end(t + 200, 'exit-status', { code: 0 });

describe('threads of Python', () => {
  it('do not end with the thread that started them, and run on after main’s code', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'listener', { daemon: true });
    starts(story, 1.2 * SECOND, 2, 'session', { by: 1 }).tell(1, 1.3 * SECOND, 'thread-exit', { id: 1, code: 0 });
    done(story, 1.5 * SECOND, [2]).tell(2, 2 * SECOND, 'thread-exit', { id: 2, code: 0 });
    exits(story, 2 * SECOND + 10);
    const { threads, cutOff } = reportOf(story);
    assert.deepEqual(
      threads.map(({ label, depth, daemon, ended }) => [label, depth, daemon, ended?.by, ended?.because]),
      [
        ['main', 0, false, 'returned', 'its code was done'],
        ['listener', 1, true, 'returned', 'its function returned'],
        ['session', 2, false, 'returned', 'its function returned'],
      ],
    );
    assert.deepEqual(cutOff, []);
    assert.match(sentences(story), /After main’s code the process waited for “session” for 0\.500 s\./);
  });

  it('hold the process after main’s code, until that is broken off', () => {
    const story = starts(begun(), 1.1 * SECOND, 1, 'session', {});
    story.waits(1, 1.2 * SECOND, 'queue-get', { at: at(23) });
    exits(done(story, 1.5 * SECOND, [1]), 3.5 * SECOND);
    assert.match(
      sentences(story),
      /After main’s code the process waited for “session”, which was in queue\.get\(\) \(main\.py:23\) for 2\.00 s, until that was broken off/,
    );
    const [thread] = reportOf(story).cutOff;
    assert.deepEqual(
      thread?.unfinished?.map(({ text }) => text),
      ['it was waiting in queue.get() (main.py:23)'],
    );
    process.stdout.write(textOf(story));
  });
});
