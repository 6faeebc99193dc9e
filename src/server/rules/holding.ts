// What keeps a process alive for ever.
import ts from 'typescript';
import { t } from '../../common/l10n';
import { follow, followName, type Followed } from '../source/flow';
import type { Module } from '../source/module';
import { calls, listensTo } from '../source/order';
import { libraryOf, namesLibraries } from '../source/libraries';
import { report, type Check, type Source } from '../source/report';
import { sideOf } from '../source/side';

/** A worker that only waits for messages, or a pool, that nothing in its module ends. */
export const heldByWorker: Check = function* (source) {
  if (hasOwnReason(source)) return;
  for (const start of source.starts) {
    if (start.escapes || isLive(source, start.node) || !source.workerOf(start)?.listensForever) continue;
    if (start.uses.some((use) => calls(use, 'terminate', 'unref') || use.kind === 'get')) continue;
    if (start.uses.some((use) => calls(use, 'postMessage'))) continue; // it may be asked to end
    yield report(
      'held-by-worker',
      start.node,
      t('This worker waits for messages that nobody sends, and keeps the process alive for ever.'),
    );
  }
  yield* heldByPool(source);
};

function* heldByPool({ module }: Source): ReturnType<Check> {
  if (!namesLibraries(module)) return;
  for (const node of [...module.news, ...module.calls]) {
    const pool = libraryOf(module, node);
    if (!pool || pool.daemons || pool.ends.length === 0) continue;
    const { uses, escapes, calls: given } = follow(module, node);
    if (escapes || given.length > 0 || uses.length === 0) continue;
    if (uses.some((use) => use.kind !== 'call' || pool.ends.includes(use.name) || use.name === 'unref')) continue;
    const message = t(
      'The threads of this pool keep the process alive until {0}() is called, which nothing here does.',
      pool.ends[0]!,
    );
    yield report('held-by-worker', node, message);
  }
}

/** Every BroadcastChannel holds its thread from its construction on. */
export const heldByPort: Check = function* (source) {
  const { module } = source;
  if (hasOwnReason(source)) return;
  for (const node of module.news) {
    if (!module.isImport(node.expression, 'worker_threads', 'BroadcastChannel')) continue;
    const { uses, escapes, calls: given } = follow(module, node);
    if (escapes || given.length > 0 || isLive(source, node)) continue;
    if (uses.some((use) => calls(use, 'close', 'unref'))) continue;
    yield report(
      'held-by-port',
      node,
      t('A BroadcastChannel keeps its thread alive until close() or unref(), and nothing here calls either.'),
    );
  }
  yield* heldByListener(source);
};

/** A port that somebody listens on, of a channel that stays in the module: to close either end would do. */
function* heldByListener(source: Source): ReturnType<Check> {
  const { module } = source;
  for (const node of module.news) {
    const isChannel =
      module.isGlobal(node.expression, 'MessageChannel') ||
      module.isImport(node.expression, 'worker_threads', 'MessageChannel');
    if (!isChannel || isLive(source, node)) continue;
    const ports = portsOf(module, node);
    if (!ports || ports.some(({ escapes, calls: given }) => escapes || given.length > 0)) continue;
    const uses = ports.flatMap((port) => port.uses);
    if (uses.some((use) => calls(use, 'close', 'unref'))) continue;
    const listens = uses.find((use) => use.name !== 'once' && listensTo(use, 'message'));
    if (!listens) continue;
    const message = t('A port that somebody listens on keeps its thread alive, and nothing here closes this channel.');
    yield report('held-by-port', listens.node, message);
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
  const places = channel?.refs.map((ref) => ref.parent);
  if (!channel || channel.exported || !places?.every(isPort)) return undefined;
  return places.map((place) => follow(module, place as ts.PropertyAccessExpression));
}

const isPort = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) && /^port[12]$/.test(node.name.text);

/** A server keeps the process alive anyway, and is meant to; process.exit() ends it, whatever holds it. */
const hasOwnReason = ({ module }: Source): boolean =>
  module.calls.some(
    ({ expression }) =>
      module.isProcess(expression, 'exit') ||
      (ts.isPropertyAccessExpression(expression) && /^(listen|serve)$/.test(expression.name.text)),
  );

/** In a worker it holds that worker, which others may end. */
const isLive = ({ module, isWorker }: Source, node: ts.Node): boolean => {
  const side = sideOf(module, node);
  return side === 'worker' || (side === 'any' && isWorker);
};
