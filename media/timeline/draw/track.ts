// One lane's time: bars, ticks, the live edge, the cap at its end.
import { select, type Selection } from 'd3-selection';
import type { Bar, Cap, Geometry, Mark, PlacedLane } from '../layout';
import { DAEMON_HATCH, UNKNOWN_HATCH } from '../theme';
import { ENDINGS, MARKS } from '../vocabulary';

type Track = Selection<SVGSVGElement, unknown, null, undefined>;

const BAR_PX = 10;
const HATCH: Partial<Record<Bar['style'], string>> = {
  daemon: `url(#${DAEMON_HATCH})`,
  unknown: `url(#${UNKNOWN_HATCH})`,
};

export function drawTrack(element: SVGSVGElement, lane: PlacedLane, { area, rowHeight, middle }: Geometry): void {
  const svg = select(element);
  svg.attr('width', area.width).attr('height', rowHeight);
  drawBars(svg, lane.bars, middle);
  drawLiveEdge(svg, lane, middle);
  drawMarks(svg, lane.marks, middle);
  drawCap(svg, lane.cap, middle);
}

function drawBars(svg: Track, bars: Bar[], middle: number): void {
  svg
    .selectAll<SVGRectElement, Bar>('rect.bar')
    .data(bars)
    .join((enter) => enter.insert('rect', ':scope > :not(.bar)'))
    .attr('class', ({ style, starting }) => `bar ${style}${starting ? ' starting' : ''}`)
    .attr('fill', ({ style, starting }) => (starting ? null : (HATCH[style] ?? null)))
    .attr('x', ({ x }) => x)
    .attr('y', middle - BAR_PX / 2)
    .attr('width', ({ width }) => width)
    .attr('height', BAR_PX)
    .attr('rx', 1.5);
}

function drawLiveEdge(svg: Track, { liveX, row }: PlacedLane, middle: number): void {
  svg
    .selectAll<SVGPathElement, number>('path.live-edge')
    .data(liveX === undefined ? [] : [liveX])
    .join('path')
    .attr('class', `live-edge ${row.state}`)
    .attr('d', row.state === 'exiting' ? ENDINGS.returned.shape : 'M0,-7 V7')
    .attr('transform', (x) => `translate(${x},${middle})`);
}

function drawCap(svg: Track, cap: Cap | undefined, middle: number): void {
  const group = svg
    .selectAll<SVGGElement, Cap>('g.end')
    .data(cap ? [cap] : [])
    .join((enter) => {
      const added = enter.append('g').attr('class', 'end');
      added.append('path');
      added.append('text').attr('class', 'cap-note').attr('dy', '0.35em');
      return added;
    })
    .attr('transform', ({ x }) => `translate(${x},${middle})`);
  group
    .select('path')
    .attr('class', ({ by }) => `cap ${by}${ENDINGS[by].hollow ? ' hollow' : ''}`)
    .attr('d', ({ by }) => ENDINGS[by].shape);
  group
    .select('text')
    .attr('x', ({ noteAway }) => noteAway)
    .text(({ note }) => note);
}

function drawMarks(svg: Track, marks: Mark[], middle: number): void {
  const group = svg
    .selectAll<SVGGElement, Mark>('g.mark')
    .data(marks)
    .join((enter) => {
      const added = enter.insert('g', '.end');
      added
        .append('path')
        .attr('class', 'stem')
        .attr('d', `M0,${-BAR_PX / 2 - 0.5} V${BAR_PX / 2}`);
      added.append('path').attr('class', 'head-of');
      return added;
    })
    .attr(
      'class',
      ({ kind, calls }) => `mark ${kind}${MARKS[kind].hollow ? ' hollow' : ''}${calls > 1 ? ' several' : ''}`,
    )
    .attr('transform', ({ x }) => `translate(${x},${middle})`);
  group.select('.head-of').attr('d', ({ kind }) => MARKS[kind].shape);
}
