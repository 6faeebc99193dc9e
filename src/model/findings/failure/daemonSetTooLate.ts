// Threads that were to be made daemons after they had started. Pure.
import { t } from '../../../common/l10n';
import { labelOf } from '../../conclusions/labels';
import { isMain } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { errorPhrase } from '../shared/python';
import type { Verdict } from '../verdict';

export const daemonSetTooLate: ProcessRule = {
  id: 'daemon-set-too-late',
  byReports: true,
  runtimes: ['python'],
  check,
};

const MESSAGE = /^cannot set daemon status of active thread/;

function check({ process }: Evidence): Verdict[] {
  return [...process.threads.values()].flatMap((thread): Verdict[] => {
    const { error } = thread;
    if (!error || !MESSAGE.test(error.message)) return [];
    const who = isMain(thread) ? t('Main') : t('“{0}”', labelOf(thread));
    return [{ thread, t: error.t, at: error.at, text: t('{0} failed with {1}.', who, errorPhrase(error)) }];
  });
}
