// Workers that fail, and those who never hear of it.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../common/l10n';
import type { Module } from '../source/module';
import { calls, isWithin, listensTo, listensToUnknown } from '../source/order';
import { report, type Check, type Fix, type Report, type Source } from '../source/report';
import type { Start } from '../source/starts';
import { spanOf } from '../source/syntax';

/** A worker whose script throws, and nobody listens for it. */
export const unhandledWorkerError: Check = function* (source) {
  for (const start of source.starts) {
    const { uses, escapes, node } = start;
    if (escapes || uses.some((use) => listensTo(use, 'error') || listensToUnknown(use))) continue;
    const thrown = source.workerOf(start)?.throws.length;
    if (!thrown) continue;
    yield report(
      'unhandled-worker-error',
      node,
      t('This worker throws errors, and nothing listens to its "error": they end main.'),
    );
  }
};

export const workerFileNotFound: Check = function* (source) {
  for (const start of source.starts) {
    const found = start.target.kind === 'file' ? missing(source, start, start.target.path) : relative(source, start);
    if (found) yield found;
  }
};

/** Only where its folder is there: else it may be one that a build makes. */
function missing(source: Source, start: Start, file: string): Report | undefined {
  if (source.hasScript(start) || !source.exists(path.dirname(file)) || isOptional(start)) return undefined;
  return report('worker-file-not-found', script(start), t('There is no file {0}.', file));
}

function relative(source: Source, start: Start): Report | undefined {
  if (start.target.kind !== 'relative' || isOptional(start)) return undefined;
  const { text } = start.target;
  const { module, root } = source;
  if (root !== undefined && source.exists(path.resolve(root, text))) return undefined;
  const beside = path.resolve(path.dirname(module.file), text);
  if (!/^\.{1,2}[\\/]/.test(text)) return undefined; // Node takes it for no path
  if (!source.exists(beside)) {
    return source.exists(path.dirname(beside))
      ? report('worker-file-not-found', script(start), t('There is no file {0}.', beside))
      : undefined;
  }
  const fix = fromHere(source, start);
  const message = t('{0} is looked for in the working directory, not beside this file.', text);
  return report('worker-file-not-found', script(start), message, { severity: 'warning', ...(fix ? { fix } : {}) });
}

function fromHere({ module }: Source, start: Start): Fix | undefined {
  const node = script(start);
  if (!ts.isStringLiteralLike(node)) return undefined;
  const isModule = module.tree.statements.some((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one));
  const text = isModule ? `new URL(${node.getText()}, import.meta.url)` : `require.resolve(${node.getText()})`;
  return { title: t('Look for it beside this file'), edits: [{ ...spanOf(node), text }] };
}

const script = ({ node, call }: Start): ts.Node => (call ? node : (node.arguments?.[0] ?? node));

/** Who looks for the file first knows that it may be missing. */
const isOptional = ({ node }: Start): boolean => {
  for (let up: ts.Node = node; up.parent; up = up.parent) if (ts.isTryStatement(up.parent)) return true;
  return false;
};

/** Since these versions Node runs TypeScript by itself. */
const STRIPS_TYPES: [major: number, minor: number][] = [
  [22, 18],
  [23, 6],
];

/** A script in TypeScript for a Node that cannot run it. */
export const noLoader: Check = function* (source) {
  for (const start of source.starts) {
    const { target, options } = start;
    if (target.kind !== 'file' || !/\.[cm]?ts$/.test(target.path) || !options || options.has('execArgv')) continue;
    const manifest = source.manifest();
    if (!manifest?.oldestNode || manifest.hasLoader || stripsTypes(manifest.oldestNode)) continue;
    const version = manifest.oldestNode.join('.');
    yield report(
      'no-loader',
      script(start),
      t(
        'Node {0}, which the package says it runs on, cannot run TypeScript: name the file that it is built to.',
        version,
      ),
    );
  }
};

const stripsTypes = ([major, minor]: [number, number]): boolean =>
  major > 23 || STRIPS_TYPES.some(([from, least]) => major === from && minor >= least);

/** `new Promise` around a worker that may end without having said anything. */
export const unsettledPromise: Check = function* ({ starts, module }) {
  for (const { uses, node } of starts) {
    const heard = uses.find((use) => listensTo(use, 'message'));
    const executor = heard && executorAround(module, heard.node);
    if (!executor || !heard.args.some((argument) => mentions(argument, executor.parameters[0]))) continue;
    if (uses.some((use) => listensTo(use, 'exit') || listensToUnknown(use) || calls(use, 'terminate'))) continue;
    if (!isWithin(node, executor)) continue;
    const isHalf = uses.some((use) => listensTo(use, 'error'));
    yield report(
      'unsettled-promise',
      heard.node,
      isHalf
        ? t('When the worker exits without an answer, this promise is never settled: listen to its "exit" too.')
        : t(
            'When the worker fails or exits without an answer, this promise is never settled: listen to its "error" and "exit" too.',
          ),
      isHalf ? { severity: 'info' } : {},
    );
  }
};

type Executor = ts.ArrowFunction | ts.FunctionExpression;

function executorAround(module: Module, node: ts.Node): Executor | undefined {
  for (let up: ts.Node = node; up.parent; up = up.parent) {
    if (!ts.isArrowFunction(up) && !ts.isFunctionExpression(up)) continue;
    const { parent } = up;
    if (ts.isNewExpression(parent) && module.isGlobal(parent.expression, 'Promise') && parent.arguments?.[0] === up)
      return up;
  }
  return undefined;
}

function mentions(node: ts.Node, parameter: ts.ParameterDeclaration | undefined): boolean {
  if (!parameter || !ts.isIdentifier(parameter.name)) return false;
  const { text } = parameter.name;
  const has = (one: ts.Node): boolean =>
    (ts.isIdentifier(one) && one.text === text) || (ts.forEachChild(one, has) ?? false);
  return has(node);
}
