// What a person does with rows: go through them, choose, fold, hide, pin and compare them, by keys, pointer and menu.
import type { Lane } from '../data/run';
import { nextEvent } from '../rows/events';
import { isSubject, type PoolRow, type Row, subjectKey } from '../rows/rows';
import type { TimeWindow } from '../time/scales';
import type { TimelineContext } from './context';

export class RowActions {
  /** Key of the row that has the focus among the rows. */
  current: string | undefined;
  private lastEvent: number | undefined;

  constructor(private readonly context: TimelineContext) {}

  //#region through the rows
  step(by: number): void {
    const { list, positions } = this.context.rows();
    const at = this.current === undefined ? undefined : positions.get(this.current);
    const to = at === undefined ? (by > 0 ? 0 : list.length - 1) : at + by;
    const next = list[Math.min(Math.max(to, 0), list.length - 1)];
    if (next) this.focus(next);
  }

  page(direction: 1 | -1): void {
    const shown = this.context.parts().scroller.clientHeight / this.context.rowHeight();
    this.step(direction * Math.max(1, Math.floor(shown) - 1));
  }

  private focus(row: Row): void {
    this.current = row.key;
    this.reveal(row.key);
    this.context.drawNow();
    this.context.parts().showTooltip(row.key);
  }

  /** Scrolls no further than it must. */
  reveal(rowKey: string): void {
    const position = this.context.rows().positions.get(rowKey);
    if (position === undefined) return;
    const scroller = this.context.parts().scroller;
    const height = this.context.rowHeight();
    const [top, bottom] = [position * height, (position + 1) * height];
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  }

  /** The next moment at which something happened to the row that has the focus, or to any of those that are shown. */
  event(direction: 1 | -1): void {
    const run = this.context.run();
    if (!run) return;
    const row = this.row();
    const lanes = row ? lanesOf(row) : allLanes(this.context.rows().list);
    const { start, end } = this.context.moves.window;
    const from = this.lastEvent !== undefined && this.lastEvent >= start && this.lastEvent <= end;
    const found = nextEvent(lanes, run, from ? this.lastEvent! : direction > 0 ? start : end, direction);
    if (!found) return;
    this.lastEvent = found.t;
    this.context.moves.centre(found.t);
    this.reveal(row?.key ?? found.lane.key);
    this.context.drawNow();
    this.context.parts().showTooltip(row?.key ?? found.lane.key);
  }

  /** The moment that was gone to last, in µs since the run began. */
  get moment(): number | undefined {
    return this.lastEvent;
  }
  //#endregion

  //#region what a row is about
  row(key = this.current): Row | undefined {
    const { list, positions } = this.context.rows();
    const at = key === undefined ? undefined : positions.get(key);
    return at === undefined ? undefined : list[at];
  }

  /** The lane of a thread, though it may have no row now; the row of a pool. */
  subjectOf(key: string | undefined): Lane | PoolRow | undefined {
    if (key === undefined) return undefined;
    const lane = this.context.run()?.byKey.get(key);
    if (lane) return lane;
    const row = this.row(key);
    return row?.kind === 'pool' ? row : undefined;
  }

  /** Shows the details of a row, or of a thread that has none now. */
  choose(rowKey: string): void {
    const row = this.row(rowKey);
    if (row && !isSubject(row)) return;
    this.context.parts().hideTooltip();
    this.context.store.dispatch({ kind: 'select', key: row ? subjectKey(row) : rowKey });
    this.current = rowKey;
    this.context.drawNow();
    this.reveal(rowKey);
  }

  activate(): void {
    const row = this.row();
    if (!row) return;
    if (row.kind === 'process' || row.kind === 'tasks') return this.fold();
    if (row.kind === 'hidden') return;
    if (row.kind === 'earlier' || row.kind === 'task') return this.openSource(row);
    this.context.parts().hideTooltip();
    this.choose(row.key);
    this.context.parts().focusDetails();
  }

