// os._exit() while a thread is at work that would have kept the process alive.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { functionAround, calleeOf, siblingsOf, statementOf } from '../../source/syntax';
import { isOutOfSight, isWaitedFor } from '../../source/threads';
import { finding, type Check } from '../check';

/** In the same list of statements as the start, or in one around the exit; not in a child that was forked, which has no other threads. */
export const abruptExit: Check = function* ({ module, threads }) {
  if (module.calls.some((call) => /^(os|pty)\.fork(pty)?$/.test(module.qualified(calleeOf(call)) ?? ''))) return;
  for (const exit of module.calls.filter((call) => module.isCallOf(call, 'os._exit'))) {
    const statement = statementOf(exit);
    const list = siblingsOf(statement);
    const isAlive = threads.some((thread) => {
      if (
        thread.kind !== 'thread' ||
        fateOf(module, thread).fate !== 'keeps-alive' ||
        isOutOfSight(module, thread) ||
        isWaitedFor(thread)
      )
        return false;
      return thread.starts.some((start) => {
        const started = statementOf(start);
        return (
          functionAround(start) === functionAround(exit) && started.start < statement.start && list.includes(started)
        );
      });
    });
    if (isAlive)
      yield finding(
        'abrupt-exit',
        exit,
        t('os._exit() kills a thread that may be at work. What its files hold in memory is lost.'),
      );
  }
};
