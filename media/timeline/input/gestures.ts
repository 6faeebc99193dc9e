// From the mouse and the keyboard to moves of the window. d3-zoom turns gestures into transforms; the window is the truth
// and is written back to it, so that a growing run and a gesture never fight.
import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, type ZoomBehavior, zoomIdentity } from 'd3-zoom';
import { clampWindow, type TimeArea, windowOf, type Zoom, zoomOf } from '../time/scales';
import type { TimelineContext } from './context';
import type { RowActions } from './rowActions';

/** Fraction of the window that an arrow key moves. */
const PAN_SHARE = 0.12;
/** Fraction of the window that the cursor goes at once. */
const CURSOR_SHARE = 0.005;
const KEY_ZOOM = 1.5;
const WHEEL_LINE_PX = 16;
/** Pinching on a track pad comes as a wheel with Ctrl and small steps. */
const PINCH_BELOW = 40;
const PINCH_GAIN = 8;
const CLICK_DISTANCE_PX = 4;

export function listenToPointer(plot: HTMLElement, scroller: HTMLElement, context: TimelineContext): () => void {
  const behavior: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .clickDistance(CLICK_DISTANCE_PX)
    .filter((event: MouseEvent | WheelEvent) => isGesture(event, scroller, context))
    .wheelDelta(wheelDelta)
    .extent(() => extentOf(context.area()))
    .constrain((transform) => constrained(transform, context))
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const source = event.sourceEvent as MouseEvent | WheelEvent | null;
      if (!source) return;
      if (source.type === 'mousemove') scroller.scrollTop -= source.movementY;
      context.parts().hideTooltip();
      context.moves.to(windowOf(event.transform, context.area()), source.type === 'wheel' ? 'zoom' : 'pan');
    });
  const plotSelection = select(plot).call(behavior).on('dblclick.zoom', null);
  plot.addEventListener('wheel', (event) => panWithWheel(event, context), { passive: false });
  plot.addEventListener('dblclick', (event) => {
    if (inTime(event, plot, context)) context.moves.fit();
  });
  return () => {
    plotSelection.property('__zoom', asTransform(zoomOf(context.moves.window, context.area())));
  };
}

const asTransform = ({ k, x }: Zoom) => zoomIdentity.translate(x, 0).scale(k);
const extentOf = ({ left, width }: TimeArea): [[number, number], [number, number]] => [
  [left, 0],
  [left + width, 1],
];

function constrained(transform: Zoom, context: TimelineContext) {
  const area = context.area();
  return asTransform(zoomOf(clampWindow(windowOf(transform, area), context.length(), area), area));
}

/**
 * The wheel zooms over the time area and scrolls over the labels. Where labels stand above the bars, or with Alt, it
 * scrolls while there is something to scroll, and zooms with Ctrl.
 */
function isGesture(event: MouseEvent | WheelEvent, scroller: HTMLElement, context: TimelineContext): boolean {
  if (!inTime(event, scroller, context) || (event.target as Element).closest('button')) return false;
  if (event.type !== 'wheel') return event.button === 0 && !isForOthers(event);
  const wheel = event as WheelEvent;
  if (isSideways(wheel)) return false;
  const scrolls = scroller.scrollHeight > scroller.clientHeight;
  return wheel.ctrlKey || !scrolls || !(context.narrow() || wheel.altKey);
}

/** What draws a range, a box to zoom into, or moves the brush of the map. */
const isForOthers = (event: MouseEvent): boolean =>
  event.ctrlKey || event.shiftKey || (event.target as Element).closest('.axis, .map') !== null;

function inTime(event: MouseEvent, element: HTMLElement, context: TimelineContext): boolean {
  const x = event.clientX - element.getBoundingClientRect().left;
  const { left, width } = context.area();
  return x >= left && x < left + width;
}

const isSideways = (event: WheelEvent): boolean =>
  !event.ctrlKey && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));

function wheelDelta(event: WheelEvent): number {
  const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * WHEEL_LINE_PX;
  const gain = event.ctrlKey && Math.abs(pixels) < PINCH_BELOW ? PINCH_GAIN : 1;
  return -pixels * 0.002 * gain;
}

