// What threads do over time, taken bit by bit, is the same as all of it at the end.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { emptyModel, fold, noChanges, type Model } from '../../../src/model/facts/facts';
import { verdicts } from '../../../src/model/picture';
import { statesBetween } from '../../../src/model/conclusions/states';
import { endingOf } from '../../../src/model/conclusions/endings';
import { TrackLog } from '../../../src/model/trackLog';
import { Blocking, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { levelIn, stateIn, type TracksDelta } from '../../../src/protocol/tracks';
import { Story, type ActivityRecord } from '../../support/events';
import { changed, type ReferenceSpan } from '../tracks/reference';

const WAIT = Blocking['atomics-wait'];
const END = 60_000_000;

class Taker {
  readonly model: Model = emptyModel(true);
  readonly spans = new Map<string, ReferenceSpan[]>();
  readonly messages: { from: string; to: string; posted: number; took: number }[] = [];
  dropped = 0;
  private readonly log = new TrackLog(this.model);
  private changes = noChanges();

  fold(events: LifecycleEvent[]): this {
    for (const event of events) fold(this.model, event, this.changes);
    return this;
  }

  take(now: number): TracksDelta | undefined {
    const delta = this.log.take(this.changes.threads, now);
    this.changes = noChanges();
    for (const change of delta?.tracks ?? []) {
      this.spans.set(change.thread, changed(this.spans.get(change.thread) ?? [], change));
    }
    const { threads = [], from = [], to = [], base = 0, posted = [], took = [] } = delta?.messages ?? {};
    posted.forEach((t, i) =>
      this.messages.push({ from: threads[from[i]!]!, to: threads[to[i]!]!, posted: base + t, took: took[i]! }),
    );
    this.dropped = delta?.messagesDropped ?? this.dropped;
    return delta;
  }

  /** As words: since when, and what. */
  told(key: string): string[] {
    const spans = this.spans.get(key) ?? [];
    const joined = spans.filter((span, i) => spans[i - 1]?.code !== span.code);
    const words = joined.map(
      ({ from, code }) => `${from} ${stateIn(code)}${levelIn(code) > 0 ? ` ${levelIn(code)}` : ''}`,
    );
    return [...words, `${spans.at(-1)?.to} end`];
  }

  /** The same, from all that is known. */
  flattened(key: string, now: number): string[] {
    const process = [...this.model.processes.values()][0]!;
    const thread = [...process.threads.values()].find((one) => one.key === key)!;
    const end = Math.min(endingOf(process, thread)?.t ?? now, now);
    const spans = statesBetween(process, thread, thread.firstSeen, end);
    const words = spans.map(
      ({ from, code }) => `${from} ${stateIn(code)}${levelIn(code) > 0 ? ` ${levelIn(code)}` : ''}`,
    );
    return [...words, `${spans.at(-1)?.to} end`];
  }
}

const begun = (): Story =>
  new Story().begin(1000).tell(0, 2000, 'thread-start', { id: 1 }).tell(1, 2500, 'thread-begin', {});

type Step = { by: 'worker' | 'main'; kind: string; length: number; gap: number };
const step: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom('worker', 'main'),
  kind: fc.constantFrom('block', 'stall', 'loop', 'unturned', 'pause', 'dropped', 'open block', 'message'),
  length: fc.oneof(fc.nat(3000), fc.integer({ min: 1, max: 400 })),
  gap: fc.nat(500),
});
const ending = fc.constantFrom('returns', 'terminated', 'lives', 'main ends', 'lost');

/** ms are told as µs × 1000: whole, as the records tell them. */
function tell(steps: Step[], end: string): Story {
  const story = begun();
  const n = { worker: 0, main: 0, message: 0 };
  let t = 3000;
  const record = (tid: number, records: ActivityRecord[], dropped = 0): void => {
    const at = tid === 0 ? 'main' : 'worker';
    story.activity(tid, t, records, n[at] + dropped);
    n[at] += dropped + records.length;
  };
  for (const { by, kind, length, gap } of steps) {
    const tid = by === 'main' ? 0 : 1;
    const from = t + gap;
    t = from + length * 1000;
    if (kind === 'block')
      record(tid, [['block', from, WAIT], ['unblock', t, WAIT]]); // prettier-ignore
    else if (kind === 'open block') record(1, [['block', from, WAIT]]);
    else if (kind === 'stall') record(tid, [['stall', t, 0, length]]);
    else if (kind === 'loop') record(0, [['loop', t, 1, length % 1000, length]]);
    else if (kind === 'unturned') record(0, [['unturned', t, 1, length]]);
    else if (kind === 'dropped') record(tid, [['poll', t, 99]], 7);
    else if (kind === 'message') {
      const number = ++n.message;
      record(0, [['post', from, portOfWorker(1), 0, number]]);
      if (length % 2) record(1, [['receive', t, PARENT_PORT, 0, number]]);
    } else if (kind === 'pause') {
      story.events.push({ k: 'pause', p: story.p, tid, t: from }, { k: 'resume', p: story.p, tid, t });
    }
  }
  t += 1000;
  if (end === 'returns')
    story.tell(1, t, 'exiting', { cause: 'returned', code: 0 }).tell(1, t + 100, 'exited', { code: 0 });
  if (end === 'terminated') story.tell(0, t, 'thread-exit', { id: 1, code: 1 });
  if (end === 'main ends')
    story.tell(0, t, 'exiting', { cause: 'returned', code: 0 }).tell(0, t + 100, 'exited', { code: 0 });
  if (end === 'main ends') story.end(t + 200, 'exit-status', { code: 0 });
  if (end === 'lost') story.end(t + 200, 'lost-contact');
  return story;
}

