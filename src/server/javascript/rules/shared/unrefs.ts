// The quick fix for what keeps the process alive and need not. Pure.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Use } from '../../source/flow';
import { inSameFunction } from '../../source/order';
import type { Fix } from '../check';
import { lineAfter } from './edits';

/** `unref()` after the last that is done to a new thing: a listener that comes later would undo it. */
export function unrefdLast(made: ts.Expression, uses: readonly Use[]): { fix?: Fix } {
  const title = t('Call unref() on it');
  const end = made.getEnd();
  if (ts.isExpressionStatement(made.parent)) return { fix: { title, edits: [{ start: end, end, text: '.unref()' }] } };
  const declared = made.parent;
  if (uses.some(({ node }) => !inSameFunction(node, made))) return {}; // it may run later
  if (!ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return {};
  const block = declared.parent.parent.parent;
  const statements = [made, ...uses.map(({ node }) => node)].map((node) => statementIn(block, node));
  const last = statements.at(-1);
  if (!last || statements.includes(undefined)) return {};
  return { fix: { title, edits: [lineAfter(last, `${declared.name.text}.unref();`)] } };
}

/** The statement of this list that contains the node. */
function statementIn(block: ts.Node, node: ts.Node): ts.Statement | undefined {
  for (let up = node; up.parent; up = up.parent) if (up.parent === block && ts.isStatement(up)) return up;
  return undefined;
}
