// Threads that an uncaught error ended while the others went on. Pure.
import { t } from '../../../common/l10n';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { isInLibrary } from '../../facts/sites';
import { clueOn } from '../shared/clues';
import { cameTooLate, codeSaysText, errorPhrase, ownStart } from '../shared/python';
import { lines, type Verdict } from '../verdict';
import { failedInThread } from './shadowedAttribute';

export const threadFailed: WorkerRule = { id: 'thread-failed', byReports: true, runtimes: ['python'], check };

function check({ process, thread, label, ended }: Suspect): Verdict | undefined {
  const { error } = thread;
  if (!error || ended?.by !== 'error' || cameTooLate(process, error)) return undefined;
  if (clueOn(process, 'hides', thread) && failedInThread(thread)) return undefined; // another rule’s
  return {
    thread,
    t: error.t,
    at: error.at && !isInLibrary(error.at) ? error.at : (ownStart(thread) ?? error.at),
    text: t('“{0}” failed with {1}.', label, errorPhrase(error)) + codeSaysText(process),
    related: lines([t('It was thrown here'), error.at], [t('It was started here'), ownStart(thread)]),
  };
}
