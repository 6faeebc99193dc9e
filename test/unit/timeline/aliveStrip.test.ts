import type { Alive, Snapshot } from '../../../src/protocol/picture';
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { initialView } from '../../../media/timeline/look/view';
import { rowsOf } from '../../../media/timeline/rows/rows';
import { geometryOf } from '../../../media/timeline/scene/geometry';
import { layout } from '../../../media/timeline/scene/layout';
import {
  aliveStrip,
  type AliveStrip,
  bandLabel,
  type HoldBand,
  type HoldBandSpan,
  spanStory,
} from '../../../media/timeline/stories/aliveStrip';
import { factText } from '../../../media/timeline/stories/facts';
import type { Story } from '../../../media/timeline/stories/story';
import { fitWindow } from '../../../media/timeline/time/scales';
import { demoWithFindings, hold, processPicture, snapshotOf, START, thread } from '../../webview/fixtures';
import { waiting, waitingForThree } from '../../webview/fixtures';

function stripOf(snapshot: Snapshot, width = 1000, window?: { start: number; end: number }): AliveStrip {
  const run = runOf(snapshot, undefined);
  const rows = rowsOf(run, initialView);
  const geometry = geometryOf(rows.list, width);
  const whole = fitWindow(run.live ? snapshot.now - run.origin : run.knownLength, geometry.area);
  const options = { geometry, window: window ?? whole, now: snapshot.now, top: 0, height: 1000 };
  return aliveStrip(run, layout(run, rows, options), snapshot.now);
}

/** Without the times in which main alone held the process. */
const heldIn = ({ spans }: HoldBand): HoldBandSpan[] => spans.filter(({ hold }) => hold);

const held = (holds: ReturnType<typeof hold>[]): Snapshot =>
  snapshotOf([thread({ id: 0, start: 0 })], { processes: [processPicture({ holds })] });
const sentence = (snapshot: Snapshot): string => {
  const [because] = stripOf(snapshot).becauses;
  return because!.since + because!.words.map(({ text }) => text).join(', ');
};

const lines = ({ facts }: Story): [string, string][] => facts.map((fact) => [fact.label, factText(fact)]);

describe('the strip of who holds the process', () => {
  it('draws one span for each time that the same threads held it, with as much of their names as fits', () => {
    const [band] = stripOf(demoWithFindings()).bands;
    assert.deepEqual(
      heldIn(band!).map(({ text }) => text),
      ['', '', '', '', '', '4', '3 threads', '2', '3', 'build, holder', 'holder'],
    );
    for (const { x, width, text } of band!.spans) {
      assert.ok(x >= 0 && text.length * 6.6 <= width, `“${text}” has ${width} px`);
    }
  });

  it('says how many threads when not all are named, and only that where there is little room', () => {
    const texts = [1000, 300, 40].map((to) => {
      const [band] = stripOf(held([hold(0, to, ['piscina', 'layout', 'index'], 9)])).bands;
      return heldIn(band!)[0]!.text;
    });
    assert.deepEqual(texts, ['piscina, layout, index (9 threads)', 'piscina, layout, index', '9']);
  });

  it('goes on to now while someone holds it, and is cut at the edges of what is looked at', () => {
    const [band] = stripOf(held([hold(100, undefined, ['layout'])])).bands;
    const [span] = heldIn(band!);
    const [whole] = heldIn(stripOf(held([hold(0, 1200, ['layout'])])).bands[0]!);
    assert.ok(Math.abs(span!.x + span!.width - (whole!.x + whole!.width)) < 0.01);
    const inside = stripOf(held([hold(0, 1000, ['layout'])]), 1000, { start: 500_000, end: 600_000 });
    const area = geometryOf(rowsOf(runOf(held([]), undefined), initialView).list, 1000).area;
    assert.deepEqual([inside.bands[0]!.spans[0]!.x, inside.bands[0]!.spans[0]!.width], [0, area.width]);
    const after = stripOf(held([hold(0, 100, ['a'])]), 1000, { start: 500_000, end: 600_000 }).bands[0]!;
    assert.deepEqual(heldIn(after), []);
  });

  it('says that main alone held it before, between and after', () => {
    const [band] = stripOf(held([hold(300, 500, ['a']), hold(800, 900, ['b'])])).bands;
    const who = band!.spans.map(({ hold: by }) => by?.by.join() ?? 'main');
    assert.deepEqual(who, ['main', 'a', 'main', 'b', 'main']);
    assert.equal(band!.spans[0]!.text, 'main alone');
    assert.equal(spanStory(band!.spans[0]!, band!.process, { origin: START, now: START }).title, 'Main alone');
    assert.equal(bandLabel(band!, false), 'Kept alive by main alone; then a; then b');
    for (const [i, { x, width }] of band!.spans.entries())
      assert.ok(Math.abs((band!.spans[i + 1]?.x ?? x + width) - (x + width)) < 0.01, 'without a hole');
  });

  it('draws thousands of short spans as few', () => {
    const holds = Array.from({ length: 20_000 }, (_, i) => hold(i / 20, i / 20 + 0.04, [`worker ${i}`]));
    const [band] = stripOf(held(holds)).bands;
    assert.ok(band!.spans.length < 1000, String(band!.spans.length));
    const sum = band!.spans.reduce((all, { several }) => all + several, 0);
    assert.equal(sum, 20_000);
    assert.ok(bandLabel(band!, false).length < 500);
  });

  it('has nothing to show where nothing is known', () => {
    assert.deepEqual(stripOf(held([])).bands, []);
  });

  it('tells of a span by whom, from when, to when and for how long', () => {
    const [band] = stripOf(held([hold(200, 700, ['layout', 'piscina'], 5)])).bands;
    const story = spanStory(heldIn(band!)[0]!, band!.process, { origin: START, now: START });
    assert.equal(story.title, 'Kept alive by 5 threads');
    assert.deepEqual(lines(story), [
      ['By', 'layout, piscina'],
      ['From', '0.200 s'],
      ['To', '0.700 s'],
      ['For', '500 ms'],
    ]);
  });

  it('makes hostile names harmless', () => {
    const [band] = stripOf(held([hold(0, 1000, ['a\u202eb\n'])])).bands;
    assert.equal(band!.spans[0]!.text, 'a[U+202E]b␊');
  });
});

