// What a module does with a new object: through its names, attributes of `self`, lists, and functions of the module that it
// is passed to or returned from. Pure.
import type { Module } from './module';
import { assigned, parametersOf } from './definitions';
import type { Binding } from './scopes';
import { bare, calleeOf, indexedOf, isFunction, memberOf, type Node } from './syntax';

/** What is done to an object. */
export interface Use {
  /** `x.name`. */
  node: Node;
  name: string;
  /** `x.name(…)`; absent: the method is only taken. */
  call?: Node;
  /** `x.name = …` */
  set?: Node;
}

export interface Flow {
  /** In the order of the text. */
  uses: Use[];
  /** Others may do anything to it. */
  escapes: boolean;
  /** Names and attributes that it was given. */
  bindings: Binding[];
  /** It is one of several in a list. */
  isOfSeveral: boolean;
}

/** How often it may change its name. */
const DEEPEST = 6;

export function follow(module: Module, made: Node): Flow {
  return module.remembered('flow', made, () => {
    const flow: Flow = { uses: [], escapes: false, bindings: [], isOfSeveral: false };
    new Follower(module, flow).value(made, 0);
    flow.uses.sort((a, b) => a.node.start - b.node.start);
    return flow;
  });
}

class Follower {
  private readonly seen = new Set<unknown>();

  constructor(
    private readonly module: Module,
    private readonly flow: Flow,
  ) {}

