// From a run and a window of time to rectangles, ticks and caps, in px. Pure: nothing here knows the page, so that every
// picture can be tested by its numbers. x counts from the left edge of the time area, y from the top of the first row.
import type { TrackState } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
import { type Lane, lengthOf, type Run } from '../data/run';
import type { Row, Rows } from '../rows/rows';
import { timeScale, timeTicks, type TimeWindow } from '../time/scales';
import { activityOf } from './activity';
import { arrowsOf } from './arrows';
import { barsOf } from './bars';
import { crowdOf } from './crowd';
import { exitLines } from './exits';
import { ROWS_AROUND, visibleRange } from './geometry';
import { hiddenOf } from './hidden';
import { capOf, marksOf } from './marks';
import { phaseBands } from './phases';
import { taskOf, tasksOf } from './tasks';
import type { Geometry, RowsPart, Scene, SceneRow, SceneView, Shapes } from './types';

/** Rows are made only for this part of them. */
export interface LayoutOptions extends RowsPart {
  geometry: Geometry;
  window: TimeWindow;
  /** µs on the adapter's clock. */
  now: number;
  /** What threads did, as far as it has been answered. */
  answers?: TrackAnswers | undefined;
  /** Key of the thread that is chosen. */
  selected?: string | undefined;
  /** States that are turned off in the legend. */
  off?: ReadonlySet<TrackState>;
}

const NO_STATES: ReadonlySet<TrackState> = new Set();

export function layout(run: Run, rows: Rows, options: LayoutOptions): Scene {
  const { list } = rows;
  const { geometry, window } = options;
  const x = timeScale(window, geometry.area.width);
  const view: SceneView = {
    x,
    width: geometry.area.width,
    origin: run.origin,
    now: run.origin + lengthOf(run, options.now),
    answers: options.answers,
  };
  const [first, after] = visibleRange(list.length, geometry.rowHeight, options);
  return {
    geometry,
    window,
    rows: list.slice(first, after).map((row, i) => sceneRowOf(row, first + i, geometry, view)),
    exits: exitLines(run, list, geometry.rowHeight, x),
    phases: phaseBands(run, list, geometry.rowHeight, view),
    isSeveral: run.processes.length > 1,
    ticks: timeTicks(window, geometry.area.width).map(({ t, text }) => ({ t, x: x(t), text })),
    height: list.length * geometry.rowHeight,
    view: { top: options.top, height: options.height, around: options.around ?? ROWS_AROUND.still },
    off: options.off ?? NO_STATES,
    isKnown: options.answers !== undefined,
    arrows: arrowsOf({
      run,
      rows,
      answers: options.answers,
      selected: options.selected,
      x,
      now: view.now,
      rowHeight: geometry.rowHeight,
      middle: geometry.middle,
      view: { width: view.width, top: options.top, bottom: options.top + options.height },
    }),
    nowX: run.live ? x(view.now - run.origin) : undefined,
  };
}

function sceneRowOf(row: Row, position: number, geometry: Geometry, view: SceneView): SceneRow {
  const y = position * geometry.rowHeight;
  switch (row.kind) {
    case 'process':
      return { row, y, position };
    case 'earlier': {
      const [x, end] = [row.earlier.first, row.earlier.last].map((t) => view.x(t - view.origin)) as [number, number];
      return { row, y, position, x, width: end - x };
    }
    case 'hidden':
      return { row, y, position, ...hiddenOf(row, view) };
    case 'tasks':
      return { row, y, position, ...tasksOf(row, view) };
    case 'task':
      return { row, y, position, ...taskOf(row, view) };
    case 'pool':
      return { row, y, position, ...crowdOf(row.key, row.lanes, view) };
    case 'thread':
      return { row, y, position, ...shapes(row.lane, view, geometry.narrow) };
  }
}

function shapes(lane: Lane, view: SceneView, narrow: boolean): Shapes {
  const { ended } = lane;
  const endX = view.x((ended?.t ?? view.now) - view.origin);
  return {
    bars: barsOf(lane, view),
    marks: marksOf(lane, view),
    cap: ended && capOf(ended, endX, narrow ? 0 : view.width),
    liveX: ended ? undefined : endX,
    activity: activityOf(lane.key, view.answers, view.x, view.origin),
  };
}
