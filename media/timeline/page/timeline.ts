// The view itself: puts the parts together, and draws once a frame when something changed or time goes on.
import type { FromTimeline } from '../../../src/protocol/timelineMessages';
import { Answers } from '../data/answers';
import { lengthOf, type Run, runCountsOf, runOf } from '../data/run';
import { chooseRun, initialState, noticesOf, type SessionView, type State } from '../data/state';
import { writeText } from '../draw/writeText';
import type { TimelineContext } from '../input/context';
import { RowActions } from '../input/rowActions';
import { Moves } from '../look/moves';
import type { Remembered } from '../look/remembered';
import { ViewStore } from '../look/viewStore';
import { followPalette, type PaletteSource } from '../paint/theme/palette';
import type { Geometry, Scene } from '../scene/types';
import { aliveStrip } from '../stories/aliveStrip';
import { hintOf } from '../stories/labels';
import type { Moments, TimeWindow } from '../time/scales';
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

export class Timeline {
  /** Called when the person picks a run; the owner of the state applies the change. */
  onRunChosen: (change: (state: State) => State) => void = () => {};

  private state = initialState;
  private readonly picture = new Picture();
  /** Drawn to be zoomed into. */
  private box: TimeWindow | undefined;
  private readonly palette: PaletteSource;
  private readonly answers: Answers;
  private readonly frames = new Frames(() => this.draw());
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
    this.answers = new Answers((message) => page.post(message), redraw);
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
    if (screen.kind !== 'session') return;
    const runBefore = this.picture.run?.index;
    const run = (this.picture.run = runOf(screen.view.snapshot, screen.view.chosenRun));
    if (before?.id !== screen.view.id) this.lookAtNew(screen.view);
    else if (runBefore !== run.index) this.context.store.start(screen.view.id, undefined);
    this.parts.notices(noticesOf(screen.view.snapshot));
    this.measure();
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
      drawNow: () => void this.draw(),
      resized: () => this.measure(),
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

  private moments(): Moments {
    return { origin: this.picture.run?.origin ?? 0, now: this.now() };
  }

  private now(): number {
    const view = this.session;
    if (!view) return 0;
    return view.snapshot.complete ? view.snapshot.now : this.page.clock() + view.clockOffset;
  }

  private measure(): void {
    const { run } = this.picture;
    if (!run) return;
    this.picture.measure(run, this.context.store.view, this.parts.lanes.scroller.clientWidth);
    this.frames.ask();
  }

  /** Returns after how many ms time has moved the picture by a pixel of the screen; undefined: it does not go on. */
  private draw(): number | undefined {
    const { session, picture } = this;
    const { run, geometry } = picture;
    if (!run || !geometry || !session) return undefined;
    const start = performance.now();
    this.context.moves.keepUp();
    picture.makeRows(run, this.context.store.view);
    const scene = this.layOut(run, geometry, session);
    this.drawAround(run, session);
    this.drawInTime(run, scene);
    this.drawBeside(run, session);
    this.parts.syncZoom();
    this.parts.main
      .attr('data-revision', session.snapshot.revision)
      .attr('data-known', scene.isKnown ? '' : null)
      .attr('data-messages', scene.arrows.list.length > 0 ? scene.arrows.list.length : null);
    measureDraw(start);
    const { start: from, end: to } = this.context.store.view.window;
    return run.live ? (to - from) / MICROS_PER_MS / (geometry.area.width * devicePixelRatio) : undefined;
  }

  private layOut(run: Run, geometry: Geometry, session: SessionView): Scene {
    const { picture } = this;
    const { view } = this.context.store;
    const { scrollTop: top, clientHeight: height } = this.parts.lanes.scroller;
    const rows = picture.rowsIn(geometry, { top, height });
    const answers = askOfView(this.answers, { session: session.id, run, view, rows, width: geometry.area.width });
    return picture.layOut(run, geometry, view, { now: this.now(), top, height, answers });
  }

  /** What is drawn above and below the lanes. */
  private drawAround(run: Run, session: SessionView): void {
    const { parts } = this;
    const { rows } = this.picture;
    const { mode, history, query, sort, off, table } = this.context.store.view;
    parts.header({
      view: session,
      sessions: this.state.sessions,
      run,
      counts: runCountsOf(run),
      now: this.now(),
      following: run.live && mode !== 'free',
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      isTable: table,
    });
    parts.tools.draw({ query, sort, matches: rows.matches, hidden: rows.hidden, filtered: rows.filtered });
    parts.legend({ palette: this.palette.current, off, counts: rows.signs });
  }

  /** The lanes, and what has the same time above them. */
  private drawInTime(run: Run, scene: Scene): void {
    const { parts } = this;
    const palette = this.palette.current;
    const { view } = this.context.store;
    const { area, narrow } = scene.geometry;
    parts.map({ run, area, window: view.window, now: this.now(), palette });
    parts.axis(scene);
    parts.alive(aliveStrip(run, scene, this.now()), scene, this.moments());
    parts.area.hidden = view.table;
    const selected = [view.selected, view.compared];
    parts.lanes.draw(scene, palette, { current: this.rowActions.current, selected });
    parts.bands.draw(scene, view.range, this.box);
    writeText(parts.hint.node()!, hintOf(run));
    parts.hint.style('left', `${narrow ? 0 : area.left}px`);
  }

  /** The table instead of the lanes, and the details beside them. */
  private drawBeside(run: Run, session: SessionView): void {
    const { view } = this.context.store;
    const { rows } = this.picture;
    const table = { run, now: this.now(), selected: view.selected };
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

  /** Starts with what is remembered of the session, by the host or by the page itself. */
  private lookAtNew(view: SessionView): void {
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

/** For whoever observes the page's performance; nothing of it piles up. */
function measureDraw(start: number): void {
  performance.measure('draw', { start });
  performance.clearMeasures('draw');
}
