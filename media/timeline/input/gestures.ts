// From the mouse and the keyboard to moves of the window. d3-zoom turns gestures into transforms; the window is the truth
// and is written back to it, so that a growing run and a gesture never fight.
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from 'd3-zoom';
import type { Deeds } from './rowActions';
import type { Moves } from '../look/moves';
import { clampWindow, windowOf, zoomOf, type TimeArea, type Zoom } from '../time/scales';

/** What gestures act on. */
export interface Stage {
  /** Area of time and length of the run as they are now. */
  area(): TimeArea;
  length(): number;
  narrow(): boolean;
  moves: Moves;
  deeds: Deeds;
  hideTooltip(): void;
  /** Looks for threads. */
  find(): void;
  /** Shows the table, or the lanes again. */
  toggleTable(): void;
  openKeys(): void;
  /** For the row that has the focus. */
  openMenu(): void;
}

/** Fraction of the window that an arrow key moves. */
const PAN_SHARE = 0.12;
const KEY_ZOOM = 1.5;
const WHEEL_LINE_PX = 16;
/** Pinching on a track pad comes as a wheel with Ctrl and small steps. */
const PINCH_BELOW = 40;
const PINCH_GAIN = 8;
const CLICK_DISTANCE_PX = 4;

export function listenToPointer(plot: HTMLElement, scroller: HTMLElement, stage: Stage): () => void {
  const behavior: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .clickDistance(CLICK_DISTANCE_PX)
    .filter((event: MouseEvent | WheelEvent) => isGesture(event, scroller, stage))
    .wheelDelta(wheelDelta)
    .extent(() => extentOf(stage.area()))
    .constrain((transform) => constrained(transform, stage))
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const source = event.sourceEvent as MouseEvent | WheelEvent | null;
      if (!source) return;
      if (source.type === 'mousemove') scroller.scrollTop -= source.movementY;
      stage.hideTooltip();
      stage.moves.to(windowOf(event.transform, stage.area()), source.type === 'wheel' ? 'zoom' : 'pan');
    });
  const plotSelection = select(plot).call(behavior).on('dblclick.zoom', null);
  plot.addEventListener('wheel', (event) => panWithWheel(event, stage), { passive: false });
  plot.addEventListener('dblclick', (event) => {
    if (inTime(event, plot, stage)) stage.moves.fit();
  });
  return () => {
    plotSelection.property('__zoom', asTransform(zoomOf(stage.moves.window, stage.area())));
  };
}

const asTransform = ({ k, x }: Zoom) => zoomIdentity.translate(x, 0).scale(k);
const extentOf = ({ left, width }: TimeArea): [[number, number], [number, number]] => [
  [left, 0],
  [left + width, 1],
];

function constrained(transform: Zoom, stage: Stage) {
  const area = stage.area();
  return asTransform(zoomOf(clampWindow(windowOf(transform, area), stage.length(), area), area));
}

/**
 * The wheel zooms over the time area and scrolls over the labels. Where labels stand above the bars, or with Alt, it
 * scrolls while there is something to scroll, and zooms with Ctrl.
 */
function isGesture(event: MouseEvent | WheelEvent, scroller: HTMLElement, stage: Stage): boolean {
  if (!inTime(event, scroller, stage) || (event.target as Element).closest('button')) return false;
  if (event.type !== 'wheel') return event.button === 0 && !isForOthers(event);
  const wheel = event as WheelEvent;
  if (isSideways(wheel)) return false;
  const scrolls = scroller.scrollHeight > scroller.clientHeight;
  return wheel.ctrlKey || !scrolls || !(stage.narrow() || wheel.altKey);
}

/** What draws a range, a box to zoom into, or moves the brush of the map. */
const isForOthers = (event: MouseEvent): boolean =>
  event.ctrlKey || event.shiftKey || (event.target as Element).closest('.axis, .map') !== null;

function inTime(event: MouseEvent, element: HTMLElement, stage: Stage): boolean {
  const x = event.clientX - element.getBoundingClientRect().left;
  const { left, width } = stage.area();
  return x >= left && x < left + width;
}

const isSideways = (event: WheelEvent): boolean =>
  !event.ctrlKey && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));

function wheelDelta(event: WheelEvent): number {
  const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * WHEEL_LINE_PX;
  const gain = event.ctrlKey && Math.abs(pixels) < PINCH_BELOW ? PINCH_GAIN : 1;
  return -pixels * 0.002 * gain;
}

function panWithWheel(event: WheelEvent, stage: Stage): void {
  if (!isSideways(event)) return;
  event.preventDefault();
  const pixels = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
  stage.moves.panBy(pixels / stage.area().width);
}

export function listenToKeys(element: HTMLElement, stage: Stage): void {
  element.addEventListener('keydown', (event) => {
    if (event.altKey || isOwn(event)) return;
    if (event.key === 'F10' && event.shiftKey) stage.openMenu();
    else if (!act(event, stage)) return;
    event.preventDefault();
  });
}

/** Fields, menus and sheets have keys of their own; what is pressed like a button only those that press it. */
function isOwn({ target, key }: KeyboardEvent): boolean {
  const element = target as Element;
  if (element.closest('select, input, dialog, [role=menu]')) return true;
  return (key === 'Enter' || key === ' ') && element.closest('button, summary') !== null;
}

function act(event: KeyboardEvent, stage: Stage): boolean {
  const actions = event.ctrlKey || event.metaKey ? withControl(event.shiftKey, stage) : plain(stage);
  const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  action?.();
  return action !== undefined;
}

type Actions = Record<string, () => void>;

/** With Shift a letter comes as a capital one. */
const withControl = (shift: boolean, { moves, deeds }: Stage): Actions => ({
  z: () => moves.undo(),
  Z: () => (shift ? moves.redo() : moves.undo()),
  y: () => moves.redo(),
  Enter: () => deeds.openSource(),
});

/** keys.ts tells people of them. */
function plain(stage: Stage): Actions {
  const { moves, deeds } = stage;
  return {
    ArrowLeft: () => moves.panBy(-PAN_SHARE),
    ArrowRight: () => moves.panBy(PAN_SHARE),
    ArrowUp: () => deeds.step(-1),
    ArrowDown: () => deeds.step(1),
    PageUp: () => deeds.page(-1),
    PageDown: () => deeds.page(1),
    '+': () => moves.zoom(KEY_ZOOM),
    '=': () => moves.zoom(KEY_ZOOM),
    '-': () => moves.zoom(1 / KEY_ZOOM),
    Home: () => moves.fit(),
    End: () => moves.follow(),
    l: () => moves.follow(),
    u: () => moves.undo(),
    f: () => deeds.fitRange(),
    r: () => deeds.toggleRange(),
    n: () => deeds.event(1),
    '.': () => deeds.event(1),
    p: () => deeds.event(-1),
    ',': () => deeds.event(-1),
    c: () => deeds.compare(),
    ' ': () => deeds.fold(),
    '[': () => deeds.foldAll(true),
    ']': () => deeds.foldAll(false),
    h: () => deeds.hide(),
    H: () => deeds.showAll(),
    i: () => deeds.pin(),
    '/': () => stage.find(),
    t: () => stage.toggleTable(),
    '?': () => stage.openKeys(),
    ContextMenu: () => stage.openMenu(),
    Enter: () => deeds.activate(),
    o: () => deeds.openSource(),
    Escape: () => deeds.escape(),
  };
}