  /** An expression whose value it is. */
  value(node: Node, depth: number): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (depth > DEEPEST) return this.escape();
    const { parent } = node;
    if (!parent) return;
    const member = memberOf(parent);
    if (member) return member.object === node ? this.use(parent, member.name) : undefined;
    if (indexedOf(parent)) return this.escape();
    switch (parent.type) {
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
        return this.value(parent, depth);
      case 'ConditionalExpression':
        return parent.children[2] === node ? undefined : this.value(parent, depth);
      case 'BinaryExpression':
        return /^(or|and)$/.test(parent.children[1]?.type ?? '') ? this.value(parent, depth) : undefined;
      case 'AssignStatement':
        return this.assign(parent, node, depth);
      case 'NamedExpression':
        this.name(parent.children[0]!, depth);
        return this.value(parent, depth);
      case 'WithStatement':
        return this.enter(parent, node, depth);
      case 'ArgList':
        return this.argument(parent, node, depth);
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
      case 'DictionaryExpression':
        this.flow.isOfSeveral = true;
        return this.list(parent, depth + 1);
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'SetComprehensionExpression':
        if (parent.children[1] !== node) return undefined;
        this.flow.isOfSeveral = true;
        return this.list(parent, depth + 1);
      case 'ReturnStatement':
        return this.returned(parent, depth);
      case 'ExpressionStatement':
      case 'UnaryExpression':
      case 'IfStatement':
      case 'WhileStatement':
      case 'AssertStatement':
      case 'FormatReplacement':
        return undefined;
      default:
        return this.escape();
    }
  }

  private escape(): void {
    this.flow.escapes = true;
  }

  private use(node: Node, nameNode: Node): void {
    const { parent } = node;
    const use: Use = { node, name: this.module.textOf(nameNode) };
    if (parent?.type === 'CallExpression' && calleeOf(parent) === node) use.call = parent;
    if (parent?.type === 'AssignStatement') {
      const set = assigned(parent).find(({ target }) => target === node);
      if (set) use.set = set.value ?? parent;
    }
    this.flow.uses.push(use);
  }

  private assign(statement: Node, node: Node, depth: number): void {
    for (const { target, value } of assigned(statement)) {
      if (value === node) this.name(target, depth);
      else if (value === undefined) this.escape();
    }
    // `d[k] = x`: an item of what is indexed
    for (const one of statement.children) {
      const list = indexedOf(one);
      if (list && one !== node) {
        this.flow.isOfSeveral = true;
        this.listNamed(list, depth + 1);
      } else if (memberOf(one) && !this.module.scopes.of(one)) this.escape(); // an attribute of something else
    }
  }

  private enter(statement: Node, node: Node, depth: number): void {
    this.flow.uses.push({ node, name: '__exit__', call: node });
    const at = statement.children.indexOf(node);
    const name = statement.children[at + 1]?.type === 'as' ? statement.children[at + 2] : undefined;
    if (name) this.name(name, depth);
  }

  private name(target: Node, depth: number): void {
    const binding = this.module.scopes.of(target);
    if (!binding) return this.escape();
    if (this.seen.has(binding)) return;
    this.seen.add(binding);
    this.flow.bindings.push(binding);
    for (const use of binding.uses) this.value(use, depth + 1);
  }

  /** A list or the like that it is in. */
  private list(node: Node, depth: number): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (depth > DEEPEST) return this.escape();
    const { parent } = node;
    if (!parent) return;
    const member = memberOf(parent);
    if (member?.object === node) return this.listMethod(parent, this.module.textOf(member.name), depth);
    if (indexedOf(parent) === node) {
      const target = parent.parent;
      if (target?.type === 'AssignStatement' && assigned(target).length === 0 && target.children[0] === parent)
        return undefined; // another item
      return this.value(parent, depth);
    }
    switch (parent.type) {
      case 'ParenthesizedExpression':
      case 'ConditionalExpression':
        return this.list(parent, depth);
      case 'BinaryExpression':
        return parent.children[1]?.type === 'ArithOp' ? this.list(parent, depth) : undefined;
      case 'AssignStatement':
        for (const { target, value } of assigned(parent)) {
          if (value === node) this.listName(target, depth);
          else if (value === undefined) this.name(target, depth);
        }
        return undefined;
      case 'ForStatement':
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'SetComprehensionExpression':
        return this.elements(parent, node, depth);
      case 'ArgList':
        return this.listArgument(parent, node, depth);
      case 'ExpressionStatement':
      case 'UnaryExpression':
      case 'IfStatement':
      case 'WhileStatement':
      case 'UpdateStatement':
        return undefined;
      default:
        return this.escape();
    }
  }

  private listName(target: Node, depth: number): void {
    const binding = this.module.scopes.of(target);
    if (!binding) return this.escape();
    if (this.seen.has(binding)) return;
    this.seen.add(binding);
    for (const use of binding.uses) this.list(use, depth + 1);
  }

  /** The name of a list that it is put into. */
  private listNamed(list: Node, depth: number): void {
    const binding = this.module.scopes.of(bare(list));
    if (!binding || binding.definitions.some(({ kind }) => kind === 'parameter')) return this.escape();
    if (this.seen.has(binding)) return;
    this.seen.add(binding);
    for (const use of binding.uses) this.list(use, depth + 1);
  }

  private listMethod(member: Node, name: string, depth: number): void {
    const call = member.parent;
    if (call?.type !== 'CallExpression') return this.escape();
    if (/^(pop|popleft|get|setdefault)$/.test(name)) return this.value(call, depth + 1);
    if (/^(values|copy)$/.test(name)) return this.list(call, depth + 1);
    if (name === 'items') return this.escape();
    return undefined;
  }

  /** `for x in list` */
  private elements(loop: Node, list: Node, depth: number): void {
    const at = loop.children.indexOf(list);
    if (loop.children[at - 1]?.type !== 'in') return;
    const target = loop.children[at - 2];
    if (target?.type === 'VariableName' && loop.children[at - 3]?.type === 'for') this.name(target, depth);
    else this.escape();
  }

  private listArgument(args: Node, node: Node, depth: number): void {
    const call = args.parent!;
    const name = this.module.qualified(calleeOf(call));
    if (/^(len|bool|any|all|print|sum)$/.test(name ?? '')) return undefined;
    if (/^(list|tuple|set|reversed|sorted|iter)$/.test(name ?? '')) return this.list(call, depth + 1);
    const member = memberOf(calleeOf(call));
    if (member && /^(extend|update)$/.test(this.module.textOf(member.name)))
      return this.listNamed(member.object, depth + 1);
    if (args.children.some(({ type }) => type === 'for')) {
      const at = args.children.indexOf(node);
      if (args.children[at - 1]?.type === 'in') return this.elements(args, node, depth);
    }
    const parameter = this.parameterFor(call, node);
    if (parameter) for (const use of parameter.uses) this.list(use, depth + 1);
    else this.escape();
  }

  private argument(args: Node, node: Node, depth: number): void {
    const call = args.parent!;
    if (args.children.some(({ type }) => type === 'for')) {
      if (args.children[1] !== node) return undefined;
      this.flow.isOfSeveral = true;
      const member = memberOf(calleeOf(call));
      if (member && this.module.textOf(member.name) === 'extend') return this.listNamed(member.object, depth + 1);
      return /^(list|tuple|set)$/.test(this.module.qualified(calleeOf(call)) ?? '')
        ? this.list(call, depth + 1)
        : this.escape();
    }
    const member = memberOf(calleeOf(call));
    const name = this.module.qualified(calleeOf(call));
    if (/^(print|repr|str|id|len|bool|isinstance|hasattr|type)$/.test(name ?? '')) return undefined;
    if (member && /^(append|add|insert|appendleft)$/.test(this.module.textOf(member.name))) {
      this.flow.isOfSeveral = true;
      return this.listNamed(member.object, depth + 1);
    }
    const parameter = this.parameterFor(call, node);
    if (!parameter) return this.escape();
    if (this.seen.has(parameter)) return;
    this.seen.add(parameter);
    for (const use of parameter.uses) this.value(use, depth + 1);
  }

  /** The parameter of a function of this module that takes an argument. */
  private parameterFor(call: Node, argument: Node): Binding | undefined {
    const { module } = this;
    const fn = module.functionOf(calleeOf(call));
    if (!fn || module.decoratorsOf(fn).length > 0) return undefined;
    return boundParameter(module, fn, module.argumentsOf(call), argument, memberOf(calleeOf(call)) !== undefined);
  }

  /** Each call of the function, where it is only called. */
  private returned(statement: Node, depth: number): void {
    const { module } = this;
    let fn = statement.parent;
    while (fn && !isFunction(fn)) fn = fn.parent;
    const name = fn?.children.find(({ type }) => type === 'VariableName');
    const binding = name && module.scopes.of(name);
    const isPrivate = binding !== undefined && (binding.name.startsWith('_') || module.isProgram);
    if (!binding || !isPrivate || binding.definitions.length > 1 || binding.scope?.type === 'ClassDefinition')
      return this.escape();
    for (const use of binding.uses) {
      const call = use.parent;
      if (call?.type === 'CallExpression' && calleeOf(call) === use) this.value(call, depth + 1);
      else this.escape();
    }
  }
}

/** The binding of the parameter that takes an argument of a call; `isBound`: the first one is `self`. */
export function boundParameter(
  module: Module,
  fn: Node,
  {
    positional,
    keywords,
    isOpen,
  }: { positional: readonly Node[]; keywords: ReadonlyMap<string, Node>; isOpen: boolean },
  argument: Node,
  isBound: boolean,
): Binding | undefined {
  if (isOpen) return undefined;
  const all = parametersOf(fn);
  const own = isBound ? all.slice(1) : all;
  const at = positional.indexOf(argument);
  const keyword = [...keywords].find(([, value]) => value === argument)?.[0];
  const found = at >= 0 ? own[at] : own.find(({ name }) => module.textOf(name) === keyword);
  return found && !found.isRest ? module.scopes.of(found.name) : undefined;
}
