// What can be done with a row, as a menu.
import { t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import type { HandCommand } from '../../../src/protocol/timelineMessages';
import { select } from 'd3-selection';
import { createMenu, type MenuItem } from '../draw/frame/menu';
import { rowId } from '../draw/lanes/row';
import type { LaneRow, PoolRow, Row } from '../rows/rows';
import type { SceneRow } from '../scene/types';
import { shortText } from '../stories/facts';
import { processTitle } from '../stories/labels';
import { tasksTitle } from '../stories/sums/taskWords';
import { poolStory, type Story, threadStory } from '../stories/story';
import type { TimelineContext } from './context';
import type { RowActions } from './rowActions';

export interface MenuTargets {
  page: HTMLElement;
  scroller: HTMLElement;
  context: TimelineContext;
  rowActions: RowActions;
}

/** Returns what opens it for the row that has the focus. */
export function createRowMenu({ page, scroller, context, rowActions }: MenuTargets): () => void {
  const menu = createMenu(page);
  const open = (rowKey: string, x: number, y: number): void => {
    const row = rowActions.row(rowKey);
    if (!row) return;
    context.parts().hideTooltip();
    const { label, groups } = rowMenu(row, context, rowActions);
    menu.open(x, y, label, groups);
  };
  scroller.addEventListener('contextmenu', (event) => {
    const element = (event.target as Element).closest('.row');
    event.preventDefault();
    if (element) open(select<Element, SceneRow>(element).datum().row.key, event.clientX, event.clientY);
  });
  return () => {
    const { current } = rowActions;
    const element = current === undefined ? null : document.getElementById(rowId(current));
    if (!element) return;
    const { left, bottom } = element.getBoundingClientRect();
    open(current!, left + 24, bottom);
  };
}

/** Of a name that is copied. */
const LONGEST_COPY = 2000;

function rowMenu(row: Row, context: TimelineContext, rowActions: RowActions): { label: string; groups: MenuItem[][] } {
  const fold: MenuItem[] = row.fold
    ? [{ label: row.fold.folded ? t('Unfold') : t('Fold'), key: t('Space'), run: () => rowActions.fold(row) }]
    : [];
  if (row.kind === 'process') return { label: processTitle(row.process), groups: [fold] };
  if (row.kind === 'hidden') return { label: row.hidden.label, groups: [] };
  if (row.kind === 'tasks') return { label: tasksTitle(row.tasks), groups: [fold] };
  if (row.kind === 'earlier' || row.kind === 'task') {
    const source = { label: t('Go to Line'), key: 'O', run: () => rowActions.openSource(row) };
    const { label, at } = row.kind === 'task' ? row.task : row.earlier;
    return { label: shown(label), groups: at ? [[source]] : [] };
  }
  const name = row.kind === 'thread' ? row.lane.thread.label : row.pool.label;
  return {
    label: shown(name),
    groups: [
      [
        { label: t('Go to Line'), key: 'O', run: () => rowActions.openSource(row) },
        { label: t('Show Details'), key: t('Enter'), run: () => rowActions.choose(row.key) },
        { label: t('Zoom To'), key: 'F', run: () => rowActions.fitRange(row, undefined) },
        ...compareItem(row, context, rowActions),
      ],
      handItems(row, context),
      [...fold, ...pinItem(row, context, rowActions), { label: t('Hide'), key: 'H', run: () => rowActions.hide(row) }],
      [
        { label: t('Copy Name'), run: () => context.post({ kind: 'copy', text: shown(name, LONGEST_COPY) }) },
        { label: t('Copy All Facts'), run: () => context.post({ kind: 'copy', text: factsText(row, context) }) },
        { label: t('Reveal in Call Stack'), run: () => context.post({ kind: 'run-command', command: CALL_STACK }) },
      ],
    ],
  };
}

const CALL_STACK = 'workbench.debug.action.focusCallStackView';

function compareItem(row: LaneRow | PoolRow, { store }: TimelineContext, rowActions: RowActions): MenuItem[] {
  const { selected } = store.view;
  const own = row.kind === 'thread' ? row.lane.key : row.key;
  if (selected === undefined || selected === own) return [];
  return [{ label: t('Compare with the Selected One'), key: 'C', run: () => rowActions.compare(row) }];
}

/** What can be done to a thread that lives. */
function handItems(row: LaneRow | PoolRow, { post, hands }: TimelineContext): MenuItem[] {
  if (row.kind !== 'thread' || row.lane.ended || row.lane.thread.kind === 'loader-hooks') return [];
  const { key, kind, refs } = row.lane.thread;
  const possible = hands()?.[row.process.runtime.id];
  const item = (label: string, command: HandCommand): MenuItem[] =>
    possible && !possible.includes(command) ? [] : [{ label, run: () => post({ kind: 'do', command, thread: key }) }];
  const toWorkers = [
    ...item(t('Terminate'), 'threadLifelines.terminateThread'),
    ...(refs.at(-1)?.value === false
      ? item(t('Ref: Let It Keep Its Owner Alive'), 'threadLifelines.refThread')
      : item(t('Unref: Make It a Daemon'), 'threadLifelines.unrefThread')),
    ...item(t('Pause in the Debugger'), 'threadLifelines.pauseThread'),
    ...item(t('Continue'), 'threadLifelines.continueThread'),
    ...item(t('Profile for 5 Seconds'), 'threadLifelines.profileThread'),
  ];
  return [
    ...(kind === 'worker' ? toWorkers : []),
    ...item(t('Show Its Stack'), 'threadLifelines.showStack'),
    ...item(t('Take a Heap Snapshot'), 'threadLifelines.takeHeapSnapshot'),
  ];
}

function pinItem(row: LaneRow | PoolRow, { store }: TimelineContext, rowActions: RowActions): MenuItem[] {
  if (row.kind === 'pool') return [];
  const isPinned = store.view.pinned.includes(row.lane.key);
  return [{ label: isPinned ? t('Unpin') : t('Pin to the Top'), key: 'I', run: () => rowActions.pin(row) }];
}

/** Exact, for whoever goes on with them. */
function factsText(row: LaneRow | PoolRow, { moments }: TimelineContext): string {
  const { origin, now } = moments();
  const exact = { origin, now };
  const story: Story = row.kind === 'thread' ? threadStory(row.lane, exact) : poolStory(row, exact);
  return [story.title, story.subtitle, ...story.facts.map((fact) => `${fact.label}: ${shortText(fact)}`)].join('\n');
}
