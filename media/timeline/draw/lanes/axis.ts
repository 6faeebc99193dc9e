// The time axis and, below it, the flag that says why main ended and, in a line of its own, what the process waited for once
// main's code was over.
import { axisTop } from 'd3-axis';
import { select, type Selection } from 'd3-selection';
import type { ExitLine, PhaseBand, Scene } from '../../scene/types';
import { exitText, phaseText } from '../../stories/phrases';
import { timeScale } from '../../time/scales';

const AXIS_PX = 20;
const LEAST_FLAG_PX = 60;
/** Narrower bands have no words. */
const LEAST_PHASE_PX = 24;

export interface AxisActions {
  openExit(line: ExitLine): void;
  hoverExit(line: ExitLine | undefined, event: MouseEvent | FocusEvent): void;
  hoverPhase(band: PhaseBand | undefined, event: MouseEvent | FocusEvent): void;
}

/** @param line below the axis, for the flag and those words */
export function createAxis(parent: HTMLElement, line: HTMLElement, actions: AxisActions): (scene: Scene) => void {
  const strip = select(parent).append('div').attr('class', 'axis');
  const svg = strip.append('svg').attr('aria-hidden', 'true');
  const ticks = svg
    .append('g')
    .attr('class', 'ticks')
    .attr('transform', `translate(0,${AXIS_PX - 1})`);
  parent.append(line);
  const below = select(line);
  const flags = below.append('div').attr('class', 'flags');
  const phases = below.append('div').attr('class', 'phases');
  let drawn = '';
  return (scene) => {
    const { left, width } = scene.geometry.area;
    const { start, end } = scene.window;
    // Most draws are not for a move: something else is new.
    const wanted = [start, end, left, width].join();
    if (wanted !== drawn) {
      svg.style('left', `${left}px`).attr('width', width).attr('height', AXIS_PX);
      drawTicks(ticks, scene);
      drawn = wanted;
    }
    drawFlags(flags, scene, actions);
    below.classed('of-two', hasPhases(scene));
    drawPhases(phases, scene, actions);
  };
}

function drawTicks(group: Selection<SVGGElement, unknown, null, undefined>, { window, geometry, ticks }: Scene): void {
  const axis = axisTop(timeScale(window, geometry.area.width))
    .tickValues(ticks.map(({ t }) => t))
    .tickFormat((_, i) => ticks[i]!.text)
    .tickSizeInner(4)
    .tickSizeOuter(0)
    .tickPadding(3);
  group.call(axis);
}

/** In view or not, so that its line does not come and go with the zoom. While the process lives, a sentence says it. */
const hasPhases = ({ isSeveral, nowX, exits }: Scene): boolean =>
  !isSeveral && nowX === undefined && exits.some(({ process }) => process.afterMain !== undefined);

function drawPhases(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  scene: Scene,
  actions: AxisActions,
): void {
  const { left } = scene.geometry.area;
  const wide = hasPhases(scene) ? scene.phases.filter(({ width }) => width >= LEAST_PHASE_PX) : [];
  parent
    .selectAll<HTMLElement, PhaseBand>('.phase')
    .data(wide, ({ process, phase }) => `${process.key} ${phase.phase} ${phase.from}`)
    .join((enter) =>
      enter
        .append('span')
        .attr('class', 'phase')
        .attr('tabindex', 0)
        .on('pointerenter focus', (event: FocusEvent | PointerEvent, band) => actions.hoverPhase(band, event))
        .on('pointerleave blur', (event: FocusEvent | PointerEvent) => actions.hoverPhase(undefined, event)),
    )
    .attr('data-phase', ({ phase }) => phase.phase)
    .text(phaseText)
    .style('left', ({ x }) => `${left + x}px`)
    .style('width', ({ width }) => `${width}px`);
}

function drawFlags(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  scene: Scene,
  actions: AxisActions,
): void {
  const { left, width } = scene.geometry.area;
  const inView = scene.isSeveral ? [] : scene.exits.filter(({ x }) => x >= 0 && x <= width);
  const flag = parent
    .selectAll<HTMLButtonElement, ExitLine>('.exit-flag')
    .data(inView, ({ process }) => process.key)
    .join((enter) =>
      enter
        .append('button')
        .attr('type', 'button')
        .attr('class', 'exit-flag')
        .on('click', (_, line) => actions.openExit(line))
        .on('pointerenter focus', (event: FocusEvent | PointerEvent, line) => actions.hoverExit(line, event))
        .on('pointerleave blur', (event: FocusEvent | PointerEvent) => actions.hoverExit(undefined, event)),
    )
    .attr('data-cause', ({ exit }) => exit.by)
    .attr('data-cost', ({ severity }) => severity ?? null)
    .attr('data-x', ({ x }) => x.toFixed(2))
    .text(({ exit }) => exitText(exit));
  // A line leads from it to the lanes.
  parent
    .selectAll<HTMLElement, ExitLine>('.stem')
    .data(inView, ({ process }) => process.key)
    .join((enter) => enter.append('div').attr('class', 'stem'))
    .attr('data-cause', ({ exit }) => exit.by)
    .attr('data-cost', ({ severity }) => severity ?? null)
    .style('left', ({ x }) => `${left + x}px`);
  // It hangs on the side of its line where there is more room.
  const toTheLeft = ({ x }: ExitLine): boolean => x > width / 2 && x > LEAST_FLAG_PX;
  flag
    .classed('to-the-left', toTheLeft)
    .style('left', (line) => (toTheLeft(line) ? null : `${left + line.x}px`))
    .style('right', (line) => (toTheLeft(line) ? `calc(100% - ${left + line.x}px)` : null))
    .style('max-width', (line) => `${toTheLeft(line) ? left + line.x - 4 : width - line.x - 4}px`);
}
