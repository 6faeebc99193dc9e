// Which definition each name of a module means, by Python's rules: functions see the names around them, but not those of a
// class. Attributes count as names of the class family that sets them on `self`. Pure.
import {
  around,
  bare,
  childOf,
  childrenOf,
  eachNode,
  isFunction,
  memberOf,
  parted,
  type Node,
  type Source,
} from './syntax';

export interface Definition {
  /** The name, or the attribute with its object. */
  node: Node;
  kind: 'import' | 'function' | 'class' | 'value' | 'element' | 'with' | 'parameter' | 'other';
  /** Of a value what is assigned, of an element what it is one of, of a function or class itself. */
  value?: Node;
  /** Of an import: `threading.Thread`. */
  imported?: string;
}

export interface Binding {
  name: string;
  /** Where it is visible; undefined: an attribute. */
  scope: Node | undefined;
  definitions: Definition[];
  /** Without the definitions. */
  uses: Node[];
}

interface Scope {
  node: Node;
  parent: Scope | undefined;
  names: Map<string, Binding>;
  /** Declared `global` or `nonlocal`. */
  outer: Map<string, 'global' | 'nonlocal'>;
}

const SCOPES = /^(Script|FunctionDefinition|LambdaExpression|ClassDefinition|.*Comprehension.*)$/;

export class Scopes {
  private readonly scopes = new Map<Node, Scope>();
  private readonly bindings = new Map<Node, Binding>();
  /** By class family and name. */
  private readonly fields = new Map<Node, Map<string, Binding>>();
  private readonly defining = new Set<Node>();

  constructor(private readonly source: Source) {
    this.enter(source.root, undefined);
    this.define(source.root);
    this.attributes();
    eachNode(source.root, (node) => this.refer(node));
  }

  /** Of a name, or of an attribute of `self`. */
  of(node: Node): Binding | undefined {
    return this.bindings.get(node);
  }

  /** Of an attribute that the class or its bases and subclasses in this module set. */
  fieldOf(owner: Node, name: string): Binding | undefined {
    return this.fields.get(this.familyOf(owner))?.get(name);
  }

  /** Under a name, as seen from the module. */
  inModule(name: string): Binding | undefined {
    return this.scopes.get(this.source.root)!.names.get(name);
  }

