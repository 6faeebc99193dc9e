// The rows: a label with the lines of its tree, and the track of time. Only rows that can be seen are in the page.
import { select, type Selection } from 'd3-selection';
import { ROWS_AROUND, type Placed, type PlacedLane, type PlacedProcess, type Scene } from '../layout';
import type { Band } from '../paint/backdrop';
import type { Palette } from '../paint/palette';
import { paintScene } from '../paint/scene';
import { createSurface } from '../paint/surface';
import type { Lane, Row } from '../run';
import { exitText, findingLabel, laneLabel, laneNote, processTitle, unsupportedNote } from '../story';
import { shown } from '../text';
import { addIcon } from './icons';

type RowElement = Selection<HTMLDivElement, unknown, null, undefined>;

export interface Lanes {
  /** What scrolls; its `scrollTop` is the view's. */
  scroller: HTMLElement;
  draw(scene: Scene, palette: Palette, current: string | undefined, chosen: string | undefined): void;
}

export const laneId = (key: string): string => `lane-${key}`;

export function createLanes(parent: HTMLElement): Lanes {
  const scroller = select(parent)
    .append('div')
    .attr('class', 'scroller')
    .attr('role', 'tree')
    .attr('tabindex', 0)
    .attr('aria-label', 'Threads');
  const content = scroller.append('div').attr('class', 'content').attr('role', 'presentation');
  const surface = createSurface(content.node()!, 'paint');
  return {
    scroller: scroller.node()!,
    draw(scene, palette, current, chosen) {
      const { area, narrow, rowHeight } = scene.geometry;
      content.classed('narrow', narrow).style('height', `${scene.height}px`);
      content.style('--gutter', `${area.left}px`).style('--row', `${rowHeight}px`);
      drawRows(content, scene, current, chosen);
      scroller.datum(scene).attr('aria-activedescendant', current === undefined ? null : laneId(current));
      const band = bandOf(scene);
      paintScene(surface.begin({ ...area, ...band }), palette, scene, band);
    },
  };
}

/**
 * A little more than what is in view, so that scrolling shows no hole before the next picture; without lanes enough for
 * the line at which all ends.
 */
function bandOf({ view, height, geometry }: Scene): Band {
  const around = ROWS_AROUND * geometry.rowHeight;
  const top = Math.max(0, view.top - around);
  const bottom = Math.min(view.top + view.height + around, Math.max(height, view.height));
  return { top, height: bottom - top };
}

function drawRows(
  content: Selection<HTMLDivElement, unknown, null, undefined>,
  scene: Scene,
  current: string | undefined,
  chosen: string | undefined,
): void {
  content
    .selectAll<HTMLDivElement, Placed>('.row')
    .data(scene.rows, ({ row }) => row.key)
    .join((enter) => enter.append('div').each(buildRow))
    .style('top', ({ y }) => `${y}px`)
    .classed('current', ({ row }) => row.key === current)
    .classed('selected', ({ row }) => row.key === chosen)
    .attr('aria-selected', ({ row }) => String(row.key === chosen))
    .each(function (placed) {
      const element: RowElement = select(this);
      if ('bars' in placed) drawLane(element, placed);
      else drawProcess(element, placed, scene);
    })
    .order();
}

function buildRow(this: HTMLDivElement, { row }: Placed): void {
  const element = select(this)
    .attr('id', laneId(row.key))
    .attr('role', 'treeitem')
    .attr('class', row.kind === 'thread' ? 'row lane' : 'row process');
  const label = element.append('div').attr('class', 'label');
  label.append('span').attr('class', 'guides');
  label.append('bdi').attr('class', 'name');
  label.append('span').attr('class', 'finding-mark').attr('role', 'img').attr('hidden', '');
  label.append('span').attr('class', 'note');
  if (row.kind === 'process') element.append('div').attr('class', 'message');
}

/** What each row element shows; labels are touched only when their row has changed. */
const drawn = new WeakMap<HTMLElement, Row>();

function drawLane(element: RowElement, placed: PlacedLane): void {
  const { row, cap } = placed;
  if (drawn.get(element.node()!) !== row) {
    drawn.set(element.node()!, row);
    drawLabel(element, row);
  }
  element.attr('data-end-x', cap ? cap.x.toFixed(2) : null).attr('aria-posinset', placed.position + 1);
}

function drawLabel(element: RowElement, lane: Lane): void {
  const { thread, ended, daemon, state, depth } = lane;
  element
    .attr('data-thread-key', thread.key)
    .attr('data-label', shown(thread.label))
    .attr('data-kind', thread.kind)
    .attr('data-state', state)
    .attr('data-daemon', daemon === undefined ? null : String(daemon))
    .attr('data-ended-by', ended?.by ?? null)
    .attr('aria-level', depth + 1)
    .attr('aria-label', laneLabel(lane));
  element.select('.name').text(shown(thread.label));
  element.select('.note').text(laneNote(lane));
  drawFindingMark(element.select<HTMLElement>('.finding-mark').node()!, lane);
  element
    .select('.guides')
    .selectAll<HTMLElement, boolean>('i')
    .data(lane.guides)
    .join('i')
    .attr('class', (goesOn, i) => (i === depth - 1 ? (goesOn ? 'tee' : 'elbow') : goesOn ? 'line' : ''));
}

/** The gravest of its findings; the tooltip of the lane tells what they are. */
function drawFindingMark(mark: HTMLElement, { findings }: Lane): void {
  const gravest = findings[0]?.severity;
  select(mark)
    .attr('hidden', gravest ? null : '')
    .attr('data-severity', gravest ?? null)
    .attr('aria-label', gravest ? findingLabel(findings) : null);
  mark.replaceChildren();
  if (gravest) addIcon(mark, gravest);
}

function drawProcess(element: RowElement, { row: { process }, position }: PlacedProcess, { exits }: Scene): void {
  const title = processTitle(process);
  const line = exits.length > 1 ? exits.find((e) => e.process.key === process.key) : undefined;
  const message = process.supported ? (line ? exitText(line.exit) : '') : unsupportedNote(process);
  element
    .attr('aria-level', 1)
    .attr('aria-posinset', position + 1)
    .attr('aria-label', `${title}. ${message}`);
  element.attr('data-process-key', process.key).classed('unsupported', !process.supported);
  element.select('.name').text(title);
  element
    .select('.message')
    .text(message)
    .attr('title', message || null);
}
