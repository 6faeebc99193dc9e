// How a person looks at a session: all that the view itself knows, and how each action changes it. Pure and plain data,
// so that it can be remembered as a whole (see remembered.ts) and be tested without a page.
import type { EndedBy } from '../../../src/protocol/picture';
import type { TrackState } from '../../../src/protocol/tracks';
import type { Mode, TimeWindow } from '../time/scales';
import type { BarStyle } from '../words/vocabulary';
import { type Gesture, type History, NO_HISTORY, recorded, redone, undone, type ViewWindow } from './history';

export const SORTS = ['tree', 'start', 'lifetime', 'end', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/**
 * An entry of the legend that can be turned off. Of endings and bars the lanes that are so are left out; time in a
 * state is only painted faint, for a lane is in many. `ending:none`: it still lives.
 */
export type Sign = `bar:${Exclude<BarStyle, 'starting'>}` | `ending:${EndedBy | 'none'}` | `state:${TrackState}`;

export interface ViewState {
  mode: Mode;
  /** µs since the run began. */
  window: TimeWindow;
  scrollTop: number;
  /** Keys of rows that a person folded or unfolded; of all others the default holds (see `isFolded`). */
  folded: readonly string[];
  unfolded: readonly string[];
  /** Keys of threads. */
  hidden: readonly string[];
  /** Keys of threads, in the order in which they stand on top. */
  pinned: readonly string[];
  query: string;
  sort: Sort;
  /** Turned off in the legend. */
  off: readonly Sign[];
  /** Key of the thread or pool whose details are shown. */
  selected: string | undefined;
  /** Key of a second thread, to be compared with the selected one. */
  compared: string | undefined;
  /** µs since the run began. */
  range: TimeWindow | undefined;
  /** The table instead of the lanes. */
  table: boolean;
  history: History;
}

export const initialView: ViewState = {
  mode: 'fit',
  window: { start: 0, end: 1 },
  scrollTop: 0,
  folded: [],
  unfolded: [],
  hidden: [],
  pinned: [],
  query: '',
  sort: 'tree',
  off: [],
  selected: undefined,
  compared: undefined,
  range: undefined,
  table: false,
  history: NO_HISTORY,
};

export type Action =
  /** A deliberate move; without a gesture it is the view that keeps up with time or size, and is not recorded. */
  | { kind: 'look'; to: ViewWindow; gesture?: Gesture }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'scroll'; top: number }
  | { kind: 'fold'; key: string; folded: boolean }
  | { kind: 'fold-all'; keys: string[]; folded: boolean }
  | { kind: 'hide'; key: string }
  | { kind: 'show-all' }
  | { kind: 'pin'; key: string; pinned: boolean }
  | { kind: 'search'; query: string }
  | { kind: 'sort'; by: Sort }
  | { kind: 'sign'; sign: Sign; shown: boolean }
  /** All others of `among` off; once more, and all are on again. */
  | { kind: 'solo'; sign: Sign; among: readonly Sign[] }
  | { kind: 'select'; key: string | undefined }
  | { kind: 'compare'; key: string | undefined }
  | { kind: 'range'; range: TimeWindow | undefined }
  | { kind: 'table'; shown: boolean };

/** What is kept of each list; the oldest go. */
export const MOST_KEYS = 2000;
export const LONGEST_QUERY = 200;

