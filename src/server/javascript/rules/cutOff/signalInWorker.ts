// Listeners for signals where none arrive.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { finding, type Check } from '../check';
import { isInWorker } from '../shared/inWorker';
import { SIGNAL, processMethod } from '../shared/processMethod';

/** Only main receives signals. */
export const signalInWorker: Check = function* (context) {
  for (const call of context.module.calls) {
    const [event] = call.arguments;
    if (!event || !ts.isStringLiteralLike(event) || !SIGNAL.test(event.text)) continue;
    if (!/^(on|once|addListener)$/.test(processMethod(context, call) ?? '') || !isInWorker(context, call)) continue;
    yield finding('signal-in-worker', call, t('Workers do not receive signals, so this listener is never called.'));
  }
};
