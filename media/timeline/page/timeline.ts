// The view itself: puts the parts together, and draws once a frame when something changed or time goes on.
import type { FromTimeline } from '../../../src/protocol/timelineMessages';
import { Answers } from '../data/answers';
import { lengthOf, type Run, runCountsOf, runOf } from '../data/run';
import { chooseRun, initialState, noticesOf, type SessionView, type State } from '../data/state';
import { writeText } from '../draw/writeText';
import type { TimelineContext } from '../input/context';
import { RowActions } from '../input/rowActions';
import { Cursor } from '../look/cursor';
import { Moves } from '../look/moves';
import type { Remembered } from '../look/remembered';
import { ViewStore } from '../look/viewStore';
import { followPalette, type PaletteSource } from '../paint/theme/palette';
import { costsOf, Occurring } from '../rows/occurring';
import { ROWS_AROUND } from '../scene/geometry';
import type { Geometry, RowsPart, Scene } from '../scene/types';
import { aliveStrip } from '../stories/aliveStrip';
import { hintOf } from '../stories/labels';
import type { Moments, TimeWindow } from '../time/scales';
import { moment } from '../words/text';
import { Frames } from './frames';
import { createParts, type Parts } from './parts';
import { lanesIn, Picture } from './picture';
import { askOfRange, askOfView } from './questions';

/** What the page gives the timeline. */
export interface Page {
  /** Its clock in µs. */
  clock(): number;
  post(message: FromTimeline): void;
  /** What it remembered before the page was reloaded; where the host remembers, that counts. */
  remembered: unknown;
  remember(state: Remembered): void;
}

const MICROS_PER_MS = 1000;
/** Whoever has scrolled is taken to go on for so long. */
const SCROLLING_MS = 1000;

export class Timeline {
  /** Called when the person picks a run; the owner of the state applies the change. */
  onRunChosen: (change: (state: State) => State) => void = () => {};

  private state = initialState;
  private readonly picture = new Picture();
  private readonly occurring = new Occurring();
  /** Drawn to be zoomed into, or to be measured. */
  private box: TimeWindow | undefined;
  private range: TimeWindow | undefined;
  /** The run has not been drawn yet. */
  private isFirst = true;
  /** px of what scrolls, 0 while it is not shown, and of that and what is open beside it: asked of the page when they change. */
  private room = { width: 0, all: 0 };
  /** How far, in px, and since when, in ms. */
  private scrolled = { top: 0, at: -Infinity };
  /** The run that `room` was fitted to. */
  private fitted: Run | undefined;
  /** What a person has just clicked, in µs since the run began. */
  private pointed: number | undefined;
  private readonly cursor: Cursor;
  private readonly palette: PaletteSource;
  private readonly answers: Answers;
  private readonly frames = new Frames({ prepare: () => this.prepare(), draw: () => this.draw() });
  /** µs on the adapter's clock: what is drawn is of this moment. */
  private moment = 0;
  private readonly context: TimelineContext;
  private readonly rowActions: RowActions;
  private readonly parts: Parts;

  constructor(
    root: HTMLElement,
    private readonly page: Page,
  ) {
    const redraw = (): void => this.frames.ask();
    const store = new ViewStore(
      () => this.session && { session: this.session.id, run: this.session.chosenRun },
      redraw,
      (state) => page.remember(state),
    );
    this.context = this.createContext(store);
    this.cursor = this.createCursor();
    this.answers = new Answers(
      (message) => page.post(message),
      () => this.frames.hear(),
      () => this.frames.answered(),
    );
    this.rowActions = new RowActions(this.context);
    this.palette = followPalette(root, redraw);
    this.parts = createParts(root, this.context, this.rowActions);
    new ResizeObserver(() => this.measure()).observe(this.parts.lanes.scroller);
  }

  show(state: State): void {
    const before = this.session;
    this.state = state;
    const { screen } = state;
    this.parts.main.attr('data-screen', screen.kind);
    this.parts.empty(screen);
    this.parts.plot.attr('hidden', screen.kind === 'session' ? null : '');
    if (screen.kind !== 'session' || screen.view.id !== before?.id) this.parts.actions.hideTooltip();
    if (screen.kind !== 'session') return;
    const runBefore = this.picture.run;
    const run = (this.picture.run = runOf(screen.view.snapshot, screen.view.chosenRun));
    this.parts.notices(noticesOf(screen.view.snapshot));
    if (before?.id === screen.view.id && runBefore?.index === run.index && this.picture.geometry)
      return this.frames.hear();
    if (before?.id === screen.view.id) this.startRun(screen.view);
    else if (before && runBefore && sharesProcess(runBefore, run)) this.goOn(runBefore, run);
    else this.lookAtNew(screen.view);
    this.measure();
  }

  private startRun({ id }: SessionView): void {
    this.isFirst = true;
    this.cursor.put(undefined);
    this.context.store.start(id, undefined);
    this.parts.actions.hideTooltip();
  }

  /** Shows the details of a thread, by its key, as if it had been clicked. */
  select(thread: string): void {
    if (this.picture.run?.byKey.has(thread)) this.rowActions.choose(thread);
  }

