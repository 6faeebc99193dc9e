// What the timeline shows and what can be done with it: handed to all that acts on it.
import type { Site } from '../../../src/protocol/probeEvents';
import type { FromTimeline, HandsByRuntime } from '../../../src/protocol/timelineMessages';
import type { Run } from '../data/run';
import type { Cursor } from '../look/cursor';
import type { Moves, TimeContext } from '../look/moves';
import type { ViewStore } from '../look/viewStore';
import type { Rows } from '../rows/rows';
import type { Scene } from '../scene/types';
import type { Moments, TimeWindow } from '../time/scales';

export interface TimelineContext extends TimeContext {
  store: ViewStore;
  moves: Moves;
  run: () => Run | undefined;
  rows: () => Rows;
  /** As it was drawn last. */
  scene: () => Scene | undefined;
  moments: () => Moments;
  /** Labels stand above the bars. */
  narrow: () => boolean;
  /** px. */
  rowHeight: () => number;
  /** Asks for a picture. */
  redraw: () => void;
  /** Draws at once, so that what has the focus is in the page. */
  drawNow: () => void;
  /** The room for the lanes has changed, because something beside them has. */
  resized: () => void;
  /** A person has clicked at this moment, in µs since the run began: it is to stay in view. */
  pointAt: (moment: number) => void;
  cursor: () => Cursor;
  /** While a range is drawn to be measured. */
  showRange: (range: TimeWindow | undefined) => void;
  /** While a box is drawn to be zoomed into. */
  showBox: (box: TimeWindow | undefined) => void;
  /** What can be done to threads, by their runtime; undefined: everything. */
  hands: () => HandsByRuntime | undefined;
  chooseRun: (run: number) => void;
  post: (message: FromTimeline) => void;
  openSite: (site: Site | undefined) => void;
  /** There as soon as the page is made. */
  parts: () => PartActions;
}

/** What the parts of the page do for whoever acts on the timeline. */
export interface PartActions {
  /** What scrolls the rows. */
  scroller: HTMLElement;
  /** Shows the tooltip of a row beside it. */
  showTooltip: (rowKey: string) => void;
  /** Returns whether there was a tooltip to hide. */
  hideTooltip: () => boolean;
  focusDetails: () => void;
  /** Looks for threads. */
  find: () => void;
  /** The table, or the lanes again. */
  showTable: (shown: boolean) => void;
  /** The lanes, or the table in their place. */
  focusThreads: () => void;
  openKeys: () => void;
}
