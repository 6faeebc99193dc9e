// A daemon that waits for a process, which goes on when the daemon is killed.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { heldProcessOf } from '../../source/processes';
import { isOutOfSight, isWaitedFor, startOf } from '../../source/threads';
import { finding, type Check } from '../check';

/** The function starts a process and waits for it without a time limit, and nobody waits for the daemon. */
export const processLeftBehind: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const { runs, starts } = thread;
    if (!runs || starts.length === 0 || !heldProcessOf(runs.module, runs.node)) continue;
    if (fateOf(module, thread).fate !== 'daemon' || isWaitedFor(thread) || isOutOfSight(module, thread)) continue;
    yield finding(
      'process-left-behind',
      startOf(thread),
      t(
        'This daemon waits for a process that it started. When main ends first, the daemon is killed and the process goes on.',
      ),
    );
  }
};
