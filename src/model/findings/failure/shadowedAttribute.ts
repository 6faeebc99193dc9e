// Subclasses of threads with an attribute of their own under the name of a method that Python itself needs. Pure.
import { t } from '../../../common/l10n';
import { labelOf } from '../../conclusions/labels';
import { isMain } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { errorPhrase } from '../shared/python';
import type { Verdict } from '../verdict';

export const shadowedAttribute: ProcessRule = {
  id: 'shadowed-attribute',
  byReports: true,
  runtimes: ['python'],
  check,
};

/** Called within a method of Thread’s own, and not by the program’s code. */
const IN_THREAD = /threading\.py", line \d+, in (_wait_for_tstate_lock|is_alive|join|_stop)\s*$/;

function check({ process }: Evidence): Verdict[] {
  return [...process.threads.values()].flatMap((thread): Verdict[] => {
    const { error } = thread;
    if (error?.name !== 'TypeError' || !/object is not callable/.test(error.message)) return [];
    const method = IN_THREAD.exec(error.stack ?? '')?.[1];
    if (method === undefined) return [];
    const who = isMain(thread) ? t('Main') : t('“{0}”', labelOf(thread));
    const text = t('{0} failed with {1}, in a method of Thread’s own.', who, errorPhrase(error));
    return [{ thread, t: error.t, at: error.at, text }];
  });
}
