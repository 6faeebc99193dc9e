// Timers that each start the next one, and so hold the process for ever. Pure.
import { t } from '../../../common/l10n';
import { holdUps } from '../../conclusions/afterMain';
import { labelOf } from '../../conclusions/labels';
import { ownerOf } from '../../conclusions/once';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { cameTooLate, errorPhrase, isTimer, ownStart } from '../shared/python';
import { secondsText } from '../shared/text';
import type { Verdict } from '../verdict';

export const timerRearmed: ProcessRule = { id: 'timer-rearmed', runtimes: ['python'], check };

/** In µs. */
const LONG = 1e6;

function check({ process, workers, now }: Evidence): Verdict[] {
  const exiting = mainOf(process)?.exiting;
  if (!exiting) return [];
  const timers = workers
    .map(({ thread }) => thread)
    .filter((thread) => isTimer(thread) && thread.start?.daemon !== true);
  const refused = timers.find(({ error }) => error && cameTooLate(process, error));
  const chain = timers.filter((thread) => isNext(process, thread) && thread.firstSeen > exiting.t);
  const held = holdUps(process).find(({ phase, broken, to }) => phase === 'threads' && (broken || to === undefined));
  const until = held?.to ?? process.end?.t ?? now;
  const isHeld = held && chain.length > 1 && until - exiting.t >= LONG;
  const last = refused ?? (isHeld ? chain.at(-1) : undefined);
  if (!last) return [];
  const at = refused?.error?.at ?? ownStart(last);
  const text = refused
    ? t(
        'The Timer “{0}” was to start the next one after main’s code was over, and failed with {1}.',
        labelOf(last),
        errorPhrase(refused.error!),
      )
    : at
      ? t(
          '{0} started {1} Timers after main’s code was over, each in the one before. They held the process for {2}.',
          siteText(at),
          chain.length,
          secondsText(until - exiting.t),
        )
      : t(
          '{0} Timers were started after main’s code was over, each in the one before. They held the process for {1}.',
          chain.length,
          secondsText(until - exiting.t),
        );
  return [{ thread: last, t: exiting.t, at, text }];
}

function isNext(process: ProcessFacts, thread: ThreadFacts): boolean {
  const owner = ownerOf(process, thread);
  return owner !== undefined && isTimer(owner);
}
