// Workers whose event loop never turns.
import { t } from '../../../common/l10n';
import { report, type Check } from '../../source/report';
import { isEndless, letsTurn } from '../../source/workerCode';
import { isInWorker } from '../shared/inWorker';

/** A loop in which the event loop never turns; of a script in a string it is told at its start. */
export const unresponsiveWorker: Check = function* (source) {
  for (const start of source.starts)
    if (start.target.kind === 'code' && source.workerOf(start)?.endless)
      yield report('unresponsive-worker', start.node.arguments?.[0] ?? start.node, neverTurns());
  for (const loop of source.module.loops) {
    if (!isEndless(loop) || !isInWorker(source, loop) || letsTurn(source.module, loop)) continue;
    const keyword = loop.getChildAt(0);
    yield report('unresponsive-worker', keyword, neverTurns());
  }
};

const neverTurns = (): string =>
  t('This loop never ends and never yields: the worker receives no messages and can only be terminated.');
