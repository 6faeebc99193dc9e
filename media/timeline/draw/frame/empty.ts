// The view without a session: what it is for, and how to fill it.
import { t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { TimelineCommand } from '../../../../src/protocol/timelineMessages';
import { select } from 'd3-selection';
import type { Screen } from '../../data/state';

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
  const last = button(t('Open last recording'), 'threadLifelines.openLastRecording').classed('second', true);
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
