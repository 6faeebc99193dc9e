// How a thread of Python's ended, in phrases: they follow a colon, those of an end from outside also “was”. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { Site } from '../../../protocol/probeEvents';
import type { EndingPhrases } from '../runtime';

export const endings: EndingPhrases = {
  returned: ({ isMain }) => (isMain ? t('its code was done') : t('its function returned')),
  isUntold: ({ start }) => start?.madeBy === 'raw' || start?.madeBy === 'attached',
  isUnsettled: () => false,
  isBelied: (told, code) => (told - code) % 256 !== 0 && code !== COULD_NOT_FLUSH,
  exitCalled: (code, at, isMain) => (isMain ? exited(code, at) : endedAlone(exited(code, at))),
  abruptlyEnded: (code, at) => called('os._exit', code, at),
  awaited: () => t('its exit'),
  terminateCalled: () => 'terminate()',
  killedWithMain: ({ because, returned, abrupt }) => {
    if (abrupt) return t('killed by {0}', because);
    return returned ? t('killed at the end of the process') : t('killed at the end of the process ({0})', because);
  },
  outOfMemory: () => 'MemoryError',
};

/** With this code Python ends when the standard output takes no more. */
const COULD_NOT_FLUSH = 120;

/** Who raises SystemExit without `sys.exit()` is not seen, but for the code. */
const exited = (code: number | undefined, at: Site | undefined): string =>
  called(at ? 'sys.exit' : 'SystemExit', code, at);

function called(name: string, code: number | undefined, at: Site | undefined): string {
  const call = code === undefined ? name : `${name}(${code})`;
  return at ? t('{0} at {1}', call, siteText(at)) : call;
}

const endedAlone = (call: string): string => t('{0}, which ends this thread alone', call);
