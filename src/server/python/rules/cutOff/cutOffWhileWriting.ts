// A daemon that is killed while a file of its holds text in memory.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { heldFileOf } from '../../source/functions';
import { environmentOf } from '../../source/things';
import { isOutOfSight, isWaitedFor, startOf } from '../../source/threads';
import { finding, type Check } from '../check';
import { tellDaemonToEnd } from '../shared/tellToEnd';

/** Its function writes to a file that it holds open for ever, or while it waits, and nobody waits for the thread. */
export const cutOffWhileWriting: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const { runs } = thread;
    if (!runs || !heldFileOf(runs.module, runs.node)) continue;
    const { fate, isInherited } = fateOf(module, thread);
    if (fate !== 'daemon' || isInherited || isWaitedFor(thread) || isOutOfSight(module, thread)) continue;
    if (thread.starts.length === 0) continue;
    const message = t(
      'This daemon writes to a file and nobody waits for it. When the process ends, it is killed, and what the file still holds in memory is lost.',
    );
    const edits = tellDaemonToEnd(module, thread, environmentOf(module, thread));
    const fix = edits ? { fix: { title: t('Tell it to end when main is done, and wait for it'), edits } } : {};
    yield finding('cut-off-while-writing', startOf(thread), message, fix);
  }
};