/** Returns the same object when nothing changes. */
export function reduce(view: ViewState, action: Action): ViewState {
  switch (action.kind) {
    case 'look':
      return look(view, action.to, action.gesture);
    case 'undo':
      return travel(view, undone(view.history, viewWindowOf(view)));
    case 'redo':
      return travel(view, redone(view.history, viewWindowOf(view)));
    case 'scroll':
      return changed(view, { scrollTop: Math.max(0, action.top) });
    case 'fold':
      return fold(view, [action.key], action.folded);
    case 'fold-all':
      return fold(view, action.keys, action.folded);
    case 'hide':
      return hide(view, action.key);
    case 'show-all':
      return { ...view, hidden: [], off: view.off.filter((sign) => sign.startsWith('state:')), query: '' };
    case 'pin':
      return changed(view, {
        pinned: action.pinned ? withKeys(view.pinned, [action.key]) : without(view.pinned, [action.key]),
      });
    case 'search':
      return changed(view, { query: action.query.slice(0, LONGEST_QUERY) });
    case 'sort':
      return changed(view, { sort: action.by });
    case 'sign':
      return {
        ...view,
        off: action.shown ? view.off.filter((s) => s !== action.sign) : [...new Set([...view.off, action.sign])],
      };
    case 'solo':
      return solo(view, action.sign, action.among);
    case 'select':
      return changed(view, { selected: action.key, compared: undefined });
    case 'compare':
      return compare(view, action.key);
    case 'range':
      return changed(view, { range: action.range && inOrder(action.range) });
    case 'table':
      return changed(view, { table: action.shown });
    default:
      action satisfies never;
      return view;
  }
}

export const viewWindowOf = ({ mode, window }: ViewState): ViewWindow => ({ mode, window });

function changed(view: ViewState, change: Partial<ViewState>): ViewState {
  const differs = (Object.keys(change) as (keyof ViewState)[]).some((key) => view[key] !== change[key]);
  return differs ? { ...view, ...change } : view;
}

function look(view: ViewState, to: ViewWindow, gesture: Gesture | undefined): ViewState {
  const { start, end } = to.window;
  if (view.mode === to.mode && view.window.start === start && view.window.end === end) return view;
  const history = gesture ? recorded(view.history, viewWindowOf(view), gesture) : view.history;
  return { ...view, ...to, history };
}

function travel(view: ViewState, move: { history: History; to: ViewWindow } | undefined): ViewState {
  return move ? { ...view, ...move.to, history: move.history } : view;
}

function fold(view: ViewState, keys: string[], folded: boolean): ViewState {
  const [to, from] = folded ? (['folded', 'unfolded'] as const) : (['unfolded', 'folded'] as const);
  return { ...view, [to]: withKeys(view[to], keys), [from]: without(view[from], keys) };
}

/** What is out of sight is neither pinned nor selected. */
function hide(view: ViewState, key: string): ViewState {
  const { selected, compared } = view;
  return {
    ...view,
    hidden: withKeys(view.hidden, [key]),
    pinned: without(view.pinned, [key]),
    selected: selected === key ? compared : selected,
    compared: selected === key || compared === key ? undefined : compared,
  };
}

function solo(view: ViewState, sign: Sign, among: readonly Sign[]): ViewState {
  const others = among.filter((other) => other !== sign);
  const elsewhere = view.off.filter((other) => !among.includes(other));
  const alone = !view.off.includes(sign) && others.every((other) => view.off.includes(other));
  return { ...view, off: alone ? elsewhere : [...elsewhere, ...others] };
}

/** Without a first one the second is the first; the same one again ends the comparison. */
function compare(view: ViewState, key: string | undefined): ViewState {
  if (key !== undefined && view.selected === undefined) return { ...view, selected: key };
  const ends = key === undefined || key === view.selected || key === view.compared;
  return changed(view, { compared: ends ? undefined : key });
}

const inOrder = ({ start, end }: TimeWindow): TimeWindow => ({
  start: Math.min(start, end),
  end: Math.max(start, end),
});

function without(list: readonly string[], keys: string[]): readonly string[] {
  const gone = new Set(keys);
  return list.some((key) => gone.has(key)) ? list.filter((key) => !gone.has(key)) : list;
}

function withKeys(list: readonly string[], keys: string[]): readonly string[] {
  const all = new Set([...list, ...keys]);
  return all.size > list.length ? [...all].slice(-MOST_KEYS) : list;
}
