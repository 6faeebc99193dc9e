// From a run and a window of time to rectangles, ticks and caps, in px. Pure: nothing here knows the page, so that every
// picture can be tested by its numbers. x counts from the left edge of the time area, y from the top of the first row.
import type { EndedBy, Ending, Flip, ProcessPicture } from '../../../src/protocol/picture';
import type { DeedKind, Site } from '../../../src/protocol/probeEvents';
import type { TrackState } from '../../../src/protocol/tracks';
import { activityOf, type Activity } from './activity';
import type { Known } from '../data/answers';
import { arrowsOf, type Arrows } from './arrows';
import type { LaneRow, PoolRow, ProcessRow, Row, Rows } from '../rows/rows';
import { lengthOf, type Lane, type Run } from '../data/run';
import type { TimeArea, TimeScale, TimeWindow } from '../time/scales';
import { timeScale, timeTicks } from '../time/scales';
import { crowdOf, type Crowd } from './crowd';
import { shown } from '../words/text';
import type { BarStyle, MarkKind } from '../words/vocabulary';
import { ENDINGS } from '../words/vocabulary';

export interface Geometry {
  /** Labels stand above the bars instead of beside them. */
  narrow: boolean;
  area: TimeArea;
  rowHeight: number;
  /** Middle of the bar, from the top of its row. */
  middle: number;
}

export interface Bar {
  style: Exclude<BarStyle, 'starting'>;
  starting: boolean;
  x: number;
  width: number;
}

export interface Mark {
  kind: MarkKind;
  x: number;
  t: number;
  at: Site | undefined;
  /** Not a call of ref() or unref(), but a listener that came or went. */
  by: Flip['by'];
  /** Of the last one, where `kind` is `deed`. */
  deed?: DeedKind;
  /** Calls so close together that one tick stands for them all. */
  calls: number;
}

export interface Cap {
  by: EndedBy;
  x: number;
  /** What stands beside the cap, and how far from it; empty where there is no room. */
  note: string;
  noteAway: number;
}

export interface Shapes {
  bars: Bar[];
  marks: Mark[];
  cap: Cap | undefined;
  /** Where it lives now; undefined once it has ended. */
  liveX: number | undefined;
  /** Undefined while nothing is known of what it did. */
  activity: Activity | undefined;
}

interface Place {
  /** Of the row's top. */
  y: number;
  /** Among all rows, from 0. */
  position: number;
}

export interface PlacedLane extends Place, Shapes {
  row: LaneRow;
}
export interface PlacedPool extends Place, Crowd {
  row: PoolRow;
}
export interface PlacedProcess extends Place {
  row: ProcessRow;
}
export type Placed = PlacedLane | PlacedPool | PlacedProcess;

export const isLane = (placed: Placed): placed is PlacedLane => placed.row.kind === 'thread';
export const isPool = (placed: Placed): placed is PlacedPool => placed.row.kind === 'pool';
export const isProcess = (placed: Placed): placed is PlacedProcess => placed.row.kind === 'process';

export interface ExitLine {
  process: ProcessPicture;
  exit: Ending;
  x: number;
  top: number;
  bottom: number;
}

export interface Tick {
  t: number;
  x: number;
  text: string;
}

export interface Scene {
  geometry: Geometry;
  window: TimeWindow;
  rows: Placed[];
  exits: ExitLine[];
  ticks: Tick[];
  /** Of all rows together. */
  height: number;
  /** The part of the rows that is in view, in px from the top of the first one. */
  view: { top: number; height: number };
  /** States that are not to be seen. */
  off: ReadonlySet<TrackState>;
  /** What threads did has been answered. */
  isKnown: boolean;
  /** Messages of the chosen threads. */
  arrows: Arrows;
  /** The live edge of time, while there is one. */
  nowX: number | undefined;
}

export interface Options {
  geometry: Geometry;
  window: TimeWindow;
  /** µs on the adapter's clock. */
  now: number;
  /** Rows are made only for this part, and a little around it. */
  top: number;
  height: number;
  /** What threads did, as far as it has been answered. */
  known?: Known | undefined;
  /** Key of the thread that is chosen. */
  selected?: string | undefined;
  /** States that are turned off in the legend. */
  off?: ReadonlySet<TrackState>;
}

const NO_STATES: ReadonlySet<TrackState> = new Set();
const NARROW_BELOW_PX = 340;
const WIDE = { rowHeight: 26, middle: 14 };
const NARROW = { rowHeight: 42, middle: 30 };
const NARROW_MARGIN_PX = 8;
const GUTTER = { least: 92, most: 260, share: 0.36, padding: 26 };
export const PX_PER_LETTER = 6.6;
const FINDING_MARK_PX = 17;
const FOLD_PX = 16;
export const INDENT_PX = 14;
export const ROWS_AROUND = 6;
/** Bars stop this far outside of the window, so that their rounded ends are not seen. */
const OUTSIDE_PX = 20;
const SHORTEST_BAR_PX = 2;
const SAME_TICK_PX = 5;
const REACH_PX = 7;
const CAP_COVERS_PX = 8;
const NOTE_AWAY_PX = 13;
/** The dots after a lost contact stand there first. */
const NOTE_AWAY_FROM_DOTS_PX = 24;

