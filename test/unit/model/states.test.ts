// What a thread did from moment to moment, as far as it is known.
import assert from 'node:assert/strict';
import { endingOf } from '../../../src/model/conclusions/endings';
import { emptyModel, fold, type Model } from '../../../src/model/facts/facts';
import { statesBetween, type StateSpan } from '../../../src/model/conclusions/states';
import { Blocking, PARENT_PORT, portOfWorker } from '../../../src/protocol/activity';
import { LEVELS, levelIn, stateIn } from '../../../src/protocol/tracks';
import { snapshotOf } from '../../../src/model/picture';
import type { ThreadPicture } from '../../../src/protocol/picture';
import { Story, site, type ActivityRecord } from '../../support/events';

const WORKER = 1;
const SECOND = 1e6;
const NOW = 20 * SECOND;

function modelOf({ events }: Story): Model {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  return model;
}

const pictureOf = (story: Story): ThreadPicture =>
  snapshotOf(modelOf(story), { title: '', now: NOW, damaged: 0, complete: false, notices: [] }).threads.find(
    ({ id }) => id === WORKER,
  )!;

/** From its start to its end, or to `NOW`. */
function statesOf(story: Story): StateSpan[] {
  const process = modelOf(story).processes.get(story.p)!;
  const thread = process.threads.get(WORKER)!;
  return statesBetween(process, thread, thread.firstSeen, endingOf(process, thread)?.t ?? NOW);
}

/** In seconds: "1–2 starting". */
const told = (story: Story): string[] =>
  statesOf(story).map(({ from, to, code }) => `${from / SECOND}–${to / SECOND} ${stateIn(code)}`);

const begun = (): Story =>
  new Story()
    .begin(0)
    .tell(0, 1 * SECOND, 'thread-start', { id: WORKER, at: site(3) })
    .tell(WORKER, 2 * SECOND, 'thread-begin', {});
const exits = (story: Story, t: number): Story =>
  story
    .tell(WORKER, t, 'exiting', { cause: 'returned', code: 0 })
    .tell(WORKER, t + SECOND, 'exited', { code: 0 })
    .tell(0, t + SECOND, 'thread-exit', { id: WORKER, code: 0 });

