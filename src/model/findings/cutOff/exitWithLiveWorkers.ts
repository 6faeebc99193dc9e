// Threads that process.exit() in main killed at their work. Pure.
import { t } from '../../../common/l10n';
import type { Site } from '../../../protocol/probeEvents';
import { isKilledWithMain } from '../../conclusions/cutOff';
import { mainEnding } from '../../conclusions/endings';
import { pendingExit } from '../../conclusions/undone/pendingEnds';
import { siteText } from '../../facts/sites';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { atText, wasHere } from '../shared/cutOff';
import { workText } from '../shared/work';
import { lines, type Verdict } from '../verdict';

export const exitWithLiveWorkers: WorkerRule = { id: 'exit-with-live-workers', runtimes: ['node'], check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, label, ended, daemon } = worker;
  const main = mainEnding(process);
  if (!ended || !isKilledWithMain(ended) || main?.by !== 'exit-call' || daemon !== false) return undefined;
  const doing = workText(worker);
  // The exit does not even come to an end for its sake: another rule’s.
  if (!doing || pendingExit(process)?.busy.has(thread)) return undefined;
  return {
    thread,
    t: ended.t,
    at: main.at ?? thread.start?.at,
    text: killedText(main.at, label, doing) + atText(worker),
    related: lines(...wasHere(worker), [t('It was started here'), thread.start?.at]),
  };
}

const killedText = (at: Site | undefined, label: string, doing: string): string =>
  at
    ? t('process.exit() at {0} killed “{1}” {2}.', siteText(at), label, doing)
    : t('process.exit() killed “{0}” {1}.', label, doing);
