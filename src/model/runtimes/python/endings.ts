// How a thread of Python's ended, in phrases: they follow a colon, those of an end from outside also “was”. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { Site } from '../../../protocol/probeEvents';
import type { EndingPhrases } from '../runtime';

export const endings: EndingPhrases = {
  returned: ({ isMain }) => (isMain ? t('its code was done') : t('its function returned')),
  isUnsettled: () => false,
  exitCalled: (code, at, isMain) => (isMain ? called('sys.exit', code, at) : endedAlone(called('sys.exit', code, at))),
  abruptlyEnded: (code, at) => called('os._exit', code, at),
  awaited: () => t('its exit'),
  terminateCalled: () => 'terminate()',
  killedWithMain: ({ because, returned, abrupt }) => {
    if (abrupt) return t('killed by {0}', because);
    return returned ? t('killed at the end of the process') : t('killed at the end of the process ({0})', because);
  },
  outOfMemory: () => 'MemoryError',
};

const called = (name: string, code: number, at: Site | undefined): string =>
  at ? t('{0} at {1}', `${name}(${code})`, siteText(at)) : `${name}(${code})`;

const endedAlone = (call: string): string => t('{0}, which ends this thread alone', call);
