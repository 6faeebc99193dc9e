// Workers that were unref'd, and hold the process because a listener that was added afterwards ref'd them. Pure.
import { t } from '../../../common/l10n';
import type { Site } from '../../../protocol/probeEvents';
import { ownFlips } from '../../conclusions/flips';
import { labelOf } from '../../conclusions/labels';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import type { Held } from '../evidence';
import type { HolderRule } from '../rule';
import { lines, type Verdict } from '../verdict';

/** In other runtimes no listener changes whether a thread is waited for. */
export const unrefUndone: HolderRule = { id: 'unref-undone', runtimes: ['node'], check };

function check({ process, holder, thread, since }: Held): Verdict | undefined {
  const undone = thread && relistened(process, thread);
  if (!undone) return undefined;
  const start = thread.start?.at;
  const text = t(
    'Main is only waiting. “{0}” was unref’d, but a listener added afterwards ref’d it again, so it keeps the process alive.',
    holder.kind === 'pool' ? holder.what : labelOf(thread),
  );
  const related = lines([t('unref() was called here'), undone.unref], [t('It was started here'), start]);
  return { thread, t: since, at: undone.at ?? start, text, related };
}

/** It holds because a listener ref'd it after unref(). */
function relistened(
  process: ProcessFacts,
  thread: ThreadFacts,
): { at?: Site | undefined; unref?: Site | undefined } | undefined {
  const flips = ownFlips(process, thread);
  const last = flips.at(-1);
  if (!last?.value || last.by !== 'listener') return undefined;
  return { at: last.at, unref: last.run ? last.run.other : flips.at(-2)?.at };
}
