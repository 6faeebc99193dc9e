// Threads that are no daemons and were killed all the same: Python forgot them when a join() was broken off. Pure.
import { t } from '../../../../common/l10n';
import { isKilledWithMain } from '../../../conclusions/cutOff';
import { labelOf } from '../../../conclusions/labels';
import type { PastWait } from '../../../facts/waiting/waitLog';
import type { ProcessFacts, ThreadFacts } from '../../../facts/facts';
import { siteText } from '../../../facts/sites';
import type { Suspect } from '../../evidence';
import type { WorkerRule } from '../../rule';
import { ownStart, wasInText } from '../../shared/python';
import { lines, type Verdict } from '../../verdict';

export const joinInterrupted: WorkerRule = { id: 'join-interrupted', runtimes: ['python'], check };

/** Threads of libraries that hold up the process are another rule’s, and who waited without a time limit did nothing that was lost. */
function check({ process, thread, label, ended, daemon }: Suspect): Verdict | undefined {
  if (daemon !== false || thread.start?.madeBy !== undefined || !ended || !isKilledWithMain(ended)) return undefined;
  if (waitsForEver(thread)) return undefined;
  const [joiner, wait] = brokenJoin(process, thread) ?? [];
  if (!joiner || !wait) return undefined;
  const who = labelOf(joiner);
  const text = wait.at
    ? t(
        'The join() at {0}, in which “{1}” waited for “{2}”, was broken off, as by Ctrl-C. It was killed when the process ended, although it is no daemon.',
        siteText(wait.at),
        who,
        label,
      )
    : t(
        'The join() in which “{0}” waited for “{1}” was broken off, as by Ctrl-C. It was killed when the process ended, although it is no daemon.',
        who,
        label,
      );
  return {
    thread,
    t: ended.t,
    at: wait.at ?? ownStart(thread),
    text: text + wasInText(process, thread, ended.t),
    related: lines([t('It was started here'), ownStart(thread)]),
  };
}

const waitsForEver = ({ waits }: ThreadFacts): boolean =>
  waits?.current !== undefined && waits.current.timeout === undefined;

function brokenJoin(process: ProcessFacts, { id }: ThreadFacts): [ThreadFacts, PastWait] | undefined {
  for (const thread of process.threads.values())
    for (const wait of thread.waits?.past ?? [])
      if (wait.what === 'join' && wait.whom === id && wait.outcome === 'error') return [thread, wait];
  return undefined;
}
