// Threads that called sys.exit() with a code that nobody will see. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import { codeSaysText, ownStart } from '../shared/python';
import { lines, type Verdict } from '../verdict';

export const exitInThread: WorkerRule = { id: 'exit-in-thread', byReports: true, runtimes: ['python'], check };

/** With the code 0 it is a way to come back from deep within. */
function check({ process, thread, label }: Suspect): Verdict | undefined {
  const { exiting } = thread;
  if (exiting?.cause !== 'exit-call' || exiting.code === 0) return undefined;
  const { at, code, t: moment } = exiting;
  const text = at
    ? t('{0} at {1} ended “{2}” alone.', `sys.exit(${code})`, siteText(at), label)
    : t('{0} ended “{1}” alone.', `sys.exit(${code})`, label);
  return {
    thread,
    t: moment,
    at: at ?? ownStart(thread),
    text: text + codeSaysText(process),
    related: lines([t('It was started here'), ownStart(thread)]),
  };
}
