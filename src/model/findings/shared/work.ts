// What a worker was at when it ended. Pure.
import { t } from '../../../common/l10n';
import { isAtWork, neverBegan } from '../../conclusions/tasks';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Suspect } from '../evidence';

/** What its threads are given is lines, which nobody answers. */
export const isStream = ({ process, pool }: Suspect): boolean =>
  pool?.package !== undefined && runtimeOf(process).streamPackages.includes(pool.package);

/** What it did, as a phrase; undefined when it had nothing to do, or nothing is known of that. */
export function workText({ process, thread, ended, activity }: Suspect): string | undefined {
  if (neverBegan(process, thread)) return t('before its code started');
  if (isAtWork(process, thread, ended!.t) === true || activity?.asked || activity?.tasks)
    return t('while it was working');
  return undefined;
}
