// Scripts that are not there, or are looked for in the wrong folder.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../../common/l10n';
import { report, type Check, type Fix, type Report, type Source } from '../../source/report';
import type { ScriptPlace } from '../../source/scripts';
import { spanOf } from '../../source/syntax';

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
  const message = t('{0} is resolved against the working directory, not against this file.', text);
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
  return { title: t('Resolve it against this file'), edits: [{ ...spanOf(node), text }] };
}

const namingIn = ({ node, call, script }: ScriptPlace): ts.Node => (call ? node : (script ?? node));

/** Who looks for the file first knows that it may be missing. */
const isOptional = ({ node }: ScriptPlace): boolean => {
  for (let up: ts.Node = node; up.parent; up = up.parent) if (ts.isTryStatement(up.parent)) return true;
  return false;
};
