// Workers that were killed or terminated, so that what they had added for their exit did not run. Pure.
import { t } from '../../../common/l10n';
import { isKilledWithMain, isKilledWithOwner } from '../../conclusions/cutOff';
import { skippedText } from '../../conclusions/undone/unfinished';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { fellOrTerminated, whereCutOff } from '../shared/cutOff';
import { lines, type Verdict } from '../verdict';

export const exitListenerSkipped: WorkerRule = { id: 'exit-listener-skipped', runtimes: ['node'], check };

/** Listeners of packages may be there in case of need, and are only listed. */
function check(worker: Suspect): Verdict | undefined {
  const { thread, ended, activity, pool } = worker;
  const { exitListeners } = activity ?? {};
  const at = exitListeners?.at;
  if (!ended || !at || pool?.package !== undefined || /[\\/]node_modules[\\/]/.test(at.file)) return undefined;
  const isTerminated = ended.by === 'terminate' && !thread.terminateCalls.at(0)?.hand;
  if (!isTerminated && !isKilledWithMain(ended) && !isKilledWithOwner(ended)) return undefined;
  const where = whereCutOff(worker, ended);
  return {
    thread,
    t: ended.t,
    ...where,
    text: `${fellOrTerminated(worker, ended)} ${capital(skippedText(exitListeners))}.`,
    related: [...where.related!, ...lines([t('The listener was added here'), at])],
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
