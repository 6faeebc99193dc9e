// Messages in view, against a look at each single one.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { MessageColumns, SeenMessages } from '../../../src/protocol/tracks';
import { Messages } from '../../../src/tracks/messages';

interface Message {
  from: number;
  to: number;
  posted: number;
  took: number;
}
const THREADS = ['a', 'b', 'c', 'd'];
const columns = (messages: Message[]): MessageColumns => ({
  threads: THREADS,
  from: messages.map(({ from }) => from),
  to: messages.map(({ to }) => to),
  base: 0,
  posted: messages.map(({ posted }) => posted),
  took: messages.map(({ took }) => took),
});
const message: fc.Arbitrary<Message> = fc.record({
  from: fc.nat(3),
  to: fc.nat(3),
  posted: fc.nat(2000),
  took: fc.oneof(fc.constant(-1), fc.nat(30), fc.nat(2000)),
});
const batches = fc.array(fc.array(message, { maxLength: 120 }), { maxLength: 8 });
const range = fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 800 }));

function messagesOf(told: Message[][]): Messages {
  const messages = new Messages();
  for (const batch of told) messages.add(columns(batch));
  return messages;
}
const underWay = ({ posted, took }: Message, from: number, to: number): boolean =>
  posted < to && (posted >= from || (took >= 0 && posted + took >= from));
const seenRows = (seen: SeenMessages): string[] =>
  [...seen.posted].map((t, i) =>
    [seen.threads[seen.from[i]!], seen.threads[seen.to[i]!], t, seen.received[i]!].join(' '),
  );
const row = ({ from, to, posted, took }: Message): string =>
  [THREADS[from], THREADS[to], posted, took < 0 ? NaN : posted + took].join(' ');

describe('messages in view', () => {
  it('are those of the chosen threads that were under way then, oldest first', () => {
    fc.assert(
      fc.property(batches, range, fc.subarray([0, 1, 2, 3]), (told, [from, length], of) => {
        const to = from + length;
        const seen = messagesOf(told).see(of.map((i) => THREADS[i]!), from, to); // prettier-ignore
        const wanted = told.flat().filter((m) => (of.includes(m.from) || of.includes(m.to)) && underWay(m, from, to));
        assert.deepEqual(seenRows(seen).sort(), wanted.map(row).sort());
        assert.deepEqual([...seen.posted], [...seen.posted].sort((a, b) => a - b)); // prettier-ignore
        assert.equal(seen.more, 0);
      }),
    );
  });

  it('are chosen evenly where there are too many, and the rest is counted', () => {
    const all = Array.from({ length: 50_000 }, (_, i) => ({ from: 0, to: 1, posted: i * 10, took: 5 }));
    const seen = messagesOf([all]).see(['a'], 0, 500_000);
    assert.ok(seen.posted.length > 1000 && seen.posted.length <= 2000, `${seen.posted.length}`);
    assert.equal(seen.posted.length + seen.more, 50_000);
    const inFirstHalf = seen.posted.filter((t) => t < 250_000).length;
    assert.ok(Math.abs(inFirstHalf / seen.posted.length - 0.5) < 0.01, `${inFirstHalf}`);
  });

  it('are counted by post and by delivery', () => {
    fc.assert(
      fc.property(batches, range, (told, [from, length]) => {
        const messages = messagesOf(told);
        const to = from + length;
        const isIn = (t: number): boolean => t >= from && t < to;
        THREADS.forEach((thread, i) => {
          const posted = told.flat().filter((m) => m.from === i && isIn(m.posted)).length;
          const received = told.flat().filter((m) => m.to === i && m.took >= 0 && isIn(m.posted + m.took)).length;
          assert.deepEqual(
            [messages.posted(thread, from, to), messages.received(thread, from, to)],
            [posted, received],
          );
        });
      }),
    );
  });

  it('take at most 16 bytes each', () => {
    const messages = new Messages();
    for (let n = 0; n < 100; n++) {
      messages.add(
        columns(Array.from({ length: 1000 }, (_, i) => ({ from: 0, to: 1, posted: n * 1000 + i, took: 5 }))),
      );
    }
    assert.ok(messages.bytes / 100_000 <= 16, `${messages.bytes / 100_000}`);
  });

  it('that were forgotten are counted', () => {
    const messages = messagesOf([Array.from({ length: 100 }, (_, i) => ({ from: 0, to: 1, posted: i, took: 500 }))]);
    assert.equal(messages.forget(40), 40);
    assert.equal(messages.see(['b'], 0, 1000).posted.length, 60);
  });

  it('of threads of which nothing is kept any more are gone, and take no memory', () => {
    fc.assert(
      fc.property(batches, fc.subarray([0, 1, 2, 3]), fc.nat(2000), (told, gone, t) => {
        const messages = messagesOf(told);
        messages.forget(t);
        messages.forgetThreads(gone.map((i) => THREADS[i]!));
        const kept = (m: Message): boolean => m.posted >= t && !gone.includes(m.from) && !gone.includes(m.to);
        assert.deepEqual(seenRows(messages.see(THREADS, 0, 5000)).sort(), told.flat().filter(kept).map(row).sort()); // prettier-ignore
        messages.forgetThreads(THREADS);
        assert.equal(messages.bytes, 0);
      }),
    );
  });
});
