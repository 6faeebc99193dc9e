// The same as the lanes tell, as a table: for screen readers, and for who likes to compare numbers. Rows come a page at a
// time, so that ten thousand threads cost what a hundred do.
import { t, writtenLanguage } from '../../../../src/common/l10n';
import type { Site } from '../../../../src/protocol/probeEvents';
import { select } from 'd3-selection';
import type { Lane, Run } from '../../data/run';
import { type Cell, type Column, COLUMNS, sortValue, tableRow } from '../../stories/tableRows';
import { threads } from '../../words/text';
import { writeText } from '../writeText';

export interface TableActions {
  openSite(site: Site): void;
  /** Shows the details of a thread. */
  choose(key: string): void;
  toLanes(): void;
}

export interface TableContent {
  run: Run;
  /** Those that are shown, in their order. */
  lanes: readonly Lane[];
  now: number;
  selected: string | undefined;
}

export interface Table {
  element: HTMLElement;
  /** Undefined: the lanes are shown instead. */
  draw(content: TableContent | undefined): void;
  focus(): void;
}

const PAGE = 100;
/** µs; what grows with time is updated only this often. */
const STEP = 500_000;

interface Order {
  column: Column;
  isUp: boolean;
}

export function createTable(parent: HTMLElement, actions: TableActions): Table {
  const box = select(parent).append('div').attr('class', 'table-view').attr('hidden', '').attr('tabindex', -1);
  const bar = box.append('p').attr('class', 'table-bar');
  const count = bar.append('span').attr('role', 'status');
  bar
    .append('button')
    .attr('type', 'button')
    .attr('class', 'link')
    .text(t('Show as lanes (T)'))
    .on('click', () => actions.toLanes());
  const table = box.append('table');
  table.append('caption').text(t('Threads of the program'));
  let order: Order | undefined;
  let pages = 1;
  let last: TableContent | undefined;
  let drawn: { content: TableContent; step: number; order: Order | undefined; pages: number } | undefined;
  const heads = table.append('thead').append('tr').selectAll('th').data(COLUMNS).join('th').attr('scope', 'col');
  heads
    .append('button')
    .attr('type', 'button')
    .text(({ label }) => label)
    .on('click', (_, { id }) => {
      order =
        order?.column === id ? (order.isUp ? { column: id, isUp: false } : undefined) : { column: id, isUp: true };
      if (last) draw(last);
    });
  const body = table.append('tbody');
  const more = box
    .append('button')
    .attr('type', 'button')
    .attr('class', 'link more')
    .on('click', () => {
      pages++;
      if (last) draw(last);
    });
  const draw = (content: TableContent): void => {
    last = content;
    const step = Math.floor(content.now / STEP);
    if (drawn && isSame(drawn.content, content) && drawn.order === order && drawn.pages === pages) {
      if (drawn.step === step || !content.run.live) return;
    }
    drawn = { content, step, order, pages };
    const lanes = order ? sorted(content, order) : content.lanes;
    const shown = lanes.slice(0, pages * PAGE);
    heads.attr('aria-sort', ({ id }) => (order?.column === id ? (order.isUp ? 'ascending' : 'descending') : null));
    table.attr('aria-rowcount', lanes.length + 1);
    drawBody(body.node()!, shown, content, actions);
    const rest = lanes.length - shown.length;
    more.attr('hidden', rest > 0 ? null : '');
    writeText(more.node()!, t('Show {0} more of {1}', Math.min(PAGE, rest), rest));
    writeText(count.node()!, threads(lanes.length));
  };
  return {
    element: box.node()!,
    draw(content) {
      box.attr('hidden', content ? null : '');
      if (content) draw(content);
    },
    focus: () => box.node()!.focus(),
  };
}

const isSame = (a: TableContent, b: TableContent): boolean =>
  a.run === b.run && a.lanes === b.lanes && a.selected === b.selected;

function sorted({ lanes, now }: TableContent, { column, isUp }: Order): Lane[] {
  const turn = isUp ? 1 : -1;
  return lanes
    .map((lane) => ({ lane, value: sortValue(lane, column, now) }))
    .sort((a, b) => turn * compared(a.value, b.value))
    .map(({ lane }) => lane);
}

const compared = (a: number | string, b: number | string): number =>
  typeof a === 'string' || typeof b === 'string'
    ? String(a).localeCompare(String(b), writtenLanguage(), { numeric: true })
    : a === b
      ? 0
      : a - b;

function drawBody(
  body: HTMLElement,
  lanes: readonly Lane[],
  { run, now, selected }: TableContent,
  actions: TableActions,
): void {
  select(body)
    .selectAll<HTMLTableRowElement, Lane>('tr')
    .data(lanes, ({ key }) => key)
    .join((enter) =>
      enter.append('tr').each(function () {
        buildRow(this, actions);
      }),
    )
    .attr('data-thread-key', ({ key }) => key)
    .attr('aria-rowindex', (_, i) => i + 2)
    .attr('aria-current', ({ key }) => (key === selected ? 'true' : null))
    .attr('data-ended-by', ({ ended }) => ended?.by ?? null)
    .attr('data-cost', ({ ended }) => ended?.severity ?? null)
    .each(function (lane) {
      const cells = tableRow(lane, { origin: run.origin, now });
      COLUMNS.forEach(({ id }, i) => drawCell(this.cells[i]!, cells[id]));
    })
    .order();
}

function buildRow(row: HTMLTableRowElement, actions: TableActions): void {
  for (const { id } of COLUMNS) {
    const cell = select(row).append(id === 'thread' ? 'th' : 'td');
    if (id === 'thread') cell.attr('scope', 'row');
    if (id !== 'thread' && id !== 'line') continue;
    cell
      .append('button')
      .attr('type', 'button')
      .attr('class', 'link')
      .on('click', () => {
        const lane = select<HTMLTableRowElement, Lane>(row).datum();
        if (id === 'thread') actions.choose(lane.key);
        else if (lane.thread.startSite) actions.openSite(lane.thread.startSite);
      });
    if (id === 'line') cell.append('span');
  }
}

function drawCell(cell: HTMLTableCellElement, { text, title, site }: Cell): void {
  const button = cell.querySelector('button');
  if (title !== undefined && cell.title !== title) cell.title = title;
  const isLink = button !== null && (site !== undefined || cell.tagName === 'TH');
  if (button) button.hidden = !isLink;
  const plain = cell.querySelector('span');
  if (plain) plain.hidden = isLink;
  writeText(isLink ? button : (plain ?? cell), text);
}