export function geometryOf(rows: readonly Row[], width: number): Geometry {
  if (width < NARROW_BELOW_PX) {
    const area = { left: NARROW_MARGIN_PX, width: Math.max(width - NARROW_MARGIN_PX, 1) };
    return { narrow: true, area, ...NARROW };
  }
  let longest = 0;
  for (const row of rows) longest = Math.max(longest, labelWidth(row));
  const most = Math.min(GUTTER.most, Math.round(width * GUTTER.share));
  const left = Math.min(Math.max(Math.ceil(longest) + GUTTER.padding, GUTTER.least), most);
  return { narrow: false, area: { left, width: width - left }, ...WIDE };
}

/** An estimate: text is not measured, so that a thousand lanes cost nothing. */
function labelWidth(row: Row): number {
  if (row.kind === 'process') return 0;
  const { label } = row.kind === 'pool' ? row.pool : row.lane.thread;
  const { findings } = row.kind === 'pool' ? row : row.lane;
  const signs = (findings.length > 0 ? FINDING_MARK_PX : 0) + (row.fold ? FOLD_PX : 0);
  return row.guides.length * INDENT_PX + Math.min(label.length, 60) * PX_PER_LETTER + signs;
}

export function layout(run: Run, rows: Rows, options: Options): Scene {
  const { list } = rows;
  const { geometry, window } = options;
  const x = timeScale(window, geometry.area.width);
  const view: View = {
    x,
    width: geometry.area.width,
    origin: run.origin,
    now: run.origin + lengthOf(run, options.now),
    known: options.known,
  };
  const [first, after] = visibleRange(list.length, geometry.rowHeight, options);
  return {
    geometry,
    window,
    rows: list.slice(first, after).map((row, i) => place(row, first + i, geometry, view)),
    exits: exitLines(run, list, geometry.rowHeight, x),
    ticks: timeTicks(window, geometry.area.width).map(({ t, text }) => ({ t, x: x(t), text })),
    height: list.length * geometry.rowHeight,
    view: { top: options.top, height: options.height },
    off: options.off ?? NO_STATES,
    isKnown: options.known !== undefined,
    arrows: arrowsOf({
      run,
      rows,
      known: options.known,
      selected: options.selected,
      x,
      now: view.now,
      rowHeight: geometry.rowHeight,
      middle: geometry.middle,
      view: { width: view.width, top: options.top, bottom: options.top + options.height },
    }),
    nowX: run.live ? x(view.now - run.origin) : undefined,
  };
}

/** First row that is made, and the first after it that is not. */
export function visibleRange(rows: number, rowHeight: number, { top, height }: { top: number; height: number }) {
  const first = Math.max(0, Math.floor(top / rowHeight) - ROWS_AROUND);
  const after = Math.min(rows, Math.ceil((top + height) / rowHeight) + ROWS_AROUND);
  return [Math.min(first, after), after] as const;
}

export interface View {
  x: TimeScale;
  width: number;
  origin: number;
  now: number;
  known: Known | undefined;
}

function place(row: Row, position: number, geometry: Geometry, view: View): Placed {
  const y = position * geometry.rowHeight;
  switch (row.kind) {
    case 'process':
      return { row, y, position };
    case 'pool':
      return { row, y, position, ...crowdOf(row.key, row.lanes, view) };
    case 'thread':
      return { row, y, position, ...shapes(row.lane, view, geometry.narrow) };
  }
}

function shapes(lane: Lane, view: View, narrow: boolean): Shapes {
  const { ended } = lane;
  const endX = view.x((ended?.t ?? view.now) - view.origin);
  return {
    bars: bars(lane, view),
    marks: marks(lane, view),
    cap: ended && capOf(ended, endX, narrow ? 0 : view.width),
    liveX: ended ? undefined : endX,
    activity: activityOf(lane.key, view.known, view.x, view.origin),
  };
}

/** One bar for each stretch in which it neither began to run nor flipped. */
function bars(lane: Lane, { x, width, origin, now }: View): Bar[] {
  const found: Bar[] = [];
  for (const { from, to, keeps, starting } of stretches(lane, lane.ended?.t ?? now)) {
    const left = Math.max(x(from - origin), -OUTSIDE_PX);
    const right = Math.min(x(to - origin), width + OUTSIDE_PX);
    if (right < left) continue;
    const style = keeps === undefined ? 'unknown' : keeps ? 'keeps-alive' : 'daemon';
    addBar(found, { style, starting, x: left, width: right - left });
  }
  return found;
}

interface Stretch {
  from: number;
  to: number;
  keeps: boolean | undefined;
  starting: boolean;
}

function stretches({ thread }: Lane, end: number): Stretch[] {
  const online = Math.min(thread.onlineAt ?? Infinity, end);
  const [first, ...flips] = thread.keepsAlive;
  const steps = [{ t: thread.startedAt, value: first?.value }, ...flips];
  return steps.flatMap(({ t, value: keeps }, i) => {
    const [from, to] = [t, Math.min(steps[i + 1]?.t ?? end, end)];
    if (from > to || (from === to && steps.length > 1)) return [];
    if (online <= from || online >= to) return [{ from, to, keeps, starting: from < online }];
    return [
      { from, to: online, keeps, starting: true },
      { from: online, to, keeps, starting: false },
    ];
  });
}

