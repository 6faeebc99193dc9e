import assert from 'node:assert/strict';
import { activitiesIn, recordsIn } from '../../../src/protocol/activityBatch';
import { asLifecycleEvent } from '../../../src/protocol/probeEvents';

const HOUR = 3600e6;
const encoded = (...words: number[]): string => Buffer.from(new Uint32Array(words).buffer).toString('base64');
const POST = (1 << 24) | 5;

describe('a batch of activity records', () => {
  it('is read with its times, over the wrap of their 32 bits', () => {
    const base = 7000;
    const written = 3 * HOUR; // µs since base, more than 2^32
    const [post] = activitiesIn(encoded(written % 2 ** 32, POST, 8, 9), base, base + written + 1000);
    assert.deepEqual(post, { index: 0, kind: 'post', t: base + written, arg: 5, a: 8, b: 9 });
  });

  it('leaves out records of a later version, and counts them', () => {
    const records = encoded(10, (200 << 24) | 1, 0, 0, 20, POST, 0, 1);
    assert.deepEqual(
      activitiesIn(records, 0, 100).map(({ index, t }) => [index, t]),
      [[1, 20]],
    );
    assert.equal(recordsIn(records), 2);
  });

  it('is refused where it is not in base64', () => {
    const event = { k: 'activity', p: '1-1', tid: 0, t: 1, base: 0, n: 0, records: encoded(1, POST, 0, 1) };
    assert.ok(asLifecycleEvent(event));
    for (const records of ['%', 'AAA', 'A===', 'AA=A', 'AAAA AAAA']) {
      assert.equal(asLifecycleEvent({ ...event, records }), undefined, records);
    }
  });

  it('is refused where it ends in the middle of a record', () => {
    const whole = Buffer.from(encoded(1, POST, 0, 1, 2, POST, 0, 2), 'base64');
    const read = (length: number): boolean => {
      const records = whole.subarray(0, length).toString('base64');
      return asLifecycleEvent({ k: 'activity', p: '1-1', tid: 0, t: 1, base: 0, n: 0, records }) !== undefined;
    };
    const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
    assert.deepEqual(lengths.filter(read), [0, 16, 32]);
  });
});
