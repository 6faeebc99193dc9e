// What the pointer is on: its story in the tooltip, its details on a click, its line in the source on a double click.
import type { Site } from '../../../src/protocol/probeEvents';
import { rowId } from '../draw/lanes/row';
import type { Tooltip } from '../draw/frame/tooltip';
import { type Found, findAt } from '../scene/hits';
import { type ExitLine, isEarlier, isLane, isTold, type Scene } from '../scene/types';
import { timeScale, type Moments } from '../time/scales';
import { earlierStory } from '../stories/earlier';
import { endingStory, exitStory, markStory, momentFact, poolStory, type Story, threadStory } from '../stories/story';
import type { Fact } from '../stories/facts';

export interface HoverActions {
  scene(): Scene | undefined;
  moments(): Moments;
  open(site: Site | undefined): void;
  /** Shows the details of what a row is about. */
  choose(rowKey: string): void;
}

export interface Hover {
  exit(line: ExitLine | undefined, event: MouseEvent | FocusEvent): void;
  /** Shows a story at a point of the page; hides without one. */
  tell(story: Story | undefined, x: number, y: number): void;
  /** Shows the story of a lane that got the focus. */
  lane(key: string): void;
  /** Returns whether there was anything to hide. */
  hide(): boolean;
}

/**
 * The first click of a double click opens the details, and what lay under the pointer may move: the second one acts on
 * what the first one hit. `body` holds the lanes and the details.
 */
export function listenToClicks(body: HTMLElement, scroller: HTMLElement, actions: HoverActions): void {
  let hit: Found | undefined;
  body.addEventListener(
    'click',
    (event) => {
      // What folds a row does that and no more.
      if (event.detail > 1 || (event.target as Element).closest('.fold')) return;
      const inside = scroller.contains(event.target as Node);
      hit = inside ? find(event, scroller, actions.scene()) : undefined;
      if (hit?.placed) actions.choose(hit.placed.row.key);
    },
    { capture: true },
  );
  body.addEventListener(
    'dblclick',
    (event) => {
      const isSomething = hit !== undefined && hit.hit.kind !== 'nothing';
      if (isSomething) actions.open(siteOf(hit!));
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
  actions: HoverActions,
): Hover {
  const storyOf = (found: Found): Story | undefined => {
    const story = tell(found, actions.moments());
    const doing = momentUnder(found, actions.scene(), actions.moments().origin);
    return story && doing ? { ...story, facts: [doing, ...story.facts] } : story;
  };
  scroller.addEventListener('pointermove', (event) => {
    const found = event.buttons === 0 ? find(event, scroller, actions.scene()) : undefined;
    const story = found && storyOf(found);
    scroller.classList.toggle('over-link', found?.placed !== undefined && found.hit.kind !== 'nothing');
    if (story) tooltip.show(story, event.clientX, event.clientY);
    else tooltip.hide();
  });
  plot.addEventListener('pointerleave', () => tooltip.hide());
  scroller.addEventListener('blur', () => tooltip.hide());
  return {
    exit: (line, event) => {
      if (!line) return tooltip.hide();
      const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
      tooltip.show(exitStory(line.process, line.exit, actions.moments()), left, bottom - 8);
    },
    tell: (story, x, y) => (story ? tooltip.show(story, x, y) : tooltip.hide()),
    lane: (key) => {
      const placed = actions.scene()?.rows.find(({ row }) => row.key === key);
      const element = document.getElementById(rowId(key));
      if (!placed || !element || !isTold(placed)) return tooltip.hide();
      const { left, bottom } = element.getBoundingClientRect();
      tooltip.show(storyOf({ placed, hit: { kind: 'label' } })!, left + 24, bottom - 10);
    },
    hide: () => tooltip.hide(),
  };
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
function momentUnder({ placed, hit, x }: Found, scene: Scene | undefined, origin: number): Fact | undefined {
  if (!scene || !placed || isEarlier(placed) || x === undefined || hit.kind !== 'bar') return undefined;
  const when = timeScale(scene.window, scene.geometry.area.width).invert(x);
  return momentFact(placed, x, { when, origin });
}

function tell({ placed, hit }: Found, moments: Moments): Story | undefined {
  if (hit.kind === 'exit') return exitStory(hit.line.process, hit.line.exit, moments);
  if (!placed || hit.kind === 'nothing') return undefined;
  if (isEarlier(placed)) return earlierStory(placed.row.earlier, moments);
  if (!isLane(placed)) return poolStory(placed.row, moments);
  const { lane } = placed.row;
  if (hit.kind === 'mark') return markStory(lane, hit.mark, moments);
  if (hit.kind === 'cap' && lane.ended) return endingStory(lane, lane.ended, moments);
  return threadStory(lane, moments);
}

function siteOf({ placed, hit }: Found): Site | undefined {
  if (hit.kind === 'exit') return hit.line.exit.at;
  if (!placed || hit.kind === 'nothing') return undefined;
  if (isEarlier(placed)) return placed.row.earlier.at;
  if (!isLane(placed)) return placed.row.pool.at;
  const { thread, ended } = placed.row.lane;
  if (hit.kind === 'mark') return hit.mark.at;
  return hit.kind === 'cap' ? (ended?.at ?? thread.startSite) : thread.startSite;
}
