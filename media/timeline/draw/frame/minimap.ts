// The whole run in little, with a brush on what is in view: redrawn only when the run has grown by a pixel or so.
import { brushX, type D3BrushEvent } from 'd3-brush';
import { select } from 'd3-selection';
import { lengthOf, type Run } from '../../data/run';
import { createSurface } from '../../paint/surface';
import { cssOf, faded } from '../../paint/theme/color';
import type { Palette } from '../../paint/theme/palette';
import { endingColor } from '../../paint/theme/shapes';
import { type Overview, overviewOf } from '../../scene/overview';
import type { TimeArea, TimeWindow } from '../../time/scales';

export const MAP_PX = 24;
const BRUSH_LEAST_PX = 3;

export interface MapContent {
  run: Run;
  area: TimeArea;
  window: TimeWindow;
  now: number;
  palette: Palette;
}

/** `move` gets where the person has put the brush. */
export function createMinimap(parent: HTMLElement, move: (window: TimeWindow) => void): (content: MapContent) => void {
  const strip = select(parent).append('div').attr('class', 'map').attr('aria-hidden', 'true');
  const surface = createSurface(strip.node()!, 'map-paint');
  const svg = strip.append('svg').attr('height', MAP_PX);
  const group = svg.append('g').attr('class', 'brush');
  let shown: { area: TimeArea; length: number } | undefined;
  let painted = '';
  let placed = '';
  let paintedRun: Run | undefined;
  let paintedIn: Palette | undefined;
  let isHeld = false;
  const brush = brushX<unknown>().on('start brush end', ({ type, sourceEvent, selection }: D3BrushEvent<unknown>) => {
    if (!sourceEvent || !shown) return;
    isHeld = type !== 'end';
    placed = '';
    const perPixel = shown.length / shown.area.width;
    if (!selection) return;
    const [from, to] = selection as [number, number];
    if (to - from >= BRUSH_LEAST_PX) move({ start: from * perPixel, end: to * perPixel });
  });
  return ({ run, area, window, now, palette }) => {
    const length = Math.max(lengthOf(run, now), 1);
    strip.attr('hidden', run.lanes.length > 0 ? null : '');
    svg.style('left', `${area.left}px`).attr('width', area.width);
    if (shown?.area.width !== area.width) {
      brush.extent([
        [0, 0],
        [area.width, MAP_PX],
      ]);
      group.call(brush);
    }
    shown = { area, length };
    // A growing run is repainted when it has grown by a hundredth.
    const key = `${area.left} ${area.width} ${devicePixelRatio} ${Math.floor(Math.log(length) * 100)}`;
    if (paintedRun !== run || painted !== key || paintedIn !== palette) {
      [paintedRun, painted, paintedIn] = [run, key, palette];
      paint(surface.begin({ ...area, top: 0, height: MAP_PX }).context, overviewOf(run, now, area.width), palette);
    }
    const x = (t: number): number => Math.min(Math.max((t / length) * area.width, 0), area.width);
    const [from, to] = [x(window.start), x(window.end)];
    // With all in view there is nothing to be moved, and a drag begins a new stretch.
    const isAll = to - from >= area.width - 1;
    const place = isAll ? 'all' : `${from.toFixed(1)} ${to.toFixed(1)} ${area.width}`;
    if (isHeld || place === placed) return;
    placed = place;
    group.call((g) => brush.move(g, isAll ? null : [from, Math.max(to, from + BRUSH_LEAST_PX)]));
  };
}

function paint(context: CanvasRenderingContext2D, { live, most, ends }: Overview, { colors }: Palette): void {
  const room = MAP_PX - 6;
  context.fillStyle = cssOf(faded(colors.keepsAlive, 0.55));
  for (let x = 0; x < live.length; x++) {
    const height = (live[x]! / most) * room;
    if (height > 0) context.fillRect(x, MAP_PX - 1 - Math.max(height, 1), 1, Math.max(height, 1));
  }
  for (const { x, by, severity } of ends) {
    context.fillStyle = cssOf(colors[endingColor(by, severity)]);
    context.fillRect(x - 0.5, 0, 2, MAP_PX - 1);
  }
}
