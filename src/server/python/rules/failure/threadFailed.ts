// Threads that fail as soon as they begin, because of what they are given.
import { t } from '../../../../common/l10n';
import type { Module } from '../../source/module';
import { parametersOf } from '../../source/definitions';
import { classOfMethod } from '../../source/scopes';
import { bare, bodyOf, childOf, memberOf, ownNodes, parted } from '../../source/syntax';
import { startOf, type ThreadStart } from '../../source/threads';
import { finding, type Check } from '../check';

export const threadFailed: Check = function* ({ module, threads }) {
  for (const thread of threads) {
    const problem = notATuple(module, thread) ?? wrongNumber(module, thread) ?? alwaysRaises(module, thread);
    if (problem) yield problem;
  }
};

type Problem = ReturnType<typeof finding> | undefined;

/** `args=(5)` is 5: what is missing is a comma. A string is taken letter by letter. */
function notATuple(module: Module, { args }: ThreadStart): Problem {
  const given = args && bare(args);
  if (!given || !/^(Number|Boolean|String|FormatString|ContinuedString)$/.test(given.type)) return undefined;
  const text = module.textOf(given);
  const fix = { title: t('Make a tuple of it'), edits: [{ start: args.start, end: args.end, text: `(${text},)` }] };
  const message = /String/.test(given.type)
    ? t('This is a string and no tuple: the function gets each of its letters as an argument of its own.')
    : t('This is no tuple: the comma is missing. The thread fails as soon as it begins.');
  return finding('thread-failed', args, message, { fix });
}

/** The function takes another number of arguments than it is given. */
function wrongNumber(module: Module, thread: ThreadStart): Problem {
  const { runs, args, node, named, owner } = thread;
  if (!runs || owner || runs.node.type !== 'FunctionDefinition' || runs.module !== module) return undefined;
  const { keywords, isOpen } = module.argumentsOf(node);
  const list = args && bare(args);
  if (isOpen || keywords.has('kwargs') || (list && !/^(Tuple|Array)Expression$/.test(list.type))) return undefined;
  if (module.decoratorsOf(runs.node).length > 0 || module.isCallOf(named!, 'functools.partial', 'partial'))
    return undefined;
  const inner = parted((list?.children ?? []).slice(1, -1));
  if (inner.some(([first]) => first!.type === '*')) return undefined;
  const all = parametersOf(runs.node);
  const isBound = classOfMethod(runs.node) !== undefined && memberOf(bare(named!)) !== undefined;
  if (isBound && module.classOf(memberOf(bare(named!))!.object)) return undefined; // `Class.method`, with its object among the arguments
  const own = (isBound ? all.slice(1) : all).filter(({ isKeywordOnly, isRest }) => !isKeywordOnly && !isRest);
  const needed = own.filter(({ hasDefault }) => !hasDefault).length;
  const isMore =
    inner.length > own.length && !all.some(({ isRest, name }) => isRest && module.source.text[name.start - 2] !== '*');
  if (inner.length >= needed && !isMore) return undefined;
  const most = isMore ? own.length : needed;
  return finding(
    'thread-failed',
    args ?? named!,
    t(
      '{0}() takes {1} arguments and is given {2}. The thread fails as soon as it begins.',
      module.nameOf(runs.node),
      most,
      inner.length,
    ),
  );
}

/** Its last statement raises an error, and no way leads around it. */
function alwaysRaises(module: Module, thread: ThreadStart): Problem {
  const { runs } = thread;
  if (!runs || runs.module !== module || runs.node.type !== 'FunctionDefinition' || thread.starts.length === 0)
    return undefined;
  const statements = bodyOf(runs.node)?.children ?? [];
  const last = statements.at(-1);
  const raised = last?.type === 'RaiseStatement' ? last.children[1] : undefined;
  if (
    !raised ||
    ownNodes(runs.node).some(({ type }) => /^(ReturnStatement|YieldStatement|YieldExpression)$/.test(type))
  )
    return undefined;
  const name = module.qualified(raised.type === 'CallExpression' ? raised.children[0]! : raised);
  if (
    !name ||
    /^(SystemExit|NotImplementedError)$/.test(name) ||
    (childOf(last!, 'VariableName') === undefined && raised.type !== 'CallExpression')
  )
    return undefined;
  return finding(
    'thread-failed',
    startOf(thread),
    t('{0}() always raises an error. It ends this thread alone, and the others go on.', module.nameOf(runs.node)),
  );
}
