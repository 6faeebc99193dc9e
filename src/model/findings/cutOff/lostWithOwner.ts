// Threads that ended at their work because the one that started them did. Pure.
import { t } from '../../../common/l10n';
import { isKilledWithOwner } from '../../conclusions/cutOff';
import { isRefd } from '../../conclusions/flips';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { fell } from '../shared/cutOff';
import { workText } from '../shared/work';
import { lines, type Verdict } from '../verdict';

export const lostWithOwner: WorkerRule = { id: 'lost-with-owner', check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, ended, daemon } = worker;
  if (!ended || !isKilledWithOwner(ended) || !isRefd(process, thread)) return undefined;
  const doing = workText(worker);
  if (!doing || daemon === undefined) return undefined;
  return {
    thread,
    t: ended.t,
    at: thread.start?.at ?? ended.at,
    text: `${fell(worker, ended)} ${t('It was killed {0}.', doing)}`,
    related: lines([t('This line ended its owner'), ended.at]),
  };
}
