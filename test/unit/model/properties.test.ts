// What holds for every story, however its events come: out of order, late, doubled, or not at all.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { applyDelta, type Snapshot, type ThreadPicture } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { emptyModel, fold, noChanges, type Model } from '../../../src/model/facts';
import { deltaOf, snapshotOf, verdicts } from '../../../src/model/picture';
import { exitReport } from '../../../src/model/report/report';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { reportText } from '../../../src/model/report/text';
import { Story, site } from '../../support/events';

const END = 60_000_000;
const around = { title: 'test', now: END, damaged: 0, complete: true, notices: [] };

/** What one worker does in its life, as small numbers that a story is told from. */
interface Life {
  owner: number;
  unrefs: boolean;
  listens: boolean;
  posts: number;
  takes: number;
  writes: boolean;
  samples: number[];
  ending: 'returns' | 'exits' | 'throws' | 'terminated' | 'lives';
}

const life: fc.Arbitrary<Life> = fc.record({
  owner: fc.nat(2),
  unrefs: fc.boolean(),
  listens: fc.boolean(),
  posts: fc.nat(5),
  takes: fc.nat(5),
  writes: fc.boolean(),
  samples: fc.array(fc.nat(1000), { maxLength: 4 }),
  ending: fc.constantFrom('returns', 'exits', 'throws', 'terminated', 'lives'),
});
const mainEnd = fc.constantFrom('returns', 'exits', 'throws', 'killed', 'lost', 'lives');
const story = fc.tuple(fc.array(life, { maxLength: 4 }), mainEnd).map(([lives, end]) => tell(lives, end));

/** Threads start one after another and end in the opposite order, main last. */
function tell(lives: Life[], end: string): Story {
  const told = new Story().begin(1_000_000);
  lives.forEach((one, i) => tellLife(told, i + 1, Math.min(one.owner, i), one, 2_000_000 + i * 100_000));
  lives.forEach((_, i) => tellEnd(told, lives.length - i, lives, 20_000_000 + i * 100_000));
  told.tell(0, 29_000_000, 'probe-error', { message: 'none' });
  if (end === 'killed') told.end(30_000_000, 'exit-status', { signal: 'SIGTERM' });
  else if (end === 'lost') told.end(30_000_000, 'lost-contact');
  else if (end !== 'lives') {
    const cause = end === 'returns' ? 'returned' : end === 'exits' ? 'exit-call' : 'error';
    told.tell(0, 30_000_000, 'exiting', { cause, code: 0 }).tell(0, 30_100_000, 'exited', { code: 0 });
    told.end(30_200_000, 'exit-status', { code: 0 });
  }
  return told;
}

function tellLife(told: Story, id: number, owner: number, one: Life, t: number): void {
  const port = portOfWorker(id);
  told.tell(owner, t, 'thread-start', { id, name: `worker ${id}`, at: site(id) });
  told.tell(id, t + 10_000, 'thread-begin', {}).tell(owner, t + 20_000, 'thread-online', { id });
  if (one.unrefs) told.tell(owner, t + 30_000, 'thread-unref', { id, at: site(10 + id) });
  if (one.listens) told.tell(owner, t + 40_000, 'thread-ref', { id, at: site(20 + id), listener: true });
  for (let n = 1; n <= one.posts; n++) told.activity(owner, t + 50_000 + n, [['post', t + 50_000 + n, port, 0, n]]);
  for (let n = 1; n <= Math.min(one.takes, one.posts); n++)
    told.activity(id, t + 60_000 + n, [['receive', t + 60_000 + n, PARENT_PORT, 0, n]]);
  if (one.writes)
    told.activity(id, t + 70_000, [...Story.opened(t + 69_000, 8, 21, '/app/out'), ['write', t + 70_000, 8, 9, 1]]);
  one.samples.forEach((busy, n) =>
    told.activity(owner, t + (n + 1) * 1_000_000, [['loop', t + (n + 1) * 1_000_000, id, busy, 1000]]),
  );
}

function tellEnd(told: Story, id: number, lives: Life[], t: number): void {
  const one = lives[id - 1]!;
  const owner = Math.min(one.owner, id - 1);
  const cause = { returns: 'returned', exits: 'exit-call', throws: 'error' } as const;
  if (one.ending === 'lives') return;
  if (one.ending === 'terminated') told.tell(owner, t, 'terminate-call', { id, at: site(30 + id) });
  else {
    if (one.ending === 'throws') told.tell(id, t, 'thread-error', { id, name: 'Error', message: 'thrown' });
    told.tell(id, t + 1, 'exiting', { cause: cause[one.ending], code: 0 }).tell(id, t + 2, 'exited', { code: 0 });
  }
  told.tell(owner, t + 3, 'thread-exit', { id, code: 0 });
}

