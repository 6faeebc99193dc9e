// The rows: a label with the lines of its tree, and the track of time. Only rows that can be seen are in the page.
import { select, type Selection } from 'd3-selection';
import type { ExitLine, Placed, PlacedLane, PlacedProcess, Scene } from '../layout';
import type { Lane, Row } from '../run';
import { exitText, findingLabel, laneLabel, laneNote, processTitle, unsupportedNote } from '../story';
import { shown } from '../text';
import { addIcon } from './icons';
import { drawTrack } from './track';

type RowElement = Selection<HTMLDivElement, unknown, null, undefined>;

export interface Lanes {
  /** What scrolls; its `scrollTop` is the view's. */
  scroller: HTMLElement;
  draw(scene: Scene, current: string | undefined, chosen: string | undefined): void;
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
  const backdrop = content.append('svg').attr('class', 'backdrop').attr('aria-hidden', 'true');
  const grid = backdrop.append('g').attr('class', 'grid');
  const lines = backdrop.append('g');
  const now = backdrop.append('line').attr('class', 'now');
  return {
    scroller: scroller.node()!,
    draw(scene, current, chosen) {
      const { area, narrow, rowHeight } = scene.geometry;
      content.classed('narrow', narrow).style('height', `${scene.height}px`);
      content.style('--gutter', `${area.left}px`).style('--row', `${rowHeight}px`);
      const height = Math.max(scene.height, scroller.node()!.clientHeight);
      backdrop.style('left', `${area.left}px`).attr('width', area.width).attr('height', height);
      drawGrid(grid, scene, height);
      drawExitLines(lines, scene, height);
      now.attr('hidden', scene.nowX === undefined ? '' : null).attr('y2', height);
      if (scene.nowX !== undefined) now.attr('x1', scene.nowX).attr('x2', scene.nowX);
      drawRows(content, scene, current, chosen);
      scroller.attr('aria-activedescendant', current === undefined ? null : laneId(current));
    },
  };
}

function drawGrid(group: Selection<SVGGElement, unknown, null, undefined>, { ticks }: Scene, height: number): void {
  group
    .selectAll<SVGLineElement, { x: number }>('line')
    .data(ticks)
    .join('line')
    .attr('x1', ({ x }) => x)
    .attr('x2', ({ x }) => x)
    .attr('y2', height);
}

/** With one process its line goes down to the bottom of the view, as its end is the end of all. */
function drawExitLines(group: Selection<SVGGElement, unknown, null, undefined>, scene: Scene, height: number): void {
  const bottom = (line: ExitLine): number => (scene.exits.length > 1 ? line.bottom : height);
  const { width } = scene.geometry.area;
  const line = group
    .selectAll<SVGGElement, ExitLine>('g')
    .data(scene.exits, ({ process }) => process.key)
    .join((enter) => {
      const added = enter.append('g').attr('class', 'exit');
      added.append('rect');
      added.append('line').attr('class', 'exit-line');
      return added;
    });
  line
    .select('rect')
    .attr('x', ({ x }) => Math.max(x, 0))
    .attr('y', ({ top }) => top)
    .attr('width', ({ x }) => Math.max(width - Math.max(x, 0), 0))
    .attr('height', (l) => bottom(l) - l.top);
  line
    .select('line')
    .attr('data-x', ({ x }) => x.toFixed(2))
    .attr('data-cause', ({ exit }) => exit.by)
    .attr('data-process', ({ process }) => process.key)
    .attr('x1', ({ x }) => x)
    .attr('x2', ({ x }) => x)
    .attr('y1', ({ top }) => top)
    .attr('y2', bottom);
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
      if ('bars' in placed) drawLane(element, placed, scene);
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
  if (row.kind === 'thread') element.append('svg').attr('class', 'track').attr('aria-hidden', 'true');
  else element.append('div').attr('class', 'message');
}

/** What each row element shows; labels are touched only when their row has changed. */
const drawn = new WeakMap<HTMLElement, Row>();

function drawLane(element: RowElement, placed: PlacedLane, { geometry }: Scene): void {
  const { row, cap } = placed;
  if (drawn.get(element.node()!) !== row) {
    drawn.set(element.node()!, row);
    drawLabel(element, row);
  }
  element.attr('data-end-x', cap ? cap.x.toFixed(2) : null).attr('aria-posinset', placed.position + 1);
  drawTrack(element.select<SVGSVGElement>('.track').node()!, placed, geometry);
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
