// Where main's code ends, as far as it is certain: a line that is put there runs when main is done, and at no other time. Pure.
import { endlessLoopOf, EXITS, usesOf } from '../../source/functions';
import type { Module } from '../../source/module';
import { calleeOf, functionAround, isStatement, ownNodes, siblingsOf, type Node } from '../../source/syntax';

/** A call of main from the code of the module, and one of another function from main. */
const DEEPEST = 2;

/** The last statement of the block that a statement is one of, where main's code ends with that block. */
export function endOfMain(module: Module, statement: Node, depth = 0): Node | undefined {
  const block = statement.parent;
  const last = block?.children.filter(isStatement).at(-1);
  if (!block || !last || leavesEarlier(module, block)) return undefined;
  const isEnd = isWholeProgram(module, block) || isEndOf(module, block, depth);
  return isEnd ? last : undefined;
}

/** No other thread runs it: it is the module’s own, or of functions that only such code calls. */
export function isCodeOfMain(module: Module, node: Node, depth = 0): boolean {
  const fn = functionAround(node);
  if (!fn) return true;
  return (
    depth < DEEPEST &&
    fn.type === 'FunctionDefinition' &&
    module.decoratorsOf(fn).length === 0 &&
    usesOf(module, fn).every((use) => isCalled(use) && isCodeOfMain(module, use, depth + 1))
  );
}

const isCalled = (use: Node): boolean => use.parent?.type === 'CallExpression' && calleeOf(use.parent) === use;

/** The module is run, not imported for what it offers: it uses all that it defines. */
const isWholeProgram = (module: Module, block: Node): boolean =>
  block.type === 'Script' &&
  [...module.functions, ...module.classes].every((one) => !isOutermost(one) || usesOf(module, one).length > 0);

const isOutermost = ({ parent }: Node): boolean =>
  (parent?.type === 'DecoratedStatement' ? parent.parent : parent)?.type === 'Script';

function isEndOf(module: Module, block: Node, depth: number): boolean {
  const around = block.parent;
  if (around?.type === 'IfStatement')
    return /^if\s+__name__\s*==/.test(module.textOf(around)) && around.children.length === 3 && isLastOfAll(around);
  if (around?.type !== 'FunctionDefinition' || around.children[0]?.type === 'async' || depth >= DEEPEST) return false;
  const [call, ...others] = usesOf(module, around).map((use) => use.parent);
  const statement = call?.parent;
  return (
    others.length === 0 &&
    call?.type === 'CallExpression' &&
    module.functionOf(calleeOf(call)) === around &&
    statement?.type === 'ExpressionStatement' &&
    module.decoratorsOf(around).length === 0 &&
    endOfMain(module, statement, depth + 1) === statement
  );
}

const isLastOfAll = (statement: Node): boolean =>
  statement.parent?.type === 'Script' && siblingsOf(statement).at(-1) === statement;

/** There are ways past its end. */
const leavesEarlier = (module: Module, block: Node): boolean =>
  endlessLoopOf(module, block) !== undefined ||
  ownNodes(block).some(
    (node) =>
      /^(ReturnStatement|RaiseStatement|YieldStatement|YieldExpression|AwaitExpression)$/.test(node.type) ||
      (node.type === 'CallExpression' && EXITS.test(module.qualified(calleeOf(node)) ?? '')),
  );