function modelOf(events: Iterable<LifecycleEvent>): Model {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return model;
}

/** Without the order in which threads came to be known, and without what only counts events. */
function pictureOf(events: Iterable<LifecycleEvent>): Snapshot {
  const picture = snapshotOf(modelOf(events), around);
  const threads = [...picture.threads].sort((a, b) => a.id - b.id);
  return { ...picture, revision: 0, threads };
}

/** Who told it: a thread's own records, and its activity, each come in order. */
const lineOf = (event: LifecycleEvent): string => ('tid' in event ? `${event.k === 'activity'} ${event.tid}` : 'end');

/** An interleaving that leaves each line in its order. */
function interleaved(events: LifecycleEvent[], choices: number[]): LifecycleEvent[] {
  const lines = new Map<string, LifecycleEvent[]>();
  for (const event of events) lines.set(lineOf(event), [...(lines.get(lineOf(event)) ?? []), event]);
  const open = [...lines.values()];
  const result: LifecycleEvent[] = [];
  for (let i = 0; open.length > 0; i++) {
    const at = (choices[i % choices.length] ?? 0) % open.length;
    result.push(open[at]!.shift()!);
    if (open[at]!.length === 0) open.splice(at, 1);
  }
  return result;
}

const lifecycle = ({ key, owner, kind, state, refs, keepsAlive, ended, error }: ThreadPicture): object => ({
  key,
  owner,
  kind,
  state,
  refs,
  keepsAlive,
  ended,
  error,
});

describe('for every story', () => {
  it('the picture is the same in whatever order the threads’ records come', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(97), { minLength: 1, maxLength: 40 }), ({ events }, choices) => {
        assert.deepEqual(pictureOf(interleaved(events, choices)), pictureOf(events));
      }),
      { numRuns: 200 },
    );
  });

  it('records that come twice change nothing', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(97), { minLength: 1, maxLength: 40 }), ({ events }, choices) => {
        assert.deepEqual(pictureOf([...events, ...interleaved(events, choices)]), pictureOf(events));
      }),
      { numRuns: 100 },
    );
  });

  it('activity that is lost changes no life', () => {
    fc.assert(
      fc.property(story, ({ events }) => {
        const kept = events.filter(({ k }) => k !== 'activity');
        assert.deepEqual(pictureOf(kept).threads.map(lifecycle), pictureOf(events).threads.map(lifecycle));
      }),
      { numRuns: 200 },
    );
  });

  it('no part of it from the beginning tells of an ending that the whole does not', () => {
    fc.assert(
      fc.property(story, fc.nat(), ({ events }, cut) => {
        const whole = new Map(pictureOf(events).threads.map((thread) => [thread.key, thread.ended?.by]));
        const byTime = [...events].sort((a, b) => a.t - b.t);
        for (const { key, ended } of pictureOf(byTime.slice(0, cut % (events.length + 1))).threads)
          if (ended && ended.by !== 'unknown') assert.equal(ended.by, whole.get(key));
      }),
      { numRuns: 300 },
    );
  });

  it('where records are missing, every report can still be made', () => {
    fc.assert(
      fc.property(story, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), ({ events }, kept) => {
        const some = events.filter((_, i) => kept[i % kept.length]);
        const report = exitReport(snapshotOf(modelOf(some), around));
        assert.doesNotMatch(reportText(report) + reportMarkdown(report), /undefined|NaN|\[object/);
      }),
      { numRuns: 300 },
    );
  });

  it('deltas lead to the same picture as the whole', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 7 }), ({ events }, step) => {
        const model = emptyModel();
        let shown: Snapshot = snapshotOf(model, around);
        for (let i = 0; i < events.length; i += step) {
          const changes = noChanges();
          for (const event of events.slice(i, i + step)) fold(model, event, changes);
          const { pools, findings } = verdicts(model, END);
          shown = applyDelta(shown, { ...deltaOf(model, changes, shown.revision, around), pools, findings })!;
        }
        const whole = snapshotOf(model, around);
        const sorted = ({ threads }: Snapshot): object[] => [...threads].sort((a, b) => a.id - b.id).map(lifecycle);
        assert.deepEqual(sorted(shown), sorted(whole));
        assert.deepEqual(shown.findings, whole.findings);
        assert.deepEqual(shown.processes, whole.processes);
      }),
      { numRuns: 100 },
    );
  });
});
