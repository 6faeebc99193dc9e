// Workers without a name.
import * as path from 'node:path';
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Start } from '../../source/starts';
import { finding, type Check, type Fix } from '../check';

/** Threads without a name look all the same in debuggers and logs. */
export const unnamedWorker: Check = function* ({ starts }) {
  const seen = new Set<ts.Node>();
  for (const start of starts) {
    const { node, options, target } = start;
    if (seen.has(node) || !options || options.has('name') || target.kind === 'unknown') continue;
    seen.add(node);
    const fix = named(start);
    yield finding(
      'unnamed-worker',
      node,
      t('This worker has no name to tell it apart in debuggers and logs.'),
      fix ? { fix } : {},
    );
  }
};

/** Takes the name from the script. */
function named({ node, call, target }: Start): Fix | undefined {
  const [script, options] = node.arguments ?? [];
  const file = target.kind === 'file' ? target.path : target.kind === 'relative' ? target.text : undefined;
  if (call || !script || file === undefined) return undefined;
  const name = `name: '${path
    .basename(file)
    .replace(/\.[^.]+$/, '')
    .replace(/[\\']/g, '\\$&')}'`;
  const title = t('Name it after its script');
  if (!options) return { title, edits: [{ start: script.getEnd(), end: script.getEnd(), text: `, { ${name} }` }] };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const start = options.getStart() + 1;
  return options.properties.length > 0
    ? { title, edits: [{ start, end: start, text: ` ${name},` }] }
    : { title, edits: [{ start: options.getStart(), end: options.getEnd(), text: `{ ${name} }` }] };
}
