// Whether a thread of Python's keeps the process alive: said when it starts, or taken over from the thread that made it. Pure.
import { t } from '../../../common/l10n';
import type { Flip } from '../../../protocol/picture';
import type { ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { DaemonPhrases } from '../runtime';

/** One for good. Empty for main, and where its start was not seen or what it is was not told. */
export function daemonFlag({ start, firstSeen }: ThreadFacts): Flip[] {
  if (start?.daemon === undefined) return [];
  const { daemon } = start;
  const at = start.from ?? start.at; // libraries start most of the threads that they use by themselves
  return [{ t: firstSeen, value: !daemon, ...(at ? { at } : {}) }];
}

export const daemons: DaemonPhrases = {
  killedWhenMainWasDone: (label, at) =>
    t(
      '“{0}” was killed when the process ended. It was started as a daemon at {1}, so the process did not wait for it.',
      label,
      siteText(at),
    ),
  killedAtTheEnd: (label) => t('“{0}” was killed when the process ended.', label),
  madeHere: () => t('It was started as a daemon here'),
};
