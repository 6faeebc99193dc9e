// One row of the tree: of a thread, of a pool, or of a process. It is touched only when what it tells has changed.
import { counted, decimal } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { Finding } from '../../../../src/protocol/picture';
import { select, type Selection } from 'd3-selection';
import type { Row } from '../../rows/rows';
import type {
  Scene,
  SceneEarlier,
  SceneHidden,
  SceneLane,
  ScenePool,
  SceneProcess,
  SceneRow,
  SceneTask,
  SceneTasks,
} from '../../scene/types';
import { earlierLabel, earlierNote } from '../../stories/sums/earlier';
import { hiddenLabel, hiddenNote } from '../../stories/sums/hidden';
import {
  findingLabel,
  laneLabel,
  laneNote,
  poolLabel,
  poolNote,
  processTitle,
  unsupportedNote,
} from '../../stories/labels';
import { taskLabel, taskNote, tasksLabel, tasksNote, tasksTitle } from '../../stories/sums/taskWords';
import { exitText } from '../../stories/phrases';
import { addIcon } from '../icons';
import { writeText } from '../writeText';

type RowElement = Selection<HTMLElement, unknown, null, undefined>;

export interface RowActions {
  fold(key: string, folded: boolean): void;
}

export const rowId = (key: string): string => `row-${key}`;

export function buildRow(element: HTMLElement, { row }: SceneRow, actions: RowActions): void {
  const built = select(element)
    .attr('id', rowId(row.key))
    .attr('role', 'treeitem')
    .attr('class', row.kind === 'thread' ? 'row lane' : `row ${row.kind}`);
  const label = built.append('div').attr('class', 'label');
  label.append('span').attr('class', 'guides');
  const fold = label.append('span').attr('class', 'fold').attr('aria-hidden', 'true').attr('hidden', '');
  addIcon(fold.node()!, 'chevron');
  fold.on('click', function (event: MouseEvent) {
    event.stopPropagation();
    const { row: now } = select<HTMLElement, SceneRow>(element).datum();
    if (now.fold) actions.fold(now.key, !now.fold.folded);
  });
  label.append('bdi').attr('class', 'name');
  label.append('span').attr('class', 'below').attr('hidden', '');
  label.append('span').attr('class', 'finding-mark').attr('role', 'img').attr('hidden', '');
  label.append('span').attr('class', 'note');
  if (row.kind === 'process') built.append('div').attr('class', 'message');
}

/** What each row element shows; labels are touched only when their row has changed. */
const drawn = new WeakMap<HTMLElement, Row>();

export function drawRow(element: HTMLElement, sceneRow: SceneRow, scene: Scene): void {
  const row = select(element);
  row.attr('aria-posinset', sceneRow.position + 1).attr('aria-level', Math.max(sceneRow.row.guides.length, 0) + 1);
  if (sceneRow.row.kind === 'thread') drawLane(row, sceneRow as SceneLane);
  else if (sceneRow.row.kind === 'pool') drawPool(row, sceneRow as ScenePool);
  else if (sceneRow.row.kind === 'earlier') drawEarlier(row, sceneRow as SceneEarlier);
  else if (sceneRow.row.kind === 'hidden') drawHidden(row, sceneRow as SceneHidden);
  else if (sceneRow.row.kind === 'tasks') drawTasks(row, sceneRow as SceneTasks);
  else if (sceneRow.row.kind === 'task') drawTask(row, sceneRow as SceneTask);
  else drawProcess(row, sceneRow as SceneProcess, scene);
}

function isNew(element: RowElement, row: Row): boolean {
  const before = drawn.get(element.node()!);
  drawn.set(element.node()!, row);
  if (!before || before.kind !== 'thread' || row.kind !== 'thread') return before !== row;
  // Rows are rebuilt with every change of the tree; most stay the same.
  return (
    before.lane !== row.lane ||
    before.isContext !== row.isContext ||
    before.fold?.folded !== row.fold?.folded ||
    before.fold?.hiddenBelow !== row.fold?.hiddenBelow ||
    before.guides.length !== row.guides.length ||
    before.guides.some((goesOn, i) => goesOn !== row.guides[i])
  );
}

function drawLane(element: RowElement, { row, cap }: SceneLane): void {
  element.attr('data-end-x', cap ? cap.x.toFixed(2) : null);
  if (!isNew(element, row)) return;
  const { lane } = row;
  const { thread, ended, daemon, state, findings } = lane;
  element
    .attr('data-thread-key', thread.key)
    .attr('data-label', shown(thread.label))
    .attr('data-kind', thread.kind)
    .attr('data-state', state)
    .attr('data-daemon', daemon === undefined ? null : String(daemon))
    .attr('data-ended-by', ended?.by ?? null)
    .attr('data-cost', ended?.severity ?? null)
    .attr('aria-label', laneLabel(lane))
    .classed('context', row.isContext)
    .classed('pinned', row.isPinned);
  writeText(element.select<HTMLElement>('.name').node()!, shown(thread.label));
  writeText(element.select<HTMLElement>('.note').node()!, laneNote(lane));
  drawFindingMark(element, findings);
  drawTree(element, row);
}

