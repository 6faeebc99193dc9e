// Paints a scene: what costs time is bound by the pixels and the lanes in view.
import { cssOf } from '../color';
import { isLane, isPool, type Cap, type PlacedLane, type Scene } from '../layout';
import { ENDINGS } from '../vocabulary';
import { paintPauses } from './activity';
import { paintArrows } from './arrows';
import { paintBackdrop, type Band } from './backdrop';
import { BAR_PX, paintBar } from './bars';
import { paintCrowd } from './crowd';
import type { Palette } from './palette';
import { paintCap, paintLiveEdge, paintMark } from './signs';
import type { Brush } from './surface';

const NOTE_FONT_PX = 11;

export function paintScene(brush: Brush, palette: Palette, scene: Scene, band: Band): void {
  paintBackdrop(brush, palette, scene, band);
  const { context } = brush;
  context.font = `${NOTE_FONT_PX}px ${palette.font}`;
  context.textBaseline = 'middle';
  for (const placed of scene.rows) {
    const middle = placed.y + scene.geometry.middle - band.top;
    if (isLane(placed)) paintLane(brush, palette, placed, middle, scene);
    else if (isPool(placed)) paintCrowd(brush, palette, placed, middle);
  }
  paintArrows(brush, palette, scene.arrows.list, band);
}

function paintLane(brush: Brush, palette: Palette, lane: PlacedLane, middle: number, scene: Scene): void {
  const { context } = brush;
  const activity = lane.activity && { ...lane.activity, off: scene.off };
  const { rowHeight, middle: own } = scene.geometry;
  if (activity) paintPauses(brush, palette, activity, middle - own, rowHeight);
  for (const bar of lane.bars) paintBar(brush, palette, bar, middle, activity);
  const at = (x: number, paint: () => void): void => {
    context.save();
    context.translate(x, brush.snap(middle));
    paint();
    context.restore();
  };
  const { liveX, cap } = lane;
  if (liveX !== undefined) at(liveX, () => paintLiveEdge(context, palette, lane.row.lane.state === 'exiting'));
  for (const mark of lane.marks) at(mark.x, () => paintMark(context, palette, mark, BAR_PX / 2));
  if (cap) at(cap.x, () => paintEnd(context, palette, cap));
}

function paintEnd(context: CanvasRenderingContext2D, palette: Palette, { by, note, noteAway }: Cap): void {
  paintCap(context, palette, ENDINGS[by]);
  context.fillStyle = cssOf(palette.colors.dim);
  context.fillText(note, noteAway, 0);
}
