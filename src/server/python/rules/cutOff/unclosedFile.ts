// A file of main’s that is not written out, because a daemon is in a function of main’s module at the end.
import { t } from '../../../../common/l10n';
import { fateOf } from '../../source/fate';
import { endlessLoopOf, opensToWrite } from '../../source/functions';
import { functionAround, memberOf, nearest, type Node } from '../../source/syntax';
import { isWaitedFor } from '../../source/threads';
import { finding, type Check } from '../check';

/** A name of the module for a file that is only written to, and a daemon that never ends. */
export const unclosedFile: Check = function* ({ module, threads }) {
  const daemon = threads.find((thread) => {
    const { runs, starts, node } = thread;
    const isOwn = runs?.module === module && !functionAround(node) && starts.length > 0;
    return (
      isOwn && fateOf(module, thread).fate === 'daemon' && !isWaitedFor(thread) && endlessLoopOf(module, runs.node)
    );
  });
  if (!daemon) return;
  for (const open of module.calls.filter((call) => opensToWrite(module, call))) {
    const statement = open.parent;
    const target = statement?.children[0];
    if (
      functionAround(open) ||
      nearest(open, 'ClassDefinition') ||
      statement?.type !== 'AssignStatement' ||
      target?.type !== 'VariableName'
    )
      continue;
    const binding = module.scopes.of(target);
    if (!binding || binding.definitions.length !== 1 || binding.uses.length === 0) continue;
    const onlyWrites = binding.uses.every((use) => isWrite(module.textOf, use));
    if (!onlyWrites) continue;
    const message = t(
      'This file is never closed. While a daemon is in a function of this module, Python does not write out what it holds in memory.',
    );
    yield finding('unclosed-file', open, message);
  }
};

const isWrite = (textOf: (node: Node) => string, use: Node): boolean => {
  const member = use.parent && memberOf(use.parent);
  return member?.object === use && /^(write|writelines)$/.test(textOf(member.name));
};
