// How a thread fell, and which lines had to do with it. Pure.
import { t } from '../../../common/l10n';
import type { Ending } from '../../../protocol/picture';
import { isKilledWithMain } from '../../conclusions/cutOff';
import { mainEnding } from '../../conclusions/endings';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import { cutOffOf, type Suspect } from '../evidence';
import { lines, type Verdict } from '../verdict';

/** A daemon that was cut off: where it was made one. Else what ended it, or where it was started. */
export function whereCutOff(
  { process, thread, madeDaemonAt }: Suspect,
  ended: Ending,
): Pick<Verdict, 'at' | 'related'> {
  const start = thread.start?.at;
  return {
    at: (cutOffOf({ ended }) && madeDaemonAt) ?? ended.at ?? start,
    related: lines(
      [runtimeOf(process).daemons.madeHere(), madeDaemonAt],
      [t('It was started here'), start],
      [t('This line ended it'), ended.at],
    ),
  };
}

/** As `fell`, also of a thread that the program ended itself. */
export function fellOrTerminated(worker: Suspect, ended: Ending): string {
  if (ended.by !== 'terminate') return fell(worker, ended);
  const { label } = worker;
  return ended.at ? t('“{0}” was terminated at {1}.', label, siteText(ended.at)) : t('“{0}” was terminated.', label);
}

/** A sentence: how it ended, and of a daemon why nobody waited for it. */
export function fell({ label, madeDaemonAt, process }: Suspect, { because, by }: Ending): string {
  if (by === 'out-of-memory') return t('“{0}” ran out of memory: it reached its heap limit.', label);
  const { endings, daemons } = runtimeOf(process);
  const main = isKilledWithMain({ by }) ? mainEnding(process) : undefined;
  const isDone = main?.by === 'returned' && !endings.isUnsettled(main.code ?? 0);
  if (!isDone) return t('“{0}” was {1}.', label, because);
  if (!madeDaemonAt) return t('“{0}” was killed when main finished.', label);
  return daemons.killedWhenMainWasDone(label, madeDaemonAt);
}
