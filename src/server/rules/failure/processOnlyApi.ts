// What only main may change, changed in a worker.
import { t } from '../../../common/l10n';
import { report, type Check } from '../../source/report';
import { isInWorker } from '../shared/inWorker';
import { processMethod } from '../shared/processMethod';

/** Throws ERR_WORKER_UNSUPPORTED_OPERATION. */
const UNSUPPORTED = /^(chdir|initgroups|set(e?[ug]id|groups))$/;

/** Calls of `process` that throw in a worker. */
export const processOnlyApi: Check = function* (source) {
  for (const call of source.module.calls) {
    const name = processMethod(source, call);
    if (name === undefined) continue;
    const setsMask = name === 'umask' && call.arguments.length > 0;
    if ((!UNSUPPORTED.test(name) && !setsMask) || !isInWorker(source, call)) continue;
    yield report(
      'process-only-api',
      call,
      t('process.{0}() throws in a worker: only main may change what all threads share.', name),
    );
  }
};
