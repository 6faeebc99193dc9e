// The view itself: puts the parts together, and draws once a frame when something changed or time goes on.
import { type Measured, TRACK_STATES, type TrackState } from '../../../src/protocol/tracks';
import type { FromTimeline } from '../../../src/protocol/timelineMessages';
import { aliveStrip } from '../stories/aliveStrip';
import { Answers, type Known } from '../data/answers';
import type { TableContent } from '../draw/panes/table';
import { hintOf } from '../stories/labels';
import { writeText } from '../draw/writeText';
import { Deeds, type Ground } from '../input/rowActions';
import { Frames } from './frames';
import { geometryOf, visibleRange } from '../scene/geometry';
import { layout } from '../scene/layout';
import type { Geometry, Scene } from '../scene/types';
import { Moves } from '../look/moves';
import { followPalette, type PaletteSource } from '../paint/theme/palette';
import type { Remembered } from '../look/remembered';
import { NO_ROWS, type Rows, rowsOf } from '../rows/rows';
import { countsOf, type Lane, lengthOf, type Run, runOf } from '../data/run';
import type { TimeWindow } from '../time/scales';
import { type Controls, createParts, type Parts } from './parts';
import { chooseRun, initialState, noticesOf, type SessionView, type State } from '../data/state';
import type { Sign, ViewState } from '../look/view';
import { ViewStore } from '../look/viewStore';

export interface Surroundings {
  /** The page's clock in µs. */
  clock(): number;
  post(message: FromTimeline): void;
  /** What the page remembered before it was made anew; where the host remembers, that counts. */
  remembered: unknown;
  remember(state: Remembered): void;
}

const MICROS_PER_MS = 1000;

export class Timeline {
  /** Called when the person picks a run; the owner of the state applies the change. */
  onRunChosen: (change: (state: State) => State) => void = () => {};

  private readonly moves: Moves;
  private readonly deeds: Deeds;

  private state = initialState;
  private run: Run | undefined;
  private rows: Rows = NO_ROWS;
  /** What `rows` was made of. */
  private rowsOf: { run: Run; view: ViewState } | undefined;
  private geometry: Geometry | undefined;
  private scene: Scene | undefined;
  /** Drawn to be zoomed into. */
  private box: TimeWindow | undefined;
  private readonly palette: PaletteSource;

  private readonly answers: Answers;
  private readonly frames = new Frames(() => this.draw());
  private readonly store: ViewStore;
  private readonly parts: Parts;

  constructor(
    root: HTMLElement,
    private readonly around: Surroundings,
  ) {
    this.store = new ViewStore(
      () => this.session && { session: this.session.id, run: this.session.chosenRun },
      () => this.frames.ask(),
      (state) => around.remember(state),
    );
    this.moves = new Moves(this.store, { area: this.area, length: this.length, live: () => this.run?.live ?? false });
    this.answers = new Answers(
      (message) => around.post(message),
      () => this.frames.ask(),
    );
    this.deeds = new Deeds(this.store, this.moves, this.ground());
    this.palette = followPalette(root, () => this.frames.ask());
    this.parts = createParts(root, this.controls());
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
    const runBefore = this.run?.index;
    this.run = runOf(screen.view.snapshot, screen.view.chosenRun);
    if (before?.id !== screen.view.id) this.lookAtNew(screen.view);
    else if (runBefore !== this.run.index) this.store.start(screen.view.id, undefined);
    this.parts.notices(noticesOf(screen.view.snapshot));
    this.measure();
  }

  /** Shows the details of a thread, by its key, as if it had been clicked. */
  select(thread: string): void {
    if (this.run?.byKey.has(thread)) this.deeds.choose(thread);
  }

  private get session(): SessionView | undefined {
    return this.state.screen.kind === 'session' ? this.state.screen.view : undefined;
  }