describe('why a process still lives', () => {
  it('is one sentence, with the lines that did it', () => {
    assert.equal(
      sentence(waitingForThree({ more: 2 })),
      'Main has been done for 1.2 s; alive because of worker “layout” (main.js:12), BroadcastChannel “news” (main.js:30), 3 more',
    );
    const [because] = stripOf(waitingForThree({ more: 2 })).becauses;
    assert.deepEqual(
      because!.words.map(({ at }) => at?.line),
      [12, 30, undefined],
    );
    assert.match(sentence(waitingForThree()), /BroadcastChannel “news” \(main\.js:30\), 1 more$/);
    assert.match(sentence(waiting()), /BroadcastChannel “news” \(main\.js:30\)$/);
  });

  it('says where main waits that does not turn its loop, with a link to the line', () => {
    const AT = { file: '/app/main.js', line: 9, column: 3 };
    const alive = { t: 0, holders: [], more: 0, stuck: true };
    const becauseOf = (main: NonNullable<Alive['main']>): AliveStrip['becauses'][number] =>
      stripOf({ ...waiting(), processes: [processPicture({ alive: { ...alive, main } })] }).becauses[0]!;
    const call = becauseOf({ since: 1e6, call: 'Atomics.wait', at: AT });
    assert.match(call.since, /^Main has been waiting for .* in $/);
    assert.deepEqual(call.words, [{ text: 'Atomics.wait (main.js:9)', at: AT }]);
    assert.equal(call.story.subtitle, 'Nothing visible can wake it.');
    const computes = becauseOf({ since: 1e6 });
    assert.match(computes.since, /^Main’s event loop has not turned for /);
    assert.deepEqual(computes.words, []);
  });

  it('is told with all holders, and what keeps each', () => {
    const { story, stuck } = stripOf(waitingForThree({ stuck: true, more: 2 })).becauses[0]!;
    assert.equal(stuck, true);
    assert.equal(story.subtitle, 'Nothing visible can wake it.');
    assert.deepEqual(lines(story), [
      ['main.js:12', 'worker “layout”: 2 timers, it listens for messages from its owner'],
      ['main.js:30', 'BroadcastChannel “news”'],
      ['–', 'a MessagePort or BroadcastChannel'],
      ['', 'and 2 more'],
    ]);
  });

  it('is not told while main works, nor once it is over', () => {
    const { alive } = waiting().processes[0]!;
    const { waitingSince: _, ...working } = alive!;
    const of = (more: object) =>
      stripOf({ ...waiting(), processes: [processPicture({ alive: working, ...more })] }).becauses;
    assert.deepEqual(of({}), []);
    assert.deepEqual(of({ alive, over: true }), []);
  });

  it('is honest when no holder was seen', () => {
    assert.match(sentence(waiting({ holders: [], more: 0 })), /alive because of something unseen$/);
    assert.match(sentence(waiting({ holders: [], more: 3 })), /alive because of 3 holders$/);
  });
});
