// Threads and tasks that were started when the process was already ending. Pure.
import { t } from '../../../common/l10n';
import { isKilledWithMain } from '../../conclusions/cutOff';
import { siteText } from '../../facts/sites';
import { mainOf, type ProcessFacts } from '../../facts/facts';
import type { StartFailed } from '../../../protocol/probeEvents';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { cameTooLate, errorPhrase, isTimer, ownStart } from '../shared/python';
import { lines, type Verdict } from '../verdict';

export const startedTooLate: ProcessRule = { id: 'started-too-late', byReports: true, runtimes: ['python'], check };

function check({ process, workers }: Evidence): Verdict[] {
  const failed = process.shutdown.startsFailed.filter((one) => cameTooLate(process, one) && !isOfTimer(process, one));
  return [...failed.map(notStarted), ...workers.flatMap((worker) => [...killed(worker), ...refused(worker)])];
}

/** A Timer that starts the next one: another rule’s. */
function isOfTimer({ threads }: ProcessFacts, { tid }: StartFailed): boolean {
  const writer = threads.get(tid);
  return writer !== undefined && isTimer(writer);
}

function notStarted({ t: moment, name, message, at }: StartFailed): Verdict {
  const who = name === undefined ? t('A thread') : t('“{0}”', name);
  return {
    t: moment,
    at,
    text: t('{0} could not be started, because the process was already ending: {1}.', who, message),
  };
}

/** From main's exit handlers on nobody waits for a thread, daemon or not; since Python 3.15 it does once more after them. */
function killed({ process, thread, label, ended, daemon }: Suspect): Verdict[] {
  const { phases } = process.shutdown;
  const late = phases.find(({ phase }) => phase === 'exit-handlers')?.t;
  if (late === undefined || daemon !== false || !ended || !isKilledWithMain(ended) || thread.firstSeen < late)
    return [];
  if (phases.some(({ waitsFor }) => waitsFor?.includes(thread.id))) return [];
  const at = ownStart(thread);
  const text = at
    ? t(
        '“{0}” was started at {1}, when the process was already ending. Nobody waited for it, and it was killed.',
        label,
        siteText(at),
      )
    : t('“{0}” was started when the process was already ending. Nobody waited for it, and it was killed.', label);
  return [{ thread, t: ended.t, at, text }];
}

/** Executors close when main's code is over, before threads that keep the process alive have ended. */
function refused({ process, thread, label }: Suspect): Verdict[] {
  const { error } = thread;
  if (!error || isTimer(thread) || !cameTooLate(process, error)) return [];
  return [
    {
      thread,
      t: error.t,
      at: error.at ?? ownStart(thread),
      text: t('“{0}” failed with {1}. Main’s code was over by then.', label, errorPhrase(error)),
      advice: t('Keep main’s code running until such threads are done, with join().'),
      related: lines(
        [t('It was started here'), ownStart(thread)],
        [t('Main’s code ended here'), mainOf(process)?.exiting?.at],
      ),
    },
  ];
}
