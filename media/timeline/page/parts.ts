// All parts of the page, made once: what is drawn around the lanes, the lanes, and what is shown beside or instead of them.
import type { RuleId } from '../../../src/protocol/rules';
import { select } from 'd3-selection';
import { createEmpty } from '../draw/frame/empty';
import { createHeader } from '../draw/frame/header';
import { createKeySheet } from '../draw/frame/keySheet';
import { createLegend } from '../draw/frame/legend';
import { createMinimap } from '../draw/frame/minimap';
import { createNotices } from '../draw/frame/notices';
import { createTools } from '../draw/frame/tools';
import { createTooltip } from '../draw/frame/tooltip';
import { createAlive } from '../draw/lanes/alive';
import { createAxis } from '../draw/lanes/axis';
import { createLanes } from '../draw/lanes/lanes';
import { createCursorLine } from '../draw/lanes/cursor';
import { createBands } from '../draw/lanes/rangeBand';
import { createTable } from '../draw/panes/table';
import type { PartActions, TimelineContext } from '../input/context';
import { type Hover, listenToHover } from '../input/hover';
import type { RowActions } from '../input/rowActions';
import { listenToAll } from './listeners';
import { createPanes } from './panes';

export type Parts = ReturnType<typeof createParts>;

export function createParts(root: HTMLElement, context: TimelineContext, rowActions: RowActions) {
  const main = select(root).append('main').attr('id', 'timeline').attr('aria-label', 'Thread Lifelines');
  const plot = main.append('div').attr('class', 'session').attr('hidden', '');
  const openKeys = createKeySheet(main.node()!);
  const above = createAbove(plot.node()!, context, rowActions, openKeys);
  const body = plot.append('div').attr('class', 'body').node()!;
  const inTime = createInTime(body, context);
  const beside = createBeside(body, context, rowActions);
  const { lanes, area } = inTime;
  const legend = createLegend(plot.node()!, {
    show: (sign, shown) => context.store.dispatch({ kind: 'sign', sign, shown }),
    solo: (sign, among) => context.store.dispatch({ kind: 'solo', sign, among }),
  });
  const empty = createEmpty(main.node()!, (command) => context.post({ kind: 'run-command', command }));
  const hover = listenToHover(area, lanes.scroller, createTooltip(main.node()!), context);
  inTime.setHover(hover);
  const actions: PartActions = {
    scroller: lanes.scroller,
    showTooltip: (rowKey) => hover.row(rowKey),
    hideTooltip: () => hover.hide(),
    focusDetails: () => beside.panes.focusDetails(),
    find: () => above.tools.open(),
    showTable: (shown) => {
      context.store.dispatch({ kind: 'table', shown });
      context.redraw();
    },
    focusThreads: () => (context.store.view.table ? beside.table.focus() : lanes.scroller.focus()),
    openKeys,
  };
  const { scroller } = lanes;
  const syncZoom = listenToAll({ page: main.node()!, body, area, scroller, context, rowActions });
  return { main, plot, ...above, ...inTime, ...beside, legend, empty, syncZoom, actions };
}

/** The header and what is below it, above the lanes. */
function createAbove(parent: HTMLElement, context: TimelineContext, rowActions: RowActions, openKeys: () => void) {
  const { moves, store, post } = context;
  const header = createHeader(parent, {
    find: () => tools.open(),
    undo: () => moves.undo(),
    redo: () => moves.redo(),
    table: () => context.parts().showTable(!store.view.table),
    keys: openKeys,
    follow: () => moves.follow(),
    fit: () => moves.fit(),
    zoom: (factor) => moves.zoom(factor),
    openLarge: () => post({ kind: 'run-command', command: 'threadLifelines.openTimeline' }),
    report: () => post({ kind: 'run-command', command: 'threadLifelines.showReport' }),
    chooseSession: (session) => post({ kind: 'choose-session', session }),
    chooseRun: (run) => context.chooseRun(run),
    chooseThread: (key) => rowActions.choose(key),
  });
  const tools = createTools(parent, {
    search: (query) => store.dispatch({ kind: 'search', query }),
    sort: (by) => store.dispatch({ kind: 'sort', by }),
    showAll: () => rowActions.showAll(),
    leave: () => {
      context.redraw();
      context.parts().focusThreads();
    },
  });
  return { header, tools, notices: createNotices(parent.querySelector('.counts')!) };
}

/** What is drawn over time: the map, the axis, the strip of holders and the lanes. */
function createInTime(body: HTMLElement, context: TimelineContext) {
  const { moves, store, openSite } = context;
  const area = select(body).append('div').attr('class', 'plot').node()!;
  let hover: Hover | undefined;
  const map = createMinimap(area, (window) => moves.to(window, 'map'));
  const line = area.ownerDocument.createElement('div');
  line.className = 'below-axis';
  const axis = createAxis(area, line, {
    openExit: ({ exit }) => openSite(exit.at),
    hoverExit: (line, event) => hover?.exit(line, event),
    hoverPhase: (band, event) => hover?.phase(band, event),
  });
  const alive = createAlive(area, line, { open: openSite, showStory: (story, x, y) => hover?.show(story, x, y) });
  const lanes = createLanes(area, { fold: (key, folded) => store.dispatch({ kind: 'fold', key, folded }) });
  const bands = createBands(area);
  const cursorLine = createCursorLine(
    area.querySelector<HTMLElement>('.overlays')!,
    lanes.scroller.querySelector<HTMLElement>('.content')!,
  );
  const hint = select(lanes.scroller).append('p').attr('class', 'hint');
  return { area, map, axis, alive, lanes, bands, cursorLine, hint, setHover: (made: Hover) => void (hover = made) };
}

/** The table, which replaces the lanes, and the details. */
function createBeside(body: HTMLElement, context: TimelineContext, rowActions: RowActions) {
  const { openSite, post } = context;
  const table = createTable(body, {
    openSite,
    choose: (key) => rowActions.choose(key),
    toLanes: () => {
      context.parts().showTable(false);
      context.parts().scroller.focus();
    },
  });
  const detailsActions = {
    openSite,
    openPage: (rule: RuleId) => post({ kind: 'open-page', rule }),
    reveal: (thread: string) => rowActions.choose(thread),
    close: () => rowActions.closeDetails(),
  };
  return { table, panes: createPanes(body, detailsActions, () => context.resized()) };
}
