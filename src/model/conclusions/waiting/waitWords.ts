// What a thread waits in, of a runtime that tells of each wait by itself, and where it was else: as people see it. Pure.
import { t } from '../../../common/l10n';
import type { Site, ThreadStack, Wait } from '../../../protocol/probeEvents';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { WaitedFor } from '../../runtimes/runtime';
import { runtimeOf } from '../../runtimes/runtimes';
import { labelOf } from '../labels';
import { ownPlace, placeText } from './stalled';

export function waitedFor(process: ProcessFacts, { whom, name }: Pick<Wait, 'whom' | 'name'>): WaitedFor {
  const thread = whom === undefined ? undefined : process.threads.get(whom);
  return { ...(thread ? { whom: labelOf(thread) } : {}), ...(name === undefined ? {} : { name }) };
}

/** Such as "queue.get() (main.py:12)". */
export const waitText = (process: ProcessFacts, wait: Wait): string =>
  runtimeOf(process).blocking(wait.what, waitedFor(process, wait)).name + (wait.at ? ` (${siteText(wait.at)})` : '');

/** What a thread was at right before a moment, in µs: a phrase and the line; undefined where that is not known. */
export function whatAt(
  process: ProcessFacts,
  thread: ThreadFacts,
  moment: number,
): { text: string; at?: Site; wait?: Wait } | undefined {
  const wait = thread.waits?.at(moment);
  if (wait) return { text: waitText(process, wait), wait, ...(wait.at ? { at: wait.at } : {}) };
  const { frames = [], task } = stackAt(thread, moment) ?? {};
  const at = ownPlace(frames);
  if (at) return { text: placeText(at), at };
  return task === undefined ? undefined : { text: task };
}

/** While another waited for it, if it has not been looked at since. */
const stackAt = ({ stack, awaitedIn }: ThreadFacts, moment: number): ThreadStack | undefined =>
  awaitedIn && awaitedIn.t <= moment && !(stack && stack.t <= moment) ? awaitedIn : stack;

/** A label with that, such as "“reader” (in queue.get() (main.py:12))". */
export function withWhat(process: ProcessFacts, thread: ThreadFacts, moment: number): string {
  const what = whatAt(process, thread, moment)?.text;
  const who = t('“{0}”', labelOf(thread));
  return what === undefined ? who : t('{0}, which was in {1}', who, what);
}
