// Who keeps a process alive that will not end by itself, in sentences. Pure.
import { t } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
import { endedApart } from '../../conclusions/endings';
import { labelOf } from '../../conclusions/labels';
import { once, ownerOf } from '../../conclusions/once';
import { askedSince } from '../../conclusions/tasks';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { lines } from '../verdict';

export const keepsText = (who: string, because: string[]): string =>
  because.length === 0
    ? t('Main is only waiting, but {0} keeps the process alive.', who)
    : t('Main is only waiting, but {0} keeps the process alive: {1}.', who, because.join(', '));

/** A further sentence, or nothing. */
export const unansweredText = (process: ProcessFacts, thread: ThreadFacts): string =>
  (askedSince(process, thread) ?? 0) > 0 ? ` ${t('It has not answered its owner’s last message.')}` : '';

/** By owners: the last of their workers that failed while it owed them an answer. */
const failedOwing = once((process) => {
  const found = new Map<ThreadFacts, ThreadFacts>();
  for (const thread of process.threads.values()) {
    const owner = ownerOf(process, thread);
    if (owner && hasFailed(process, thread) && (askedSince(process, thread) ?? 0) > 0) found.set(owner, thread);
  }
  return found;
});

function hasFailed(process: ProcessFacts, thread: ThreadFacts): boolean {
  const by = endedApart(process, thread)?.by;
  return by === 'error' || by === 'out-of-memory';
}

/** Another worker of its owner’s, for whose answer that may still wait. */
export function failedBefore(process: ProcessFacts, thread: ThreadFacts): ThreadFacts | undefined {
  const owner = ownerOf(process, thread);
  return owner && failedOwing(process).get(owner);
}

export const failedText = (failed: ThreadFacts): string =>
  ` ${t('“{0}” failed before it had answered its owner’s last message.', labelOf(failed))}`;

export const failedLine = ({ error }: ThreadFacts): Finding['related'] => lines([t('It was thrown here'), error?.at]);

export const startLine = ({ start }: ThreadFacts): Finding['related'] => lines([t('It was started here'), start?.at]);
