// Stretches of time drawn by hand: along the axis one to be measured, with Shift over the lanes one to be zoomed into.
import { timeScale, type TimeArea, type TimeWindow } from '../time/scales';

export interface RangeStage {
  area(): TimeArea;
  window(): TimeWindow;
  /** While the box is drawn; undefined when it is done or given up. */
  showBox(box: TimeWindow | undefined): void;
  zoomTo(box: TimeWindow): void;
  setRange(range: TimeWindow | undefined): void;
}

/** Less than this is a click. */
const LEAST_PX = 4;

export function listenToRanges(axis: HTMLElement, lanes: HTMLElement, stage: RangeStage): void {
  listen(axis, stage, (event) => !(event.target as Element).closest('button'), {
    during: (range) => stage.setRange(range),
    done: (range) => stage.setRange(range),
  });
  listen(lanes, stage, (event) => event.shiftKey, {
    during: (box) => stage.showBox(box),
    done: (box) => {
      stage.showBox(undefined);
      if (box) stage.zoomTo(box);
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
}

function listen(
  element: HTMLElement,
  stage: RangeStage,
  starts: (event: PointerEvent) => boolean,
  { during, done }: Strokes,
): void {
  const momentOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = stage.area();
    const x = clientX - element.getBoundingClientRect().left - left;
    return timeScale(stage.window(), width).invert(Math.min(Math.max(x, 0), width));
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !starts(event)) return;
    const { left } = stage.area();
    if (event.clientX - element.getBoundingClientRect().left < left) return;
    event.preventDefault();
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
