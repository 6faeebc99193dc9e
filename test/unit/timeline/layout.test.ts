import type { Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { initialView } from '../../../media/timeline/look/view';
import { rowsOf } from '../../../media/timeline/rows/rows';
import { geometryOf, visibleRange } from '../../../media/timeline/scene/geometry';
import { findAt, hitAt } from '../../../media/timeline/scene/hits';
import { layout } from '../../../media/timeline/scene/layout';
import { isHidden, isLane, type Scene, type SceneLane } from '../../../media/timeline/scene/types';
import { fitWindow } from '../../../media/timeline/time/scales';
import {
  demo,
  demoLive,
  ending,
  everyEnding,
  flip,
  hiddenThreads,
  manyLanes,
  processPicture,
  pythonShutdown,
  severalProcesses,
  snapshotOf,
  START,
  thread,
} from '../../webview/fixtures';

const WIDTH = 1000;

/** The snapshot laid out as the view does at first: the whole run on 1000 px. */
function sceneOf(snapshot: Snapshot, width = WIDTH, window?: { start: number; end: number }): Scene {
  const run = runOf(snapshot, undefined);
  const rows = rowsOf(run, initialView);
  const geometry = geometryOf(rows.list, width);
  const length = (run.live ? snapshot.now : run.knownLength + run.origin) - run.origin;
  return layout(run, rows, {
    geometry,
    window: window ?? fitWindow(length, geometry.area),
    now: snapshot.now,
    top: 0,
    height: 10_000,
  });
}

function laneOf(scene: Scene, label: string): SceneLane {
  const lane = scene.rows.filter(isLane).find(({ row }) => row.lane.thread.label === label);
  assert.ok(lane, `there is a lane for ${label}`);
  return lane;
}

const styles = (lane: SceneLane): string[] => lane.bars.map((b) => (b.starting ? `starting ${b.style}` : b.style));

describe('the layout of the timeline', () => {
  it('draws who waits for whom: now while no thread is chosen, else of the chosen one, with those who wait for it', () => {
    const arrowsOf = (snapshot: Snapshot, selected?: string, window?: { start: number; end: number }) => {
      const run = runOf(snapshot, undefined);
      const rows = rowsOf(run, initialView);
      const geometry = geometryOf(rows.list, WIDTH);
      const whole = fitWindow(snapshot.now - run.origin, geometry.area);
      const scene = layout(run, rows, {
        geometry,
        window: window ?? whole,
        now: snapshot.now,
        top: 0,
        height: 500,
        selected,
      });
      const rowAt = (y: number): string => {
        const found = scene.rows.filter(isLane).find((row) => y > row.y && y < row.y + geometry.rowHeight);
        return found!.row.lane.thread.label;
      };
      const waits = scene.arrows.list.filter(({ kind }) => kind === 'wait');
      return waits.map(({ x1, y1, y2 }) => [rowAt(y1), rowAt(y2), x1 === 0 ? 'before' : 'in view']).sort();
    };
    const [live, over] = [pythonShutdown(400), pythonShutdown()];
    const keyOf = (label: string) => live.threads.find((one) => one.label === label)!.key;
    const both = [
      ['build', 'minify', 'in view'],
      ['main', 'build', 'in view'],
    ];
    assert.deepEqual(arrowsOf(live), both);
    assert.deepEqual(arrowsOf(over), [], 'nobody waits any more');
    assert.deepEqual(arrowsOf(over, keyOf('build')), both);
    assert.deepEqual(arrowsOf(over, keyOf('minify')), both.slice(0, 1));
    assert.deepEqual(arrowsOf(over, keyOf('build'), { start: 620_000, end: 900_000 }), [['main', 'build', 'before']]);
    assert.deepEqual(arrowsOf(over, keyOf('logger')), []);
  });

  it('draws what the process waits for after main’s code as bands, one after the other, and up to now while it lasts', () => {
    const bandsOf = (snapshot: Snapshot) => {
      const { phases, nowX } = sceneOf(snapshot);
      return phases.map(({ phase, x, width }) => [phase.phase, Math.round(x), Math.round(nowX ?? x + width)]);
    };
    const [threads, handlers] = bandsOf(pythonShutdown()) as [[string, number, number], [string, number, number]];
    assert.deepEqual([threads[0], handlers[0]], ['threads', 'exit-handlers']);
    assert.ok(threads[1] < threads[2] && threads[2] <= handlers[1] && handlers[1] < handlers[2]);
    const [waiting, ...none] = sceneOf(pythonShutdown(1200)).phases;
    assert.deepEqual(none, []);
    assert.equal(Math.round(waiting!.x + waiting!.width), Math.round(sceneOf(pythonShutdown(1200)).nowX!));
    assert.deepEqual(sceneOf(demo()).phases, []);
  });

  it('draws no arrow of a message within one row, where it would be a dash, but counts it', () => {
    const [main, worker] = [0, 1].map((id) => thread({ id, start: 0 })) as [ThreadPicture, ThreadPicture];
    const snapshot = snapshotOf([main, worker]);
    const run = runOf(snapshot, undefined);
    const messages = {
      threads: [main.key, worker.key],
      from: Uint16Array.of(0),
      to: Uint16Array.of(1),
      posted: Float64Array.of(START + 100_000),
      received: Float64Array.of(START + 200_000),
      more: 0,
    };
    const [lanes, pools] = [new Map(), new Map()];
    const answers = { from: START, perPixel: 1000, pixels: 1200, lanes, pools, messages, wakes: undefined };
    const arrows = [[], [main.key]].map((folded) => {
      const rows = rowsOf(run, { ...initialView, folded });
      const geometry = geometryOf(rows.list, WIDTH);
      const window = fitWindow(1_200_000, geometry.area);
      return layout(run, rows, { geometry, window, now: snapshot.now, top: 0, height: 500, answers }).arrows;
    });
    assert.deepEqual(
      arrows.map(({ list, more }) => [list.length, more]),
      [
        [1, 0],
        [0, 1],
      ],
    );
  });

  it('draws threads that the program does not see for as long as it lives, and how much of their pool was at work', () => {
    const [process] = demo().processes;
    const hidden = hiddenThreads([
      { from: START + 1e6, to: START + 1.5e6, busy: 2 },
      { from: START - 5e6, to: START - 4e6, busy: 4 },
    ]);
    const scene = sceneOf({ ...demo(), processes: [{ ...process!, hidden }] });
    const row = scene.rows.find(isHidden)!;
    const first = laneOf(scene, 'main').bars[0]!;
    assert.ok(Math.abs(row.x - first.x) < 0.01, 'from the start of main');
    assert.equal(row.busy.length, 1, 'what is out of view is left out');
    assert.equal(row.busy[0]!.share, 0.5);
    const found = findAt(scene, row.x + 1, row.y + scene.geometry.middle);
    assert.equal(found.hit.kind, 'bar');
  });

  it('ends every daemon that main took along at the line where main exits', () => {
    const scene = sceneOf(demo());
    assert.equal(scene.exits.length, 1);
    for (const label of ['logger', '<img src=x onerror=alert(1)>']) {
      const { cap } = laneOf(scene, label);
      assert.equal(cap?.by, 'main-exit');
      assert.ok(Math.abs(cap.x - scene.exits[0]!.x) < 0.01, `${label} ends at the line`);
    }
  });

  it('draws a bar anew at each flip, and a tick with the line of the call', () => {
    const lane = laneOf(sceneOf(demo()), 'holder');
    assert.deepEqual(styles(lane), ['starting keeps-alive', 'keeps-alive', 'daemon', 'keeps-alive']);
    assert.deepEqual(
      lane.marks.map(({ kind, at }) => [kind, at?.line]),
      [
        ['unref', 21],
        ['ref', 25],
      ],
    );
    assert.equal(lane.marks[0]!.x, lane.bars[2]!.x);
  });

  it('joins bars without a hole or an overlap', () => {
    for (const row of sceneOf(demo()).rows) {
      if (!('bars' in row)) continue;
      row.bars.slice(1).forEach((bar, i) => {
        const before = row.bars[i]!;
        assert.ok(Math.abs(before.x + before.width - bar.x) < SHORTEST, `${row.row.key} bar ${i + 1}`);
      });
    }
  });
  /** The first bar is never narrower than this. */
  const SHORTEST = 2;

  it('draws a living thread up to now, without a cap', () => {
    const scene = sceneOf(demoLive());
    const lane = laneOf(scene, 'build');
    const last = lane.bars.at(-1)!;
    assert.equal(lane.cap, undefined);
    assert.equal(lane.liveX, scene.nowX);
    assert.ok(Math.abs(last.x + last.width - scene.nowX!) < 0.01);
  });

  it('draws a thread that does not run its code yet as starting throughout', () => {
    assert.deepEqual(styles(laneOf(sceneOf(demoLive()), 'late.js')), ['starting keeps-alive']);
  });

  it('does not draw a thread as alive when the session is over and nobody told its end', () => {
    const lost = thread({ id: 1, start: 100, label: 'lost' });
    const scene = sceneOf(snapshotOf([thread({ id: 0, start: 0 }), lost], { complete: true, now: START + 9e6 }));
    const lane = laneOf(scene, 'lost');
    assert.equal(lane.liveX, undefined);
    assert.equal(lane.cap?.by, 'lost-contact');
    assert.equal(lane.row.lane.state, 'lost-contact');
    assert.equal(scene.nowX, undefined);
  });

  it('draws as not known what was not seen', () => {
    assert.deepEqual(styles(laneOf(sceneOf(everyEnding()), 'worker 21')), ['starting unknown', 'unknown']);
  });

  it('keeps a thread visible that lived for no time at all', () => {
    const brief = thread({ id: 1, start: 100, label: 'brief', ended: ending('returned', 100, 'its work was done') });
    const { bars } = laneOf(sceneOf(snapshotOf([thread({ id: 0, start: 0 }), brief])), 'brief');
    assert.equal(bars.length, 1);
    assert.ok(bars[0]!.width >= 2);
  });

  it('merges ticks that would cover each other, and counts them', () => {
    const refs = [0, 1, 2, 3].map((i) => flip(100 + i * 0.01, i % 2 === 0, i));
    const busy = thread({ id: 1, start: 100, label: 'busy', refs, keepsAlive: refs });
    const { marks } = laneOf(sceneOf(snapshotOf([thread({ id: 0, start: 0 }), busy])), 'busy');
    assert.equal(marks.length, 1);
    assert.equal(marks[0]!.calls, 3);
    assert.equal(marks[0]!.kind, 'unref', 'the last of them is the one that holds');
  });

  it('draws a run of flips as one tick with its beginning, and a bar of its own below it', () => {
    const run = { ...flip(500, false, 12), run: { since: START + 200_000, count: 20_000 } };
    const refs = [flip(100, true), run];
    const busy = thread({ id: 1, start: 100, label: 'busy', refs, keepsAlive: refs });
    const lane = laneOf(sceneOf(snapshotOf([thread({ id: 0, start: 0 }), busy])), 'busy');
    assert.deepEqual(styles(lane).slice(-3), ['keeps-alive', 'by-turns', 'daemon']);
    const turns = lane.bars.find(({ style }) => style === 'by-turns')!;
    assert.deepEqual(
      lane.marks.map(({ kind, calls, x, run: drawn }) => [kind, calls, x, drawn!.x]),
      [['unref', 20_000, turns.x + turns.width, turns.x]],
    );
  });

  it('makes nothing for what lies outside of the window', () => {
    const scene = sceneOf(demo(), WIDTH, { start: 1_500_000, end: 1_600_000 });
    const flaky = laneOf(scene, 'flaky');
    assert.deepEqual(flaky.bars, []);
    const { bars } = laneOf(scene, 'logger');
    assert.equal(bars.length, 1);
    assert.ok(bars[0]!.x >= -20 && bars[0]!.width <= scene.geometry.area.width + 40, 'cut to about the window');
  });

  it('makes only the rows that can be seen, however many there are', () => {
    const run = runOf(manyLanes(1000), undefined);
    const rows = rowsOf(run, initialView);
    const geometry = geometryOf(rows.list, WIDTH);
    const scene = layout(run, rows, { geometry, window: { start: 0, end: 5e6 }, now: 0, top: 13_000, height: 400 });
    assert.ok(scene.rows.length < 30, `${scene.rows.length} rows`);
    assert.ok(scene.rows[0]!.y <= 13_000 && scene.rows.at(-1)!.y >= 13_400 - geometry.rowHeight);
    assert.equal(scene.height, 1000 * geometry.rowHeight);
    assert.deepEqual([...visibleRange(3, 26, { top: 9999, height: 100 })], [3, 3]);
  });

  it('puts labels above the bars where there is no room beside them', () => {
    const rows = rowsOf(runOf(demo(), undefined), initialView).list;
    assert.equal(geometryOf(rows, 250).narrow, true);
    assert.ok(geometryOf(rows, 250).area.width > 200);
    const wide = geometryOf(rows, 400);
    assert.equal(wide.narrow, false);
    assert.ok(wide.area.left >= 90 && wide.area.width >= 240);
  });

  it('gives each process its own exit line, over its own rows', () => {
    const snapshot = severalProcesses();
    const other = '4720-1';
    snapshot.processes.push(
      processPicture({ key: other, run: 1, startedAt: START + 1_200_000, exit: ending('returned', 1400, 'done') }),
    );
    snapshot.threads.push(thread({ id: 0, start: 1200, process: other, ended: ending('returned', 1400, 'done') }));
    const scene = sceneOf(snapshot);
    const [first, second] = scene.exits;
    const { rowHeight } = scene.geometry;
    assert.deepEqual([first!.top / rowHeight, first!.bottom / rowHeight], [0, 4]);
    assert.deepEqual([second!.top / rowHeight, second!.bottom / rowHeight], [5, 7]);
    assert.ok(second!.x < first!.x);
  });
});

describe('what lies under the pointer', () => {
  const scene = sceneOf(demo());
  const holder = laneOf(scene, 'holder');

  it('is the nearest tick or cap within reach, before the bar below it', () => {
    const hit = hitAt(holder, scene.exits, holder.marks[0]!.x + 4);
    assert.ok(hit.kind === 'mark' && hit.mark.kind === 'unref');
    assert.equal(hitAt(holder, scene.exits, holder.cap!.x + 3).kind, 'cap');
  });

  it('is the bar between them', () => {
    assert.equal(hitAt(holder, scene.exits, (holder.marks[0]!.x + holder.marks[1]!.x) / 2).kind, 'bar');
  });

  it('is the exit line where a lane has nothing of its own, and else nothing', () => {
    const flaky = laneOf(scene, 'flaky');
    assert.equal(hitAt(flaky, scene.exits, scene.exits[0]!.x - 2).kind, 'exit');
    assert.equal(hitAt(flaky, scene.exits, scene.exits[0]!.x - 40).kind, 'nothing');
  });

  it('is found from where it is in the view: a label, a bar in its row, and the exit line below all rows', () => {
    const at = (x: number, y: number) => findAt(scene, x, y);
    const y = holder.y + 10;
    const bar = (holder.marks[0]!.x + holder.marks[1]!.x) / 2;
    const found = [at(-5, y), at(bar, y)].map(({ sceneRow, hit }) => [sceneRow?.row.key, hit.kind]);
    assert.deepEqual(found, [
      [holder.row.key, 'label'],
      [holder.row.key, 'bar'],
    ]);
    const below = scene.height + 40;
    assert.deepEqual(
      [at(scene.exits[0]!.x - 6, below).hit.kind, at(scene.exits[0]!.x - 9, below).hit.kind],
      ['exit', 'nothing'],
    );
  });
});
