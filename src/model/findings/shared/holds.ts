// Who keeps a process alive that will not end by itself, in sentences. Pure.
import { t } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
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

export const startLine = ({ start }: ThreadFacts): Finding['related'] => lines([t('It was started here'), start?.at]);
