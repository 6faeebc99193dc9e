// How a person looks at threads, taken along where the same threads are shown among others, or by themselves again. Pure.
import type { TimeWindow } from '../time/scales';
import type { ViewWindow } from './history';
import type { ViewState } from './view';

/**
 * @param by how many µs later all is there than here, for times count from where the run begins
 * @param isThere whether there is such a thread or pool, by its key
 */
export function carried(view: ViewState, by: number, isThere: (key: string) => boolean): ViewState {
  const moved = ({ start, end }: TimeWindow): TimeWindow => ({ start: start + by, end: end + by });
  const all = (windows: readonly ViewWindow[]): ViewWindow[] =>
    windows.map(({ mode, window }) => ({ mode, window: moved(window) }));
  const { window, range, history } = view;
  const selected = view.selected !== undefined && isThere(view.selected) ? view.selected : undefined;
  const isCompared = selected !== undefined && view.compared !== undefined && isThere(view.compared);
  return {
    ...view,
    window: moved(window),
    range: range && moved(range),
    selected,
    compared: isCompared ? view.compared : undefined,
    history: { past: all(history.past), future: all(history.future), gesture: undefined },
  };
}
