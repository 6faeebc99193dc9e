// Workers of Node's that were unref'd, in sentences. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { DaemonPhrases } from '../runtime';

export const daemons: DaemonPhrases = {
  killedWhenMainWasDone: (label, at) =>
    t('“{0}” was killed at the moment main was done: unref() at {1} had said not to wait for it.', label, siteText(at)),
  madeHere: () => t('unref() was called here'),
};
