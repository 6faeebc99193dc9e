// Threads that reached their heap limit. Pure.
import { t } from '../../../common/l10n';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import type { Verdict } from '../verdict';

/** Only a thread of Node’s has a heap, and a limit, of its own. */
export const outOfMemory: WorkerRule = { id: 'out-of-memory', byReports: true, runtimes: ['node'], check };

function check({ thread, label, ended, activity }: Suspect): Verdict | undefined {
  if (ended?.by !== 'out-of-memory') return undefined;
  const { limitKiB } = activity?.heap ?? {};
  return {
    thread,
    t: ended.t,
    at: thread.start?.at,
    text: limitKiB
      ? t('“{0}” reached its heap limit of {1} MiB and was ended at once.', label, Math.round(limitKiB / 1024))
      : t('“{0}” reached its heap limit and was ended at once.', label),
  };
}
