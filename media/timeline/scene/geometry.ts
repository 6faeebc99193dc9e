// How wide labels and how high rows are, by the room there is; and which rows are in view. Pure.
import type { Row } from '../rows/rows';
import type { Geometry, RowsPart } from './types';

const NARROW_BELOW_PX = 340;
const WIDE = { rowHeight: 26, middle: 14 };
const NARROW = { rowHeight: 42, middle: 30 };
const NARROW_MARGIN_PX = 8;
const GUTTER = { least: 92, most: 260, share: 0.36, padding: 26 };
export const PX_PER_LETTER = 6.6;
const FINDING_MARK_PX = 17;
const FOLD_PX = 16;
/** Of “tasks” and how many there are. */
const TASKS_LETTERS = 13;
export const INDENT_PX = 14;
/** Rows above and below those that are in view: while a person scrolls, before the next picture more than else come into view. */
export const ROWS_AROUND = { still: 2, scrolling: 6 };

/**
 * @param width px of what scrolls
 * @param room px that there are when nothing is open beside it: labels are as wide as then
 */
export function geometryOf(rows: readonly Row[], width: number, room = width): Geometry {
  if (width < NARROW_BELOW_PX) {
    const area = { left: NARROW_MARGIN_PX, width: Math.max(width - NARROW_MARGIN_PX, 1) };
    return { narrow: true, area, ...NARROW };
  }
  let longest = 0;
  for (const row of rows) longest = Math.max(longest, labelWidth(row));
  const most = Math.min(GUTTER.most, Math.round(room * GUTTER.share));
  const left = Math.min(Math.max(Math.ceil(longest) + GUTTER.padding, GUTTER.least), most);
  return { narrow: false, area: { left, width: width - left }, ...WIDE };
}

/** An estimate: text is not measured, so that a thousand lanes cost nothing. */
function labelWidth(row: Row): number {
  if (row.kind === 'process') return 0;
  if (row.kind === 'earlier')
    return row.guides.length * INDENT_PX + Math.min(row.earlier.label.length, 60) * PX_PER_LETTER;
  if (row.kind === 'tasks') return row.guides.length * INDENT_PX + TASKS_LETTERS * PX_PER_LETTER + FOLD_PX;
  if (row.kind === 'task') return row.guides.length * INDENT_PX + Math.min(row.task.label.length, 60) * PX_PER_LETTER;
  if (row.kind === 'hidden') return row.guides.length * INDENT_PX + row.hidden.label.length * PX_PER_LETTER;
  const { label } = row.kind === 'pool' ? row.pool : row.lane.thread;
  const { findings } = row.kind === 'pool' ? row : row.lane;
  const signs = (findings.length > 0 ? FINDING_MARK_PX : 0) + (row.fold ? FOLD_PX : 0);
  return row.guides.length * INDENT_PX + Math.min(label.length, 60) * PX_PER_LETTER + signs;
}

/** First row that is made, and the first after it that is not. */
export function visibleRange(rows: number, rowHeight: number, part: RowsPart) {
  const { top, height, around = ROWS_AROUND.still } = part;
  const first = Math.max(0, Math.floor(top / rowHeight) - around);
  const after = Math.min(rows, Math.ceil((top + height) / rowHeight) + around);
  return [Math.min(first, after), after] as const;
}
