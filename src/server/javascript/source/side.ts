// Which thread runs a piece of code, as far as conditions such as `if (isMainThread)` show. Pure.
import ts from 'typescript';
import type { Module } from './module';
import { bare } from './syntax';

/** `any`: every thread that loads the module. */
export type Side = 'main' | 'worker' | 'any';

export function sideOf(module: Module, node: ts.Node): Side {
  if (!module.hasSides) return 'any';
  return module.remembered('side', node, () => {
    const { parent } = node as { parent?: ts.Node };
    if (!parent) return 'any';
    const side = sideIn(module, parent, node);
    return side === 'any' ? sideOf(module, parent) : side;
  });
}

function sideIn(module: Module, parent: ts.Node, child: ts.Node): Side {
  if (ts.isIfStatement(parent)) {
    if (child === parent.thenStatement) return conditionSide(module, parent.expression);
    if (child === parent.elseStatement) return opposite(conditionSide(module, parent.expression));
  }
  if (ts.isConditionalExpression(parent)) {
    if (child === parent.whenTrue) return conditionSide(module, parent.condition);
    if (child === parent.whenFalse) return opposite(conditionSide(module, parent.condition));
  }
  if (ts.isBinaryExpression(parent) && child === parent.right) {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return conditionSide(module, parent.left);
    if (kind === ts.SyntaxKind.BarBarToken) return opposite(conditionSide(module, parent.left));
  }
  return ts.isBlock(parent) || ts.isSourceFile(parent) ? afterLeaving(module, parent, child) : 'any';
}

/** After `if (isMainThread) { … return; }` only the other side goes on. */
function afterLeaving(module: Module, list: ts.Block | ts.SourceFile, child: ts.Node): Side {
  const left = module.remembered('left', list, () => leavingIn(module, list.statements));
  return left && child.pos > left.behind ? left.side : 'any';
}

/** The first statement of a list at which one side returns or throws. */
function leavingIn(module: Module, statements: readonly ts.Statement[]): { behind: number; side: Side } | undefined {
  for (const statement of statements) {
    if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement)) continue;
    const side = conditionSide(module, statement.expression);
    if (side !== 'any') return { behind: statement.pos, side: opposite(side) };
  }
  return undefined;
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

/** Which side passes the condition. */
function conditionSide(module: Module, condition: ts.Expression): Side {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return opposite(conditionSide(module, node.operand));
  if (module.isImport(node, 'worker_threads', 'isMainThread')) return 'main';
  if (module.isImport(node, 'worker_threads', 'parentPort')) return 'worker';
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return [node.left, node.right].map((one) => conditionSide(module, one)).find((side) => side !== 'any') ?? 'any';
    if (kind === ts.SyntaxKind.EqualsEqualsEqualsToken && isZero(node.right))
      return module.isImport(node.left, 'worker_threads', 'threadId') ? 'main' : 'any';
  }
  return 'any';
}

const isZero = (node: ts.Expression): boolean => ts.isNumericLiteral(node) && node.text === '0';
const opposite = (side: Side): Side => (side === 'main' ? 'worker' : side === 'worker' ? 'main' : 'any');
