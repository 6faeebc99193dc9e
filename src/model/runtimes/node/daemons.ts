// Workers of Node's that were unref'd, in sentences. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { DaemonPhrases } from '../runtime';

export const daemons: DaemonPhrases = {
  killedWhenMainWasDone: (label, at) =>
    t(
      '“{0}” was killed when main finished. It was unref’d at {1}, so the process did not wait for it.',
      label,
      siteText(at),
    ),
  killedAtTheEnd: (label) => t('“{0}” was killed when main finished.', label),
  madeHere: () => t('unref() was called here'),
};