function drawPool(element: RowElement, { row }: ScenePool): void {
  if (!isNew(element, row)) return;
  const { pool, findings } = row;
  element.classed('tooling', row.isTooling === true);
  element.attr('data-pool-key', pool.key).attr('data-label', shown(pool.label)).attr('aria-label', poolLabel(row));
  writeText(element.select<HTMLElement>('.name').node()!, shown(pool.label));
  writeText(element.select<HTMLElement>('.note').node()!, poolNote(row));
  drawFindingMark(element, findings);
  drawTree(element, row);
}

function drawEarlier(element: RowElement, { row }: SceneEarlier): void {
  if (!isNew(element, row)) return;
  const { earlier } = row;
  element.attr('data-label', shown(earlier.label)).attr('aria-label', earlierLabel(earlier));
  writeText(element.select<HTMLElement>('.name').node()!, shown(earlier.label));
  writeText(element.select<HTMLElement>('.note').node()!, earlierNote(earlier));
  drawTree(element, row);
}

function drawHidden(element: RowElement, { row }: SceneHidden): void {
  if (!isNew(element, row)) return;
  const { hidden } = row;
  element.attr('data-label', hidden.label).attr('aria-label', hiddenLabel(hidden));
  writeText(element.select<HTMLElement>('.name').node()!, hidden.label);
  writeText(element.select<HTMLElement>('.note').node()!, hiddenNote(hidden));
  drawTree(element, row);
}

function drawTasks(element: RowElement, { row }: SceneTasks): void {
  if (!isNew(element, row)) return;
  const title = tasksTitle(row.tasks);
  element.attr('data-label', title).attr('aria-label', tasksLabel(row.tasks));
  writeText(element.select<HTMLElement>('.name').node()!, title);
  writeText(element.select<HTMLElement>('.note').node()!, tasksNote(row.tasks));
  drawTree(element, row);
}

function drawTask(element: RowElement, { row }: SceneTask): void {
  if (!isNew(element, row)) return;
  const { task } = row;
  element
    .attr('data-label', shown(task.label))
    .attr('data-end', task.end ?? null)
    .attr('aria-label', taskLabel(task));
  writeText(element.select<HTMLElement>('.name').node()!, shown(task.label));
  writeText(element.select<HTMLElement>('.note').node()!, taskNote(task));
  drawTree(element, row);
}

function drawProcess(element: RowElement, { row }: SceneProcess, { exits, isSeveral }: Scene): void {
  const { process } = row;
  const title = processTitle(process);
  const line = isSeveral ? exits.find((e) => e.process.key === process.key) : undefined;
  const message = process.supported ? (line ? exitText(line.exit) : '') : unsupportedNote(process);
  element
    .attr('data-process-key', process.key)
    .attr('data-cost', line?.severity ?? null)
    .classed('unsupported', !process.supported);
  writeText(element.select<HTMLElement>('.name').node()!, title);
  drawTree(element, row);
  const text = element.select<HTMLElement>('.message').attr('title', message || null);
  writeText(text.node()!, message);
}

/** The lines to its owner, and the sign by which it is folded. */
function drawTree(element: RowElement, { guides, fold }: Row): void {
  element.attr('aria-expanded', fold ? String(!fold.folded) : null);
  element
    .select('.fold')
    .attr('hidden', fold ? null : '')
    .classed('folded', fold?.folded ?? false);
  const below = element.select<HTMLElement>('.below').attr('hidden', fold?.folded && fold.hiddenBelow > 0 ? null : '');
  if (fold?.folded) {
    writeText(below.node()!, decimal(fold.hiddenBelow, 0));
    below.attr('title', counted(fold.hiddenBelow, '{0} thread folded away', '{0} threads folded away'));
  }
  element
    .select('.guides')
    .selectAll<HTMLElement, boolean>('i')
    .data(guides)
    .join('i')
    .attr('class', (goesOn, i) => (i === guides.length - 1 ? (goesOn ? 'tee' : 'elbow') : goesOn ? 'line' : ''));
}

/** The gravest of its findings; the tooltip of the lane tells what they are. */
function drawFindingMark(element: RowElement, findings: readonly Finding[]): void {
  const mark = element.select<HTMLElement>('.finding-mark');
  const gravest = findings[0]?.severity;
  mark
    .attr('hidden', gravest ? null : '')
    .attr('data-severity', gravest ?? null)
    .attr('aria-label', gravest ? findingLabel(findings) : null);
  mark.node()!.replaceChildren();
  if (gravest) addIcon(mark.node()!, gravest);
}