  private controls(): Controls {
    const { moves, deeds, store } = this;
    return {
      moves,
      deeds,
      store,
      scene: () => this.scene,
      area: this.area,
      narrow: () => this.geometry?.narrow ?? false,
      length: this.length,
      moments: () => this.moments(),
      redraw: () => this.frames.ask(),
      resized: () => this.measure(),
      showBox: (box) => {
        this.box = box;
        this.frames.ask();
      },
      chooseRun: (run) => this.onRunChosen((state) => chooseRun(state, run)),
      post: (message) => this.around.post(message),
    };
  }

  private ground(): Ground {
    return {
      run: () => this.run,
      rows: () => this.rows,
      length: this.length,
      rowHeight: () => this.geometry?.rowHeight ?? 1,
      scroller: () => this.parts.lanes.scroller,
      openSite: (site) => site && this.around.post({ kind: 'open-site', site }),
      redraw: () => void this.draw(),
      tell: (rowKey) => this.parts.hover.lane(rowKey),
      focusDetails: () => this.parts.panes.focusDetails(),
      hideTooltip: () => this.parts.hover.hide(),
    };
  }

  private moments() {
    return { origin: this.run?.origin ?? 0, now: this.now() };
  }

  //#region time and frames
  private now(): number {
    const view = this.session;
    if (!view) return 0;
    return view.snapshot.complete ? view.snapshot.now : this.around.clock() + view.clockOffset;
  }

  private measure(): void {
    if (!this.run) return;
    const width = this.parts.lanes.scroller.clientWidth;
    this.makeRows(this.run);
    if (width > 0) this.geometry = geometryOf(this.rows.list, width);
    this.frames.ask();
  }

  private tableContent(run: Run): TableContent {
    return { run, lanes: lanesIn(this.rows), now: this.now(), selected: this.store.view.selected };
  }

  /** What stands above and below the lanes. */
  private drawAround(run: Run, session: SessionView): void {
    const { parts, rows } = this;
    const { mode, history, query, sort, off } = this.store.view;
    parts.header({
      view: session,
      sessions: this.state.sessions,
      run,
      counts: countsOf(run),
      following: run.live && mode !== 'free',
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      isTable: this.store.view.table,
    });
    parts.tools.draw({ query, sort, matches: rows.matches, hidden: rows.hidden, filtered: rows.filtered });
    parts.legend({ palette: this.palette.current, off, counts: rows.signs });
  }

  /** Asks for what is in view, and gives what is known of it. */
  private look(
    session: SessionView,
    { origin }: Run,
    geometry: Geometry,
    part: { top: number; height: number },
  ): Known | undefined {
    const { window, selected } = this.store.view;
    const [first, after] = visibleRange(this.rows.list.length, geometry.rowHeight, part);
    const rows = this.rows.list.slice(first, after);
    return this.answers.look({
      session: session.id,
      window: { start: window.start + origin, end: window.end + origin },
      pixels: Math.round(geometry.area.width * devicePixelRatio),
      threads: rows.flatMap((row) => (row.kind === 'thread' ? [row.lane.key] : [])),
      pools: rows.flatMap((row) =>
        row.kind === 'pool' ? [{ key: row.key, threads: row.lanes.map(({ key }) => key) }] : [],
      ),
      messagesOf: selected !== undefined && this.run?.byKey.has(selected) ? [selected] : [],
    });
  }

  /** Of all threads of the run in the chosen range. */
  private measured(session: SessionView, run: Run): Measured | undefined {
    const { range } = this.store.view;
    const absolute = range && { start: range.start + run.origin, end: range.end + run.origin };
    const threads = (): string[] => run.lanes.map(({ key }) => key);
    return this.answers.measure(session.id, absolute, threads, `${run.index} ${run.lanes.length}`);
  }

  /** What the host answers to what the view has asked. */
  answer(message: Parameters<Answers['receive']>[0]): void {
    this.answers.receive(message);
  }

  private makeRows(run: Run): void {
    const { view } = this.store;
    if (this.rowsOf?.run === run && isSameRows(this.rowsOf.view, view)) return;
    this.rowsOf = { run, view };
    this.rows = rowsOf(run, view);
  }

