// Several threads that only compute.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { calleeOf, eachNode, isRepeated, type Node } from '../../source/syntax';
import { EXECUTORS, methodCall, thingOf } from '../../source/things';
import { startOf } from '../../source/threads';
import { finding, type Check } from '../check';

/** Rounds from which on it takes more than a moment. */
const MANY = 100_000;
/** What neither waits nor leaves Python’s own code for long. */
const COMPUTES =
  /^(range|len|min|max|sum|abs|int|float|str|all|any|zip|enumerate|pow|divmod|round|ord|chr|math\.\w+|[\w.]+\.append)$/;

export const cpuBoundThreads: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    if (thread.runs?.module !== module || !(thread.isOfSeveral || isRepeated(thread.node)) || !isRepeated(thread.node))
      continue;
    if (onlyComputes(module, thread.runs.node))
      yield finding(
        'cpu-bound-threads',
        startOf(thread),
        t('These threads only compute, in turns: together they are no faster than one.'),
      );
  }
  for (const call of module.calls) {
    const method = methodCall(module, call);
    if (method?.name !== 'map' || !thingOf(module, method.object, EXECUTORS)) continue;
    const [given] = module.argumentsOf(call).positional;
    const fn = given && module.functionOf(given);
    if (fn && onlyComputes(module, fn))
      yield finding(
        'cpu-bound-threads',
        call,
        t('These threads only compute, in turns: together they are no faster than one.'),
      );
  }
};

/** Calls nothing but what computes, in a loop of very many rounds or in one loop within another. */
function onlyComputes(module: Module, fn: Node): boolean {
  let [computes, rounds, loops] = [true, 0, 0];
  eachNode(fn, (node) => {
    if (/^(AwaitExpression|WithStatement|YieldExpression|YieldStatement)$/.test(node.type)) computes = false;
    if (node.type === 'for' || node.type === 'while') loops++;
    if (node.type !== 'CallExpression') return;
    const name = module.qualified(calleeOf(node)) ?? module.textOf(calleeOf(node));
    computes &&= COMPUTES.test(name);
    if (name === 'range')
      rounds = Math.max(
        rounds,
        ...module.argumentsOf(node).positional.map((one) => Number(module.textOf(one).replaceAll('_', '')) || 0),
      );
  });
  return computes && (rounds >= MANY || (loops >= 2 && /%|\*\*/.test(module.textOf(fn))));
}