function panWithWheel(event: WheelEvent, context: TimelineContext): void {
  if (!isSideways(event)) return;
  event.preventDefault();
  const pixels = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
  context.moves.panBy(pixels / context.area().width);
}

/** What keys act on. */
export interface KeyTargets {
  context: TimelineContext;
  rowActions: RowActions;
  /** For the row that has the focus. */
  openMenu: () => void;
}

export function listenToKeys(element: HTMLElement, targets: KeyTargets): void {
  element.addEventListener('keydown', (event) => {
    if (event.altKey || isOwn(event)) return;
    if (event.key === 'F10' && event.shiftKey) targets.openMenu();
    else if (!act(event, targets)) return;
    event.preventDefault();
  });
}

/** Fields, menus and sheets have keys of their own; what is pressed like a button only those that press it. */
function isOwn({ target, key }: KeyboardEvent): boolean {
  const element = target as Element;
  if (element.closest('select, input, dialog, [role=menu]')) return true;
  return (key === 'Enter' || key === ' ') && element.closest('button, summary') !== null;
}

function act(event: KeyboardEvent, targets: KeyTargets): boolean {
  const actions =
    event.ctrlKey || event.metaKey
      ? withControl(event.shiftKey, targets)
      : { ...plain(targets), ...(event.shiftKey ? withShift(targets) : {}) };
  const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  action?.();
  return action !== undefined;
}

type Actions = Record<string, () => void>;

/** With Shift a letter comes as a capital one. */
const withControl = (shift: boolean, { context: { moves }, rowActions }: KeyTargets): Actions => ({
  z: () => moves.undo(),
  Z: () => (shift ? moves.redo() : moves.undo()),
  y: () => moves.redo(),
  Enter: () => rowActions.openSource(),
});

const withShift = ({ context }: KeyTargets): Actions => ({
  ArrowLeft: () => context.cursor().step(-CURSOR_SHARE),
  ArrowRight: () => context.cursor().step(CURSOR_SHARE),
});

/** keys.ts tells people of them. */
function plain({ context, rowActions, openMenu }: KeyTargets): Actions {
  const { moves, store } = context;
  const parts = context.parts();
  return {
    ArrowLeft: () => moves.panBy(-PAN_SHARE),
    ArrowRight: () => moves.panBy(PAN_SHARE),
    a: () => moves.panBy(-PAN_SHARE),
    d: () => moves.panBy(PAN_SHARE),
    w: () => moves.zoom(KEY_ZOOM),
    s: () => moves.zoom(1 / KEY_ZOOM),
    e: () => context.cursor().play(performance.now()),
    ArrowUp: () => rowActions.step(-1),
    ArrowDown: () => rowActions.step(1),
    PageUp: () => rowActions.page(-1),
    PageDown: () => rowActions.page(1),
    '+': () => moves.zoom(KEY_ZOOM),
    '=': () => moves.zoom(KEY_ZOOM),
    '-': () => moves.zoom(1 / KEY_ZOOM),
    Home: () => moves.fit(),
    End: () => moves.follow(),
    l: () => moves.follow(),
    u: () => moves.undo(),
    f: () => rowActions.fitRange(),
    r: () => rowActions.toggleRange(),
    n: () => rowActions.event(1),
    '.': () => rowActions.event(1),
    p: () => rowActions.event(-1),
    ',': () => rowActions.event(-1),
    c: () => rowActions.compare(),
    ' ': () => rowActions.fold(),
    '[': () => rowActions.foldAll(true),
    ']': () => rowActions.foldAll(false),
    h: () => rowActions.hide(),
    H: () => rowActions.showAll(),
    i: () => rowActions.pin(),
    '/': () => parts.find(),
    t: () => {
      parts.showTable(!store.view.table);
      parts.focusThreads();
    },
    '?': () => parts.openKeys(),
    ContextMenu: () => openMenu(),
    Enter: () => rowActions.activate(),
    o: () => rowActions.openSource(),
    Escape: () => rowActions.escape(),
  };
}