  /** A method or a name in the body of a class, or of its bases in this module. */
  memberOfClass(owner: Node, name: string, depth = 0): Binding | undefined {
    const own = this.scopes.get(owner)?.names.get(name);
    if (own || depth > 8) return own;
    for (const base of this.basesOf(owner)) {
      const found = this.memberOfClass(base, name, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** Classes of this module that it derives from directly. */
  basesOf(owner: Node): Node[] {
    return baseNodes(owner).flatMap((base) => {
      const definition = base.type === 'VariableName' ? this.lookUp(base)?.definitions.at(-1) : undefined;
      return definition?.kind === 'class' && definition.value !== owner ? [definition.value!] : [];
    });
  }

  /** The class whose method has this node in it, where `self` is its first parameter. */
  ownerOf(node: Node): Node | undefined {
    for (const up of around(node))
      if (up.type === 'FunctionDefinition') {
        const owner = classOfMethod(up);
        if (owner) return owner;
      }
    return undefined;
  }

  private enter(node: Node, parent: Scope | undefined): void {
    const isScope = SCOPES.test(node.type);
    const scope = isScope ? { node, parent, names: new Map(), outer: new Map() } : parent!;
    if (isScope) this.scopes.set(node, scope);
    for (const child of node.children) this.enter(child, scope);
  }

  private scopeOf(node: Node): Scope {
    for (const up of around(node)) {
      const scope = this.scopes.get(up);
      if (scope) return scope;
    }
    return this.scopes.get(this.source.root)!;
  }

  private add(scope: Scope, name: Node, definition: Omit<Definition, 'node'>): void {
    const text = this.source.textOf(name);
    const declared = scope.outer.get(text);
    let at = scope;
    if (declared === 'global') at = this.scopes.get(this.source.root)!;
    else if (declared === 'nonlocal') for (at = at.parent ?? at; at.parent && !at.names.has(text);) at = at.parent;
    let binding = at.names.get(text);
    if (!binding) at.names.set(text, (binding = { name: text, scope: at.node, definitions: [], uses: [] }));
    binding.definitions.push({ node: name, ...definition });
    this.bindings.set(name, binding);
    this.defining.add(name);
  }

  private define(root: Node): void {
    // A declaration counts for the whole function, wherever it is.
    eachNode(root, (node) => {
      if (node.type !== 'ScopeStatement') return;
      const kind = node.children[0]?.type === 'global' ? 'global' : 'nonlocal';
      const { outer } = this.scopeOf(node);
      for (const name of childrenOf(node, 'VariableName')) outer.set(this.source.textOf(name), kind);
    });
    eachNode(root, (node) =>
      DEFINERS[node.type]?.(
        node,
        (name, definition, at) => {
          if (name.type === 'VariableName') this.add(at ? this.scopes.get(at)! : this.scopeOf(name), name, definition);
          else if (memberOf(name)) this.pending.push({ node: name, ...definition });
        },
        this.source,
      ),
    );
  }

  /** Definitions of attributes. */
  private readonly pending: Definition[] = [];

  private attributes(): void {
    for (const definition of this.pending) {
      const { object, name } = memberOf(definition.node)!;
      const owner = this.selfOf(object);
      if (!owner) continue; // which class it is of is not known: it counts as a use
      const family = this.familyOf(owner);
      let fields = this.fields.get(family);
      if (!fields) this.fields.set(family, (fields = new Map<string, Binding>()));
      const text = this.source.textOf(name);
      let binding = fields.get(text);
      if (!binding) fields.set(text, (binding = { name: text, scope: undefined, definitions: [], uses: [] }));
      binding.definitions.push(definition);
      this.bindings.set(definition.node, binding);
      this.defining.add(definition.node);
    }
  }

  /** The class whose object the expression is: `self` in one of its methods. */
  selfOf(object: Node): Node | undefined {
    if (object.type !== 'VariableName') return undefined;
    const name = this.source.textOf(object);
    for (const up of around(object)) {
      if (!isFunction(up)) continue;
      const [first] = parametersOf(up);
      if (first && this.source.textOf(first.name) === name)
        return isStatic(up, this.source) ? undefined : classOfMethod(up);
      if (parametersOf(up).some((one) => this.source.textOf(one.name) === name)) return undefined;
    }
    return undefined;
  }

  /** The outermost of the classes of this module that it derives from. */
  private familyOf(owner: Node): Node {
    let here = owner;
    for (let depth = 0; depth < 8; depth++) {
      const [base] = this.basesOf(here);
      if (!base) return here;
      here = base;
    }
    return here;
  }

  private refer(node: Node): void {
    if (this.defining.has(node)) return;
    const member = memberOf(node);
    if (member) return this.referToField(node, member);
    if (node.type !== 'VariableName' || isKeyword(node)) return;
    const binding = this.lookUp(node);
    if (!binding) return;
    binding.uses.push(node);
    this.bindings.set(node, binding);
  }

  /** Of which class an object is is not known, but for `self`: all that have such an attribute may be meant. */
  private referToField(node: Node, { object, name }: { object: Node; name: Node }): void {
    const isOfModule =
      object.type === 'VariableName' && this.lookUp(object)?.definitions.some(({ kind }) => kind === 'import');
    if (isOfModule) return;
    const text = this.source.textOf(name);
    const owner = this.selfOf(object);
    const own = owner && this.fieldOf(owner, text);
    if (own) {
      own.uses.push(node);
      this.bindings.set(node, own);
      return;
    }
    const possible = [...this.fields.values()].flatMap((fields) => fields.get(text) ?? []);
    for (const binding of possible) binding.uses.push(node);
    if (possible.length === 1) this.bindings.set(node, possible[0]!);
  }

  private lookUp(name: Node): Binding | undefined {
    const text = this.source.textOf(name);
    const first = this.scopeOf(name);
    for (let scope: Scope | undefined = first; scope; scope = scope.parent) {
      if (scope.node.type === 'ClassDefinition' && scope !== first) continue;
      if (scope.outer.get(text) === 'global') return this.inModule(text);
      const found = scope.names.get(text);
      if (found) return found;
    }
    return undefined;
  }
}

/** Where the name of a function or a class is visible: not only in itself. */
const scopeAround = (node: Node): Node | undefined => [...around(node)].find(({ type }) => SCOPES.test(type));

type Define = (name: Node, definition: Omit<Definition, 'node'>, scope?: Node) => void;

/** Statements that define names. */
const DEFINERS: Record<string, (node: Node, define: Define, source: Source) => void> = {
  ImportStatement: (node, define, source) =>
    imported(node, source).forEach(({ name, imported }) => define(name, { kind: 'import', imported })),
  FunctionDefinition: (node, define) => {
    define(nameOf(node), { kind: 'function', value: node }, scopeAround(node));
    for (const { name } of parametersOf(node)) define(name, { kind: 'parameter' }, node);
  },
  LambdaExpression: (node, define) =>
    parametersOf(node).forEach(({ name }) => define(name, { kind: 'parameter' }, node)),
  ClassDefinition: (node, define) => define(nameOf(node), { kind: 'class', value: node }, scopeAround(node)),
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

export function parametersOf(fn: Node): Parameter[] {
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

/** The class whose method a function is. */
export function classOfMethod(fn: Node): Node | undefined {
  let up = fn.parent;
  if (up?.type === 'DecoratedStatement') up = up.parent;
  while (up && /^(IfStatement|TryStatement|Body)$/.test(up.type)) up = up.parent;
  return up?.type === 'ClassDefinition' ? up : undefined;
}

const isStatic = (fn: Node, source: Source): boolean =>
  fn.parent?.type === 'DecoratedStatement' &&
  childrenOf(fn.parent, 'Decorator').some((one) => source.textOf(one) === '@staticmethod');

/** What a class derives from, as written. */
export const baseNodes = (owner: Node): Node[] =>
  parted((childOf(owner, 'ArgList')?.children ?? []).slice(1, -1)).flatMap((part) => (part.length === 1 ? part : []));

/** `f(name=…)`: the name of a parameter, not of something here. */
const isKeyword = (node: Node): boolean => {
  const list = node.parent;
  return list?.type === 'ArgList' && list.children[list.children.indexOf(node) + 1]?.type === 'AssignOp';
};

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