describe('the states of a thread', () => {
  it('are starting until it tells of itself, then alive while nothing else is known', () => {
    assert.deepEqual(told(begun()), ['1–2 starting', '2–20 alive']);
  });

  it('are running and idle as its loop was sampled, and alive where it was not', () => {
    const story = begun().activity(0, 5 * SECOND, [
      ['loop', 4 * SECOND, WORKER, 700, 1000],
      ['loop', 5 * SECOND, WORKER, 3, 1000],
    ]);
    assert.deepEqual(told(story), ['1–2 starting', '2–3 alive', '3–4 running', '4–5 idle', '5–20 alive']);
  });

  it('are blocked where it waits, to its end', () => {
    const story = begun().activity(WORKER, 9 * SECOND, [
      ['block', 3 * SECOND, Blocking['synchronous-child']],
      ['unblock', 4 * SECOND, Blocking['synchronous-child']],
      ['block', 8 * SECOND, Blocking['atomics-wait']],
    ]);
    assert.deepEqual(told(story.end(10 * SECOND, 'exit-status', { signal: 'SIGKILL' })), [
      '1–2 starting',
      '2–3 alive',
      '3–4 blocked',
      '4–8 alive',
      '8–10 blocked',
    ]);
  });

  it('are running where its loop did not turn, as it told itself or another found: it computes', () => {
    const story = begun()
      .activity(WORKER, 6 * SECOND, [['stall', 6 * SECOND, 0, 2000]])
      .activity(0, 12 * SECOND, [['unturned', 12 * SECOND, WORKER, 3000]]);
    const computes = ['2–4 alive', '4–6 running', '6–9 alive', '9–12 running', '12–20 alive'];
    assert.deepEqual(told(story).slice(1), computes);
    assert.ok(statesOf(story).every(({ code }) => stateIn(code) !== 'running' || levelIn(code) === LEVELS));
    assert.equal(pictureOf(story).activity!.unresponsive!.computes, true);
  });

  it('are unresponsive where a message waits for it meanwhile, taken later or not', () => {
    const port = portOfWorker(WORKER);
    const story = begun()
      .activity(0, 12 * SECOND, [
        ['post', 5 * SECOND, port, 0, 1],
        ['unturned', 8 * SECOND, WORKER, 5000],
      ])
      .activity(WORKER, 9 * SECOND, [['receive', 8 * SECOND, PARENT_PORT, 0, 1]]);
    const waited = ['2–3 alive', '3–5 running', '5–8 unresponsive'];
    assert.deepEqual(told(story).slice(1), [...waited, '8–20 alive']);
    story.activity(0, 13 * SECOND, [
      ['post', 10 * SECOND, port, 0, 2],
      ['unturned', 13 * SECOND, WORKER, 4000],
    ]);
    assert.deepEqual(told(story).slice(1), [
      ...waited,
      '8–9 alive',
      '9–10 running',
      '10–13 unresponsive',
      '13–20 alive',
    ]);
    assert.equal(pictureOf(story).activity!.unresponsive!.computes, undefined);
  });

  it('of main are unresponsive where its loop did not turn: who waits for it is not seen', () => {
    const story = begun().activity(WORKER, 9 * SECOND, [['unturned', 9 * SECOND, 0, 3000]]);
    const process = modelOf(story).processes.get(story.p)!;
    const main = statesBetween(process, process.threads.get(0)!, 0, NOW);
    assert.deepEqual(
      main.map(({ from, to, code }) => `${from / SECOND}–${to / SECOND} ${stateIn(code)}`),
      ['0–6 alive', '6–9 unresponsive', '9–20 alive'],
    );
  });

  it('of main are as its own loop was sampled', () => {
    const story = begun().activity(0, 5 * SECOND, [['loop', 5 * SECOND, 0, 400, 2000]]);
    const process = modelOf(story).processes.get(story.p)!;
    const states = statesBetween(process, process.threads.get(0)!, 0, NOW);
    assert.deepEqual(
      states.map(({ code }) => stateIn(code)),
      ['alive', 'running', 'alive'],
    );
  });

  it('do not count the time in which it is blocked as busy', () => {
    const story = begun()
      .activity(WORKER, 5 * SECOND, [
        ['block', 3 * SECOND, Blocking['atomics-wait']],
        ['unblock', 3.5 * SECOND, Blocking['atomics-wait']],
        ['block', 3.75 * SECOND, Blocking['atomics-wait']],
      ])
      .activity(0, 4 * SECOND, [['loop', 4 * SECOND, WORKER, 1000, 1000]]);
    assert.equal(pictureOf(story).activity!.loop!.busy, 0.25);
  });

  it('are not unresponsive where its loop only waited, and no processor was free to wake it', () => {
    const idle = (t: number): ActivityRecord => ['loop', t * SECOND, WORKER, 4, 1000];
    const story = begun()
      .activity(0, 4 * SECOND, [idle(4)])
      .activity(0, 5 * SECOND, [idle(5), ['unturned', 5 * SECOND, WORKER, 1400]])
      .activity(WORKER, 6 * SECOND, [['stall', 5.5 * SECOND, 0, 1900]]);
    assert.deepEqual(told(story).slice(1), ['2–3 alive', '3–5 idle', '5–20 alive']);
    assert.equal(pictureOf(story).activity!.unresponsive, undefined);
  });

  it('are running from where its loop waited no more', () => {
    const story = begun().activity(0, 8 * SECOND, [
      ['loop', 4 * SECOND, WORKER, 4, 1000],
      ['loop', 8 * SECOND, WORKER, 1000, 4000],
      ['unturned', 8 * SECOND, WORKER, 4500],
    ]);
    assert.deepEqual(told(story).slice(1), ['2–3 alive', '3–4 idle', '4–8 running', '8–20 alive']);
    assert.deepEqual(pictureOf(story).activity!.unresponsive, {
      since: 4 * SECOND,
      t: 8 * SECOND,
      computes: true,
    });
  });

  it('are paused while the debugger held it, whatever else is said of that time', () => {
    const story = begun().activity(WORKER, 6 * SECOND, [['stall', 6 * SECOND, 0, 2000]]);
    for (const [k, t] of [
      ['pause', 4],
      ['resume', 6],
    ] as const)
      story.events.push({ k, p: story.p, tid: WORKER, t: t * SECOND });
    assert.deepEqual(told(story).slice(1), ['2–4 alive', '4–6 paused', '6–20 alive']);
  });

  it('are exiting while its exit handlers run, and end with it', () => {
    assert.deepEqual(told(exits(begun(), 5 * SECOND)), ['1–2 starting', '2–5 alive', '5–6 exiting']);
  });

  it('end where contact was lost: at the last that was heard of it', () => {
    assert.deepEqual(told(begun().end(9 * SECOND, 'lost-contact')), ['1–2 starting']);
  });

  it('follow one another without a gap, so that their times sum up to its life', () => {
    const story = exits(begun(), 8 * SECOND).activity(WORKER, 7 * SECOND, [
      ['receive', 3 * SECOND, PARENT_PORT, 0, 1],
      ['block', 3 * SECOND, Blocking['atomics-wait']],
      ['unblock', 5 * SECOND, Blocking['atomics-wait']],
    ]);
    const times: Record<string, number> = {};
    for (const { code, from, to } of statesOf(story)) times[stateIn(code)] = (times[stateIn(code)] ?? 0) + to - from;
    assert.deepEqual(times, { starting: SECOND, alive: 4 * SECOND, blocked: 2 * SECOND, exiting: SECOND });
  });
});
