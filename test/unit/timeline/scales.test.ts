import assert from 'node:assert/strict';
import {
  clampWindow,
  fitWindow,
  followWindow,
  modeOf,
  timeScale,
  timeTicks,
  windowOf,
  zoomAbout,
  zoomOf,
} from '../../../media/timeline/time/scales';

const AREA = { left: 120, width: 800 };
const SECOND = 1e6;
const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${actual} is about ${expected}`);

describe('the window of time', () => {
  it('shows the whole run with some room on both sides when it fits', () => {
    const x = timeScale(fitWindow(SECOND, AREA), AREA.width);
    near(x(0), 8);
    near(x(SECOND), AREA.width - 30);
  });

  it('survives the way to a zoom and back', () => {
    const window = { start: 123_456, end: 123_999 };
    const back = windowOf(zoomOf(window, AREA), AREA);
    near(back.start, window.start);
    near(back.end, window.end);
  });

  it('keeps the moment under the pointer where it is', () => {
    const before = { start: 0, end: SECOND };
    const at = 300_000;
    const after = zoomAbout(before, 4, at);
    near(timeScale(after, 800)(at), timeScale(before, 800)(at));
    near(after.end - after.start, SECOND / 4);
  });

  it('cannot leave the run, nor show more than all of it, nor less than the clock can tell apart', () => {
    const fit = fitWindow(SECOND, AREA);
    assert.deepEqual(clampWindow({ start: -9e9, end: 9e9 }, SECOND, AREA), fit);
    near(clampWindow({ start: 5 * SECOND, end: 5.5 * SECOND }, SECOND, AREA).end, fit.end);
    const small = clampWindow({ start: 500, end: 500.001 }, SECOND, AREA);
    near(small.end - small.start, 20);
    near((small.start + small.end) / 2, 500.0005);
  });

  it('follows the live end until it is moved away from it', () => {
    const window = followWindow(200_000, SECOND, AREA);
    near(window.end - window.start, 200_000);
    assert.equal(modeOf(window, SECOND, true, AREA), 'follow');
    const back = { start: window.start - 100_000, end: window.end - 100_000 };
    assert.equal(modeOf(back, SECOND, true, AREA), 'free');
    assert.equal(modeOf(window, SECOND, false, AREA), 'free', 'nothing is followed when nothing lives');
    assert.equal(modeOf(fitWindow(SECOND, AREA), SECOND, true, AREA), 'fit');
  });

  it('is never empty, even in the first moment of a run', () => {
    const { start, end } = fitWindow(0, AREA);
    assert.ok(end - start >= 1000);
    assert.ok(Number.isFinite(zoomOf({ start, end }, AREA).k));
  });
});

describe('the time axis', () => {
  const texts = (start: number, end: number): string[] => timeTicks({ start, end }, 500).map(({ text }) => text);

  it('speaks in seconds, milliseconds or microseconds, one unit at a time', () => {
    assert.deepEqual(texts(0, 2 * SECOND), ['0 s', '0.5 s', '1.0 s', '1.5 s', '2.0 s']);
    assert.deepEqual(texts(0, 100_000), ['0 ms', '20 ms', '40 ms', '60 ms', '80 ms', '100 ms']);
    assert.deepEqual(texts(0, 500), ['0 µs', '100 µs', '200 µs', '300 µs', '400 µs', '500 µs']);
  });

  it('gives as many digits as its steps need, deep in a long run', () => {
    assert.deepEqual(texts(12_345_600, 12_345_650), [
      '12.34560 s',
      '12.34561 s',
      '12.34562 s',
      '12.34563 s',
      '12.34564 s',
      '12.34565 s',
    ]);
  });

  it('has no label before the run began', () => {
    assert.ok(!texts(-400_000, SECOND).some((text) => text.startsWith('-')));
  });
});
