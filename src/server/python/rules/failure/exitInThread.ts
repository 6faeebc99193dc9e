// sys.exit() in a function that threads run, which ends the thread alone.
import { t } from '../../../../common/l10n';
import { ownCalls, usesOf } from '../../source/functions';
import type { Module } from '../../source/module';
import { around, calleeOf, isFunction, ownOf, type Node } from '../../source/syntax';
import { finding, type Check } from '../check';

const EXITS = /^(sys\.exit|exit|quit)$/;

/** The function is given to threads and called by nobody, and the exit code says that something failed. */
export const exitInThread: Check = function* ({ module, threads }) {
  const functions = new Set(threads.flatMap(({ runs }) => (runs?.module === module ? [runs.node] : [])));
  for (const fn of functions) {
    const isOnlyRun = usesOf(module, fn).every(
      (use) => threads.some(({ named }) => named === use) || isRunOfSelf(module, fn),
    );
    if (!isOnlyRun) continue;
    for (const exit of [
      ...ownCalls(module, fn).filter((call) => EXITS.test(module.qualified(calleeOf(call)) ?? '')),
      ...raisedIn(module, fn),
    ]) {
      if (!tellsFailure(module, exit) || isCaught(module, exit)) continue;
      yield finding(
        'exit-in-thread',
        exit,
        t('In a thread this ends the thread alone. The process goes on, and the exit code is lost.'),
      );
    }
  }
};

/** run() of a subclass is called by Thread. */
const isRunOfSelf = (module: Module, fn: Node): boolean => module.nameOf(fn) === 'run';

/** `raise SystemExit(…)` */
const raisedIn = (module: Module, fn: Node): Node[] =>
  ownOf(fn, 'RaiseStatement').flatMap((one) => one.children.filter((raised) => module.isCallOf(raised, 'SystemExit')));

function tellsFailure(module: Module, exit: Node): boolean {
  const [code] = module.argumentsOf(exit).positional;
  return code !== undefined && code.type !== 'None' && module.textOf(code) !== '0';
}

function isCaught(module: Module, exit: Node): boolean {
  for (const up of around(exit)) {
    if (isFunction(up)) return false;
    if (up.type !== 'TryStatement') continue;
    const caught = module.textOf(up).match(/except\s*(:|[^\n]*\b(SystemExit|BaseException)\b)/);
    if (caught) return true;
  }
  return false;
}
