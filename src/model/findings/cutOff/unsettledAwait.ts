// Threads that ended although their modules still awaited something. Pure.
import { grouped } from '../../../common/grouped';
import { t } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { mainEnding } from '../../conclusions/endings';
import { mainOf, type ThreadFacts } from '../../facts/facts';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';
import { unansweredRequest } from './unansweredRequest';

export const unsettledAwait: ProcessRule = { id: 'unsettled-await', byReports: true, check };

function check({ process, workers }: Evidence): Verdict[] {
  const { isUnsettled } = runtimeOf(process).endings;
  const main = mainOf(process);
  const ends = [
    ...(main ? [{ thread: main, label: t('Main'), ended: mainEnding(process) }] : []),
    ...workers.map(({ thread, label, ended }) => ({ thread, label: t('“{0}”', label), ended })),
  ];
  const byOwner = grouped(workers, ({ owner }) => owner);
  return ends.flatMap(({ thread, label, ended }): Verdict[] => {
    const chosen = thread.exiting?.chosen;
    if (ended?.by !== 'returned' || !isUnsettled({ code: ended.code ?? 0, chosen })) return [];
    const own = byOwner.get(thread) ?? [];
    return own.some(unansweredRequest.check) ? [] : [verdictOn(thread, label, ended, own)]; // that says what it awaited
  });
}

function verdictOn(thread: ThreadFacts, label: string, ended: Ending, own: Suspect[]): Verdict {
  const heard = own.find(({ thread: { id }, daemon }) => daemon && thread.lastLook?.heard.get(id));
  const text = t(
    '{0} ended with exit code {1}: a top-level await had not settled, and nothing was left that could settle it.',
    label,
    ended.code ?? 0,
  );
  return {
    thread,
    t: ended.t,
    at: thread.start?.at,
    text: heard ? `${text} ${t('It was still listening to “{0}”, a daemon.', heard.label)}` : text,
    related: lines([t('It was made a daemon here'), heard?.madeDaemonAt]),
  };
}