/** The second gap begins 1 µs after the first ends, and is one with it. */
const GAPS_THAT_TOUCH: Step[] = [
  { by: 'worker', kind: 'dropped', length: 0, gap: 0 },
  { by: 'worker', kind: 'open block', length: 1, gap: 1 },
  { by: 'worker', kind: 'dropped', length: 1, gap: 0 },
];

describe('what threads do over time', () => {
  it('is the same whenever it is taken', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        ending,
        fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(400_000), { minLength: 1, maxLength: 10 }),
        (steps, end, sizes, late) => {
          const { events, p } = tell(steps, end);
          const taker = new Taker();
          let latest = 0;
          for (let at = 0, i = 0; at < events.length; i++) {
            const some = events.slice(at, (at += 1 + sizes[i % sizes.length]!));
            latest = Math.max(latest, ...some.map(({ t }) => t));
            taker.fold(some).take(latest + late[i % late.length]!);
          }
          const now = latest + 10_000_000;
          taker.fold([{ k: 'pause', p, tid: 0, t: now - 2 }, { k: 'pause', p, tid: 1, t: now - 2 }]).take(now); // prettier-ignore
          for (const key of [`${p}:0`, `${p}:1`]) assert.deepEqual(taker.told(key), taker.flattened(key, now));
        },
      ),
      { numRuns: 1000, examples: [[GAPS_THAT_TOUCH, 'returns', [0], [0]]] },
    );
  });

  it('is told once: nothing new, nothing told', () => {
    const taker = new Taker().fold(begun().events);
    assert.ok(taker.take(10_000));
    assert.equal(taker.take(20_000), undefined);
  });

  it('costs as much as is new, and not as what was before', () => {
    const story = begun();
    const taker = new Taker();
    let told = 0;
    for (let i = 0; i < 2000; i++) {
      const t = 10_000 + i * 1000;
      story.activity(1, t + 900, [['block', t, WAIT], ['unblock', t + 500, WAIT]]); // prettier-ignore
      taker.fold(story.events.splice(0));
      told += taker.take(t + 950)!.tracks.reduce((sum, { starts }) => sum + starts.length, 0);
    }
    assert.ok(told < 2000 * 4, `${told} states told`);
  });

  it('has the busy share of a loop as its level', () => {
    const story = begun().activity(0, 4_000_000, [
      ['loop', 1_000_000, 1, 5, 900],
      ['loop', 2_000_000, 1, 12, 1000],
      ['loop', 3_000_000, 1, 500, 1000],
      ['loop', 4_000_000, 1, 1000, 1000],
    ]);
    const taker = new Taker().fold(story.events);
    taker.take(5_000_000);
    assert.deepEqual(taker.told(story.key(1)), [
      '2000 starting',
      '2500 alive',
      '100000 idle',
      '1000000 running 1',
      '2000000 running 8',
      '3000000 running 15',
      '4000000 alive',
      '5000000 end',
    ]);
  });

  it('has a gap where records were dropped, in which nothing is claimed', () => {
    const story = begun()
      .activity(1, 20_000, [['block', 10_000, WAIT]])
      .activity(1, 60_000, [['poll', 50_000, 1]], 40);
    const taker = new Taker().fold(story.events);
    taker.take(100_000);
    assert.deepEqual(taker.told(story.key(1)), [
      '2000 starting',
      '2500 alive',
      '10000 gap',
      '50000 alive',
      '100000 end',
    ]);
  });

  it('takes back what it said of the time after a wait, once it hears that the wait was over before', () => {
    const story = begun().activity(1, 20_000, [['block', 10_000, WAIT]]);
    const taker = new Taker().fold(story.events.splice(0));
    taker.take(90_000);
    assert.deepEqual(taker.told(story.key(1)).slice(2), ['10000 blocked', '90000 end']);
    taker.fold(story.activity(1, 95_000, [['unblock', 60_000, WAIT]]).events).take(100_000);
    assert.deepEqual(taker.told(story.key(1)).slice(2), ['10000 blocked', '60000 alive', '100000 end']);
  });

  it('ends with its thread, also where more had been told', () => {
    const story = begun();
    const taker = new Taker().fold(story.events.splice(0));
    taker.take(90_000);
    taker.fold(story.tell(0, 50_000, 'thread-exit', { id: 1, code: 0 }).events).take(100_000);
    assert.deepEqual(taker.told(story.key(1)), ['2000 starting', '2500 alive', '50000 end']);
  });

  it('is kept whole until it is taken, however much it is', () => {
    const records: ActivityRecord[] = [];
    for (let i = 0; i < 20_000; i++) records.push(['block', 10_000 + i * 10, WAIT], ['unblock', 10_005 + i * 10, WAIT]);
    const story = begun().activity(1, 300_000, records);
    const taker = new Taker().fold(story.events);
    const [, worker] = taker.take(400_000)!.tracks;
    assert.equal(worker?.starts.length, 2 + 40_000);
  });
});

