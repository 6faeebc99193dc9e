// What one place of the timeline asks, and what it is told.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { ToTimeline } from '../../../src/protocol/timelineMessages';
import type { Look, Seen } from '../../../src/protocol/tracks';
import { Looking } from '../../../src/views/timeline/looking';

const lookOf = (id: number): Look => ({ id, from: 0, to: 100, pixels: 10, threads: [], pools: [], messagesOf: [] });
const seenOf = (id: number): Seen => ({ id, from: 0, to: 100, pixels: 10, lanes: [], pools: [] });

/** Tracks that answer when the test says so. */
class Place {
  readonly asked: string[] = [];
  readonly told: string[] = [];
  readonly looking: Looking;
  private readonly answers: ((seen: Seen | undefined) => void)[] = [];

  constructor() {
    this.looking = new Looking(
      (session, { id }) => {
        this.asked.push(`${session} ${id}`);
        return new Promise((resolve) => this.answers.push(resolve));
      },
      (message) => this.told.push(inWords(message)),
      (error) => this.told.push(`failed: ${(error as Error).message}`),
    );
  }

  /** The oldest question that is under way. */
  async answer(seen: Seen | undefined): Promise<void> {
    this.answers.shift()!(seen);
    await setImmediate();
  }
}

const inWords = (message: ToTimeline): string =>
  message.kind === 'seen' ? `${message.session} sees ${message.seen.id}` : message.kind;

describe('a place that looks at tracks', () => {
  afterEach(() => mock.timers.reset());

  it('is answered what it asked', async () => {
    const place = new Place();
    place.looking.look('a', lookOf(1));
    await place.answer(seenOf(1));
    assert.deepEqual(place.told, ['a sees 1']);
  });

  it('has one question under way, and of those that wait only the newest is asked', async () => {
    const place = new Place();
    for (const id of [1, 2, 3, 4]) place.looking.look('a', lookOf(id));
    assert.deepEqual(place.asked, ['a 1']);
    await place.answer(seenOf(1));
    assert.deepEqual(place.asked, ['a 1', 'a 4']);
    await place.answer(seenOf(4));
    assert.deepEqual(place.told, ['a sees 1', 'a sees 4']);
  });

  it('is not told what it asked of a session that it has left', async () => {
    const place = new Place();
    place.looking.look('a', lookOf(1));
    place.looking.look('b', lookOf(2));
    await place.answer(seenOf(1));
    await place.answer(seenOf(2));
    assert.deepEqual(place.told, ['b sees 2']);
  });

  it('is told nothing where nothing is known, and may ask again', async () => {
    const place = new Place();
    place.looking.look('a', lookOf(1));
    await place.answer(undefined);
    place.looking.look('a', lookOf(2));
    await place.answer(seenOf(2));
    assert.deepEqual(place.told, ['a sees 2']);
  });

  it('asks on after a question that failed', async () => {
    const told: string[] = [];
    const looking = new Looking(
      (_, { id }) => (id === 1 ? Promise.reject(new Error('lost')) : Promise.resolve(seenOf(id))),
      (message) => told.push(inWords(message)),
      (error) => told.push((error as Error).message),
    );
    looking.look('a', lookOf(1));
    looking.look('a', lookOf(2));
    await setImmediate();
    assert.deepEqual(told, ['lost', 'a sees 2']);
  });

  it('hears at once that there is news, then once in 100 ms, and of the last news too', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const place = new Place();
    place.looking.look('a', lookOf(1));
    for (let i = 0; i < 50; i++) place.looking.changed('a');
    assert.equal(place.told.length, 1);
    mock.timers.tick(99);
    assert.equal(place.told.length, 1);
    mock.timers.tick(1);
    assert.deepEqual(place.told, ['tracks-changed', 'tracks-changed']);
    mock.timers.tick(1000);
    assert.equal(place.told.length, 2);
    place.looking.changed('a');
    assert.equal(place.told.length, 3);
  });

  it('hears nothing of a session that it does not look at, nor before it looks, nor once it is gone', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const place = new Place();
    place.looking.changed('a');
    place.looking.look('a', lookOf(1));
    place.looking.changed('b');
    assert.deepEqual(place.told, []);
    place.looking.changed('a');
    place.looking.changed('a');
    place.looking.dispose();
    mock.timers.tick(1000);
    assert.deepEqual(place.told, ['tracks-changed']);
  });

  it('hears of news in the session that it has come to, but not of older news in the one before', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const place = new Place();
    place.looking.look('a', lookOf(1));
    place.looking.changed('a');
    place.looking.changed('a');
    place.looking.look('b', lookOf(2));
    mock.timers.tick(50);
    place.looking.changed('b');
    mock.timers.tick(50);
    assert.deepEqual(place.told, ['tracks-changed', 'tracks-changed']);
    mock.timers.tick(1000);
    assert.equal(place.told.length, 2);
  });
});
