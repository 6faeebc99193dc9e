// Messages and workerData that cannot be cloned.
import ts from 'typescript';
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { bare } from '../../source/syntax';
import { finding, type Check } from '../check';
import { postsOf } from '../shared/posts';

/** Functions and symbols in a message or in workerData. */
export const uncloneableValue: Check = function* ({ module, starts }) {
  for (const { args } of postsOf(module, starts)) {
    const bad = args[0] && uncloneable(module, args[0]);
    if (bad) yield finding('uncloneable-value', bad, notCloned());
  }
  for (const { options } of starts) {
    const data = options?.get('workerData');
    const bad = data && uncloneable(module, data);
    if (bad) yield finding('uncloneable-value', bad, notCloned());
  }
};

const notCloned = (): string => t('Functions and symbols cannot be cloned: this throws a DataCloneError.');

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
