// A module that has been read: its tree, what its names mean, and the functions and classes that expressions stand for. Pure.
import type { Definition } from './definitions';
import { baseNodes, classOfMethod, Scopes, type Binding } from './scopes';
import {
  argumentsOf,
  bare,
  calleeOf,
  childOf,
  memberOf,
  ownNodes,
  type Arguments,
  type Node,
  type Source,
} from './syntax';

/** How many names in a row are followed. */
const DEEPEST = 8;

/** Methods that do something at once; what a module calls to set itself up is not among them. */
const ACTS = /^(start|join|submit|put|result|run|serve_forever|mainloop)$/;

/** What another module, named as in an import, has under a name. */
export interface Foreign {
  module: Module;
  node: Node;
}

/** `class`: only one that may be a thread is looked for, in modules that have to do with threads. */
export type Wanted = 'class' | 'any';

export type Outside = (qualified: string, wanted: Wanted) => Foreign | undefined;

export class Module {
  readonly scopes: Scopes;
  /** All nodes of each kind, in the order of the text. */
  readonly calls: readonly Node[];
  readonly functions: readonly Node[];
  readonly classes: readonly Node[];
  readonly loops: readonly Node[];
  private readonly names = new Map<Node, string | null>();
  private readonly memory = new Map<string, Map<Node, unknown>>();

  /** @param outside what other modules of the workspace define */
  constructor(
    readonly file: string,
    readonly source: Source,
    readonly outside: Outside = () => undefined,
  ) {
    this.scopes = new Scopes(source);
    const { calls, functions, classes, loops } = this.scopes.contents;
    this.calls = calls;
    this.functions = functions;
    this.classes = classes;
    this.loops = loops;
  }

  readonly textOf = (node: Node): string => this.source.textOf(node);

  /** Caches an answer about a node under the name of the question. */
  remembered<T>(question: string, node: Node, find: () => T): T {
    let answers = this.memory.get(question);
    if (!answers) this.memory.set(question, (answers = new Map<Node, unknown>()));
    if (!answers.has(node)) answers.set(node, find());
    return answers.get(node) as T;
  }

  argumentsOf(call: Node): Arguments {
    return argumentsOf(call, this.textOf);
  }

  /** `threading.Thread`, however it was imported; of a built-in that nothing hides, its name. */
  qualified(expression: Node, depth = 0): string | undefined {
    const known = this.names.get(expression);
    if (known !== undefined) return known ?? undefined;
    const found = depth > DEEPEST ? undefined : this.qualify(bare(expression), depth);
    this.names.set(expression, found ?? null);
    return found;
  }

  private qualify(node: Node, depth: number): string | undefined {
    const member = memberOf(node);
    const binding = this.scopes.of(node);
    if (member && !binding?.definitions.length) {
      const object = this.qualified(member.object, depth + 1);
      // Of a built-in name, such as `open`, an attribute is not meant.
      return object === undefined ? undefined : `${object}.${this.textOf(member.name)}`;
    }
    if (!binding) return node.type === 'VariableName' ? this.textOf(node) : undefined;
    const imported = binding.definitions.find(({ kind }) => kind === 'import');
    if (imported) return imported.imported;
    const value = onlyValue(binding);
    return value && /^(VariableName|MemberExpression)$/.test(value.type) ? this.qualified(value, depth + 1) : undefined;
  }

  /** Whether the expression is one of these. */
  isCallOf(node: Node, ...names: string[]): boolean {
    const call = bare(node);
    return call.type === 'CallExpression' && names.includes(this.qualified(calleeOf(call)) ?? '');
  }

  /** The function that an expression stands for, in this module: of its own, a method, or a lambda. */
  functionOf(expression: Node, depth = 0): Node | undefined {
    const node = bare(expression);
    if (depth > DEEPEST) return undefined;
    if (node.type === 'LambdaExpression') return node;
    if (this.isCallOf(node, 'functools.partial', 'partial')) {
      const [first] = this.argumentsOf(node).positional;
      return first && this.functionOf(first, depth + 1);
    }
    const binding = this.scopes.of(node);
    const definitions = binding?.definitions ?? [];
    if (node.type === 'VariableName' && definitions.length === 1) {
      const [{ kind, value }] = definitions as [Definition];
      if (kind === 'function') return value;
      return kind === 'value' && value ? this.functionOf(value, depth + 1) : undefined;
    }
    const member = memberOf(node);
    const owner = member && this.instanceOf(member.object);
    return owner && this.methodOf(owner, this.textOf(member.name));
  }

