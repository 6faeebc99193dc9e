// All parts of the page, made once and wired to what they act on.
import { select } from 'd3-selection';
import type { Site } from '../../../src/protocol/probeEvents';
import type { FromTimeline } from '../../../src/protocol/timelineMessages';
import type { Deeds } from '../input/rowActions';
import { createAlive } from '../draw/lanes/alive';
import { createAxis } from '../draw/lanes/axis';
import { createHeader } from '../draw/frame/header';
import { createKeySheet } from '../draw/frame/keySheet';
import { createLanes } from '../draw/lanes/lanes';
import { createLegend } from '../draw/frame/legend';
import { createMenu } from '../draw/frame/menu';
import { createEmpty } from '../draw/frame/empty';
import { createNotices } from '../draw/frame/notices';
import { createMinimap } from '../draw/frame/minimap';
import { createBands } from '../draw/lanes/rangeBand';
import { rowId } from '../draw/lanes/row';
import { createTable } from '../draw/panes/table';
import { createTools } from '../draw/frame/tools';
import { createTooltip } from '../draw/frame/tooltip';
import { listenToKeys, listenToPointer } from '../input/gestures';
import { type Hover, listenToClicks, listenToHover } from '../input/hover';
import type { Placed, Scene } from '../scene/types';
import type { Moves } from '../look/moves';
import { createPanes } from './panes';
import { listenToRanges } from '../input/ranges';
import { rowMenu } from '../input/rowMenu';
import type { TimeArea, TimeWindow } from '../time/scales';
import type { ViewStore } from '../look/viewStore';

/** What the parts act on. */
export interface Controls {
  moves: Moves;
  deeds: Deeds;
  store: ViewStore;
  scene: () => Scene | undefined;
  area: () => TimeArea;
  narrow: () => boolean;
  length: () => number;
  moments: () => { origin: number; now: number };
  /** Asks for a picture. */
  redraw: () => void;
  /** The room for the lanes has changed. */
  resized: () => void;
  /** While a box is drawn to be zoomed into. */
  showBox: (box: TimeWindow | undefined) => void;
  chooseRun: (run: number) => void;
  post: (message: FromTimeline) => void;
}

export type Parts = ReturnType<typeof createParts>;

