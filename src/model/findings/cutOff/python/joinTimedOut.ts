// Daemons that were killed although somebody had waited for them: the time limit of the join() was over. Pure.
import { t } from '../../../../common/l10n';
import { isKilledWithMain } from '../../../conclusions/cutOff';
import { labelOf } from '../../../conclusions/labels';
import { siteText } from '../../../facts/sites';
import type { ProcessFacts, ThreadFacts } from '../../../facts/facts';
import type { PastWait } from '../../../facts/waiting/waitLog';
import type { Suspect } from '../../evidence';
import type { WorkerRule } from '../../rule';
import { isIdleAt, ownStart, wasInText } from '../../shared/python';
import { secondsText } from '../../shared/text';
import { lines, type Verdict } from '../../verdict';

export const joinTimedOut: WorkerRule = { id: 'join-timed-out', runtimes: ['python'], check };

function check({ process, thread, label, ended }: Suspect): Verdict | undefined {
  if (!ended || !isKilledWithMain(ended) || isIdleAt(process, thread, ended.t)) return undefined;
  const [joiner, wait] = lastJoin(process, thread) ?? [];
  if (!joiner || wait?.outcome !== 'timed-out') return undefined;
  const time = secondsText(wait.until - wait.t);
  const who = labelOf(joiner);
  const text = wait.at
    ? t(
        '“{0}” waited {1} for “{2}” at {3} and went on, although that had not ended. It was killed later.',
        who,
        time,
        label,
        siteText(wait.at),
      )
    : t('“{0}” waited {1} for “{2}” and went on, although that had not ended. It was killed later.', who, time, label);
  return {
    thread,
    t: wait.until,
    at: wait.at ?? ownStart(thread),
    text: text + wasInText(process, thread, ended.t),
    related: lines([t('It was started here'), ownStart(thread)]),
  };
}

/** The last that anybody waited for it. */
function lastJoin(process: ProcessFacts, { id }: ThreadFacts): [ThreadFacts, PastWait] | undefined {
  let last: [ThreadFacts, PastWait] | undefined;
  for (const thread of process.threads.values())
    for (const wait of thread.waits?.past ?? [])
      if (wait.what === 'join' && wait.whom === id && wait.until > (last?.[1].until ?? 0)) last = [thread, wait];
  return last;
}
