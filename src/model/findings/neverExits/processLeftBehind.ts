// Processes that ran on when the only thread that had to do with them was killed. Pure.
import { t } from '../../../common/l10n';
import { isKilledWithMain } from '../../conclusions/cutOff';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { codeText, fell, whereCutOff } from '../shared/cutOff';
import type { Verdict } from '../verdict';

export const processLeftBehind: WorkerRule = { id: 'process-left-behind', runtimes: ['python'], check };

const MOST_NAMED = 3;

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, ended } = worker;
  if (!ended || !isKilledWithMain(ended)) return undefined;
  const left = process.shutdown.undone.filter(({ undone, id }) => undone === 'process' && id === thread.id);
  if (left.length === 0) return undefined;
  const names = left.slice(0, MOST_NAMED).map(({ name = '' }) => name);
  const text = t('It left behind, still running: {0}.', names.join(', '));
  return {
    thread,
    t: ended.t,
    text: `${fell(worker, ended)} ${text}${codeText(worker)}`,
    ...whereCutOff(worker, ended),
  };
}
