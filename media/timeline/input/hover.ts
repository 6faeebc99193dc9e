// What the pointer is on: its story in the tooltip, its details on a click, its line in the source on a double click.
import type { Site } from '../../../src/protocol/probeEvents';
import type { Tooltip } from '../draw/frame/tooltip';
import { rowId } from '../draw/lanes/row';
import { isSubject, subjectKey } from '../rows/rows';
import { findAt, type Found } from '../scene/hits';
import {
  type ExitLine,
  hasStory,
  isEarlier,
  isHidden,
  isLane,
  isSum,
  isTask,
  isTasks,
  type PhaseBand,
  type Scene,
} from '../scene/types';
import { earlierStory } from '../stories/sums/earlier';
import { hiddenStory } from '../stories/sums/hidden';
import { taskStory, tasksStory } from '../stories/sums/tasks';
import type { Fact } from '../stories/facts';
import {
  endingStory,
  exitStory,
  markStory,
  momentFact,
  phaseStory,
  poolStory,
  type Story,
  threadStory,
} from '../stories/story';
import { type Moments, timeScale } from '../time/scales';
import type { TimelineContext } from './context';

export interface Hover {
  exit(line: ExitLine | undefined, event: MouseEvent | FocusEvent): void;
  phase(band: PhaseBand | undefined, event: MouseEvent | FocusEvent): void;
  /** Shows a story at a point of the page; hides without one. */
  show(story: Story | undefined, x: number, y: number): void;
  /** Shows the story of a row that got the focus. */
  row(key: string): void;
  /** Returns whether there was anything to hide. */
  hide(): boolean;
}

/**
 * The first click of a double click opens the details, and what lay under the pointer may move: the second one acts on
 * what the first one hit. `body` holds the lanes and the details, `choose` shows the details of what a row is about.
 */
export function listenToClicks(
  body: HTMLElement,
  scroller: HTMLElement,
  context: TimelineContext,
  choose: (rowKey: string) => void,
): void {
  let hit: Found | undefined;
  body.addEventListener(
    'click',
    (event) => {
      // What folds a row does only that.
      if (event.detail > 1 || (event.target as Element).closest('.fold')) return;
      const inside = scroller.contains(event.target as Node);
      hit = inside ? find(event, scroller, context.scene()) : undefined;
      if (!hit?.sceneRow) return;
      const { area } = context.scene()!.geometry;
      if (hit.x !== undefined) context.pointAt(timeScale(context.moves.window, area.width).invert(hit.x));
      choose(hit.sceneRow.row.key);
    },
    { capture: true },
  );
  body.addEventListener(
    'dblclick',
    (event) => {
      const isSomething = hit !== undefined && isThing(hit);
      if (isSomething) context.openSite(siteOf(hit!));
      // Beside all bars it is for whoever moves the window.
      if (isSomething) event.stopPropagation();
    },
    { capture: true },
  );
}

export function listenToHover(
  plot: HTMLElement,
  scroller: HTMLElement,
  tooltip: Tooltip,
  context: TimelineContext,
): Hover {
  const storyOf = (found: Found): Story | undefined => {
    if (found.hit.kind !== 'phase' && isTold(found, context)) return undefined;
    const story = storyAt(found, context.moments());
    const doing = momentUnder(found, context.scene(), context.moments());
    return story && doing ? { ...story, brief: [doing, ...(story.brief ?? story.facts)] } : story;
  };
  scroller.addEventListener('pointermove', (event) => {
    const found = event.buttons === 0 ? find(event, scroller, context.scene()) : undefined;
    const story = found && storyOf(found);
    scroller.classList.toggle('over-link', found?.sceneRow !== undefined && isThing(found));
    if (story) tooltip.show(story, event.clientX, event.clientY);
    else tooltip.hide();
  });
  plot.addEventListener('pointerleave', () => tooltip.hide());
  scroller.addEventListener('blur', () => tooltip.hide());
  return {
    exit: (line, event) => {
      if (!line) return tooltip.hide();
      const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
      tooltip.show(exitStory(line.process, line.exit, context.moments()), left, bottom - 8);
    },
    phase: (band, event) => {
      if (!band) return tooltip.hide();
      const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
      tooltip.show(phaseStory(band, context.moments()), left, bottom - 8);
    },
    show: (story, x, y) => (story ? tooltip.show(story, x, y) : tooltip.hide()),
    row: (key) => {
      const sceneRow = context.scene()?.rows.find(({ row }) => row.key === key);
      const element = document.getElementById(rowId(key));
      if (!sceneRow || !element || !hasStory(sceneRow)) return tooltip.hide();
      const { left, bottom } = element.getBoundingClientRect();
      const story = storyOf({ sceneRow, hit: { kind: 'label' } });
      if (story) tooltip.show(story, left + 24, bottom - 10);
      else tooltip.hide();
    },
    hide: () => tooltip.hide(),
  };
}

