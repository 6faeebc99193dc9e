// A thread that is a daemon only because a daemon makes it.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { ownCalls, opensToWrite } from '../../source/functions';
import type { Module } from '../../source/module';
import { calleeOf, type Node } from '../../source/syntax';
import { isOutOfSight, isWaitedFor } from '../../source/threads';
import { finding, type Check } from '../check';
import { instead } from '../shared/edits';

/** Calls that are not finished when the thread is killed in the middle of them, or before them. */
const WORK =
  /^(os\.(rename|replace|remove|unlink|mkdir|makedirs)|shutil\.\w+|subprocess\.(run|call|check_call|check_output)|requests\.(post|put|patch|delete)|urllib\.request\.urlopen)$/;

/** Its function does something that matters, nobody waits for it, and nothing says that it is meant to be a daemon. */
export const inheritedDaemon: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    if (!thread.runs || thread.daemon !== 'inherited' || isWaitedFor(thread) || isOutOfSight(module, thread)) continue;
    if (!fateOf(module, thread).isInherited || !hasWork(thread.runs.module, thread.runs.node)) continue;
    const message = t(
      'This thread is a daemon because a daemon makes it. When the process ends, it is killed in the middle of its work.',
    );
    yield finding('inherited-daemon', thread.node, message, thread.owner ? {} : fixOf(module, thread.node));
  }
};

const hasWork = (module: Module, fn: Node): boolean =>
  ownCalls(module, fn).some((call) => opensToWrite(module, call) || WORK.test(module.qualified(calleeOf(call)) ?? ''));

function fixOf(module: Module, call: Node): { fix?: NonNullable<ReturnType<typeof finding>['fix']> } {
  const list = call.children.at(-1)!;
  const last = list.children.at(-2);
  if (list.type !== 'ArgList' || !last || !module.textOf(list).endsWith(')')) return {};
  const edit =
    last.type === ',' ? instead(last, ', daemon=False,') : { start: last.end, end: last.end, text: ', daemon=False' };
  return { fix: { title: t('Pass daemon=False'), edits: [edit] } };
}
