// Listeners for signals where none arrive.
import ts from 'typescript';
import { t } from '../../../common/l10n';
import { report, type Check } from '../../source/report';
import { isInWorker } from '../shared/inWorker';
import { SIGNAL, processMethod } from '../shared/processMethod';

/** Signals come to main alone. */
export const signalInWorker: Check = function* (source) {
  for (const call of source.module.calls) {
    const [event] = call.arguments;
    if (!event || !ts.isStringLiteralLike(event) || !SIGNAL.test(event.text)) continue;
    if (!/^(on|once|addListener)$/.test(processMethod(source, call) ?? '') || !isInWorker(source, call)) continue;
    yield report('signal-in-worker', call, t('Workers do not receive signals, so this listener is never called.'));
  }
};
