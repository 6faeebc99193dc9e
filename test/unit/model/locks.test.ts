// Requests for locks and transactions: which of them are open, by what their thread reported.
import assert from 'node:assert/strict';
import { LockStep, lockArg } from '../../../src/protocol/activity';
import { emptyModel, fold, type ThreadFacts } from '../../../src/model/facts/facts';
import { locksOf } from '../../../src/model/facts/locks';
import { snapshotOf } from '../../../src/model/picture';
import { Story, site, type ActivityRecord } from '../../support/events';

type Step = [step: keyof typeof LockStep, lock: number, site?: number];
const DB = 1;
const OTHER = 2;

/** By a thread that asks for locks on lines 11, 12 …, one step each µs from 1001 on. */
function threadAfter(steps: Step[], shared = false, changed: (story: Story) => void = () => undefined): ThreadFacts {
  const story = new Story().begin(1);
  story.tell(0, 2, 'lock-name', { lock: DB, name: 'db' }).tell(0, 3, 'lock-name', { lock: OTHER, name: 'other' });
  for (let n = 1; n <= 3; n++) story.tell(0, 3 + n, 'wait-site', { site: n, at: site(10 + n) });
  const records = steps.map(([step, lock, place = 0], i): ActivityRecord => {
    return ['lock', 1001 + i, lock, lockArg(LockStep[step], shared), place];
  });
  story.activity(0, 5000, records);
  changed(story);
  const model = emptyModel();
  for (const event of story.events) fold(model, event);
  return [...model.processes.values()][0]!.threads.get(0)!;
}

const brief = (thread: ThreadFacts): string[] => {
  const { held, asked } = locksOf(thread);
  const text = (how: string) => (lock: (typeof held)[number]) =>
    `${how} ${lock.name}${lock.at ? ` from ${lock.at.line}` : ''} since ${lock.since}`;
  return [...held.map(text('holds')), ...asked.map(text('asks for'))];
};

describe('locks of a thread', () => {
  it('are asked for, held and given back', () => {
    const steps: Step[] = [
      ['asked', DB, 1],
      ['held', DB],
      ['freed', DB],
    ];
    assert.deepEqual(brief(threadAfter(steps.slice(0, 1))), ['asks for db from 11 since 1001']);
    assert.deepEqual(brief(threadAfter(steps.slice(0, 2))), ['holds db from 11 since 1002']);
    assert.deepEqual(brief(threadAfter(steps)), []);
  });

  it('are given in the order in which they were asked for, each lock by itself', () => {
    const thread = threadAfter([
      ['asked', DB, 1],
      ['asked', OTHER, 2],
      ['asked', DB, 3],
      ['held', DB],
      ['held', OTHER],
      ['freed', OTHER],
    ]);
    assert.deepEqual(brief(thread), ['holds db from 11 since 1004', 'asks for db from 13 since 1003']);
  });

  it('are not held by who was refused them, and its end frees none', () => {
    const thread = threadAfter([
      ['asked', DB, 1],
      ['held', DB],
      ['asked', DB, 2],
      ['refused', DB],
      ['freed', DB],
    ]);
    assert.deepEqual(brief(thread), ['holds db from 11 since 1002']);
  });

  it('are not asked for any more once the turn of who gave up has come', () => {
    const thread = threadAfter([
      ['asked', DB, 1],
      ['freed', DB],
    ]);
    assert.deepEqual(brief(thread), []);
  });

  it('lose their place where it is not known which of several that share one was given back', () => {
    const thread = threadAfter(
      [
        ['asked', DB, 1],
        ['held', DB],
        ['asked', DB, 2],
        ['held', DB],
        ['freed', DB],
      ],
      true,
    );
    assert.deepEqual(brief(thread), ['holds db since 1004']);
  });

  it('are unknown once records were dropped, and what is freed then was none of those', () => {
    const thread = threadAfter(
      [
        ['asked', DB, 1],
        ['held', DB],
      ],
      false,
      (story) => story.activity(0, 9000, [['lock', 8000, DB, lockArg(LockStep.freed, false), 0]], 100),
    );
    assert.deepEqual(brief(thread), []);
  });

  it('are counted where there are more of them than are kept', () => {
    const asked = Array.from({ length: 100 }, (): Step => ['asked', DB, 1]);
    const served = Array.from({ length: 99 }, (): Step[] => [
      ['held', DB],
      ['freed', DB],
    ]).flat();
    assert.equal(locksOf(threadAfter([...asked, ...served])).asked.length, 1);
    assert.deepEqual(brief(threadAfter([...asked, ...served, ['held', DB], ['freed', DB]])), []);
  });
});

describe('a transaction of a thread that was terminated', () => {
  const storyOf = (records: ActivityRecord[]): Story =>
    new Story()
      .begin(1)
      .tell(0, 1000, 'thread-start', { id: 1, name: 'db', at: site(3) })
      .tell(1, 2000, 'thread-begin', { name: 'db' })
      .tell(1, 3000, 'database', { database: 1, file: '/app/a.db' })
      .tell(1, 3001, 'wait-site', { site: 1, at: site(7) })
      .activity(1, 6000, records)
      .tell(0, 8000, 'terminate-call', { id: 1, at: site(9) })
      .tell(0, 9000, 'thread-exit', { id: 1, code: 1 });
  const undone = ({ events }: Story): unknown => {
    const model = emptyModel();
    for (const event of events) fold(model, event);
    const { threads, findings } = snapshotOf(model, { title: '', now: 1e5, damaged: 0, complete: true, notices: [] });
    const thread = threads.find(({ id }) => id === 1)!;
    return [thread.unfinished!.map(({ text, fate }) => `${text}: ${fate}`), findings.map(({ rule }) => rule)];
  };

  it('is lost where it was begun and not over', () => {
    assert.deepEqual(undone(storyOf([['transaction', 4000, 1, 1, 1]])), [
      ['a transaction in /app/a.db, begun at main.js:7, was not committed: lost'],
      ['cut-off-while-holding'],
    ]);
  });

  it('is none where it is over, or where records are missing', () => {
    const begun: ActivityRecord = ['transaction', 4000, 1, 1, 1];
    assert.deepEqual(undone(storyOf([begun, ['transaction', 4100, 1, 0, 0]])), [[], []]);
    assert.deepEqual(undone(storyOf([begun]).activity(1, 7000, [['shut', 6500, 1]], 100)), [[], []]);
  });
});
