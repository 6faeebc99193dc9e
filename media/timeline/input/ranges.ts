// Stretches of time drawn by hand: along the axis one to be measured, with Shift over the lanes one to be zoomed into.
import { timeScale, type TimeWindow } from '../time/scales';
import type { TimelineContext } from './context';

/** Less than this is a click. */
const LEAST_PX = 4;

export function listenToRanges(axis: HTMLElement, lanes: HTMLElement, context: TimelineContext): void {
  // Told of once it is drawn: what tells of it takes room from what is drawn on.
  const setRange = (range: TimeWindow | undefined): void => {
    context.showRange(undefined);
    context.store.dispatch({ kind: 'range', range });
  };
  listen(axis, context, (event) => !(event.target as Element).closest('button'), {
    during: (range) => context.showRange(range),
    done: setRange,
    clicked: (moment) => context.cursor().put(moment),
  });
  listen(lanes, context, (event) => event.shiftKey, {
    during: (box) => context.showBox(box),
    done: (box) => {
      context.showBox(undefined);
      if (box) context.moves.fitTo(box);
    },
  });
}

/** The one that a drag ends with. */
function swallowClick(page: Document): void {
  const swallow = (event: Event): void => event.stopPropagation();
  page.addEventListener('click', swallow, { capture: true, once: true });
  const forget = (): void => page.removeEventListener('click', swallow, { capture: true });
  page.addEventListener('pointerdown', forget, { capture: true, once: true });
}

interface Strokes {
  during: (part: TimeWindow | undefined) => void;
  /** Undefined: it was a click, or was given up. */
  done: (part: TimeWindow | undefined) => void;
  clicked?: (moment: number) => void;
}

function listen(
  element: HTMLElement,
  context: TimelineContext,
  starts: (event: PointerEvent) => boolean,
  { during, done, clicked }: Strokes,
): void {
  const momentOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = context.area();
    const x = clientX - element.getBoundingClientRect().left - left;
    return timeScale(context.moves.window, width).invert(Math.min(Math.max(x, 0), width));
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !starts(event)) return;
    const { left } = context.area();
    if (event.clientX - element.getBoundingClientRect().left < left) return;
    event.preventDefault();
    // What is drawn on stands still meanwhile, so that what is under the pointer is what is measured.
    context.moves.hold(true);
    const from = momentOf(event);
    let part: TimeWindow | undefined;
    const move = (moved: PointerEvent): void => {
      const to = momentOf(moved);
      const isDrag = part !== undefined || Math.abs(moved.clientX - event.clientX) >= LEAST_PX;
      if (isDrag) during((part = { start: Math.min(from, to), end: Math.max(from, to) }));
    };
    const stop = new AbortController();
    const end = (isDone: boolean) => (): void => {
      stop.abort();
      context.moves.hold(false);
      if (isDone && !part) clicked?.(from);
      if (part) swallowClick(element.ownerDocument);
      done(isDone && part && part.end > part.start ? part : undefined);
    };
    const { signal } = stop;
    element.setPointerCapture(event.pointerId);
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', end(true), { signal });
    element.addEventListener('pointercancel', end(false), { signal });
    element.ownerDocument.addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        end(false)();
      },
      { signal, capture: true },
    );
  });
}