  openSource(row = this.row()): void {
    if (row?.kind === 'thread') this.context.openSite(row.lane.thread.startSite);
    if (row?.kind === 'pool') this.context.openSite(row.pool.at);
    if (row?.kind === 'earlier') this.context.openSite(row.earlier.at);
    if (row?.kind === 'task') this.context.openSite(row.task.at);
  }

  compare(row = this.row()): void {
    if (row && isSubject(row)) this.context.store.dispatch({ kind: 'compare', key: subjectKey(row) });
  }

  closeDetails(): void {
    const { selected, range } = this.context.store.view;
    if (selected === undefined && !range) return;
    this.context.store.dispatch({ kind: 'range', range: undefined });
    this.context.store.dispatch({ kind: 'select', key: undefined });
    this.context.parts().scroller.focus();
  }

  escape(): void {
    if (this.context.parts().hideTooltip()) return;
    if (this.context.cursor().at !== undefined) return this.context.cursor().put(undefined);
    if (this.context.store.view.range) this.context.store.dispatch({ kind: 'range', range: undefined });
    else if (this.context.store.view.compared !== undefined)
      this.context.store.dispatch({ kind: 'compare', key: undefined });
    else this.closeDetails();
  }
  //#endregion

  //#region which rows there are
  /** Folds what is unfolded, and the other way round; without a fold of its own what it belongs to. */
  fold(row = this.row(), folded?: boolean): void {
    if (row?.fold) this.context.store.dispatch({ kind: 'fold', key: row.key, folded: folded ?? !row.fold.folded });
  }

  foldAll(folded: boolean): void {
    const keys = this.context.rows().list.flatMap((row) => (row.fold && row.kind !== 'process' ? [row.key] : []));
    this.context.store.dispatch({ kind: 'fold-all', keys, folded });
  }

  hide(row = this.row()): void {
    if (!row || !isSubject(row)) return;
    const at = this.context.rows().positions.get(row.key) ?? 0;
    this.context.store.dispatch({ kind: 'hide', key: subjectKey(row) });
    this.context.drawNow();
    const { list } = this.context.rows();
    this.current = list[Math.min(at, list.length - 1)]?.key;
    this.context.drawNow();
  }

  showAll(): void {
    this.context.store.dispatch({ kind: 'show-all' });
  }

  pin(row = this.row()): void {
    if (row?.kind !== 'thread') return;
    const { key } = row.lane;
    const pinned = !this.context.store.view.pinned.includes(key);
    this.context.store.dispatch({ kind: 'pin', key, pinned });
    if (row.isPinned) this.current = key;
  }
  //#endregion

  //#region time
  /** Shows the chosen range, or else the row that has the focus, whole. */
  fitRange(row = this.row(), range = this.context.store.view.range): void {
    const run = this.context.run();
    if (range) return this.context.moves.fitTo(range);
    const lanes = row && lanesOf(row);
    if (!run || !lanes?.length) return;
    let [start, end] = [Infinity, 0];
    for (const { thread, ended } of lanes) {
      start = Math.min(start, thread.startedAt - run.origin);
      end = Math.max(end, ended ? ended.t - run.origin : this.context.length());
    }
    this.context.moves.fitTo({ start, end });
  }

  /** Takes what is in view for the range, or gives the range up. */
  toggleRange(): void {
    const { range, window } = this.context.store.view;
    const inView: TimeWindow = { start: Math.max(window.start, 0), end: Math.min(window.end, this.context.length()) };
    this.context.store.dispatch({ kind: 'range', range: range ? undefined : inView });
  }
  //#endregion
}

const lanesOf = (row: Row): readonly Lane[] =>
  row.kind === 'thread' ? [row.lane] : row.kind === 'pool' ? row.lanes : [];

function* allLanes(rows: readonly Row[]): Iterable<Lane> {
  for (const row of rows) yield* lanesOf(row);
}
