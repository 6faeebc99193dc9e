// What the lanes show, as the cells of a table. Pure; what is unknown is shown as unknown.
import { counted, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import { flipCount } from '../../../src/model/conclusions/cutOff';
import type { Traffic } from '../../../src/protocol/picture';
import type { Site } from '../../../src/protocol/probeEvents';
import type { Lane } from '../data/run';
import type { Moments } from '../time/scales';
import { momentOf, percent, siteText } from '../words/text';
import { ENDINGS } from '../words/vocabulary';
import { factText } from './facts';
import { findingLabel, processTitle } from './labels';
import { stateText } from './phrases';
import * as facts from './threadFacts';

export const COLUMNS = [
  { id: 'thread', label: t('Thread') },
  { id: 'startedBy', label: t('Started by') },
  { id: 'line', label: t('Line') },
  { id: 'state', label: t('State') },
  { id: 'daemon', label: t('Daemon') },
  { id: 'started', label: t('Started') },
  { id: 'lived', label: t('Lived') },
  { id: 'ended', label: t('Ended') },
  { id: 'busy', label: t('Loop busy') },
  { id: 'sent', label: t('Sent to its owner') },
  { id: 'received', label: t('Received from its owner') },
  { id: 'findings', label: t('Findings') },
] as const;
export type Column = (typeof COLUMNS)[number]['id'];

export interface Cell {
  text: string;
  title?: string;
  site?: Site;
}

export type TableRow = Record<Column, Cell>;

const UNKNOWN = t('unknown');
/** It has no such thing. */
const NOT = '–';
const NONE: Traffic = { posted: 0, received: 0, unheard: 0 };

export function tableRow(lane: Lane, moments: Moments): TableRow {
  const { thread, ended, findings } = lane;
  const { activity } = thread;
  const [owner] = facts.startedBy(lane);
  // Without traffic nothing was posted, as long as activity is known at all.
  const messages = (traffic: Traffic | undefined, what: 'posted' | 'received'): string =>
    thread.kind === 'main' ? NOT : activity ? String((traffic ?? NONE)[what] ?? UNKNOWN) : UNKNOWN;
  return {
    thread: { text: shown(thread.label) },
    startedBy: { text: owner ? factText(owner) : thread.kind === 'main' ? processOf(lane) : UNKNOWN },
    line: thread.startSite ? { text: siteText(thread.startSite), site: thread.startSite } : { text: NOT },
    state: { text: stateText(lane) },
    daemon: daemonCell(lane),
    started: { text: momentOf(thread.startedAt, moments), title: factText(facts.byTheClock(lane)) },
    lived: { text: factText(facts.lifetime(lane, moments)) },
    ended: ended ? { text: ENDINGS[ended.by].label, title: factText(facts.nowOrEnded(lane, moments)) } : { text: NOT },
    busy: { text: activity?.loop ? percent(activity.loop.busy) : UNKNOWN },
    sent: { text: messages(activity?.toOwner, 'posted') },
    received: { text: messages(activity?.fromOwner, 'received') },
    findings: { text: findings.length > 0 ? findingLabel(findings) : NOT },
  };
}

/** By name where there are those of several sessions. */
const processOf = ({ process }: Lane): string => (process.session ? processTitle(process) : t('the process'));

function daemonCell({ thread, daemon }: Lane): Cell {
  if (thread.kind === 'main') return { text: NOT };
  const flips = flipCount(thread.refs);
  return {
    text: daemon === undefined ? UNKNOWN : daemon ? t('yes') : t('no'),
    ...(flips > 0 ? { title: counted(flips, 'changed {0} time', 'changed {0} times') } : {}),
  };
}

/** What a column is sorted by, where that is not its text. */
export function sortValue(lane: Lane, column: Column, now: number): number | string {
  const { thread, ended, findings } = lane;
  const { activity } = thread;
  switch (column) {
    case 'started':
      return thread.startedAt;
    case 'lived':
      return (ended?.t ?? now) - thread.startedAt;
    case 'ended':
      return ended?.t ?? Infinity;
    case 'busy':
      return activity?.loop?.busy ?? -1;
    case 'sent':
      return activity ? (activity.toOwner?.posted ?? 0) : -1;
    case 'received':
      return activity ? (activity.fromOwner?.received ?? 0) : -1;
    case 'findings':
      return findings.length;
    case 'daemon':
      return lane.daemon === undefined ? -1 : Number(lane.daemon);
    case 'startedBy':
      return lane.owner?.label ?? '';
    case 'line':
      return thread.startSite ? siteText(thread.startSite) : '';
    case 'state':
      return stateText(lane);
    case 'thread':
      return thread.label;
  }
}