  /** What the host answers to what the view has asked. */
  answer(message: Parameters<Answers['receive']>[0]): void {
    this.answers.receive(message);
  }

  private get session(): SessionView | undefined {
    return this.state.screen.kind === 'session' ? this.state.screen.view : undefined;
  }

  private createContext(store: ViewStore): TimelineContext {
    const { picture, page } = this;
    const time = {
      area: () => picture.geometry?.area ?? { left: 0, width: 1 },
      length: () => (picture.run ? lengthOf(picture.run, this.now()) : 0),
      live: () => picture.run?.live ?? false,
    };
    return {
      ...time,
      store,
      moves: new Moves(store, time),
      run: () => picture.run,
      rows: () => picture.rows,
      scene: () => picture.scene,
      moments: () => this.moments(),
      narrow: () => picture.geometry?.narrow ?? false,
      rowHeight: () => picture.geometry?.rowHeight ?? 1,
      redraw: () => this.frames.ask(),
      drawNow: () => {
        this.prepare();
        this.draw();
      },
      resized: () => this.resized(),
      pointAt: (moment) => (this.pointed = moment),
      cursor: () => this.cursor,
      showRange: (range) => {
        this.range = range;
        this.frames.ask();
      },
      showBox: (box) => {
        this.box = box;
        this.frames.ask();
      },
      chooseRun: (run) => this.onRunChosen((state) => chooseRun(state, run)),
      hands: () => this.session?.hands,
      post: (message) => page.post(message),
      openSite: (site) => site && page.post({ kind: 'open-site', site }),
      parts: () => this.parts.actions,
    };
  }

  private createCursor(): Cursor {
    const { context } = this;
    return new Cursor({
      window: () => context.moves.window,
      length: () => context.length(),
      redraw: () => context.redraw(),
      tell: (at) => {
        const { session } = this;
        const origin = this.picture.run?.origin ?? 0;
        if (session)
          context.post({ kind: 'cursor', session: session.id, ...(at === undefined ? {} : { t: origin + at }) });
      },
    });
  }

  private moments(): Moments {
    const { start, end } = this.context.store.view.window;
    // In steps, so that what is written stays the same while a live run grows.
    const perPixel = 10 ** Math.floor(Math.log10((end - start) / (this.picture.geometry?.area.width ?? 1)));
    return { origin: this.picture.run?.origin ?? 0, now: this.now(), perPixel };
  }

  private now(): number {
    const view = this.session;
    if (!view) return 0;
    return view.snapshot.complete ? view.snapshot.now : this.page.clock() + view.clockOffset;
  }

  private measure(): void {
    const { lanes, area } = this.parts;
    this.room = { width: lanes.scroller.clientWidth, all: area.parentElement!.clientWidth };
    if (this.picture.run) this.fit(this.picture.run);
    this.frames.ask();
  }

  /** Labels are as wide as the rows of the run need them to be in the room that there is. */
  private fit(run: Run): void {
    this.fitted = run;
    this.picture.measure(run, this.context.store.view, this.room.width, this.room.all);
  }

  /** Something was opened, closed or moved beside the lanes; what is looked at for the first time has its window already. */
  private resized(): void {
    const before = this.picture.geometry?.area.width;
    this.measure();
    const now = this.picture.geometry?.area.width;
    const isMoved = before !== undefined && now !== undefined && before !== now;
    if (isMoved && !this.isFirst) this.context.moves.widen(before, now, this.pointed);
    this.pointed = undefined;
  }

  /** Brings view and rows up to this moment, and asks what the rows in view did; returns whether to wait for the answer. */
  private prepare(): boolean {
    const { session, picture, context } = this;
    const { run } = picture;
    if (run && run !== this.fitted) this.fit(run);
    const { geometry } = picture;
    if (!run || !geometry || !session) return false;
    this.moment = this.now();
    context.moves.keepUp();
    this.cursor.keepUp(performance.now());
    const { view } = context.store;
    picture.makeRows(run, view);
    const { scrolled } = this;
    const rows = picture.rowsIn(geometry, this.partInView());
    const isWorth = askOfView(this.answers, { session: session.id, run, view, rows, width: geometry.area.width });
    // What is new, or comes into view, has to be there at once.
    return isWorth && !this.isFirst && this.scrolled === scrolled;
  }

  /** Returns after how many ms time has moved the picture by a pixel of the screen; undefined: it does not go on. */
  private draw(): number | undefined {
    const { session, picture } = this;
    const { run, geometry } = picture;
    if (!run || !geometry || !session) return undefined;
    const start = performance.now();
    const scene = this.layOut(run, geometry);
    this.drawInTime(run, scene);
    this.drawAround(run, session, scene);
    this.drawBeside(run, session);
    this.parts.syncZoom();
    this.parts.main
      .attr('data-revision', session.snapshot.revision)
      .attr('data-known', scene.isKnown ? '' : null)
      .attr('data-messages', scene.arrows.list.length > 0 ? scene.arrows.list.length : null);
    measureDraw(start);
    this.isFirst = false;
    if (this.cursor.isPlaying) return 0;
    const { start: from, end: to } = this.context.store.view.window;
    return run.live ? (to - from) / MICROS_PER_MS / (geometry.area.width * devicePixelRatio) : undefined;
  }