export function createParts(root: HTMLElement, controls: Controls) {
  const { moves, deeds, store, post } = controls;
  const main = select(root).append('main').attr('id', 'timeline').attr('aria-label', 'Thread Lifelines');
  const plot = main.append('div').attr('class', 'session').attr('hidden', '');
  const openKeys = createKeySheet(main.node()!);
  const openSite = (site: Site | undefined): void => {
    if (site) post({ kind: 'open-site', site });
  };
  const header = createHeader(plot.node()!, {
    find: () => tools.open(),
    undo: () => moves.undo(),
    redo: () => moves.redo(),
    table: () => toggleTable(),
    keys: openKeys,
    follow: () => moves.follow(),
    fit: () => moves.fit(),
    zoom: (factor) => moves.zoom(factor),
    openLarge: () => post({ kind: 'run-command', command: 'threadLifelines.openTimeline' }),
    report: () => post({ kind: 'run-command', command: 'threadLifelines.showReport' }),
    chooseSession: (session) => post({ kind: 'choose-session', session }),
    chooseRun: (run) => controls.chooseRun(run),
  });
  const tools = createTools(plot.node()!, {
    search: (query) => store.dispatch({ kind: 'search', query }),
    sort: (by) => store.dispatch({ kind: 'sort', by }),
    showAll: () => deeds.showAll(),
    leave: () => {
      controls.redraw();
      focusThreads();
    },
  });
  const notices = createNotices(plot.node()!);
  const body = plot.append('div').attr('class', 'body').node()!;
  const area = select(body).append('div').attr('class', 'plot').node()!;
  const map = createMinimap(area, (window) => moves.to(window, 'map'));
  const axis = createAxis(area, {
    openExit: ({ exit }) => openSite(exit.at),
    hoverExit: (line, event) => hover.exit(line, event),
  });
  const alive = createAlive(area, { open: openSite, tell: (story, x, y) => hover.tell(story, x, y) });
  const lanes = createLanes(area, { fold: (key, folded) => store.dispatch({ kind: 'fold', key, folded }) });
  const bands = createBands(area);
  const hint = select(lanes.scroller).append('p').attr('class', 'hint');
  const toggleTable = (): void => {
    store.dispatch({ kind: 'table', shown: !store.view.table });
    controls.redraw();
  };
  const table = createTable(body, {
    openSite,
    choose: (key) => deeds.choose(key),
    toLanes: () => {
      toggleTable();
      lanes.scroller.focus();
    },
  });
  const focusThreads = (): void => (store.view.table ? table.focus() : lanes.scroller.focus());
  const panes = createPanes(
    body,
    {
      openSite,
      openPage: (rule) => post({ kind: 'open-page', rule }),
      reveal: (thread) => deeds.choose(thread),
      close: () => deeds.closeDetails(),
    },
    () => controls.resized(),
  );
  const legend = createLegend(plot.node()!, {
    show: (sign, shown) => store.dispatch({ kind: 'sign', sign, shown }),
    solo: (sign, among) => store.dispatch({ kind: 'solo', sign, among }),
  });
  const empty = createEmpty(main.node()!, (command) => post({ kind: 'run-command', command }));
  const tooltip = createTooltip(main.node()!);
  const pointed = {
    scene: controls.scene,
    moments: controls.moments,
    open: openSite,
    choose: (key: string) => deeds.choose(key),
  };
  listenToClicks(body, lanes.scroller, pointed);
  const hover: Hover = listenToHover(area, lanes.scroller, tooltip, pointed);
  lanes.scroller.addEventListener('scroll', () => {
    tooltip.hide();
    store.dispatch({ kind: 'scroll', top: lanes.scroller.scrollTop });
    controls.redraw();
  });
  const openMenu = createRowMenu(main.node()!, lanes.scroller, hover, controls);
  listenToRanges(area.querySelector<HTMLElement>('.axis')!, lanes.scroller, {
    area: controls.area,
    window: () => moves.window,
    zoomTo: (box) => moves.fitTo(box),
    setRange: (range) => store.dispatch({ kind: 'range', range }),
    showBox: controls.showBox,
  });
  const stage = {
    area: controls.area,
    length: controls.length,
    narrow: controls.narrow,
    moves,
    deeds,
    hideTooltip: () => void hover.hide(),
    find: () => tools.open(),
    toggleTable: () => {
      toggleTable();
      focusThreads();
    },
    openKeys,
    openMenu,
  };
  const syncZoom = listenToPointer(area, lanes.scroller, stage);
  listenToKeys(root.ownerDocument.body, stage);
  return {
    ...{ main, plot, header, tools, notices, area, map, axis, alive, lanes, bands, hint, table, panes },
    ...{ legend, empty, hover, syncZoom },
  };
}

/** Returns what opens it for the row that has the focus. */
function createRowMenu(main: HTMLElement, scroller: HTMLElement, hover: Hover, controls: Controls): () => void {
  const { deeds, store, moments, post } = controls;
  const menu = createMenu(main);
  const open = (rowKey: string, x: number, y: number): void => {
    const row = deeds.row(rowKey);
    if (!row) return;
    hover.hide();
    const { label, groups } = rowMenu(row, { deeds, view: () => store.view, moments, post });
    menu.open(x, y, label, groups);
  };
  scroller.addEventListener('contextmenu', (event) => {
    const element = (event.target as Element).closest('.row');
    event.preventDefault();
    if (element) open(select<Element, Placed>(element).datum().row.key, event.clientX, event.clientY);
  });
  return () => {
    const element = deeds.current === undefined ? null : document.getElementById(rowId(deeds.current));
    if (!element) return;
    const { left, bottom } = element.getBoundingClientRect();
    open(deeds.current!, left + 24, bottom);
  };
}
