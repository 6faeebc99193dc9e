// Whom the debugger asks for what a person does to a thread, and who is named when no answer comes.
import assert from 'node:assert/strict';
import { HumanError } from '../../../src/common/humanError';
import { answered, notAttached, whoIsAsked, type Asked } from '../../../src/sessions/debuggers/asking';
import type { Hand } from '../../../src/sessions/debuggers/debugger';

const thread = (id: number, label: string, owner: string | null, process = '7-1') =>
  ({ key: `${process}:${id}`, id, label, owner, process }) as const;
const MAIN = thread(0, 'main', null);
const STARTER = thread(1, 'starter', MAIN.key);
const WORKER = thread(2, 'worker', STARTER.key);
const ELSEWHERE = thread(1, 'elsewhere', '5-1:0', '5-1');
const THREADS = [ELSEWHERE, MAIN, STARTER, WORKER];

const BY_OWNER: Hand[] = ['terminate', 'ref', 'unref'];
const BY_ITSELF: Hand[] = ['pause', 'resume', 'stack', 'profile', 'heap-snapshot'];
const never = new Promise<never>(() => undefined);

async function failure(answer: Promise<unknown>, asked: Asked): Promise<string> {
  const error = await answered(answer, asked, 0).catch((reason: unknown) => reason);
  assert.ok(error instanceof HumanError);
  return error.message;
}

describe('a hand that gets no answer', () => {
  for (const hand of BY_OWNER)
    it(`names, for ${hand}, the thread that started the worker: it is asked`, async () => {
      const asked = whoIsAsked(hand, WORKER, THREADS);
      assert.equal(asked.id, STARTER.id);
      assert.match(
        await failure(never, asked),
        /^“starter”, which started “worker”, is not answering: .*The request will run/,
      );
      assert.match(
        await failure(Promise.reject(new Error('closed')), asked),
        /^“starter” could not be reached: closed/,
      );
      assert.match(notAttached(asked).message, /not attached to the thread that started “worker”/);
    });

  for (const hand of BY_ITSELF)
    it(`names, for ${hand}, the thread itself: it is asked`, async () => {
      const asked = whoIsAsked(hand, WORKER, THREADS);
      assert.equal(asked.id, WORKER.id);
      const late = await failure(never, asked);
      assert.match(late, /^“worker” is not answering: /);
      assert.doesNotMatch(late, /start/);
      assert.match(await failure(Promise.reject(new Error('closed')), asked), /^“worker” could not be reached: closed/);
      assert.match(notAttached(asked).message, /not attached to “worker”/);
    });

  it('says that it will run only of what stays asked', async () => {
    const later = async (hand: Hand): Promise<boolean> =>
      (await failure(never, whoIsAsked(hand, WORKER, THREADS))).includes('The request will run once it answers');
    for (const hand of [...BY_OWNER, 'pause', 'resume'] as const) assert.equal(await later(hand), true, hand);
    for (const hand of ['stack', 'profile', 'heap-snapshot'] as const) assert.equal(await later(hand), false, hand);
  });

  it('asks main for a worker of its own, and for one of which the owner is not known', () => {
    assert.deepEqual(whoIsAsked('ref', STARTER, THREADS), { hand: 'ref', id: 0, label: 'main', starterOf: 'starter' });
    assert.equal(whoIsAsked('ref', { ...STARTER, owner: null }, THREADS).label, 'main');
    assert.equal(whoIsAsked('ref', WORKER, [WORKER]).label, 'worker 1', 'by its number where it is not shown');
  });
});

it('a hand that is answered in time has what was answered', async () => {
  assert.equal(await answered(Promise.resolve('done'), whoIsAsked('pause', WORKER, THREADS)), 'done');
});
