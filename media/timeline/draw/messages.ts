// Plain words instead of lanes: notices, the empty view, and what to expect while there is little to see.
import { t } from '../../../src/common/l10n';
import { select } from 'd3-selection';
import type { Notice } from '../../../src/protocol/picture';
import type { TimelineCommand } from '../../../src/protocol/timelineMessages';
import type { Run } from '../data/run';
import type { Screen } from '../data/state';
import { unsupportedText } from '../stories/labels';
import { shown } from '../words/text';
import { SEVERITIES } from '../words/vocabulary';
import { addIcon } from './icons';
import { writeText } from './writeText';

const LONGEST_NOTICE = 400;

export function createNotices(parent: HTMLElement): (notices: Notice[]) => void {
  const box = select(parent)
    .append('div')
    .attr('class', 'notices')
    .attr('role', 'status')
    .attr('aria-label', t('Notices'))
    .attr('tabindex', 0);
  const list = box.append('ul');
  return (notices) => {
    box.attr('hidden', notices.length > 0 ? null : '');
    list
      .selectAll<HTMLLIElement, Notice>('li')
      .data(notices, ({ id, severity }) => `${severity} ${id}`)
      .join((enter) => enter.append('li').each(buildNotice))
      .each(function ({ text }) {
        writeText(this.querySelector('span')!, shown(text, LONGEST_NOTICE));
      });
  };
}

function buildNotice(this: HTMLLIElement, { severity }: Notice): void {
  const item = select(this).attr('class', severity);
  addIcon(this, severity);
  item.append('span').attr('aria-label', SEVERITIES[severity].label);
}

/** The view without a session: what it is for, and how to fill it. */
export function createEmpty(
  parent: HTMLElement,
  runCommand: (command: TimelineCommand) => void,
): (screen: Screen) => void {
  const box = select(parent).append('section').attr('class', 'empty').attr('hidden', '');
  box.append('p').attr('class', 'interrupted');
  box
    .append('p')
    .text(
      t(
        'Start a debug session, and every thread of your program appears here: who keeps the process alive, who is a daemon, and who is killed when main exits.',
      ),
    );
  const button = (text: string, command: TimelineCommand) =>
    box
      .append('button')
      .attr('type', 'button')
      .attr('class', 'big')
      .attr('data-command', command)
      .text(text)
      .on('click', () => runCommand(command));
  button(t('Run the demo'), 'threadLifelines.runDemo');
  button(t('Debug current file'), 'threadLifelines.debugFile').classed('second', true);
  const last = button(t('Open last recording'), 'threadLifelines.openRecording').classed('second', true);
  return (screen) => {
    box.attr('hidden', screen.kind === 'empty' ? null : '');
    if (screen.kind !== 'empty') return;
    last.attr('hidden', screen.hasRecordings ? null : '');
    box
      .select('.interrupted')
      .attr('hidden', screen.interrupted === undefined ? '' : null)
      .text(t('The window was reloaded while “{0}” ran. Its recording is kept.', shown(screen.interrupted ?? '')));
  };
}

/** A sentence under the lanes while there are few of them. */
export function hintOf(run: Run): string {
  if (run.processes.length === 0) {
    return run.live
      ? t('Waiting for the program to start…')
      : t('The program was never heard of: it did not start, or it ran without the probe.');
  }
  const unsupported = run.processes.find((p) => !p.supported);
  if (unsupported) return unsupportedText(unsupported);
  if (run.lanes.length > run.processes.length) return '';
  if (run.lanes.length === 0) return t('No thread of it has been heard of yet.');
  return run.live
    ? t('No worker threads so far. Each new Worker(…) gets a lane here.')
    : t('This program ran on its main thread alone: it started no worker threads.');
}
