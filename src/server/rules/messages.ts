// What is posted, and cannot be, or is not waited for.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../common/l10n';
import { follow } from '../source/flow';
import type { Module } from '../source/module';
import { calls, listensTo, listensToUnknown, followsAtOnce, isDropped } from '../source/order';
import { libraryOf, namesLibraries } from '../source/libraries';
import { report, type Check, type Fix } from '../source/report';
import type { Start } from '../source/starts';
import { bare, functionOf } from '../source/syntax';
import { isEndless, isPort } from '../source/workerCode';

/** Functions and symbols in a message or in workerData. */
export const uncloneableValue: Check = function* ({ module, starts }) {
  for (const { args } of postsOf(module, starts)) {
    const bad = args[0] && uncloneable(module, args[0]);
    if (bad) yield report('uncloneable-value', bad, notCloned());
  }
  for (const { options } of starts) {
    const data = options?.get('workerData');
    const bad = data && uncloneable(module, data);
    if (bad) yield report('uncloneable-value', bad, notCloned());
  }
};
const notCloned = (): string => t('A function or symbol cannot be cloned: this throws a DataCloneError.');

/** The part of a literal that structured clone refuses. */
function uncloneable(module: Module, value: ts.Expression): ts.Node | undefined {
  const node = bare(value);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node)) return node;
  if (ts.isCallExpression(node) && module.isGlobal(node.expression, 'Symbol')) return node;
  if (ts.isIdentifier(node)) {
    const declaration = module.names.of(node)?.declaration;
    return declaration && (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration))
      ? node
      : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) return first(node.elements, (element) => uncloneable(module, element));
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  return first(node.properties, (property) => {
    if (ts.isMethodDeclaration(property)) return property.name;
    return ts.isPropertyAssignment(property) ? uncloneable(module, property.initializer) : undefined;
  });
}

function first<T, R>(list: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `Buffer.from(…).buffer` is often the pool that all small buffers share. */
export const transferredPooledBuffer: Check = function* ({ module, starts }) {
  for (const { args } of postsOf(module, starts)) {
    const list = args[1] && bare(args[1]);
    if (!list || !ts.isArrayLiteralExpression(list)) continue;
    for (const element of list.elements) {
      if (!ts.isPropertyAccessExpression(element) || element.name.text !== 'buffer') continue;
      const made = module.literalOf(element.expression);
      if (!isPooled(module, made)) continue;
      yield report(
        'transferred-pooled-buffer',
        element,
        t('This memory may be the pool that all small buffers share: transferring it empties them all.'),
        {
          fix: { title: t('Send a copy instead'), edits: [{ start: args[0]!.getEnd(), end: list.getEnd(), text: '' }] },
        },
      );
    }
  }
};

function isPooled(module: Module, node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  const isBuffer = module.isGlobal(expression, 'Buffer') || module.isImport(expression, 'buffer', 'Buffer');
  return isBuffer && /^(from|concat|allocUnsafe)$/.test(name.text) && !(name.text === 'from' && isMemory(module, node));
}

/** Of an ArrayBuffer it is a view, not a copy. */
function isMemory(module: Module, { arguments: args }: ts.CallExpression): boolean {
  const [given] = args;
  if (!given) return true;
  const node = module.literalOf(given);
  return !(ts.isStringLiteralLike(node) || ts.isArrayLiteralExpression(node) || ts.isTemplateExpression(node));
}

interface Post {
  args: readonly ts.Expression[];
}

/** To workers that the module starts, and to its owner. */
function postsOf(module: Module, starts: Parameters<Check>[0]['starts']): Post[] {
  const posts = new Map<ts.Node, Post>();
  for (const { uses } of starts) for (const use of uses) if (calls(use, 'postMessage')) posts.set(use.node, use);
  for (const node of module.calls) {
    if (!ts.isPropertyAccessExpression(node.expression)) continue;
    const { name, expression } = node.expression;
    if (name.text === 'postMessage' && isPort(module, expression)) posts.set(node, { args: node.arguments });
  }
  return [...posts.values()];
}

/** Messages without an end, and nobody who listens to answers. */
export const messageBacklog: Check = function* ({ module, starts }) {
  for (const { uses, escapes } of starts) {
    if (escapes || uses.some((use) => listensTo(use, 'message') || listensToUnknown(use))) continue;
    for (const use of uses) {
      if (!calls(use, 'postMessage') || !isWithoutEnd(module, use.node)) continue;
      yield report(
        'message-backlog',
        use.node,
        t('Messages are posted here without an end and without waiting for answers: the queue may grow for ever.'),
      );
    }
  }
};

/** In a loop of a timer, or in a loop without an end that waits for nothing. */
function isWithoutEnd(module: Module, node: ts.Node): boolean {
  const fn = functionOf(node);
  const call = fn.parent as ts.Node | undefined;
  const inTimer = call !== undefined && ts.isCallExpression(call) && module.isGlobal(call.expression, 'setInterval');
  for (let up = node.parent; up !== fn; up = up.parent) {
    if (inTimer && ts.isIterationStatement(up, false)) return true;
    if (isEndless(up) && !hasAwait(up)) return true;
  }
  return false;
}

const hasAwait = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) ||
  ts.isReturnStatement(node) ||
  ts.isBreakStatement(node) ||
  (ts.forEachChild(node, hasAwait) ?? false);

