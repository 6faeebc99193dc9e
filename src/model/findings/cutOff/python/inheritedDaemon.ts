// Threads that were killed at their work because they had taken over from their makers that nobody waits for them. Pure.
import { t } from '../../../../common/l10n';
import { isKilledWithMain } from '../../../conclusions/cutOff';
import { labelOf } from '../../../conclusions/labels';
import { whatAt } from '../../../conclusions/waiting/waitWords';
import { siteText } from '../../../facts/sites';
import type { Suspect } from '../../evidence';
import type { WorkerRule } from '../../rule';
import { isIdleAt, ownStart, wasInText } from '../../shared/python';
import { lines, type Verdict } from '../../verdict';

export const inheritedDaemon: WorkerRule = { id: 'inherited-daemon', runtimes: ['python'], check };

function check({ process, thread, owner, label, ended, daemon }: Suspect): Verdict | undefined {
  if (!thread.start?.inherited || !daemon || !owner || !ended || !isKilledWithMain(ended)) return undefined;
  if (!whatAt(process, thread, ended.t) || isIdleAt(process, thread, ended.t)) return undefined;
  const at = ownStart(thread);
  const maker = labelOf(owner);
  const text = at
    ? t(
        '“{0}” was killed when the process ended. It was a daemon only because “{1}”, which started it at {2}, was one.',
        label,
        maker,
        siteText(at),
      )
    : t(
        '“{0}” was killed when the process ended. It was a daemon only because “{1}”, which started it, was one.',
        label,
        maker,
      );
  return {
    thread,
    t: ended.t,
    at: thread.start.made ?? at,
    text: text + wasInText(process, thread, ended.t),
    related: lines([t('It was started here'), at], [t('“{0}” was started here', maker), ownStart(owner)]),
  };
}