  /** Returns after how many ms time has moved the picture by a pixel of the screen; undefined: it does not go on. */
  private draw(): number | undefined {
    const { run, geometry, session, parts } = this;
    if (!run || !geometry || !session) return undefined;
    const start = performance.now();
    this.moves.keepUp();
    const { view } = this.store;
    this.makeRows(run);
    const { scroller } = parts.lanes;
    const part = { top: scroller.scrollTop, height: scroller.clientHeight };
    this.scene = layout(run, this.rows, {
      geometry,
      window: view.window,
      now: this.now(),
      ...part,
      known: this.look(session, run, geometry, part),
      off: statesOff(view.off),
      selected: view.selected,
    });
    const palette = this.palette.current;
    this.drawAround(run, session);
    parts.map({ run, area: geometry.area, window: view.window, now: this.now(), palette });
    parts.axis(this.scene);
    parts.alive(aliveStrip(run, this.scene, this.now()), this.scene, this.moments());
    parts.area.hidden = view.table;
    parts.table.draw(view.table ? this.tableContent(run) : undefined);
    parts.lanes.draw(this.scene, palette, {
      current: this.deeds.current,
      selected: [view.selected, view.compared],
    });
    parts.bands.draw(this.scene, view.range, this.box);
    parts.panes.draw({
      session: session.id,
      run,
      chosen: this.deeds.subjectOf(view.selected),
      compared: this.deeds.subjectOf(view.compared),
      range: view.range,
      measured: this.measured(session, run),
      moments: this.moments(),
    });
    writeText(parts.hint.node()!, hintOf(run));
    parts.hint.style('left', `${geometry.narrow ? 0 : geometry.area.left}px`);
    parts.syncZoom();
    parts.main
      .attr('data-revision', session.snapshot.revision)
      .attr('data-known', this.scene.isKnown ? '' : null)
      .attr('data-messages', this.scene.arrows.list.length > 0 ? this.scene.arrows.list.length : null);
    measureDraw(start);
    const { start: from, end: to } = view.window;
    return run.live ? (to - from) / MICROS_PER_MS / (geometry.area.width * devicePixelRatio) : undefined;
  }

  //#endregion

  //#region where the person looks
  /** What is remembered of the session, by the host or by the page itself. */
  private lookAtNew(view: SessionView): void {
    this.deeds.current = undefined;
    const { remembered } = this.around;
    this.around.remembered = undefined;
    const found = this.store.start(view.id, view.remembered ?? remembered);
    const { scrollTop } = this.store.view;
    const back = (): void => void (this.parts.lanes.scroller.scrollTop = scrollTop);
    requestAnimationFrame(() => requestAnimationFrame(back));
    if (found?.run !== undefined) queueMicrotask(() => this.onRunChosen((state) => chooseRun(state, found.run)));
  }

  private readonly area = () => this.geometry?.area ?? { left: 0, width: 1 };
  private readonly length = () => (this.run ? lengthOf(this.run, this.now()) : 0);
  //#endregion
}
/** For whoever observes the page's performance; nothing of it piles up. */
function measureDraw(start: number): void {
  performance.measure('draw', { start });
  performance.clearMeasures('draw');
}

/** All that the rows depend on. */
const ROW_PARTS = ['folded', 'unfolded', 'hidden', 'pinned', 'query', 'sort', 'off'] as const;
const isSameRows = (a: ViewState, b: ViewState): boolean => ROW_PARTS.every((part) => a[part] === b[part]);

const statesOff = (off: readonly Sign[]): Set<TrackState> =>
  new Set(TRACK_STATES.filter((state) => off.includes(`state:${state}`)));

const lanesOfRows = new WeakMap<Rows, Lane[]>();

/** All threads that have a row, each once, with those of pools. */
function lanesIn(rows: Rows): Lane[] {
  let lanes = lanesOfRows.get(rows);
  if (lanes) return lanes;
  const all = new Set<Lane>();
  for (const row of rows.list) {
    if (row.kind === 'thread') all.add(row.lane);
    else if (row.kind === 'pool') for (const lane of row.lanes) all.add(lane);
  }
  lanesOfRows.set(rows, (lanes = [...all]));
  return lanes;
}
