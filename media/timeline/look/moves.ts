// Deliberate moves in time, each of which can be undone; and the window that keeps up with time by itself.
import {
  clampWindow,
  fitWindow,
  followWindow,
  type Mode,
  modeOf,
  type TimeArea,
  type TimeWindow,
  zoomAbout,
} from '../time/scales';
import type { ViewWindow } from './history';
import type { ViewStore } from './viewStore';

/** Where and over which time the view moves. */
export interface TimeContext {
  /** px. */
  area(): TimeArea;
  /** µs that the run has lasted. */
  length(): number;
  live(): boolean;
}

/** A range or a box that is looked at fills this share of the width. */
const FILL = 0.94;

export class Moves {
  /** µs of the run in the last picture. A person moves what they saw, which on a busy machine is older than the run. */
  private seen = 0;
  /** While a stretch of time is drawn by hand what is drawn on stands still. */
  private isHeld = false;
  /** How it was looked at before something was opened beside, and how since. */
  private before: { width: number; was: ViewWindow; since: ViewWindow } | undefined;

  constructor(
    private readonly store: ViewStore,
    private readonly context: TimeContext,
  ) {}

  get window(): TimeWindow {
    return this.store.view.window;
  }

  get mode(): Mode {
    return this.store.view.mode;
  }

  /** `gesture`: moves of one kind that follow each other closely are undone at once. */
  to(wanted: TimeWindow, gesture: string): void {
    const area = this.context.area();
    const window = clampWindow(wanted, this.seen, area);
    this.look(window, modeOf(window, this.seen, this.context.live(), area), gesture);
  }

  panBy(share: number): void {
    const { start, end } = this.window;
    const by = (end - start) * share;
    this.to({ start: start + by, end: end + by }, 'pan');
  }

  /** About the live end while it is followed, else about the middle. */
  zoom(factor: number): void {
    const { start, end } = this.window;
    const following = this.context.live() && this.mode !== 'free';
    this.to(zoomAbout(this.window, factor, following ? end : (start + end) / 2), 'zoom');
  }

  fit(): void {
    this.to(fitWindow(this.seen, this.context.area()), 'fit');
  }

  /** Shows a stretch of time whole, with a little room beside it. */
  fitTo({ start, end }: TimeWindow): void {
    const room = ((end - start) * (1 / FILL - 1)) / 2;
    this.to({ start: start - room, end: end + room }, 'fit-to');
  }

  /** From the end on: as much time as is shown now. Once more, and it lets go. */
  follow(): void {
    if (this.context.live() && this.mode !== 'free') this.look(this.window, 'free', 'follow');
    else this.to(followWindow(this.span(), this.seen, this.context.area()), 'follow');
  }

  /** Puts a moment into the middle, unless it is well in view. */
  centre(t: number): void {
    const half = this.span() / 2;
    const { start, end } = this.window;
    if (t < start + half / 5 || t > end - half / 5) this.to({ start: t - half, end: t + half }, 'event');
  }

  undo(): void {
    this.store.dispatch({ kind: 'undo' });
  }

  redo(): void {
    this.store.dispatch({ kind: 'redo' });
  }

  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /**
   * Something was opened or closed beside the time area, which was `from` px wide: time keeps its scale, and `shown` stays in
   * view. What was opened and is closed again leaves all as it was.
   */
  widen(from: number, to: number, shown: number | undefined): void {
    const { before, mode, window } = this;
    this.before = undefined;
    if (before && before.width === to && isSameLook(before.since, { mode, window }))
      return this.store.keepUp({ kind: 'look', to: before.was });
    const span = (this.span() * to) / from;
    const isFollowing = this.context.live() && mode !== 'free';
    const beyond = shown === undefined ? 0 : Math.max(0, shown - (window.start + span * FILL));
    const start = isFollowing ? window.end - span : window.start + beyond;
    const since: ViewWindow = { mode: isFollowing ? 'follow' : 'free', window: { start, end: start + span } };
    this.before = { width: from, was: { mode, window }, since };
    this.store.keepUp({ kind: 'look', to: since });
  }

  /** Called before each picture. */
  keepUp(): void {
    const [length, area] = [this.context.length(), this.context.area()];
    this.seen = length;
    if (this.isHeld) return;
    const { mode } = this;
    const window =
      mode === 'fit'
        ? fitWindow(length, area)
        : mode === 'follow'
          ? followWindow(this.span(), length, area)
          : clampWindow(this.window, length, area);
    this.store.keepUp({ kind: 'look', to: { mode, window } });
  }

  private span(): number {
    return this.window.end - this.window.start;
  }

  private look(window: TimeWindow, mode: Mode, gesture: string): void {
    this.store.dispatch({ kind: 'look', to: { window, mode }, gesture: { kind: gesture, t: performance.now() } });
  }
}

/** What follows time has moved on meanwhile. */
function isSameLook(a: ViewWindow, b: ViewWindow): boolean {
  const span = a.window.end - a.window.start;
  const isSame = (x: number, y: number): boolean => Math.abs(x - y) <= span * 1e-6;
  if (a.mode !== b.mode || !isSame(span, b.window.end - b.window.start)) return false;
  return a.mode === 'follow' || isSame(a.window.start, b.window.start);
}
