// Workers whose event loop never turns.
import { t } from '../../../../common/l10n';
import { isEndless, letsTurn } from '../../source/worker/loops';
import { finding, type Check } from '../check';
import { isInWorker } from '../shared/inWorker';

/** A loop in which the event loop never turns; in a script that is a string, the finding is at its start. */
export const unresponsiveWorker: Check = function* (context) {
  for (const start of context.starts)
    if (start.target.kind === 'code' && context.workerOf(start)?.endless)
      yield finding('unresponsive-worker', start.node.arguments?.[0] ?? start.node, neverTurns());
  for (const loop of context.module.loops) {
    if (!isEndless(loop) || !isInWorker(context, loop) || letsTurn(context.module, loop)) continue;
    const keyword = loop.getChildAt(0);
    yield finding('unresponsive-worker', keyword, neverTurns());
  }
};

const neverTurns = (): string =>
  t('This loop never ends and never yields: the worker receives no messages and can only be terminated.');
