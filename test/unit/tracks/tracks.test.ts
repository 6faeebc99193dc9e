// The index gives what a look at every single span would give.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codeOf, TRACK_STATES, type Look, type Seen, type TrackChange } from '../../../src/protocol/tracks';
import { Tracks, type Living } from '../../../src/tracks/tracks';
import { changed, pixelOf, timesIn, type ReferenceSpan } from './reference';

const THREAD = '1-1:1';
const UNBOUNDED = 1e12;
const look = (rest: Partial<Look>): Look => ({
  id: 1,
  from: 0,
  to: 1000,
  pixels: 10,
  threads: [THREAD],
  pools: [],
  messagesOf: [],
  ...rest,
});
const change = (from: number, spans: [start: number, code: number][], to: number, thread = THREAD): TrackChange => ({
  thread,
  from,
  starts: spans.map(([start]) => start),
  codes: spans.map(([, code]) => code),
  to,
});
const tracksOf = (changes: TrackChange[], mostBytes = UNBOUNDED): Tracks => {
  const tracks = new Tracks(mostBytes);
  for (const one of changes) tracks.add({ tracks: [one], messagesDropped: 0 });
  return tracks;
};

const code = fc.oneof(
  fc.integer({ min: 1, max: 15 }).map((level) => codeOf('running', level)),
  fc.constantFrom(...TRACK_STATES.filter((s) => s !== 'none' && s !== 'running')).map((s) => codeOf(s)),
);
/** Lengths of spans, and how far each change goes back behind the end of the one before. */
const someChange = fc.record({
  spans: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), code), { minLength: 0, maxLength: 60 }),
  back: fc.oneof({ weight: 5, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.integer({ min: -50, max: 3000 }) }),
});
const BEGIN = 10_000;
const story = fc.array(someChange, { minLength: 1, maxLength: 50 }).map((all) => {
  let end = BEGIN;
  return all.map(({ spans, back }) => {
    const from = Math.max(BEGIN, end - back);
    let at = 0;
    const starts = spans.map(([length, one]): [number, number] => [(at += length) - length, one]);
    end = from + at;
    return change(from, starts, end);
  });
});
const window = fc.record({
  from: fc.integer({ min: 9_000, max: 20_000 }),
  length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 60_000 })),
  pixels: fc.integer({ min: 1, max: 40 }),
});

const referenceOf = (changes: TrackChange[]): ReferenceSpan[] => changes.reduce<ReferenceSpan[]>(changed, []);

function assertSame(seen: Seen, spans: ReferenceSpan[]): void {
  const lane = seen.lanes[0];
  const width = (seen.to - seen.from) / seen.pixels;
  for (let x = 0; x < seen.pixels; x++) {
    const { times, busy } = timesIn(spans, seen.from + x * width, seen.from + (x + 1) * width);
    const pixel = lane ? pixelOf(lane, x) : undefined;
    const most = Math.max(...times);
    const about = `pixel ${x} of ${JSON.stringify(times)}`;
    if (most < 1e-3) {
      assert.equal(pixel?.state ?? 'none', 'none', about);
      continue;
    }
    assert.ok(pixel, about);
    const time = times[TRACK_STATES.indexOf(pixel.state)]!;
    assert.ok(Math.abs(time - most) < 1e-3, `${about}: ${pixel.state}`);
    assert.ok(
      Math.abs(pixel.share - most / width) <= 0.51 / 255 || pixel.share === 1 / 255,
      `${about}: ${pixel.share}`,
    );
    const known = times[codeOf('idle')]! + times[codeOf('running')]!;
    if (known > 1e-2) assert.ok(Math.abs(pixel.busy - busy / known) <= 0.51 / 255 + 1e-5, `${about}: ${pixel.busy}`);
    const grave = (['exiting', 'paused', 'gap', 'blocked', 'unresponsive'] as const).filter(
      (state) => state !== pixel.state && times[codeOf(state)]! > 1e-3,
    );
    assert.equal(pixel.peak, grave.at(-1) ?? 'none', about);
  }
}