  methodOf(owner: Node, name: string): Node | undefined {
    const definitions = this.scopes.memberOfClass(owner, name)?.definitions ?? [];
    const [only] = definitions;
    return definitions.length === 1 && only!.kind === 'function' ? only!.value : undefined;
  }

  /** The class of this module that an expression is an object of: `self`, or a name for one that was just made. */
  instanceOf(expression: Node, depth = 0): Node | undefined {
    const node = bare(expression);
    if (depth > DEEPEST) return undefined;
    const own = this.scopes.selfOf(node);
    if (own) return own;
    if (node.type === 'CallExpression') return this.classOf(calleeOf(node));
    const value = this.valueOf(node);
    return value === node ? undefined : this.instanceOf(value, depth + 1);
  }

  /** The class of this module that an expression stands for. */
  classOf(expression: Node): Node | undefined {
    const definitions = this.scopes.of(bare(expression))?.definitions ?? [];
    const [only] = definitions;
    return definitions.length === 1 && only!.kind === 'class' ? only!.value : undefined;
  }

  /** What other modules define under what an expression stands for. */
  foreignOf(expression: Node, wanted: Wanted): Foreign | undefined {
    const name = this.qualified(expression);
    return name?.includes('.') ? this.outside(name, wanted) : undefined;
  }

  /** The value of a name that has only one; else the expression itself. */
  valueOf(expression: Node, depth = 0): Node {
    const node = bare(expression);
    const binding = this.scopes.of(node);
    const value = binding && onlyValue(binding);
    return value && depth < DEEPEST ? this.valueOf(value, depth + 1) : node;
  }

  /** True and False, also of a name for one. */
  flagOf(expression: Node): boolean | undefined {
    const node = this.valueOf(expression);
    return node.type === 'Boolean' ? this.textOf(node) === 'True' : undefined;
  }

  /** The function or class that the name of a definition is of, with the class around it: `Server.run`. */
  titleOf(fn: Node): string {
    if (fn.type === 'LambdaExpression') return 'lambda';
    const owner = classOfMethod(fn);
    const name = this.nameOf(fn);
    return owner ? `${this.nameOf(owner)}.${name}` : name;
  }

  nameOf(definition: Node): string {
    const name = childOf(definition, 'VariableName');
    return name ? this.textOf(name) : '';
  }

  /** Whether a class derives from one of these, as far as this module and those that it imports show. */
  derives(owner: Node, names: ReadonlySet<string>, depth = 0): boolean {
    if (depth > DEEPEST) return false;
    return baseNodes(owner).some((base) => {
      if (names.has(this.qualified(base) ?? '')) return true;
      const own = this.classOf(base);
      if (own) return own !== owner && this.derives(own, names, depth + 1);
      const foreign = this.foreignOf(base, 'class');
      return foreign?.node.type === 'ClassDefinition' && foreign.module.derives(foreign.node, names, depth + 1);
    });
  }

  /** The text of decorators before a function. */
  decoratorsOf(fn: Node): string[] {
    const { parent } = fn;
    if (parent?.type !== 'DecoratedStatement') return [];
    return parent.children.filter(({ type }) => type === 'Decorator').map((one) => this.textOf(one).slice(1).trim());
  }

  /** Other modules do not use what begins with an underscore, nor what a function or a program has for itself. */
  isPrivate({ name, scope }: Pick<Binding, 'name' | 'scope'>): boolean {
    return name.startsWith('_') || this.isProgram || (scope !== undefined && scope.type !== 'Script');
  }

  /** Its own code does something when it is loaded, or has a part for that: nobody imports it for its names. */
  get isProgram(): boolean {
    return this.remembered('program', this.source.root, () =>
      this.source.root.children.some((one) =>
        one.type === 'IfStatement' && /^if\s+__name__\s*==/.test(this.textOf(one))
          ? true
          : !/Definition$|^DecoratedStatement$/.test(one.type) && ownNodes(one).some((node) => this.acts(node)),
      ),
    );
  }

  /** `print(…)`, `main()`, `thread.start()` */
  private acts(node: Node): boolean {
    if (node.type !== 'CallExpression' || node.parent?.type !== 'ExpressionStatement') return false;
    const callee = calleeOf(node);
    const member = memberOf(callee);
    return member
      ? ACTS.test(this.textOf(member.name))
      : this.qualified(callee) === 'print' || this.functionOf(callee) !== undefined;
  }
}

/** What it is assigned, where that is done once; to take away what was there, by None, does not count. */
export function onlyValue({ definitions }: Binding): Node | undefined {
  const values = definitions.filter(({ value }) => value?.type !== 'None');
  const [only] = values;
  return values.length === 1 && (only!.kind === 'value' || only!.kind === 'with') ? only!.value : undefined;
}
