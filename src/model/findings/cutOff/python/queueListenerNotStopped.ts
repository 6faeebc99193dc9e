// Listeners of logging queues that were killed with records still in their queues. Pure.
import { t } from '../../../../common/l10n';
import { isKilledWithMain } from '../../../conclusions/cutOff';
import { queueText } from '../../../conclusions/undone/told';
import type { Suspect } from '../../evidence';
import type { WorkerRule } from '../../rule';
import { ownStart } from '../../shared/python';
import type { Verdict } from '../../verdict';

export const queueListenerNotStopped: WorkerRule = { id: 'queue-listener-not-stopped', runtimes: ['python'], check };

function check({ process, thread, label, ended }: Suspect): Verdict | undefined {
  if (thread.start?.madeBy !== 'queue-listener' || !ended || !isKilledWithMain(ended)) return undefined;
  const queues = process.shutdown.undone.filter(({ undone, count = 0 }) => undone === 'queue' && count > 0);
  const left = queues.find(({ id }) => id === thread.id) ?? queues.find(({ id }) => id === undefined);
  if (!left) return undefined;
  return {
    thread,
    t: ended.t,
    at: ownStart(thread),
    text: t('The QueueListener of “{0}” was not stopped before the process ended: {1}.', label, queueText(left)),
  };
}