  private layOut(run: Run, geometry: Geometry): Scene {
    const { picture } = this;
    const { view } = this.context.store;
    picture.makeRows(run, view);
    const answers = (picture.answers = this.answers.known);
    return picture.layOut(run, geometry, view, { now: this.moment, ...this.partInView(), answers });
  }

  /** The part of all rows that is seen. */
  private partInView(): RowsPart {
    const { scrollTop: top, clientHeight: height } = this.parts.lanes.scroller;
    const now = performance.now();
    if (top !== this.scrolled.top) this.scrolled = { top, at: now };
    const around = now - this.scrolled.at < SCROLLING_MS ? ROWS_AROUND.scrolling : ROWS_AROUND.still;
    return { top, height, around };
  }

  /** What is drawn above and below the lanes. */
  private drawAround(run: Run, session: SessionView, { arrows }: Scene): void {
    const { parts } = this;
    const { rows } = this.picture;
    const { mode, history, query, sort, off, table } = this.context.store.view;
    parts.header({
      view: session,
      sessions: this.state.sessions,
      run,
      counts: runCountsOf(run),
      now: this.moment,
      following: run.live && mode !== 'free',
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      isTable: table,
    });
    parts.tools.draw({ query, sort, matches: rows.matches, hidden: rows.hidden, filtered: rows.filtered });
    const occurring = this.occurring.of(`${session.id} ${run.index}`, run, this.picture.answers, arrows.list);
    parts.legend({ palette: this.palette.current, off, counts: rows.signs, occurring, costs: costsOf(run) });
  }

  /** The lanes, and what has the same time above them. */
  private drawInTime(run: Run, scene: Scene): void {
    const { parts } = this;
    const palette = this.palette.current;
    const { view } = this.context.store;
    const { area, narrow } = scene.geometry;
    const selected = [view.selected, view.compared];
    parts.lanes.draw(scene, palette, { current: this.rowActions.current, selected });
    parts.map({ run, area, window: view.window, now: this.moment, palette });
    parts.axis(scene);
    parts.alive(aliveStrip(run, scene, this.moment), scene, this.moments());
    parts.area.hidden = view.table;
    parts.bands.draw(scene, this.range ?? view.range, this.box);
    const { at } = this.cursor;
    parts.cursorLine.draw(scene, at, at === undefined ? '' : moment(at, this.moments().perPixel));
    writeText(parts.hint.node()!, hintOf(run));
    parts.hint.style('left', `${narrow ? 0 : area.left}px`);
  }

  /** The table instead of the lanes, and the details beside them. */
  private drawBeside(run: Run, session: SessionView): void {
    const { view } = this.context.store;
    const { rows } = this.picture;
    const table = { run, now: this.moment, selected: view.selected };
    this.parts.table.draw(view.table ? { ...table, lanes: lanesIn(rows) } : undefined);
    this.parts.panes.draw({
      session: session.id,
      run,
      chosen: this.rowActions.subjectOf(view.selected),
      compared: this.rowActions.subjectOf(view.compared),
      range: view.range,
      measured: askOfRange(this.answers, session.id, run, view),
      moments: this.moments(),
    });
  }

  /** Threads that were shown before are shown among others, or by themselves again: a person looks on where they looked. */
  private goOn(before: Run, run: Run): void {
    const by = before.origin - run.origin;
    this.isFirst = true;
    this.context.store.carry(by, (key) => run.byKey.has(key) || run.pools.has(key));
    this.cursor.carry(by);
    const { selected } = this.context.store.view;
    this.rowActions.current = selected;
    const reveal = (): void => (selected === undefined ? undefined : this.rowActions.reveal(selected));
    requestAnimationFrame(() => requestAnimationFrame(reveal));
  }

  /** Starts with what is remembered of the session, by the host or by the page itself. */
  private lookAtNew(view: SessionView): void {
    this.isFirst = true;
    this.cursor.put(undefined);
    this.rowActions.current = undefined;
    const { remembered } = this.page;
    this.page.remembered = undefined;
    const found = this.context.store.start(view.id, view.remembered ?? remembered);
    const { scrollTop } = this.context.store.view;
    const back = (): void => void (this.parts.lanes.scroller.scrollTop = scrollTop);
    requestAnimationFrame(() => requestAnimationFrame(back));
    if (found?.run !== undefined) queueMicrotask(() => this.onRunChosen((state) => chooseRun(state, found.run)));
  }
}

const sharesProcess = (a: Run, b: Run): boolean =>
  a.processes.some(({ key }) => b.processes.some((other) => other.key === key));

/** For whoever observes the page's performance; nothing of it piles up. */
function measureDraw(start: number): void {
  performance.measure('draw', { start });
  performance.clearMeasures('draw');
}
