// Workers that fail, and those who never hear of it.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../common/l10n';
import type { Use } from '../source/flow';
import { calls, isWithin, listensTo, listensToUnknown, statementOf } from '../source/order';
import type { Module } from '../source/module';
import { executorAround, isOnce, mentions, type Executor } from '../source/promises';
import { report, type Check, type Fix, type Report, type Source } from '../source/report';
import type { ScriptPlace } from '../source/scripts';
import type { Start } from '../source/starts';
import { spanOf } from '../source/syntax';

/** A worker whose script throws, and nobody listens for it; a note where it is not seen to, but others of its events are heard. */
export const unhandledWorkerError: Check = function* (source) {
  for (const start of source.starts) {
    const { uses, escapes, node } = start;
    const isHeard = (use: Use): boolean =>
      listensTo(use, 'error') || listensToUnknown(use) || isOnce(source.module, use);
    if (escapes || uses.some(isHeard)) continue;
    if (source.workerOf(start)?.throws.length)
      yield report(
        'unhandled-worker-error',
        node,
        t('This worker throws errors, and nothing listens to its "error": they end main.'),
      );
    else if (uses.some((use) => listensTo(use, 'message') || listensTo(use, 'exit')) && !isPromised(source, start))
      yield report(
        'unhandled-worker-error',
        node,
        t('Nothing listens to the "error" of this worker: if it ever fails, that ends main.'),
        { severity: 'info' },
      );
  }
};

/** Then the rule of promises tells. */
const isPromised = ({ module }: Source, { node, uses }: Start): boolean =>
  executorAround(module, node) !== undefined && !uses.some((use) => listensTo(use, 'exit'));

export const workerFileNotFound: Check = function* (source) {
  for (const place of source.scripts) {
    const { target } = place;
    const found = target.kind === 'file' ? missing(source, place, target.path) : relative(source, place);
    if (found) yield found;
  }
};

/** Only where its folder is there: else it may be one that a build makes. */
function missing(source: Source, place: ScriptPlace, file: string): Report | undefined {
  if (source.hasScript(place) || !source.exists(path.dirname(file)) || isOptional(place)) return undefined;
  return report('worker-file-not-found', namingIn(place), t('There is no file {0}.', file));
}

function relative(source: Source, place: ScriptPlace): Report | undefined {
  if (place.target.kind !== 'relative' || isOptional(place)) return undefined;
  const { text } = place.target;
  const { module, root } = source;
  if (root !== undefined && source.exists(path.resolve(root, text))) return undefined;
  const beside = path.resolve(path.dirname(module.file), text);
  if (!/^\.{1,2}[\\/]/.test(text)) return undefined; // Node takes it for no path
  if (!source.exists(beside)) {
    return source.exists(path.dirname(beside))
      ? report('worker-file-not-found', namingIn(place), t('There is no file {0}.', beside))
      : undefined;
  }
  const fix = fromHere(source, place);
  const message = t('{0} is looked for in the working directory, not beside this file.', text);
  return report('worker-file-not-found', namingIn(place), message, { severity: 'warning', ...(fix ? { fix } : {}) });
}

/** Libraries that take the URL of a script as a string. */
const TAKES_URLS = /^(piscina|tinypool)$/;

function fromHere({ module }: Source, place: ScriptPlace): Fix | undefined {
  const node = namingIn(place);
  if (!ts.isStringLiteralLike(node)) return undefined;
  const isModule = module.tree.statements.some((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one));
  const url = `new URL(${node.getText()}, import.meta.url)`;
  if (isModule && place.library && !TAKES_URLS.test(place.library.module)) return undefined;
  const text = isModule ? (place.library ? `${url}.href` : url) : `require.resolve(${node.getText()})`;
  return { title: t('Look for it beside this file'), edits: [{ ...spanOf(node), text }] };
}

const namingIn = ({ node, call, script }: ScriptPlace): ts.Node => (call ? node : (script ?? node));

/** Who looks for the file first knows that it may be missing. */
const isOptional = ({ node }: ScriptPlace): boolean => {
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
      (start.call ? undefined : start.node.arguments?.[0]) ?? start.node,
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
    const fix = settled(module, heard, executor, isHalf);
    yield report(
      'unsettled-promise',
      heard.node,
      isHalf
        ? t('When the worker exits without an answer, this promise is never settled: listen to its "exit" too.')
        : t(
            'When the worker fails or exits without an answer, this promise is never settled: listen to its "error" and "exit" too.',
          ),
      { ...(isHalf ? { severity: 'info' } : {}), ...(fix ? { fix } : {}) },
    );
  }
};

/** Rejected when the worker ends; when it was settled before, that does nothing. */
function settled({ tree }: Module, { node }: Use, { parameters }: Executor, isHalf: boolean): Fix | undefined {
  const reject = parameters[1]?.name;
  const last = endOfChain(node);
  const statement = statementOf(last);
  if (!reject || !ts.isIdentifier(reject) || !statement || !ts.isCallExpression(node)) return undefined;
  const events = [
    ...(isHalf ? [] : [`.on('error', ${reject.text})`]),
    `.on('exit', (code) => ${reject.text}(new Error(\`The worker ended with exit code ${'${code}'}\`)))`,
  ];
  const on = (node.expression as ts.PropertyAccessExpression).expression;
  const indent = /[ \t]*$/.exec(tree.text.slice(0, statement.getStart()))![0];
  const text = ts.isIdentifier(on)
    ? events.map((event) => `\n${indent}${on.text}${event};`).join('')
    : events.map((event) => `\n${indent}  ${event}`).join('');
  const end = ts.isIdentifier(on) ? statement.getEnd() : last.getEnd();
  return { title: t('Reject the promise when the worker ends'), edits: [{ start: end, end, text }] };
}

/** `worker.on(…)` of `worker.on(…).once(…)`: all of it. */
function endOfChain(node: ts.Node): ts.Node {
  const { parent } = node;
  const isOn =
    ts.isPropertyAccessExpression(parent) && parent.expression === node && ts.isCallExpression(parent.parent);
  return isOn ? endOfChain(parent.parent) : node;
}
