// The chosen stretch of time over all lanes; and the box that is being drawn to zoom into.
import { select, type Selection } from 'd3-selection';
import type { Scene } from '../../scene/types';
import { timeScale, type TimeWindow } from '../../time/scales';
import { duration } from '../../words/text';

export interface Bands {
  draw(scene: Scene, range: TimeWindow | undefined, box: TimeWindow | undefined): void;
}

export function createBands(parent: HTMLElement): Bands {
  const layer = select(parent).append('div').attr('class', 'overlays').attr('aria-hidden', 'true');
  const range = layer.append('div').attr('class', 'range');
  const label = range.append('span').attr('class', 'range-label');
  const box = layer.append('div').attr('class', 'zoom-box');
  return {
    draw(scene, chosen, drawn) {
      const { left, width } = scene.geometry.area;
      layer.style('left', `${left}px`).style('width', `${width}px`);
      place(range, scene, chosen);
      place(box, scene, drawn);
      if (chosen) label.text(duration(chosen.end - chosen.start));
    },
  };
}

type BandElement = Selection<HTMLDivElement, unknown, null, undefined>;

function place(band: BandElement, { window, geometry }: Scene, part: TimeWindow | undefined): void {
  const x = timeScale(window, geometry.area.width);
  const from = part ? Math.max(x(part.start), -2) : 0;
  const to = part ? Math.min(x(part.end), geometry.area.width + 2) : 0;
  const isSeen = part !== undefined && to > from;
  band.attr('hidden', isSeen ? null : '');
  if (isSeen) band.style('left', `${from}px`).style('width', `${to - from}px`);
}
