// A QueueListener whose records are lost with its daemon.
import { t } from '../../../../common/l10n';
import { follow } from '../../source/flow';
import { statementOf } from '../../source/syntax';
import { finding, type Check } from '../check';
import { imported, lineAfter } from '../shared/edits';

/** It is started, nothing names its stop(), and it stays in the module. */
export const queueListenerNotStopped: Check = function* ({ module }) {
  for (const made of module.calls.filter((call) => module.isCallOf(call, 'logging.handlers.QueueListener'))) {
    const { uses, escapes, bindings } = follow(module, made);
    const start = uses.find(({ name, call }) => name === 'start' && call)?.call;
    if (!start || escapes || uses.some(({ name }) => name === 'stop' || name === '__exit__')) continue;
    if (bindings.some((one) => !module.isPrivate(one))) continue;
    const [binding] = bindings;
    const isStatement = binding?.scope && statementOf(start).children[0] === start;
    const edits = isStatement ? imported(module, 'atexit', start) : undefined;
    const line = lineAfter(module, statementOf(start), `atexit.register(${binding?.name}.stop)`);
    const fix = edits ? { fix: { title: t('Stop it at exit'), edits: [...edits, line] } } : {};
    yield finding(
      'queue-listener-not-stopped',
      start,
      t(
        'Nobody calls stop() on this listener. Its thread is a daemon: records that are still in the queue when the process ends are lost.',
      ),
      fix,
    );
  }
};
