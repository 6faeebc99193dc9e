// What can be done with a row, as a menu.
import { t } from '../../../src/common/l10n';
import type { FromTimeline, HandCommand } from '../../../src/protocol/timelineMessages';
import type { Deeds } from './rowActions';
import type { MenuItem } from '../draw/frame/menu';
import type { LaneRow, PoolRow, Row } from '../rows/rows';
import { poolStory, type Story, threadStory } from '../stories/story';
import { processTitle } from '../stories/labels';
import { shown } from '../words/text';
import type { ViewState } from '../look/view';
import { shortText } from '../stories/facts';

export interface MenuGround {
  deeds: Deeds;
  view: () => ViewState;
  moments: () => { origin: number; now: number };
  post: (message: FromTimeline) => void;
}

export function rowMenu(row: Row, ground: MenuGround): { label: string; groups: MenuItem[][] } {
  const { deeds } = ground;
  const fold: MenuItem[] = row.fold
    ? [{ label: row.fold.folded ? t('Unfold') : t('Fold'), key: t('Space'), run: () => deeds.fold(row) }]
    : [];
  if (row.kind === 'process') return { label: processTitle(row.process), groups: [fold] };
  if (row.kind === 'earlier') {
    const source = { label: t('Go to Line'), key: 'O', run: () => deeds.openSource(row) };
    return { label: shown(row.earlier.label), groups: row.earlier.at ? [[source]] : [] };
  }
  const name = row.kind === 'thread' ? row.lane.thread.label : row.pool.label;
  return {
    label: shown(name),
    groups: [
      [
        { label: t('Go to Line'), key: 'O', run: () => deeds.openSource(row) },
        { label: t('Show Details'), key: t('Enter'), run: () => deeds.choose(row.key) },
        { label: t('Zoom To'), key: 'F', run: () => deeds.fitRange(row, undefined) },
        ...compareItem(row, ground),
      ],
      handItems(row, ground),
      [...fold, ...pinItem(row, ground), { label: t('Hide'), key: 'H', run: () => deeds.hide(row) }],
      [
        { label: t('Copy Name'), run: () => ground.post({ kind: 'copy', text: name }) },
        { label: t('Copy All Facts'), run: () => ground.post({ kind: 'copy', text: factsText(row, ground) }) },
        { label: t('Reveal in Call Stack'), run: () => ground.post({ kind: 'run-command', command: CALL_STACK }) },
      ],
    ],
  };
}

const CALL_STACK = 'workbench.debug.action.focusCallStackView';

function compareItem(row: LaneRow | PoolRow, { deeds, view }: MenuGround): MenuItem[] {
  const { selected } = view();
  const own = row.kind === 'thread' ? row.lane.key : row.key;
  if (selected === undefined || selected === own) return [];
  return [{ label: t('Compare with the Chosen One'), key: 'C', run: () => deeds.compare(row) }];
}

/** What can be done to a thread that lives. */
function handItems(row: LaneRow | PoolRow, { post }: MenuGround): MenuItem[] {
  if (row.kind !== 'thread' || row.lane.ended || row.lane.thread.kind === 'loader-hooks') return [];
  const { key, kind, refs } = row.lane.thread;
  const item = (label: string, command: HandCommand): MenuItem => ({
    label,
    run: () => post({ kind: 'do', command, thread: key }),
  });
  const toWorkers = [
    item(t('Terminate'), 'threadLifelines.terminateThread'),
    refs.at(-1)?.value === false
      ? item(t('Ref: Let It Keep Its Owner Alive'), 'threadLifelines.refThread')
      : item(t('Unref: Make It a Daemon'), 'threadLifelines.unrefThread'),
    item(t('Pause in the Debugger'), 'threadLifelines.pauseThread'),
    item(t('Continue'), 'threadLifelines.continueThread'),
    item(t('Profile for 5 Seconds'), 'threadLifelines.profileThread'),
  ];
  return [
    ...(kind === 'worker' ? toWorkers : []),
    item(t('Show Its Stack'), 'threadLifelines.showStack'),
    item(t('Take a Heap Snapshot'), 'threadLifelines.takeHeapSnapshot'),
  ];
}

function pinItem(row: LaneRow | PoolRow, { deeds, view }: MenuGround): MenuItem[] {
  if (row.kind === 'pool') return [];
  const isPinned = view().pinned.includes(row.lane.key);
  return [{ label: isPinned ? t('Unpin') : t('Pin to the Top'), key: 'I', run: () => deeds.pin(row) }];
}

function factsText(row: LaneRow | PoolRow, { moments }: MenuGround): string {
  const story: Story = row.kind === 'thread' ? threadStory(row.lane, moments()) : poolStory(row, moments());
  return [story.title, story.subtitle, ...story.facts.map((fact) => `${fact.label}: ${shortText(fact)}`)].join('\n');
}
