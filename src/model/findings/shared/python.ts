// Parts of sentences on threads of runtimes that tell of each wait. Pure.
import { t } from '../../../common/l10n';
import type { Site, ThreadError } from '../../../protocol/probeEvents';
import { mainEnding } from '../../conclusions/endings';
import { mainOf, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import { whatAt } from '../../conclusions/waiting/waitWords';

/** A further sentence: what a thread was at then; or nothing. */
export function wasInText(process: ProcessFacts, thread: ThreadFacts, moment: number): string {
  const what = whatAt(process, thread, moment);
  return what ? ` ${t('It was in {0}.', what.text)}` : '';
}

/** It only waited for other threads, without a time limit: whoever is not given anything to do is idle. */
export function isIdleAt(process: ProcessFacts, thread: ThreadFacts, moment: number): boolean {
  const wait = thread.waits?.at(moment);
  return wait !== undefined && wait.timeout === undefined && runtimeOf(process).waitsForThread(wait.what);
}

/** A further sentence, where the exit code tells nobody of a failure; or nothing. */
export function codeSaysText(process: ProcessFacts): string {
  const main = mainEnding(process);
  return main?.code === 0 ? ` ${t('The process went on and ended with exit code 0.')}` : '';
}

export function errorPhrase({ name, message, at }: Pick<ThreadError, 'name' | 'message' | 'at'>): string {
  const line = message.split('\n', 1)[0]!.replace(/\.$/, '');
  const what = line === '' ? name : `${name}: ${line}`;
  return at ? t('{0} at {1}', what, siteText(at)) : what;
}

/** Python takes no more threads and tasks once it is ending. */
const TOO_LATE = /^(can't (start|create) new thread at interpreter|cannot schedule new futures after) /;

/** An error that is due to main's code being over. */
export function cameTooLate(process: ProcessFacts, { message, t: moment }: { message: string; t: number }): boolean {
  const exiting = mainOf(process)?.exiting;
  return TOO_LATE.test(message) && exiting !== undefined && exiting.t <= moment;
}

export const isTimer = ({ start }: ThreadFacts): boolean => start?.madeBy === 'timer';

/** The program's own line, where a library started the thread. */
export const ownStart = ({ start }: ThreadFacts): Site | undefined => start?.from ?? start?.at;
