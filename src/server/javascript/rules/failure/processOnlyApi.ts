// What only main may change, changed in a worker.
import { t } from '../../../../common/l10n';
import { finding, type Check } from '../check';
import { isInWorker } from '../shared/inWorker';
import { processMethod } from '../shared/processMethod';

/** Throws ERR_WORKER_UNSUPPORTED_OPERATION. */
const UNSUPPORTED = /^(chdir|initgroups|set(e?[ug]id|groups))$/;

/** Calls of `process` that throw in a worker. */
export const processOnlyApi: Check = function* (context) {
  for (const call of context.module.calls) {
    const name = processMethod(context, call);
    if (name === undefined) continue;
    const setsMask = name === 'umask' && call.arguments.length > 0;
    if ((!UNSUPPORTED.test(name) && !setsMask) || !isInWorker(context, call)) continue;
    yield finding(
      'process-only-api',
      call,
      t('process.{0}() throws in a worker: only main may change what all threads share.', name),
    );
  }
};
