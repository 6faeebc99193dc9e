// Which names statements define, and with what: by their form alone, wherever they are. Pure.
import { kept } from './nodes';
import { bare, childOf, childrenOf, eachNode, memberOf, parted, type Node, type Source } from './syntax';

export interface Definition {
  /** The name, or the attribute with its object. */
  node: Node;
  kind: 'import' | 'function' | 'class' | 'value' | 'element' | 'with' | 'parameter' | 'other';
  /** Of a value what is assigned, of an element what it is one of, of a function or class itself. */
  value?: Node;
  /** Of an import: `threading.Thread`. */
  imported?: string;
}

/** `around`: the name is visible around what it names, not in there. */
export type Define = (name: Node, definition: Omit<Definition, 'node'>, place?: 'around' | Node) => void;

/** Statements that define names. */
export const DEFINERS: Record<string, (node: Node, define: Define, source: Source) => void> = {
  ImportStatement: (node, define, source) =>
    imported(node, source).forEach(({ name, imported }) => define(name, { kind: 'import', imported })),
  FunctionDefinition: (node, define) => {
    define(nameOf(node), { kind: 'function', value: node }, 'around');
    for (const { name } of parametersOf(node)) define(name, { kind: 'parameter' }, node);
  },
  LambdaExpression: (node, define) =>
    parametersOf(node).forEach(({ name }) => define(name, { kind: 'parameter' }, node)),
  ClassDefinition: (node, define) => define(nameOf(node), { kind: 'class', value: node }, 'around'),
  AssignStatement: (node, define) =>
    assigned(node).forEach(({ target, value }) => define(target, value ? { kind: 'value', value } : { kind: 'other' })),
  NamedExpression: (node, define) => {
    const [name, , value] = node.children;
    if (name && value) define(name, { kind: 'value', value });
  },
  UpdateStatement: (node, define) => node.children[0] && define(node.children[0], { kind: 'other' }),
  DeleteStatement: (node, define) =>
    childrenOf(node, 'VariableName').forEach((name) => define(name, { kind: 'other' })),
  ForStatement: (node, define) => looped(node.children, define),
  TryStatement: (node, define) =>
    node.children.forEach((child, i) => node.children[i - 1]?.type === 'as' && define(child, { kind: 'other' })),
  WithStatement: (node, define) =>
    contextsOf(node).forEach(
      ({ value, name }) =>
        name && namesIn(name).forEach((one) => define(one, one === name ? { kind: 'with', value } : { kind: 'other' })),
    ),
  MatchClause: (node, define) => {
    const pattern = node.children[1];
    if (pattern) eachNode(pattern, (one) => one.type === 'VariableName' && define(one, { kind: 'other' }));
    if (pattern?.type === 'CapturePattern')
      eachNode(pattern, (one) => one.type === 'VariableName' && define(one, { kind: 'other' }));
  },
};
for (const kind of ['Array', 'Dictionary', 'Set'])
  DEFINERS[`${kind}ComprehensionExpression`] = (node, define) => comprehended(node, define);
DEFINERS['ComprehensionExpression'] = (node, define) => comprehended(node, define);
DEFINERS['ArgList'] = (node, define) => comprehended(node, define);

/** `for x, y in z`: from each `for` to its `in`. */
function comprehended({ children }: Node, define: Define): void {
  children.forEach(({ type }, i) => type === 'for' && looped(children.slice(i), define));
}

function looped(children: readonly Node[], define: Define): void {
  const at = children.findIndex(({ type }) => type === 'in');
  const value = children[at + 1];
  if (at < 0 || !value) return;
  const targets = children.slice(0, at).filter(({ type }) => !/^(async|for|,)$/.test(type));
  for (const target of targets)
    for (const name of namesIn(target))
      define(name, targets.length === 1 && name === target ? { kind: 'element', value } : { kind: 'other' });
}

const nameOf = (node: Node): Node => childOf(node, 'VariableName') ?? node;