/** A stretch under a pixel goes into the one before it: the ticks still tell of each flip. */
function addBar(bars: Bar[], bar: Bar): void {
  const before = bars.at(-1);
  const same = before && before.style === bar.style && before.starting === bar.starting;
  if (before && (same || bar.width < 1)) before.width = Math.max(before.width, bar.x + bar.width - before.x);
  else bars.push({ ...bar, width: before ? bar.width : Math.max(bar.width, SHORTEST_BAR_PX) });
}

function marks({ thread, ended }: Lane, { x, width, origin }: View): Mark[] {
  const calls = [
    ...thread.refs.slice(1).map(({ t, value, at, by }) => {
      const kind = value ? ('ref' as const) : ('unref' as const);
      return { kind, t, at, by };
    }),
    ...thread.terminateCalls.map(({ t, at, by }) => ({ kind: 'terminate-call' as const, t, at, by })),
    ...(thread.deeds ?? []).map(({ t, deed }) => ({
      kind: 'deed' as const,
      t,
      at: undefined,
      by: 'hand' as const,
      deed,
    })),
  ].sort((a, b) => a.t - b.t);
  // Its cap tells of the call and leads to the same line.
  const isSaidByCap = ({ kind }: { kind: MarkKind }, at: number): boolean =>
    kind === 'terminate-call' && ended?.by === 'terminate' && x(ended.t - origin) - at < CAP_COVERS_PX;
  const found: Mark[] = [];
  for (const call of calls) {
    const at = x(call.t - origin);
    if (at < -OUTSIDE_PX || at > width + OUTSIDE_PX || isSaidByCap(call, at)) continue;
    const before = found.at(-1);
    // The last of several is the one that holds from there on.
    if (before && at - before.x < SAME_TICK_PX) Object.assign(before, call, { calls: before.calls + 1 });
    else found.push({ ...call, at: call.at, x: at, calls: 1 });
  }
  return found;
}

/** `width`: px that its note must end within. */
function capOf(ended: Ending, x: number, width: number): Cap {
  const noteAway = ended.by === 'lost-contact' ? NOTE_AWAY_FROM_DOTS_PX : NOTE_AWAY_PX;
  const letters = x < 0 ? 0 : (width - x - noteAway) / PX_PER_LETTER;
  const note = [shown(ended.because), ENDINGS[ended.by].label].find((text) => text.length <= letters) ?? '';
  return { by: ended.by, x, note, noteAway };
}

function exitLines(run: Run, rows: readonly Row[], rowHeight: number, x: TimeScale): ExitLine[] {
  const stretches = rowsOfProcesses(rows);
  return run.processes.flatMap((process) => {
    if (!process.exit) return [];
    const { first, after } = stretches.get(process.key) ?? { first: 0, after: 0 };
    const line = { process, exit: process.exit, x: x(process.exit.t - run.origin) };
    return [{ ...line, top: first * rowHeight, bottom: after * rowHeight }];
  });
}

interface RowStretch {
  first: number;
  after: number;
}
type Stretches = Map<string, RowStretch>;
const stretchesOf = new WeakMap<readonly Row[], Stretches>();

/** The rows of a process stand together, but for the pinned ones. */
function rowsOfProcesses(rows: readonly Row[]): Stretches {
  let found = stretchesOf.get(rows);
  if (found) return found;
  stretchesOf.set(rows, (found = new Map<string, RowStretch>()));
  rows.forEach((row, i) => {
    if (row.kind === 'thread' && row.isPinned) return;
    const { key } = row.process;
    const before = found.get(key);
    if (before) before.after = i + 1;
    else found.set(key, { first: i, after: i + 1 });
  });
  return found;
}

//#region what lies under the pointer
export type Hit =
  | { kind: 'mark'; mark: Mark }
  | { kind: 'cap'; cap: Cap }
  | { kind: 'bar' }
  | { kind: 'exit'; line: ExitLine }
  | { kind: 'nothing' };

/** Ticks and caps are small, so they reach a little further than they are drawn; the nearest one counts. */
export function hitAt(lane: PlacedLane, exits: ExitLine[], x: number): Hit {
  const small: { x: number; hit: Hit }[] = lane.marks.map((mark) => ({ x: mark.x, hit: { kind: 'mark', mark } }));
  if (lane.cap) small.push({ x: lane.cap.x, hit: { kind: 'cap', cap: lane.cap } });
  small.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  if (small[0] && Math.abs(small[0].x - x) <= REACH_PX) return small[0].hit;
  if (lane.bars.some((bar) => x >= bar.x && x <= bar.x + bar.width)) return { kind: 'bar' };
  const line = exits.find((e) => e.process.key === lane.row.process.key && Math.abs(e.x - x) <= REACH_PX);
  return line ? { kind: 'exit', line } : { kind: 'nothing' };
}
//#endregion