describe('single messages', () => {
  const asked = (): Story => begun().activity(0, 20_000, [['post', 10_000, portOfWorker(1), 0, 1], ['post', 11_000, portOfWorker(1), 0, 2]]); // prettier-ignore
  const row = ({ messages }: Taker): string[] =>
    messages.map(({ from, to, posted, took }) => `${from} ${to} ${posted} ${took}`);

  it('are told once both of their ends are known', () => {
    const story = asked();
    const taker = new Taker().fold(story.events.splice(0));
    taker.take(30_000);
    assert.deepEqual(row(taker), []);
    taker.fold(story.activity(1, 20_000, [['receive', 10_400, PARENT_PORT, 0, 1]]).events).take(40_000);
    assert.deepEqual(row(taker), ['100-1000:0 100-1000:1 10000 400']);
  });

  it('that nobody will read are told once all is read of a receiver that has ended', () => {
    const story = asked().activity(1, 20_000, [['receive', 10_400, PARENT_PORT, 0, 1]]);
    story.tell(1, 50_000, 'exiting', { cause: 'returned', code: 0 }).tell(1, 50_100, 'exited', { code: 0 });
    const taker = new Taker().fold(story.events.splice(0));
    taker.take(60_000);
    assert.deepEqual(row(taker), ['100-1000:0 100-1000:1 10000 400']);
    taker.fold(story.activity(0, 2_000_000, [['poll', 1_900_000, 99]]).events).take(2_000_000);
    assert.deepEqual(row(taker).slice(1), ['100-1000:0 100-1000:1 11000 -1']);
    taker.fold(story.end(3_000_000, 'exit-status', { code: 0 }).events).take(3_000_000);
    assert.equal(taker.messages.length, 2);
  });

  it('are not called unread where the receiver was killed, or some of its records were dropped', () => {
    for (const killed of [true, false]) {
      const story = asked().activity(1, 20_000, [['poll', 12_000, 99]], killed ? 0 : 5);
      if (killed) story.end(50_000, 'exit-status', { signal: 'SIGKILL' });
      else story.tell(0, 50_000, 'exiting', { cause: 'returned', code: 0 }).tell(0, 50_100, 'exited', { code: 0 }).end(50_200, 'exit-status', { code: 0 }); // prettier-ignore
      const taker = new Taker().fold(story.events);
      taker.take(END);
      assert.deepEqual(row(taker), []);
    }
  });

  it('that nobody will read are still found unread after they were told', () => {
    const { events } = asked()
      .activity(1, 20_000, [['receive', 10_400, PARENT_PORT, 0, 1]])
      .tell(0, 50_000, 'exiting', { cause: 'returned', code: 0 })
      .tell(0, 50_100, 'exited', { code: 0 })
      .end(50_200, 'exit-status', { code: 0 });
    const taker = new Taker().fold(events);
    const rules = (): string[] => verdicts(taker.model, END).findings.map(({ rule }) => rule);
    const before = rules();
    assert.ok(before.includes('unread-messages'), before.join(', '));
    taker.take(END);
    assert.deepEqual(row(taker).slice(1), ['100-1000:0 100-1000:1 11000 -1']);
    assert.deepEqual(rules(), before);
  });

  it('of which there is no room are counted', () => {
    const count = 40_000;
    const post = (i: number): ActivityRecord => ['post', 10_000 + i, portOfWorker(1), 0, i + 1];
    const receive = (i: number): ActivityRecord => ['receive', 10_100 + i, PARENT_PORT, 0, i + 1];
    const story = begun();
    for (let i = 0; i < count; i += 1000) {
      const some = Array.from({ length: 1000 }, (_, n) => i + n);
      story.activity(0, 100_000, some.map(post)).activity(1, 100_000, some.map(receive));
    }
    const taker = new Taker().fold(story.events);
    taker.take(200_000);
    assert.ok(taker.dropped > 0);
    assert.equal(taker.messages.length + taker.dropped, count);
  });
});