/** What a click can be about. A band lies behind everything. */
const isThing = ({ hit: { kind } }: Found): boolean => kind !== 'nothing' && kind !== 'phase';

/** By the details, which are open. */
function isTold({ sceneRow }: Found, { store: { view } }: TimelineContext): boolean {
  if (!sceneRow || !isSubject(sceneRow.row)) return false;
  const key = subjectKey(sceneRow.row);
  return key === view.selected || key === view.compared;
}

function find(event: MouseEvent, scroller: HTMLElement, scene: Scene | undefined): Found | undefined {
  if (!scene) return undefined;
  const box = scroller.getBoundingClientRect();
  return findAt(
    scene,
    event.clientX - box.left - scene.geometry.area.left,
    event.clientY - box.top + scroller.scrollTop,
  );
}

/** What the threads of a row did at the moment under the pointer. */
function momentUnder({ sceneRow, hit, x }: Found, scene: Scene | undefined, moments: Moments): Fact | undefined {
  if (!scene || !sceneRow || isSum(sceneRow) || x === undefined || hit.kind !== 'bar') return undefined;
  const when = timeScale(scene.window, scene.geometry.area.width).invert(x);
  return momentFact(sceneRow, x, when + moments.origin, moments);
}

function storyAt({ sceneRow, hit }: Found, moments: Moments): Story | undefined {
  if (hit.kind === 'exit') return exitStory(hit.line.process, hit.line.exit, moments);
  if (hit.kind === 'phase') return phaseStory(hit.band, moments);
  if (!sceneRow || hit.kind === 'nothing') return undefined;
  if (isEarlier(sceneRow)) return earlierStory(sceneRow.row.earlier, moments);
  if (isHidden(sceneRow)) return hiddenStory(sceneRow.row);
  if (isTasks(sceneRow)) return tasksStory(sceneRow.row);
  if (isTask(sceneRow)) return taskStory(sceneRow.row, moments);
  if (!isLane(sceneRow)) return poolStory(sceneRow.row, moments);
  const { lane } = sceneRow.row;
  if (hit.kind === 'mark') return markStory(lane, hit.mark, moments);
  if (hit.kind === 'cap' && lane.ended) return endingStory(lane, lane.ended, moments);
  return threadStory(lane, moments);
}

function siteOf({ sceneRow, hit }: Found): Site | undefined {
  if (hit.kind === 'exit') return hit.line.exit.at;
  if (!sceneRow || hit.kind === 'nothing' || hit.kind === 'phase') return undefined;
  if (isEarlier(sceneRow)) return sceneRow.row.earlier.at;
  if (isHidden(sceneRow) || isTasks(sceneRow)) return undefined;
  if (isTask(sceneRow)) return sceneRow.row.task.at;
  if (!isLane(sceneRow)) return sceneRow.row.pool.at;
  const { thread, ended } = sceneRow.row.lane;
  if (hit.kind === 'mark') return hit.mark.at;
  return hit.kind === 'cap' ? (ended?.at ?? thread.startSite) : thread.startSite;
}
