// What a module exports under a name. Pure.
import ts from 'typescript';
import { isAssignment, type Imported } from './unit';

/** The only expression that is exported under the name; undefined where there is none, or more than one. */
export function exportedValue(tree: ts.SourceFile, name: string): ts.Expression | undefined {
  const found = tree.statements.flatMap((statement) => valuesIn(statement, name));
  return found.length === 1 ? found[0] : undefined;
}

/** Exports of other modules that may be exported again under this name; the first that exists counts. */
export function passedOn(tree: ts.SourceFile, name: string): Imported[] {
  return tree.statements.flatMap((statement): Imported[] => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
    const { exportClause, moduleSpecifier } = statement;
    if (!ts.isStringLiteral(moduleSpecifier)) return [];
    const module = moduleSpecifier.text;
    if (!exportClause) return [{ module, name }];
    if (!ts.isNamedExports(exportClause)) return [];
    return exportClause.elements
      .filter((element) => element.name.text === name)
      .map((element) => ({ module, name: (element.propertyName ?? element.name).text }));
  });
}

function valuesIn(statement: ts.Statement, name: string): ts.Expression[] {
  if (ts.isVariableStatement(statement)) return declaredIn(statement, name);
  if (ts.isExportDeclaration(statement)) return namedIn(statement, name);
  if (ts.isExportAssignment(statement)) return name === 'default' ? [statement.expression] : [];
  if (!ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression) || !isAssignment(expression)) return [];
  const { left, right } = expression;
  if (!ts.isPropertyAccessExpression(left)) return [];
  if (isExports(left.expression)) return left.name.text === name ? [right] : [];
  if (!isExports(left)) return [];
  if (name === 'default' || name === '*') return [right];
  return ts.isObjectLiteralExpression(right) ? propertyOf(right, name) : [];
}

/** `export const name = …` */
function declaredIn(statement: ts.VariableStatement, name: string): ts.Expression[] {
  const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported || !(statement.declarationList.flags & ts.NodeFlags.Const)) return [];
  return statement.declarationList.declarations.flatMap((one) =>
    ts.isIdentifier(one.name) && one.name.text === name && one.initializer ? [one.initializer] : [],
  );
}

/** `export { name }`, `export { other as name }` */
function namedIn({ exportClause, moduleSpecifier }: ts.ExportDeclaration, name: string): ts.Expression[] {
  if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.flatMap((element) => {
    const own = element.propertyName ?? element.name;
    return element.name.text === name && ts.isIdentifier(own) ? [own] : [];
  });
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression[] {
  return object.properties.flatMap((property) => {
    if (!property.name || !ts.isIdentifier(property.name) || property.name.text !== name) return [];
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    return ts.isPropertyAssignment(property) ? [property.initializer] : [];
  });
}

/** `exports`, `module.exports` */
const isExports = (node: ts.Expression): boolean =>
  (ts.isIdentifier(node) && node.text === 'exports') ||
  (ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module');
