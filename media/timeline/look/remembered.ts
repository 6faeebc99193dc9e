// The view as it outlives the page: on the way out whole and small, on the way in held to be hostile, for it may come
// from an older version or from anywhere. What does not fit is replaced by its default, each part by itself.
import { TRACK_STATES } from '../../../src/protocol/tracks';
import type { Mode, TimeWindow } from '../time/scales';
import { BARS, ENDINGS } from '../words/vocabulary';
import { type History, MOST_MOVES, type ViewWindow } from './history';
import { initialView, LONGEST_QUERY, MOST_KEYS, type Sign, SORTS, type ViewState } from './view';

export interface Remembered {
  version: 1;
  session: string;
  /** Undefined: the latest. */
  run: number | undefined;
  view: ViewState;
}

const MODES: readonly Mode[] = ['fit', 'follow', 'free'];
const LONGEST_KEY = 200;
/** µs; more than three years. */
const LONGEST_TIME = 1e14;

/** What is remembered of this session; of another one only how a person likes to look; undefined: nothing to be used. */
export function restored(
  remembered: unknown,
  session: string,
): { run: number | undefined; view: ViewState } | undefined {
  const { session: of, run, view } = fields(remembered);
  const checked = checkedView(fields(view));
  if (of === session) return { run: typeof run === 'number' && Number.isInteger(run) ? run : undefined, view: checked };
  return of === undefined ? undefined : { run: undefined, view: habitsOf(checked) };
}

/** What holds for any session: the rest is about threads and moments of one. */
export function habitsOf({ sort, off, table }: ViewState): ViewState {
  return { ...initialView, sort, off, table };
}

function checkedView(view: Fields): ViewState {
  const shown = checkedViewWindow(view) ?? { mode: initialView.mode, window: initialView.window };
  return {
    ...shown,
    scrollTop: isTime(view['scrollTop']) ? Math.max(0, view['scrollTop']) : 0,
    folded: keys(view['folded']),
    unfolded: keys(view['unfolded']),
    hidden: keys(view['hidden']),
    pinned: keys(view['pinned']),
    query: typeof view['query'] === 'string' ? view['query'].slice(0, LONGEST_QUERY) : '',
    sort: SORTS.find((sort) => sort === view['sort']) ?? initialView.sort,
    off: [...new Set(list(view['off']).filter(isSign))],
    selected: isKey(view['selected']) ? view['selected'] : undefined,
    compared: isKey(view['selected']) && isKey(view['compared']) ? view['compared'] : undefined,
    range: checkedWindow(view['range']),
    table: view['table'] === true,
    history: checkedHistory(fields(view['history'])),
  };
}

const SIGNS = new Set<Sign>([
  ...(Object.keys(BARS) as (keyof typeof BARS)[])
    .filter((bar) => bar !== 'starting')
    .map((bar) => `bar:${bar}` as const),
  ...(Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]).map((by) => `ending:${by}` as const),
  'ending:none',
  ...TRACK_STATES.map((state) => `state:${state}` as const),
]);
const isSign = (value: unknown): value is Sign => SIGNS.has(value as Sign);

function checkedViewWindow({ mode, window }: Fields): ViewWindow | undefined {
  const checked = checkedWindow(window);
  const known = MODES.find((m) => m === mode);
  return known && checked ? { mode: known, window: checked } : undefined;
}

function checkedWindow(value: unknown): TimeWindow | undefined {
  const { start, end } = fields(value);
  return isTime(start) && isTime(end) && start < end ? { start: start + 0, end: end + 0 } : undefined; // no -0, which does not outlive JSON
}

/** The gesture is over by the time that anything is restored. */
function checkedHistory({ past, future }: Fields): History {
  const windows = (value: unknown): ViewWindow[] =>
    list(value)
      .slice(-MOST_MOVES)
      .flatMap((shown) => checkedViewWindow(fields(shown)) ?? []);
  return { past: windows(past), future: windows(future), gesture: undefined };
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const isKey = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_KEY;
const keys = (value: unknown): string[] => [...new Set(list(value).slice(-MOST_KEYS).filter(isKey))];
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= LONGEST_TIME;
