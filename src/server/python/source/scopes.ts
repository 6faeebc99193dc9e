// Which definition each name of a module means, by Python's rules: functions see the names around them, but not those of a
// class. Attributes count as names of the class family that sets them on `self`. Pure.
import { contentsOf, type Contents } from './contents';
import { parametersOf, type Definition } from './definitions';
import { around, childOf, childrenOf, isFunction, memberOf, parted, type Node, type Source } from './syntax';

/** What a name means: in a scope, or as an attribute of the objects of a family of classes. */
export class Binding {
  readonly definitions: Definition[] = [];
  private found: Node[] | undefined;

  /** @param scope where it is visible; undefined: an attribute */
  constructor(
    readonly name: string,
    readonly scope: Node | undefined,
    private readonly find: (binding: Binding) => Node[],
  ) {}

  /** Without the definitions, in the order of the text. */
  get uses(): Node[] {
    return (this.found ??= this.find(this));
  }
}

interface Scope {
  node: Node;
  parent: Scope | undefined;
  names: Map<string, Binding>;
  /** Declared `global` or `nonlocal`. */
  outer: Map<string, 'global' | 'nonlocal'>;
}

export class Scopes {
  readonly contents: Contents;
  private readonly scopes = new Map<Node, Scope>();
  private readonly bindings = new Map<Node, Binding>();
  private readonly referred = new Map<Node, Binding | null>();
  /** By class family and name. */
  private readonly fields = new Map<Node, Map<string, Binding>>();
  private readonly fieldsNamed = new Map<string, Binding[]>();

  constructor(private readonly source: Source) {
    this.contents = contentsOf(source.root, source);
    for (const node of this.contents.scopes)
      this.scopes.set(node, { node, parent: this.scopeAbove(node), names: new Map(), outer: new Map() });
    this.define();
    this.attributes();
  }

  /** Of a name, or of an attribute of `self`. */
  of(node: Node): Binding | undefined {
    const defined = this.bindings.get(node);
    if (defined) return defined;
    let found = this.referred.get(node);
    if (found === undefined) this.referred.set(node, (found = this.referredBy(node) ?? null));
    return found ?? undefined;
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

  private scopeAbove(node: Node): Scope | undefined {
    for (let up = node.parent; up; up = up.parent) {
      const scope = this.scopes.get(up);
      if (scope) return scope;
    }
    return undefined;
  }

  private scopeOf(node: Node): Scope {
    return this.scopeAbove(node) ?? this.scopes.get(this.source.root)!;
  }

  private add(scope: Scope, name: Node, text: string, definition: Omit<Definition, 'node'>): void {
    const declared = scope.outer.get(text);
    let at = scope;
    if (declared === 'global') at = this.scopes.get(this.source.root)!;
    else if (declared === 'nonlocal') for (at = at.parent ?? at; at.parent && !at.names.has(text);) at = at.parent;
    let binding = at.names.get(text);
    if (!binding) at.names.set(text, (binding = new Binding(text, at.node, this.usesOfName)));
    binding.definitions.push({ node: name, ...definition });
    this.bindings.set(name, binding);
  }

  private define(): void {
    // A declaration counts for the whole function, wherever it is.
    for (const node of this.contents.declarations) {
      const kind = node.children[0]?.type === 'global' ? 'global' : 'nonlocal';
      const { outer } = this.scopeOf(node);
      for (const name of childrenOf(node, 'VariableName')) outer.set(this.source.textOf(name), kind);
    }
    for (const { name, text, definition, place } of this.contents.defined) {
      if (name.type !== 'VariableName') this.pending.push({ node: name, ...definition });
      else if (place === 'around') this.add(this.scopeOf(definition.value!), name, text, definition);
      else this.add(place ? this.scopes.get(place)! : this.scopeOf(name), name, text, definition);
    }
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
      if (!binding) {
        fields.set(text, (binding = new Binding(text, undefined, this.usesOfField)));
        this.fieldsNamed.set(text, [...(this.fieldsNamed.get(text) ?? []), binding]);
      }
      binding.definitions.push(definition);
      this.bindings.set(definition.node, binding);
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

  private referredBy(node: Node): Binding | undefined {
    if (node.type === 'VariableName') return isKeyword(node) ? undefined : this.lookUp(node);
    if (!memberOf(node)) return undefined;
    const meant = this.fieldsMeant(node);
    return meant.length === 1 ? meant[0] : undefined;
  }

  /** Of which class an object is is not known, but for `self`: all that have such an attribute may be meant. */
  private fieldsMeant(node: Node): readonly Binding[] {
    const { object, name } = memberOf(node)!;
    const text = this.source.textOf(name);
    const possible = this.fieldsNamed.get(text);
    if (!possible) return [];
    const isOfModule =
      object.type === 'VariableName' && this.lookUp(object)?.definitions.some(({ kind }) => kind === 'import');
    if (isOfModule) return [];
    const owner = this.selfOf(object);
    const own = owner && this.fieldOf(owner, text);
    return own ? [own] : possible;
  }

  private readonly usesOfName = (binding: Binding): Node[] =>
    this.contents.named(binding.name).filter((node) => !this.bindings.has(node) && this.of(node) === binding);

  private readonly usesOfField = (binding: Binding): Node[] =>
    this.contents
      .membersNamed(binding.name)
      .filter((node) => !this.bindings.has(node) && this.fieldsMeant(node).includes(binding));

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