describe('a lane', () => {
  it('shows in each pixel what a look at all spans shows, whatever was told anew', () => {
    fc.assert(
      fc.property(story, window, (changes, { from, length, pixels }) => {
        const seen = tracksOf(changes).see(look({ from, to: from + length, pixels }));
        assertSame(seen, referenceOf(changes));
      }),
      { numRuns: 500 },
    );
  });

  it('shows the same where thousands of spans lie in one pixel', () => {
    const codes = ['idle', 'blocked', 'alive'].map((state) => codeOf(state as 'idle')).concat(codeOf('running', 7));
    const changes = Array.from({ length: 40 }, (_, n) => {
      const spans = Array.from({ length: 250 }, (_, i): [number, number] => [i * 3, codes[(i * 7 + n) % 4]!]);
      return change(BEGIN + n * 749, spans, BEGIN + n * 749 + 750);
    });
    const tracks = tracksOf(changes);
    const reference = referenceOf(changes);
    for (const pixels of [1, 3, 10, 97]) {
      assertSame(tracks.see(look({ from: 9_000, to: 41_000, pixels })), reference);
      assertSame(tracks.see(look({ from: 17_003, to: 33_333, pixels })), reference);
    }
  });

  it('has as many runs as pixels change, however many there are', () => {
    const tracks = tracksOf([change(0, [[0, codeOf('alive')], [500, codeOf('blocked')]], 1000)]); // prettier-ignore
    const [lane] = tracks.see(look({ pixels: 8000 })).lanes;
    assert.deepEqual([[...lane!.x], [...lane!.state]], [[0, 4000], [codeOf('alive'), codeOf('blocked')]]); // prettier-ignore
  });

  it('shows a life that is shorter than a pixel', () => {
    const [lane] = tracksOf([change(510, [[0, codeOf('alive')]], 511)]).see(look({})).lanes;
    assert.deepEqual([pixelOf(lane!, 4).state, pixelOf(lane!, 5).state, pixelOf(lane!, 6).state], ['none', 'alive', 'none']); // prettier-ignore
  });

  it('shows nothing after the end of its thread', () => {
    const [lane] = tracksOf([change(0, [[0, codeOf('alive')]], 900), change(500, [], 500)]).see(look({})).lanes;
    assert.deepEqual([pixelOf(lane!, 4).state, pixelOf(lane!, 5).state], ['alive', 'none']);
  });

  it('has a gap where what lay between was not told', () => {
    const alive: [number, number][] = [[0, codeOf('alive')]];
    const [lane] = tracksOf([change(0, alive, 200), change(600, alive, 1000)]).see(look({})).lanes;
    assert.deepEqual([1, 2, 5, 6].map((x) => pixelOf(lane!, x).state), ['alive', 'gap', 'gap', 'alive']); // prettier-ignore
  });
});

describe('a thread that lives', () => {
  const living: Living = { now: 1000, lives: () => true };
  const last = (code: number, lives = living): string => {
    const [lane] = tracksOf([change(0, [[0, code]], 300)]).see(look({}), lives).lanes;
    return pixelOf(lane!, 5).state;
  };

  it('goes on being blocked, paused, starting or exiting until something else is told', () => {
    for (const state of ['blocked', 'paused', 'starting', 'exiting'] as const) assert.equal(last(codeOf(state)), state);
  });

  it('is not said to run, to be idle or not to respond any longer than was seen', () => {
    for (const state of ['running', 'idle', 'unresponsive', 'gap'] as const) assert.equal(last(codeOf(state)), 'alive');
  });

  it('is shown no further once it lives no more', () => {
    assert.equal(last(codeOf('blocked'), { now: 1000, lives: () => false }), 'none');
  });

  it('is measured to the same moment', () => {
    const tracks = tracksOf([change(0, [[0, codeOf('idle')]], 300)]);
    const [measured] = tracks.measure({ id: 1, from: 100, to: 2000, threads: [THREAD] }, living).threads;
    assert.deepEqual([measured!.times[codeOf('idle')], measured!.times[codeOf('alive')]], [200, 700]);
  });
});

