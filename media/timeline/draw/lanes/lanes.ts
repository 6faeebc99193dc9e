// The rows: a label with the lines of its tree, and on a canvas behind them the tracks of time. Only rows that can be seen
// are in the page.
import { t } from '../../../../src/common/l10n';
import { select } from 'd3-selection';
import type { PaintedBand } from '../../paint/backdrop';
import { noteFont, paintScene } from '../../paint/scene';
import { createStrips } from '../../paint/strips';
import { createSurface } from '../../paint/surface';
import type { Palette } from '../../paint/theme/palette';
import type { Scene, SceneRow } from '../../scene/types';
import { buildRow, drawRow, rowId } from './row';

/** Which rows stand out. */
export interface Marked {
  /** Key of the row that has the focus. */
  current: string | undefined;
  /** Keys of the threads or pools whose details are shown. */
  selected: readonly (string | undefined)[];
}

export interface Lanes {
  /** What scrolls; its `scrollTop` is the view's. */
  scroller: HTMLElement;
  draw(scene: Scene, palette: Palette, marked: Marked): void;
}

export interface LanesActions {
  fold(key: string, folded: boolean): void;
}

export function createLanes(parent: HTMLElement, actions: LanesActions): Lanes {
  const scroller = select(parent)
    .append('div')
    .attr('class', 'scroller')
    .attr('role', 'tree')
    .attr('tabindex', 0)
    .attr('aria-label', t('Threads'));
  const content = scroller.append('div').attr('class', 'content').attr('role', 'presentation');
  const surface = createSurface(content.node()!, 'paint');
  const paintStrips = createStrips();
  return {
    scroller: scroller.node()!,
    draw(scene, palette, marked) {
      const { area, narrow, rowHeight } = scene.geometry;
      // Painted before anything of the page is changed: to write a text makes the browser compute the styles that did.
      const band = bandOf(scene);
      const brush = surface.begin({ ...area, ...band }, noteFont(palette));
      paintScene(brush, palette, scene, { band, paintStrips });
      content.classed('narrow', narrow).style('height', `${scene.height}px`);
      content.style('--gutter', `${area.left}px`).style('--row', `${rowHeight}px`);
      drawRows(content.node()!, scene, marked, actions);
      const focused = scene.rows.some(({ row }) => row.key === marked.current) ? marked.current : undefined;
      scroller.datum(scene).attr('aria-activedescendant', focused === undefined ? null : rowId(focused));
    },
  };
}

/**
 * A little more than what is in view, so that scrolling shows no hole before the next picture; without lanes enough for
 * the line at which all ends.
 */
function bandOf({ view, height, geometry }: Scene): PaintedBand {
  const around = view.around * geometry.rowHeight;
  const top = Math.max(0, view.top - around);
  const bottom = Math.min(view.top + view.height + around, Math.max(height, view.height));
  return { top, height: bottom - top };
}

function drawRows(content: HTMLElement, scene: Scene, { current, selected }: Marked, actions: LanesActions): void {
  const isSelected = ({ row }: SceneRow): boolean => selected.includes(row.kind === 'thread' ? row.lane.key : row.key);
  select(content)
    .selectAll<HTMLDivElement, SceneRow>('.row')
    .data(scene.rows, ({ row }) => `${row.kind} ${row.key}`)
    .join((enter) =>
      enter.append('div').each(function (sceneRow) {
        buildRow(this, sceneRow, actions);
      }),
    )
    .style('top', ({ y }) => `${y}px`)
    .classed('current', ({ row }) => row.key === current)
    .classed('selected', isSelected)
    .attr('aria-selected', (sceneRow) => String(isSelected(sceneRow)))
    .each(function (sceneRow) {
      drawRow(this, sceneRow, scene);
    })
    .order();
}
