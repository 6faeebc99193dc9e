// Threads that ended although their modules still awaited something. Pure.
import { grouped } from '../../../common/grouped';
import { t } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { mainEnding } from '../../conclusions/endings';
import { awaitText, unsettled } from '../../conclusions/phrases/notePhrases';
import { lastAwaits, pendingAwaits } from '../../conclusions/undone/pendingAwaits';
import { isMain, mainOf, type ThreadFacts } from '../../facts/facts';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Evidence, Suspect } from '../evidence';
import type { ProcessRule } from '../rule';
import { lines, type Verdict } from '../verdict';
import { unansweredRequest } from './unansweredRequest';

export const unsettledAwait: ProcessRule = { id: 'unsettled-await', byReports: true, check };

/** By the end of its modules' code something was still awaited that nothing could settle. */
export function isLeftWaiting({ thread, ended, pool }: Pick<Suspect, 'thread' | 'ended' | 'pool'>): boolean {
  if (ended?.by !== 'returned') return false;
  if (hasUnsettledCode(thread, ended)) return true;
  return !isMain(thread) && pool?.package === undefined && withoutCode(thread, ended).length > 0;
}

const hasUnsettledCode = (thread: ThreadFacts, { code = 0 }: Ending): boolean =>
  runtimeOf(thread).endings.isUnsettled({ code, chosen: thread.exiting?.chosen });

function check({ process, workers }: Evidence): Verdict[] {
  const main = mainOf(process);
  const ends = [
    ...(main ? [{ thread: main, label: t('Main'), ended: mainEnding(process) }] : []),
    ...workers.map(({ thread, label, ended }) => ({ thread, label: t('“{0}”', label), ended })),
  ];
  const byOwner = grouped(workers, ({ owner }) => owner);
  const isOfPackage = new Set(workers.filter(({ pool }) => pool?.package !== undefined).map(({ thread }) => thread));
  return ends.flatMap(({ thread, label, ended }): Verdict[] => {
    if (ended?.by !== 'returned') return [];
    if (!hasUnsettledCode(thread, ended))
      return isMain(thread) || isOfPackage.has(thread) ? [] : withoutCode(thread, ended);
    const own = byOwner.get(thread) ?? [];
    return own.some(unansweredRequest.check) ? [] : [verdictOn(thread, label, ended, own)]; // that says what it awaited
  });
}

/** Only an await at the top level of a module has a code of its own. */
function withoutCode(thread: ThreadFacts, ended: Ending): Verdict[] {
  const [last] = lastAwaits(thread).filter(({ at }) => at && !IN_PACKAGE.test(at.file));
  if (!last || ended.code !== 0) return [];
  return [
    {
      thread,
      t: ended.t,
      at: last.at,
      text: `${unsettled(thread, last)} ${t('What was to follow did not run.')}`,
      related: lines([t('It was started here'), thread.start?.at]),
    },
  ];
}
const IN_PACKAGE = /[\\/]node_modules[\\/]/;

function verdictOn(thread: ThreadFacts, label: string, ended: Ending, own: Suspect[]): Verdict {
  const heard = own.find(({ thread: { id }, daemon }) => daemon && thread.lastLook?.heard.get(id));
  const text = t(
    '{0} ended with exit code {1}: a top-level await had not settled, and nothing was left that could settle it.',
    label,
    ended.code ?? 0,
  );
  const [pending] = pendingAwaits(thread);
  const awaited = pending ? ` ${t('It waited for {0}.', awaitText(pending))}` : '';
  return {
    thread,
    t: ended.t,
    at: pending?.at ?? thread.start?.at,
    text: heard ? `${text} ${t('It was still listening to “{0}”, a daemon.', heard.label)}` : text + awaited,
    related: lines([t('It was made a daemon here'), heard?.madeDaemonAt]),
  };
}