describe('what is measured', () => {
  it('is the time in each state to the microsecond', () => {
    fc.assert(
      fc.property(story, window, (changes, { from, length }) => {
        const measure = { id: 3, from, to: from + length, threads: [THREAD] };
        const [measured] = tracksOf(changes).measure(measure).threads;
        assert.deepEqual(measured!.times, timesIn(referenceOf(changes), from, from + length).times);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a pool', () => {
  it('has as many threads alive and busy in each pixel as its threads together', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 5 }), window, (stories, { from, length, pixels }) => {
        const threads = stories.map((_, i) => `1-1:${i}`);
        const tracks = tracksOf(stories.flatMap((one, i) => one.map((c) => ({ ...c, thread: threads[i]! }))));
        const seen = tracks.see(look({ from, to: from + length, pixels, threads: [], pools: [{ key: 'p', threads }] }));
        const width = length / pixels;
        for (let x = 0; x < pixels; x++) {
          const all = stories.map((one) => timesIn(referenceOf(one), from + x * width, from + (x + 1) * width));
          const live = all.reduce((sum, { times }) => sum + times.reduce((a, b) => a + b), 0) / width;
          const busy = all.reduce((sum, one) => sum + one.busy + one.times[codeOf('unresponsive')]!, 0) / width;
          assert.ok(Math.abs(seen.pools[0]!.live[x]! - live * 16) <= 0.51, `live ${x}`);
          assert.ok(Math.abs(seen.pools[0]!.busy[x]! - busy * 16) <= 0.51, `busy ${x}`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the memory of tracks', () => {
  const long = (thread: string, changes: number): TrackChange[] =>
    Array.from({ length: changes }, (_, n) => {
      const codes = [codeOf('idle'), codeOf('running', 1 + (n % 15))];
      const spans = Array.from({ length: 100 }, (_, i): [number, number] => [i * 10, codes[i % 2]!]);
      return change(n * 1000, spans, (n + 1) * 1000, thread);
    });

  it('takes at most 32 bytes a state change', () => {
    const tracks = tracksOf(long(THREAD, 1000));
    assert.ok(tracks.bytes / 100_000 <= 32, `${tracks.bytes / 100_000} bytes`);
  });

  it('is bounded: the older half becomes a gap, and the newer one stays as it was', () => {
    const changes = [...long('1-1:1', 100), ...long('1-1:2', 100)];
    const tracks = tracksOf(changes, 200_000);
    assert.ok(tracks.bytes <= 200_000, `${tracks.bytes} bytes`);
    for (const thread of ['1-1:1', '1-1:2']) {
      const view = { from: 0, to: 100_000, pixels: 100, threads: [thread] };
      const [lane] = tracks.see(look(view)).lanes;
      const states = Array.from({ length: 100 }, (_, x) => pixelOf(lane!, x).state);
      const firstKept = states.findIndex((state) => state !== 'gap');
      assert.ok(
        states.slice(firstKept + 1).every((state) => state === 'idle' || state === 'running'),
        states.join(),
      );
      const reference = referenceOf(changes.filter((one) => one.thread === thread));
      const kept = { from: (firstKept + 1) * 1000, to: 100_000 };
      assertSame(tracks.see(look({ ...kept, pixels: 37, threads: [thread] })), reference);
      assertSame(tracks.see(look({ ...kept, pixels: 2, threads: [thread] })), reference);
    }
  });

  it('is never spent on what is so right now', () => {
    const ongoing = change(0, [[0, codeOf('blocked')]], 300_000, '1-1:2');
    const tracks = tracksOf([ongoing, ...long(THREAD, 1000)], 200_000);
    const [lane] = tracks.see(look({ to: 300_000, threads: ['1-1:2'] })).lanes;
    assert.equal(pixelOf(lane!, 9).state, 'blocked');
  });
});
