// Calls that are known to come back at once: nothing in them waits for anybody. Pure.
import { endlessLoopOf, ownCalls } from '../../source/functions';
import type { Module } from '../../source/module';
import { calleeOf, memberOf, type Node } from '../../source/syntax';

const FUNCTIONS =
  /^(print|len|str|repr|int|float|bool|round|abs|sum|min|max|sorted|list|dict|tuple|set|format|range|enumerate|zip|open|(time\.(time|monotonic|perf_counter|thread_time|process_time|strftime|localtime|gmtime|ctime)(_ns)?)|(random|math|json|datetime)\.[\w.]+|os\.(getpid|getloadavg|times|path\.\w+))$/;
const METHODS =
  /^(write|writelines|writerow|writerows|flush|format|strip|split|lower|upper|encode|decode|isoformat|strftime|total_seconds|append|items|keys|values)$/;
/** A function of the module that calls another, and so on. */
const DEEPEST = 3;

export function returnsSoon(module: Module, call: Node, depth = 0): boolean {
  const callee = calleeOf(call);
  const own = module.functionOf(callee);
  if (own)
    return (
      depth < DEEPEST &&
      endlessLoopOf(module, own) === undefined &&
      module.decoratorsOf(own).length === 0 &&
      ownCalls(module, own).every((one) => returnsSoon(module, one, depth + 1))
    );
  if (FUNCTIONS.test(module.qualified(callee) ?? '')) return true;
  const member = memberOf(callee);
  return member !== undefined && METHODS.test(module.textOf(member.name)) && module.qualified(callee) === undefined;
}
