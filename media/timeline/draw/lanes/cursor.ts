// The cursor: a line over all lanes with its moment, and on each row what that was then.
import { select } from 'd3-selection';
import type { Scene, SceneRow } from '../../scene/types';
import { wordsAt } from '../../stories/story';
import { timeScale } from '../../time/scales';
import { writeText } from '../writeText';

export interface CursorLine {
  /** µs since the run began; undefined: there is none. */
  draw(scene: Scene, at: number | undefined, text: string): void;
}

/** Where the words stand on the other side of the line, px from the right edge. */
const TURN_PX = 96;

/** @param over lies over all that is drawn in time, `content` holds the rows */
export function createCursorLine(over: HTMLElement, content: HTMLElement): CursorLine {
  const line = select(over).append('div').attr('class', 'cursor-line').attr('hidden', '');
  const label = line.append('span').attr('class', 'cursor-time');
  const words = select(content).append('div').attr('class', 'cursor-words').attr('aria-hidden', 'true');
  return {
    draw(scene, at, text) {
      const { left, width } = scene.geometry.area;
      const x = at === undefined ? NaN : timeScale(scene.window, width)(at);
      const isSeen = x >= 0 && x <= width;
      line.attr('hidden', isSeen ? null : '');
      words.attr('hidden', isSeen ? null : '');
      if (!isSeen) return;
      const turned = x > width - TURN_PX;
      line.style('left', `${x}px`).classed('turned', turned);
      writeText(label.node()!, text);
      words.style('left', `${left + x}px`).classed('turned', turned);
      const { middle } = scene.geometry;
      words
        .selectAll<HTMLElement, SceneRow>('span')
        .data(scene.rows, ({ row }) => row.key)
        .join('span')
        .style('top', ({ y }) => `${y + middle}px`)
        .each(function (row) {
          writeText(this, wordsAt(row, x));
        });
    },
  };
}
