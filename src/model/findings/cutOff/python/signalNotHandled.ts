// Processes that a signal which asks a program to end killed with all their threads, because nothing handled it. Pure.
import { t, tally } from '../../../../common/l10n';
import { mainEnding, wasStopped } from '../../../conclusions/endings';
import { labelOf } from '../../../conclusions/labels';
import { mainStands } from '../../../conclusions/waiting/standstill';
import { withWhat } from '../../../conclusions/waiting/waitWords';
import { mainOf } from '../../../facts/facts';
import type { Evidence } from '../../evidence';
import type { ProcessRule } from '../../rule';
import { isIdleAt, ownStart } from '../../shared/python';
import { lines, type Verdict } from '../../verdict';

export const signalNotHandled: ProcessRule = { id: 'signal-not-handled', runtimes: ['python'], check };

const ASKS: ReadonlySet<string> = new Set(['SIGTERM', 'SIGHUP']);
const MOST_NAMED = 3;

/** Not where it would not have ended by itself, which others report, nor of a debugger’s Stop. */
function check({ process, workers, standstill }: Evidence): Verdict[] {
  const ended = mainEnding(process);
  if (ended?.by !== 'signal' || !ended.signal || !ASKS.has(ended.signal)) return [];
  if (mainOf(process)?.exiting || wasStopped(process, ended.t)) return [];
  if (standstill && mainStands(process, standstill)) return [];
  const killed = workers.filter(
    ({ thread, ended: how, daemon }) => how?.by === 'signal' && !(daemon && isIdleAt(process, thread, ended.t)),
  );
  const [first] = killed;
  if (!first) return [];
  const names = killed.slice(0, MOST_NAMED).map(({ thread }) => withWhat(process, thread, ended.t));
  return [
    {
      t: ended.t,
      at: ownStart(first.thread),
      text: `${t('{0} ended the process at once: no finally block and no exit handler ran.', ended.signal)} ${killedText(names.join('; '), killed.length - names.length)}`,
      related: killed
        .slice(1, MOST_NAMED)
        .flatMap(({ thread }) => lines([t('“{0}” was started here', labelOf(thread)), ownStart(thread)])),
    },
  ];
}

const killedText = (names: string, more: number): string =>
  more > 0
    ? tally(more, 'It killed {1} and {0} more thread.', 'It killed {1} and {0} more threads.', names)
    : t('It killed {0}.', names);