/** Names and attributes in a target such as `(a, b.c)`. */
function namesIn(target: Node): Node[] {
  if (target.type === 'VariableName' || memberOf(target)) return [target];
  return /^(Tuple|Array|Parenthesized)Expression$/.test(target.type) ? target.children.flatMap(namesIn) : [];
}

/** Targets of an assignment with their values; without one where it is a part of something. */
export function assigned(node: Node): { target: Node; value: Node | undefined }[] {
  const parts: Node[][] = [[]];
  for (const child of node.children) {
    if (child.type === 'AssignOp') parts.push([]);
    else if (child.type !== 'TypeDef') parts.at(-1)!.push(child);
  }
  if (parts.length < 2) return []; // `x: int` declares it alone
  const right = parts.at(-1)!;
  const values = parted(
    right.length === 1 && bare(right[0]!).type === 'TupleExpression' ? bare(right[0]!).children.slice(1, -1) : right,
  );
  return parts.slice(0, -1).flatMap((left) => {
    const single = left.length === 1 ? bare(left[0]!) : undefined;
    if (single && !/^(Tuple|Array)Expression$/.test(single.type))
      return namesIn(single).map((target) => ({ target, value: right.length === 1 ? right[0] : undefined }));
    const targets = parted(single ? single.children.slice(1, -1) : left).map(([first]) => first!);
    const isPaired = targets.length === values.length && values.every((part) => part.length === 1);
    return targets.flatMap((target, i) =>
      namesIn(target).map((one) => ({ target: one, value: isPaired && one === target ? values[i]![0] : undefined })),
    );
  });
}

/** What a `with` statement enters. */
export function contextsOf(node: Node): { value: Node; name: Node | undefined }[] {
  const inner = node.children.filter(({ type }) => !/^(async|with|Body|:)$/.test(type));
  return parted(inner).map((part) => ({ value: part[0]!, name: part[1]?.type === 'as' ? part[2] : undefined }));
}

export interface Parameter {
  name: Node;
  /** `*args` and `**kwargs`. */
  isRest: boolean;
  hasDefault: boolean;
  isKeywordOnly: boolean;
}

export const parametersOf = (fn: Node): readonly Parameter[] => kept('parameters', fn, () => parametersIn(fn));

function parametersIn(fn: Node): Parameter[] {
  const list = childOf(fn, 'ParamList');
  let isKeywordOnly = false;
  return parted((list?.children ?? []).filter(({ type }) => type !== '(' && type !== ')')).flatMap((part) => {
    const name = part.find(({ type }) => type === 'VariableName');
    const isRest = part[0]!.type === '*' || part[0]!.type === '**';
    const found = name
      ? [{ name, isRest, hasDefault: part.some(({ type }) => type === 'AssignOp'), isKeywordOnly }]
      : [];
    if (part[0]!.type === '*') isKeywordOnly = true;
    return found;
  });
}

interface ImportedName {
  name: Node;
  imported: string;
}

/** `import a.b as c`, `from .a import b as c`; a module of the same package begins with a dot. */
function imported(node: Node, source: Source): ImportedName[] {
  const [first, ...rest] = node.children;
  if (first?.type === 'import') return parted(rest).flatMap((part) => wholeModule(part, source));
  const at = rest.findIndex(({ type }) => type === 'import');
  const module = rest
    .slice(0, at)
    .map((one) => source.textOf(one))
    .join('');
  const names = rest.slice(at + 1).filter(({ type }) => type !== '(' && type !== ')');
  return parted(names).flatMap(([name, , alias]) => {
    if (name?.type !== 'VariableName') return [];
    const dot = module.endsWith('.') ? '' : '.';
    return { name: alias ?? name, imported: module + dot + source.textOf(name) };
  });
}

function wholeModule(part: Node[], source: Source): ImportedName[] {
  const as = part.findIndex(({ type }) => type === 'as');
  const path = (as < 0 ? part : part.slice(0, as)).map((one) => source.textOf(one)).join('');
  const alias = as < 0 ? undefined : part[as + 1];
  if (alias) return [{ name: alias, imported: path }];
  return part[0] ? [{ name: part[0], imported: source.textOf(part[0]) }] : [];
}
