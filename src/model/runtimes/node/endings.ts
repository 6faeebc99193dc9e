// How a thread of Node ended, in phrases: they follow a colon, those of an end from outside also “was”. Pure.
import { t } from '../../../common/l10n';
import { siteText } from '../../facts/sites';
import type { EndingPhrases, ExitCode } from '../runtime';

/** Node's exit code of a main module that waits for what nothing will do. */
const UNSETTLED_CODE = 13;

export const endings: EndingPhrases = {
  returned: ({ isMain, ...end }) => (isMain ? mainReturned(isUnsettled(end)) : workDone(end.code)),
  isUntold: () => false,
  isUnsettled,
  isBelied: () => false,
  exitCalled: (code = 0, at) => (at ? t('process.exit({0}) at {1}', code, siteText(at)) : `process.exit(${code})`),
  abruptlyEnded: (code, at) => endings.exitCalled(code, at, true),
  awaited: (isCalled) => (isCalled ? 'process.exit()' : t('its exit')),
  terminateCalled: (at) => (at ? t('terminate() was called at {0}', siteText(at)) : t('terminate() was called')),
  killedWithMain: ({ because }) => t('killed with main: {0}', because),
  outOfMemory: () => t('ran out of memory: it reached its heap limit'),
};

function isUnsettled({ code, chosen }: ExitCode): boolean {
  return code === UNSETTLED_CODE && !chosen;
}

/** Main's exit code stands beside the reason wherever that is shown. */
const mainReturned = (unsettled: boolean): string =>
  unsettled
    ? t('nothing kept it alive any more, although a top-level await had not settled')
    : t('nothing kept it alive any more');

const workDone = (code: number): string =>
  code === 0 ? t('its work was done') : t('finished with exit code {0}', code);
