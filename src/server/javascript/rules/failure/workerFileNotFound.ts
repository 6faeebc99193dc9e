// Scripts that are not there, or are looked for in the wrong folder.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { ScriptReference } from '../../source/scripts';
import { spanOf } from '../../source/syntax';
import { finding, type Check, type Fix, type Finding, type RuleContext } from '../check';

export const workerFileNotFound: Check = function* (context) {
  for (const reference of context.scripts) {
    const { target } = reference;
    const found = target.kind === 'file' ? missing(context, reference, target.path) : relative(context, reference);
    if (found) yield found;
  }
};

/** Only if its folder exists: otherwise a build may make the file. */
function missing(context: RuleContext, reference: ScriptReference, file: string): Finding | undefined {
  if (context.hasScript(reference) || !context.exists(path.dirname(file)) || isOptional(reference)) return undefined;
  return finding('worker-file-not-found', namingIn(reference), t('File not found: {0}.', file));
}

function relative(context: RuleContext, reference: ScriptReference): Finding | undefined {
  if (reference.target.kind !== 'relative' || isOptional(reference)) return undefined;
  const { text } = reference.target;
  const { module, root } = context;
  if (root !== undefined && context.exists(path.resolve(root, text))) return undefined;
  const beside = path.resolve(path.dirname(module.file), text);
  if (!/^\.{1,2}[\\/]/.test(text)) return undefined; // Node takes it for no path
  if (!context.exists(beside)) {
    return context.exists(path.dirname(beside))
      ? finding('worker-file-not-found', namingIn(reference), t('File not found: {0}.', beside))
      : undefined;
  }
  const fix = fromHere(context, reference);
  const message = t('{0} is resolved against the working directory, not against this file.', text);
  return finding('worker-file-not-found', namingIn(reference), message, {
    severity: 'warning',
    ...(fix ? { fix } : {}),
  });
}

/** Libraries that take the URL of a script as a string. */
const TAKES_URLS = /^(piscina|tinypool)$/;

function fromHere({ module }: RuleContext, reference: ScriptReference): Fix | undefined {
  const node = namingIn(reference);
  if (!ts.isStringLiteralLike(node)) return undefined;
  const isModule = module.tree.statements.some((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one));
  const url = `new URL(${node.getText()}, import.meta.url)`;
  if (isModule && reference.library && !TAKES_URLS.test(reference.library.module)) return undefined;
  const text = isModule ? (reference.library ? `${url}.href` : url) : `require.resolve(${node.getText()})`;
  return { title: t('Resolve it against this file'), edits: [{ ...spanOf(node), text }] };
}

const namingIn = ({ node, call, script }: ScriptReference): ts.Node => (call ? node : (script ?? node));

/** A start in a try block is prepared for a missing file. */
const isOptional = ({ node }: ScriptReference): boolean => {
  for (let up: ts.Node = node; up.parent; up = up.parent) if (ts.isTryStatement(up.parent)) return true;
  return false;
};
