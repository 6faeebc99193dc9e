// Tasks of executors whose failure nobody would see.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { bodyOf, calleeOf, childOf, isStatement, ownNodes, type Node } from '../../source/syntax';
import { EXECUTORS, methodCall, thingOf } from '../../source/things';
import { finding, type Check } from '../check';

/** `submit()` whose Future is dropped, of a function of the module that can fail and does not deal with that itself. */
export const futureNeverRead: Check = function* ({ module }) {
  for (const call of module.calls) {
    const method = call.parent?.type === 'ExpressionStatement' ? methodCall(module, call) : undefined;
    if (method?.name !== 'submit' || !thingOf(module, method.object, EXECUTORS)) continue;
    const [given] = module.argumentsOf(call).positional;
    const fn = given && module.functionOf(given);
    if (!fn || fn.type !== 'FunctionDefinition' || !canFail(module, fn)) continue;
    yield finding(
      'future-never-read',
      call,
      t('Nobody keeps this Future. If {0}() fails, nothing shows it, not even a traceback.', module.nameOf(fn)),
      { severity: 'warning' },
    );
  }
};

/** Something outside of a `try` that catches all: it raises, computes with what it is given, looks something up, or calls. */
function canFail(module: Module, fn: Node): boolean {
  const body = bodyOf(fn);
  return (body?.children ?? []).some(
    (statement) =>
      isStatement(statement) &&
      !isGuarded(module, statement) &&
      ownNodes(statement).some((node) => isRisky(module, node)),
  );
}

const isGuarded = (module: Module, statement: Node): boolean => {
  if (statement.type === 'WithStatement' || statement.type === 'WhileStatement' || statement.type === 'ForStatement')
    return (bodyOf(statement)?.children ?? []).filter(isStatement).every((one) => isGuarded(module, one));
  return (
    statement.type === 'TryStatement' &&
    /\n\s*except\s*(:|\(?\s*(Exception|BaseException)\b)/.test(module.textOf(statement))
  );
};

/** Calls that hardly ever fail. */
const HARMLESS =
  /^(print|len|str|repr|isinstance|range|time\.\w+|[\w.]*log(ger|ging)?\.\w+|super|[\w.]*\.(append|set|clear|is_set|put|get|notify|notify_all|release|acquire|wait|format))$/i;

function isRisky(module: Module, node: Node): boolean {
  if (node.type === 'CallExpression') return !HARMLESS.test(module.textOf(calleeOf(node)));
  if (node.type === 'RaiseStatement' || node.type === 'AssertStatement') return true;
  if (node.type === 'BinaryExpression')
    return (
      /^(\/|\/\/|%)$/.test(module.source.text.slice(node.children[1]?.start, node.children[1]?.end)) &&
      node.children[0]?.type !== 'String' &&
      node.children[0]?.type !== 'FormatString'
    );
  return (
    node.type === 'MemberExpression' && childOf(node, '[') !== undefined && node.parent?.type !== 'AssignStatement'
  );
}
