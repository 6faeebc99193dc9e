// Ports and channels that keep the process alive forever.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import { follow, followName, type Followed } from '../../source/flow';
import type { Module } from '../../source/module';
import { calls, listensTo } from '../../source/order';
import { finding, type Check, type RuleContext } from '../check';
import { isInWorker } from '../shared/inWorker';
import { hasOwnReason } from '../shared/ownReason';
import { unrefdLast } from '../shared/unrefs';

/** Every BroadcastChannel holds its thread from its construction on. A worker that is held may be ended by others. */
export const heldByPort: Check = function* (context) {
  const { module } = context;
  if (hasOwnReason(context)) return;
  for (const node of module.news) {
    if (!module.isImport(node.expression, 'worker_threads', 'BroadcastChannel')) continue;
    const { uses, escapes, calls: given } = follow(module, node);
    if (escapes || given.length > 0 || isInWorker(context, node)) continue;
    if (uses.some((use) => calls(use, 'close', 'unref'))) continue;
    yield finding(
      'held-by-port',
      node,
      t('A BroadcastChannel keeps its thread alive until close() or unref() is called, and nothing here calls either.'),
      unrefdLast(node, uses),
    );
  }
  yield* heldByListener(context);
};

/** A port with a listener, of a channel that stays in the module: closing either end would be enough. */
function* heldByListener(context: RuleContext): ReturnType<Check> {
  const { module } = context;
  for (const node of module.news) {
    const isChannel =
      module.isGlobal(node.expression, 'MessageChannel') ||
      module.isImport(node.expression, 'worker_threads', 'MessageChannel');
    if (!isChannel || isInWorker(context, node)) continue;
    const ports = portsOf(module, node);
    if (!ports || ports.some(({ escapes, calls: given }) => escapes || given.length > 0)) continue;
    const uses = ports.flatMap((port) => port.uses);
    if (uses.some((use) => calls(use, 'close', 'unref'))) continue;
    const listens = uses.find((use) => use.name !== 'once' && listensTo(use, 'message'));
    if (!listens) continue;
    const message = t('A port with a listener keeps its thread alive, and nothing here closes this channel.');
    yield finding('held-by-port', listens.node, message);
  }
}

/** Both ends of a channel; undefined where it goes out of sight. */
function portsOf(module: Module, made: ts.NewExpression): Followed[] | undefined {
  const { parent } = made;
  if (!ts.isVariableDeclaration(parent)) return undefined;
  if (ts.isObjectBindingPattern(parent.name))
    return parent.name.elements.map(({ name }) => {
      const binding = ts.isIdentifier(name) ? module.names.of(name) : undefined;
      return binding ? followName(module, binding) : { uses: [], calls: [], escapes: true };
    });
  const channel = module.names.of(parent.name as ts.Identifier);
  const accesses = channel?.refs.map((ref) => ref.parent);
  if (!channel || channel.exported || !accesses?.every(isPort)) return undefined;
  return accesses.map((access) => follow(module, access as ts.PropertyAccessExpression));
}

const isPort = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) && /^port[12]$/.test(node.name.text);
