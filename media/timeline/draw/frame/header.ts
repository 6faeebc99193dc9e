// The strip above the lanes: which session and run, whether it lives, its numbers, and the buttons.
import { agoText } from '../../../../src/common/ago';
import { counted, decimal, t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import { outlivesMain } from '../../../../src/model/report/outcome';
import type { SessionChoice, SessionId } from '../../../../src/protocol/timelineMessages';
import { select, type Selection } from 'd3-selection';
import { outcomeOfRun, processCount, type Run, type RunCounts, runsOf } from '../../data/run';
import type { SessionView } from '../../data/state';
import { duration, threads } from '../../words/text';
import { addIcon, type Icon } from '../icons';
import { writeText } from '../writeText';

export interface HeaderActions {
  follow(): void;
  fit(): void;
  zoom(factor: number): void;
  openLarge(): void;
  report(): void;
  find(): void;
  undo(): void;
  redo(): void;
  table(): void;
  keys(): void;
  chooseSession(id: SessionId): void;
  chooseRun(run: number): void;
  /** @param key of a thread */
  chooseThread(key: string): void;
}

export interface HeaderContent {
  view: SessionView;
  sessions: SessionChoice[];
  run: Run;
  counts: RunCounts;
  /** µs on the adapter’s clock. */
  now: number;
  following: boolean;
  canUndo: boolean;
  canRedo: boolean;
  isTable: boolean;
}

export function createHeader(parent: HTMLElement, actions: HeaderActions): (content: HeaderContent) => void {
  const header = select(parent).append('header').attr('class', 'head');
  const who = header.append('div').attr('class', 'who');
  const dot = who.append('span').attr('class', 'dot').attr('role', 'img');
  const title = who.append('span').attr('class', 'title');
  const session = addPicker(who, 'session', t('Session'), (id) => actions.chooseSession(id));
  const run = addPicker(who, 'run', t('Run'), (index) => actions.chooseRun(Number(index)));
  const counts = header.append('div').attr('class', 'counts');
  const buttons = addButtons(header, actions);
  return (content) => {
    const { view, sessions, following } = content;
    const text = view.snapshot.title;
    dot.classed('live', content.run.live).attr('aria-label', content.run.live ? t('live') : t('ended'));
    writeText(title.node()!, shown(text));
    title.attr('title', shown(text, 1000)).attr('hidden', sessions.length > 1 ? '' : null);
    session(sessions.length > 1 ? sessions.map(sessionOption) : [], view.id);
    const runs = runsOf(view.snapshot);
    run(
      runs.length > 1 ? runs.map((r) => [String(r), t('Run {0} of {1}', r + 1, runs.at(-1)! + 1)]) : [],
      String(content.run.index),
    );
    drawCounts(counts, content, actions);
    buttons.undo.attr('disabled', content.canUndo ? null : '');
    buttons.redo.attr('disabled', content.canRedo ? null : '');
    buttons.table.attr('aria-pressed', String(content.isTable));
    buttons.follow.attr('aria-pressed', String(following)).attr('disabled', content.run.live ? null : '');
  };
}

type Option = [value: string, text: string];

const sessionOption = ({ id, title, live, wall, brief }: SessionChoice): Option => [
  id,
  [
    `${live ? '● ' : ''}${shown(title, 60)}`,
    ...(live || wall === undefined ? [] : [agoText(wall, Date.now())]),
    ...(brief === undefined ? [] : [shown(brief)]),
  ].join(' · '),
];

function addPicker(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  name: string,
  label: string,
  choose: (value: string) => void,
) {
  const picker = parent.append('select').attr('class', `picker ${name}`).attr('aria-label', label);
  picker.on('change', () => choose(picker.property('value') as string));
  return (options: Option[], chosen: string): void => {
    picker.attr('hidden', options.length > 0 ? null : '');
    picker
      .selectAll<HTMLOptionElement, Option>('option')
      .data(options, ([value]) => value)
      .join('option')
      .each(function ([value, text]) {
        this.value = value;
        writeText(this, text);
      })
      .order();
    if (picker.property('value') !== chosen) picker.property('value', chosen);
  };
}

function addButtons(header: Selection<HTMLElement, unknown, null, undefined>, actions: HeaderActions) {
  const bar = header.append('div').attr('class', 'buttons').attr('role', 'toolbar').attr('aria-label', t('Timeline'));
  const add = (icon: Icon, label: string, run: () => void) => {
    const button = bar
      .append('button')
      .attr('type', 'button')
      .attr('class', icon)
      .attr('title', label)
      .attr('aria-label', label)
      .on('click', run);
    addIcon(button.node()!, icon);
    return button;
  };
  const follow = add('follow', t('Follow live (L or End)'), () => actions.follow());
  add('fit', t('Fit the whole run (Home, or double click)'), () => actions.fit());
  add('zoomOut', t('Zoom out (−)'), () => actions.zoom(1 / ZOOM_STEP));
  add('zoomIn', t('Zoom in (+)'), () => actions.zoom(ZOOM_STEP));
  const undo = add('undo', t('Undo a move (U or Ctrl+Z)'), () => actions.undo());
  const redo = add('redo', t('Redo a move (Ctrl+Y)'), () => actions.redo());
  add('find', t('Find, sort and filter threads (/)'), () => actions.find());
  add('report', t('Show the exit report'), () => actions.report());
  const open = add('open', t('Open the timeline in an editor tab'), () => actions.openLarge());
  const table = add('table', t('Show as a table (T)'), () => actions.table());
  add('keys', t('Keyboard shortcuts (?)'), () => actions.keys());
  return { follow, open, undo, redo, table };
}

export const ZOOM_STEP = 1.5;

interface Count {
  name: string;
  text: string;
  /** Key of the thread that it leads to. */
  leadsTo?: string | undefined;
}

function drawCounts(
  parent: Selection<HTMLDivElement, unknown, null, undefined>,
  { run, counts, now }: HeaderContent,
  actions: Pick<HeaderActions, 'chooseThread'>,
): void {
  parent.attr('title', run.live ? null : shown(outcomeOfRun(run, now).text, LONGEST_OUTCOME));
  parent
    .selectAll<HTMLElement, Count>('.count')
    .data(
      counts.threads > 0 ? countsIn(run, counts, now) : [],
      ({ name, leadsTo }) => `${name} ${leadsTo !== undefined}`,
    )
    .join((enter) => enter.append(elementFor))
    .attr('class', ({ name }) => `count ${name}`)
    .each(function ({ text }) {
      writeText(this, text);
    })
    .on('click', (_, { leadsTo }) => leadsTo !== undefined && actions.chooseThread(leadsTo))
    .order();
}

const LONGEST_OUTCOME = 1000;

const elementFor = ({ leadsTo }: Count): HTMLElement => {
  const element = document.createElement(leadsTo === undefined ? 'span' : 'button');
  if (leadsTo !== undefined) element.title = t('Show the first of them');
  return element;
};

function countsIn(
  run: Run,
  { threads: all, tooling, live, daemons, killed, lost, errors }: RunCounts,
  now: number,
): Count[] {
  const counts: Count[] = [{ name: 'threads', text: threads(all) }];
  const processes = processCount(run);
  if (processes > 1) counts.unshift({ name: 'processes', text: counted(processes, '{0} process', '{0} processes') });
  if (run.live) {
    counts.push({ name: 'live', text: t('{0} live', decimal(live, 0)) });
    if (daemons > 0) counts.push({ name: 'daemon', text: counted(daemons, '{0} daemon', '{0} daemons') });
    if (run.processes.some((process) => outlivesMain(process, now)))
      counts.push({ name: 'stays', text: t('main has ended, the process is still there') });
  } else counts.push({ name: 'over', text: t('ran {0}', duration(run.knownLength)) });
  if (killed > 0) counts.push({ name: 'killed', text: t('{0} killed with main', decimal(killed, 0)) });
  if (lost.count > 0)
    counts.push({ name: 'lost', text: t('{0} lost work', decimal(lost.count, 0)), leadsTo: lost.first });
  if (errors.count > 0) {
    const text = counted(errors.count, '{0} uncaught error', '{0} uncaught errors');
    counts.push({ name: 'errors', text, leadsTo: errors.first });
  }
  if (tooling > 0) counts.push({ name: 'tooling', text: t('{0} tooling', decimal(tooling, 0)) });
  return counts;
}
