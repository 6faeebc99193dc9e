// What a picture of the timeline consists of: rectangles, ticks and caps, in px. x counts from the left edge of the time
// area, y from the top of the first row.
import type { AfterMain, Ending, Flip, FlipRun, ProcessPicture } from '../../../src/protocol/picture';
import type { DeedKind, Site } from '../../../src/protocol/probeEvents';
import type { Severity } from '../../../src/protocol/rules';
import type { SeenLane, TrackState } from '../../../src/protocol/tracks';
import type { TrackAnswers } from '../data/answers';
import type { EarlierRow, HiddenRow, LaneRow, PoolRow, ProcessRow, TaskRow, TasksRow } from '../rows/rows';
import type { TimeArea, TimeScale, TimeWindow } from '../time/scales';
import type { ArrowKind, BarStyle, MarkKind } from '../words/vocabulary';

export interface Geometry {
  /** Labels stand above the bars instead of beside them. */
  narrow: boolean;
  area: TimeArea;
  rowHeight: number;
  /** Middle of the bar, from the top of its row. */
  middle: number;
}

export interface Bar {
  /** `by-turns`: now it keeps the process alive, now it does not; a run of flips lies above it. */
  style: Exclude<BarStyle, 'starting'> | 'by-turns';
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
  /** What the last one was, where `kind` is `deed`. */
  deed?: DeedKind;
  /** Calls so close together that one tick stands for them all. */
  calls: number;
  /** It is the last of a run of flips, of which no more is known. */
  run: MarkRun | undefined;
}

export interface MarkRun extends FlipRun {
  /** Where it begins, in px. */
  x: number;
}

export interface Cap extends Pick<Ending, 'by' | 'severity'> {
  x: number;
  /** The text beside the cap, and how far from it; empty where there is no room. */
  note: string;
  noteAway: number;
}

/** Runs of equal pixels of an answer, and where they lie in the view. */
export interface Activity {
  lane: SeenLane;
  /** px of the first pixel's left edge, from the left edge of the time area. */
  left: number;
  /** px for each pixel of the answer. */
  step: number;
  /** Pixels of the answer: after the last run nothing is known. */
  pixels: number;
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

export interface Crowd {
  /** For each pixel of the view how many lived at once at most. */
  live: Uint16Array;
  /** The most that ever lived at once, at least 1: what the full height stands for. */
  most: number;
  /** Endings that somebody should look at, one for each cause and pixel, with how many there are. */
  ends: (Pick<Ending, 'by' | 'severity'> & { x: number; count: number })[];
  /** How many were busy, to be read as `live`; undefined while it is not known. */
  busy: Float32Array | undefined;
}

interface RowPosition {
  /** The row's top, in px from the top of the first row. */
  y: number;
  /** Among all rows, from 0. */
  position: number;
}

export interface SceneLane extends RowPosition, Shapes {
  row: LaneRow;
}
export interface ScenePool extends RowPosition, Crowd {
  row: PoolRow;
}
export interface SceneProcess extends RowPosition {
  row: ProcessRow;
}
/** `x` and `width`: from the start of the first to the end of the last. */
export interface SceneEarlier extends RowPosition {
  row: EarlierRow;
  x: number;
  width: number;
}
/** `x` and `width`: the life of its process. */
export interface SceneHidden extends RowPosition {
  row: HiddenRow;
  x: number;
  width: number;
  /** When threads of the pool were at work, and what share of them. */
  busy: { x: number; width: number; share: number }[];
}
/** `x` and `width`: from the first task to the end of the last; `busy`: what share of the most at once was pending. */
export interface SceneTasks extends RowPosition, Pick<SceneHidden, 'x' | 'width' | 'busy'> {
  row: TasksRow;
}
export interface SceneTask extends RowPosition {
  row: TaskRow;
  x: number;
  width: number;
}
/** What is no thread and no pool, and has one line. */
export type SceneSum = SceneEarlier | SceneHidden | SceneTasks | SceneTask;
export type SceneRow = SceneLane | ScenePool | SceneProcess | SceneSum;

export const isLane = (sceneRow: SceneRow): sceneRow is SceneLane => sceneRow.row.kind === 'thread';
export const isPool = (sceneRow: SceneRow): sceneRow is ScenePool => sceneRow.row.kind === 'pool';
export const isEarlier = (sceneRow: SceneRow): sceneRow is SceneEarlier => sceneRow.row.kind === 'earlier';
export const isHidden = (sceneRow: SceneRow): sceneRow is SceneHidden => sceneRow.row.kind === 'hidden';
export const isTasks = (sceneRow: SceneRow): sceneRow is SceneTasks => sceneRow.row.kind === 'tasks';
export const isTask = (sceneRow: SceneRow): sceneRow is SceneTask => sceneRow.row.kind === 'task';
export const isSum = (sceneRow: SceneRow): sceneRow is SceneSum =>
  isEarlier(sceneRow) || isHidden(sceneRow) || isTasks(sceneRow) || isTask(sceneRow);
export const hasStory = (sceneRow: SceneRow): sceneRow is SceneLane | ScenePool | SceneSum =>
  sceneRow.row.kind !== 'process';

export interface Arrow {
  kind: ArrowKind;
  x1: number;
  y1: number;
  /** Where it was taken; of one that never was, where its receiver ended or lives now. */
  x2: number;
  y2: number;
}

export interface Arrows {
  list: Arrow[];
  /** Messages in view that are not among them: too many, or between rows that are not shown. */
  more: number;
}

export interface ExitLine {
  process: ProcessPicture;
  exit: Ending;
  /** What the end of main cost, and that of those who went with it; absent: nobody knows. */
  severity?: Severity;
  x: number;
  top: number;
  bottom: number;
}

export interface PhaseBand {
  process: ProcessPicture;
  phase: AfterMain;
  x: number;
  width: number;
  top: number;
  bottom: number;
}

export interface Tick {
  t: number;
  x: number;
  text: string;
}

/** The part of all rows that is in view, in px from the top of the first one, and how many rows more there are to be around it. */
export interface RowsPart {
  top: number;
  height: number;
  around?: number;
}

export interface Scene {
  geometry: Geometry;
  window: TimeWindow;
  rows: SceneRow[];
  exits: ExitLine[];
  /** What processes waited for once main's code was over, in view. */
  phases: PhaseBand[];
  /** There are several processes: the end of one is drawn and told in its own rows. */
  isSeveral: boolean;
  ticks: Tick[];
  /** Height of all rows together, in px. */
  height: number;
  /** The part of the rows that is in view. */
  view: Required<RowsPart>;
  /** States that are not to be seen. */
  off: ReadonlySet<TrackState>;
  /** What threads did has been answered. */
  isKnown: boolean;
  /** Messages of the chosen threads. */
  arrows: Arrows;
  /** The live edge of time, while there is one. */
  nowX: number | undefined;
}

export interface SceneView {
  x: TimeScale;
  width: number;
  origin: number;
  now: number;
  answers: TrackAnswers | undefined;
}
