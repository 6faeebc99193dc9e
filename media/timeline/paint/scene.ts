// Paints a scene: what costs time is bound by the pixels and the lanes in view.
import { isLong } from '../scene/marks';
import {
  type Activity,
  type Cap,
  isEarlier,
  isHidden,
  isLane,
  isPool,
  isTask,
  isTasks,
  type Scene,
  type SceneEarlier,
  type SceneHidden,
  type SceneLane,
} from '../scene/types';
import { paintPauses } from './activity';
import { paintArrows } from './arrows';
import { paintBackdrop, type PaintedBand } from './backdrop';
import { BAR_PX, paintBar } from './bars';
import { paintCrowd } from './crowd';
import { paintCap, paintLiveEdge, paintMark, paintRun } from './signs';
import type { Strip, Strips } from './strips';
import type { Brush } from './surface';
import { paintTask, paintTasks } from './tasks';
import { cssOf } from './theme/color';
import type { Palette } from './theme/palette';

const NOTE_FONT_PX = 11;
/** Of the line that represents threads that ended long ago. */
const EARLIER_PX = 4;

/** Of what is written beside caps. */
export const noteFont = ({ font }: Palette): string => `${NOTE_FONT_PX}px ${font}`;

interface SceneOptions {
  band: PaintedBand;
  /** Made for this canvas. */
  paintStrips: Strips;
}

export function paintScene(brush: Brush, palette: Palette, scene: Scene, { band, paintStrips }: SceneOptions): void {
  paintBackdrop(brush, palette, scene, band);
  for (const sceneRow of scene.rows) {
    if (isLane(sceneRow) && sceneRow.activity && !scene.off.has('paused')) {
      const rowTop = sceneRow.y - band.top;
      paintPauses(brush, palette, sceneRow.activity, { top: rowTop, height: scene.geometry.rowHeight });
    }
  }
  paintStrips(brush, palette, stripsOf(scene, band), scene.off);
  brush.context.textBaseline = 'middle';
  for (const sceneRow of scene.rows) {
    const middle = sceneRow.y + scene.geometry.middle - band.top;
    if (isLane(sceneRow)) paintLane(brush, palette, sceneRow, middle);
    else if (isPool(sceneRow)) paintCrowd(brush, palette, sceneRow, middle);
    else if (isEarlier(sceneRow)) paintEarlier(brush, palette, sceneRow, middle);
    else if (isHidden(sceneRow)) paintHidden(brush, palette, sceneRow, middle);
    else if (isTasks(sceneRow)) paintTasks(brush, palette, sceneRow, middle);
    else if (isTask(sceneRow)) paintTask(brush, palette, sceneRow, middle);
  }
  paintArrows(brush, palette, scene.arrows.list, band);
}

/** Insides of bars, where threads run. */
function* stripsOf({ rows, geometry }: Scene, band: PaintedBand): Iterable<Strip> {
  for (const sceneRow of rows) {
    if (!isLane(sceneRow)) continue;
    const { activity = UNKNOWN, bars, y } = sceneRow;
    for (const bar of bars) if (!bar.starting) yield { bar, activity, middle: y + geometry.middle - band.top };
  }
}

const NO_RUNS = new Uint8Array(0);
/** What a thread did of which nothing has been answered yet. */
const UNKNOWN: Activity = {
  lane: { thread: '', x: new Uint16Array(0), state: NO_RUNS, share: NO_RUNS, busy: NO_RUNS, peak: NO_RUNS },
  left: 0,
  step: 1,
  pixels: 0,
};

function paintLane(brush: Brush, palette: Palette, lane: SceneLane, middle: number): void {
  const { context } = brush;
  for (const bar of lane.bars) paintBar(brush, palette, bar, { middle, filled: !bar.starting });
  const at = (x: number, paint: () => void): void => {
    context.save();
    context.translate(x, brush.snap(middle));
    paint();
    context.restore();
  };
  const { liveX, cap } = lane;
  if (liveX !== undefined) at(liveX, () => paintLiveEdge(context, palette, lane.row.lane.state === 'exiting'));
  for (const mark of lane.marks) if (isLong(mark)) at(mark.x, () => paintRun(context, palette, mark.run!.x - mark.x));
  for (const mark of lane.marks) at(mark.x, () => paintMark(context, palette, mark, BAR_PX / 2));
  if (cap) at(cap.x, () => paintEnd(context, palette, cap));
}

/** From the first start to the last end: of what lies between sums alone are known. */
function paintEarlier({ context, snap }: Brush, palette: Palette, { x, width }: SceneEarlier, middle: number): void {
  context.fillStyle = cssOf(palette.colors.line);
  context.fillRect(x, snap(middle) - EARLIER_PX / 2, Math.max(width, EARLIER_PX), EARLIER_PX);
}

/** A thin line as long as the process lives; where the pool was at work, as high as the share of it that was. */
function paintHidden(
  { context, snap }: Brush,
  palette: Palette,
  { x, width, busy }: SceneHidden,
  middle: number,
): void {
  const bottom = snap(middle) + BAR_PX / 2;
  context.fillStyle = cssOf(palette.colors.line);
  context.fillRect(x, bottom - 1, Math.max(width, 1), 1);
  context.fillStyle = cssOf(palette.colors.dim);
  for (const { x: left, width: wide, share } of busy) {
    const height = Math.max(BAR_PX * share, 2);
    context.fillRect(left, bottom - height, wide, height);
  }
}

function paintEnd(context: CanvasRenderingContext2D, palette: Palette, { note, noteAway, ...ending }: Cap): void {
  paintCap(context, palette, ending);
  context.fillStyle = cssOf(palette.colors.dim);
  context.fillText(note, noteAway, 0);
}