/** A task that nobody waits for. */
export const taskCutOff: Check = function* ({ module }) {
  if (!namesLibraries(module)) return;
  const exits = module.calls.filter(({ expression }) => module.isProcess(expression, 'exit'));
  for (const made of [...module.news, ...module.calls]) {
    const pool = libraryOf(module, made);
    if (!pool || pool.tasks.length === 0) continue;
    const { uses } = follow(module, made);
    const isAwaited = !pool.daemons || uses.some((use) => calls(use, ...pool.ends));
    for (const use of uses) {
      if (!calls(use, ...pool.tasks)) continue;
      if (exits.some((exit) => followsAtOnce(use.node, exit)))
        yield report('task-cut-off', use.node, t('process.exit() comes before this task is done.'));
      else if (!isAwaited && isDropped(use.node))
        yield report(
          'task-cut-off',
          use.node,
          t('Nobody waits for this task: when main is done it is cut off, for the threads of this pool are daemons.'),
        );
    }
  }
};

/** Threads without a name look all the same in debuggers and logs. */
export const unnamedWorker: Check = function* ({ starts }) {
  const seen = new Set<ts.Node>();
  for (const start of starts) {
    const { node, options, target } = start;
    if (seen.has(node) || !options || options.has('name') || target.kind === 'unknown') continue;
    seen.add(node);
    const fix = named(start);
    yield report(
      'unnamed-worker',
      node,
      t('This worker has no name, by which debuggers and logs could tell it from others.'),
      fix ? { fix } : {},
    );
  }
};

/** By its script. */
function named({ node, call, target }: Start): Fix | undefined {
  const [script, options] = node.arguments ?? [];
  const file = target.kind === 'file' ? target.path : target.kind === 'relative' ? target.text : undefined;
  if (call || !script || file === undefined) return undefined;
  const name = `name: '${path
    .basename(file)
    .replace(/\.[^.]+$/, '')
    .replace(/[\\']/g, '\\$&')}'`;
  const title = t('Name it by its script');
  if (!options) return { title, edits: [{ start: script.getEnd(), end: script.getEnd(), text: `, { ${name} }` }] };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const start = options.getStart() + 1;
  return options.properties.length > 0
    ? { title, edits: [{ start, end: start, text: ` ${name},` }] }
    : { title, edits: [{ start: options.getStart(), end: options.getEnd(), text: `{ ${name} }` }] };
}
