// What is drawn: the rows of a run as the person looks at them, and where they lie in the room that there is.
import { TRACK_STATES, type TrackState } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
import type { Lane, Run } from '../data/run';
import type { Sign, ViewState } from '../look/view';
import { NO_ROWS, type Row, type Rows, rowsOf } from '../rows/rows';
import { geometryOf, visibleRange } from '../scene/geometry';
import { layout } from '../scene/layout';
import type { Geometry, RowsPart, Scene } from '../scene/types';

export class Picture {
  run: Run | undefined;
  rows: Rows = NO_ROWS;
  /** Undefined until the room is known. */
  geometry: Geometry | undefined;
  scene: Scene | undefined;
  /** Which the scene was made of. */
  answers: TrackAnswers | undefined;
  /** What `rows` was made of. */
  private madeOf: { run: Run; view: ViewState } | undefined;

  makeRows(run: Run, view: ViewState): void {
    if (this.madeOf?.run === run && isSameRows(this.madeOf.view, view)) return;
    this.madeOf = { run, view };
    this.rows = rowsOf(run, view);
  }

  /** `width`: px of all that scrolls, 0 while it is not shown; `room`: of that and of what is open beside it. */
  measure(run: Run, view: ViewState, width: number, room: number): void {
    this.makeRows(run, view);
    if (width > 0) this.geometry = geometryOf(this.rows.list, width, room);
  }

  /** The rows that `part` of all, in px, shows. */
  rowsIn(geometry: Geometry, part: RowsPart): Row[] {
    const [first, after] = visibleRange(this.rows.list.length, geometry.rowHeight, part);
    return this.rows.list.slice(first, after);
  }

  layOut(run: Run, geometry: Geometry, view: ViewState, drawn: PictureInput): Scene {
    this.scene = layout(run, this.rows, {
      geometry,
      window: view.window,
      off: statesOff(view.off),
      selected: view.selected,
      ...drawn,
    });
    return this.scene;
  }
}

/** What changes from picture to picture. */
interface PictureInput extends RowsPart {
  /** µs on the adapter's clock. */
  now: number;
  answers: TrackAnswers | undefined;
}

/** All that the rows depend on. */
const ROW_PARTS = ['folded', 'unfolded', 'hidden', 'pinned', 'query', 'sort', 'off'] as const;
const isSameRows = (a: ViewState, b: ViewState): boolean => ROW_PARTS.every((part) => a[part] === b[part]);

const statesOff = (off: readonly Sign[]): Set<TrackState> =>
  new Set(TRACK_STATES.filter((state) => off.includes(`state:${state}`)));

const lanesOfRows = new WeakMap<Rows, Lane[]>();

/** All threads that have a row, each once, with those of pools. */
export function lanesIn(rows: Rows): Lane[] {
  let lanes = lanesOfRows.get(rows);
  if (lanes) return lanes;
  const all = new Set<Lane>();
  for (const row of rows.list) {
    if (row.kind === 'thread') all.add(row.lane);
    else if (row.kind === 'pool') for (const lane of row.lanes) all.add(lane);
  }
  lanesOfRows.set(rows, (lanes = [...all]));
  return lanes;
}
