// Threads that an uncaught error ended while the others went on. Pure.
import { t } from '../../../common/l10n';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { cameTooLate, codeSaysText, errorPhrase, ownStart } from '../shared/python';
import { lines, type Verdict } from '../verdict';

export const threadFailed: WorkerRule = { id: 'thread-failed', byReports: true, runtimes: ['python'], check };

function check({ process, thread, label, ended }: Suspect): Verdict | undefined {
  const { error } = thread;
  if (!error || ended?.by !== 'error' || cameTooLate(process, error)) return undefined;
  return {
    thread,
    t: error.t,
    at: error.at ?? ownStart(thread),
    text: t('“{0}” failed with {1}.', label, errorPhrase(error)) + codeSaysText(process),
    related: lines([t('It was started here'), ownStart(thread)]),
  };
}
