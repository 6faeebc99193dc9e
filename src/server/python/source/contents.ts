// What is in a module, by what is asked for. Of a function or a class that an edit left alone the answers are kept. Pure.
import { DEFINERS, type Definition } from './definitions';
import { isWhole } from './nodes';
import { memberOf, type Node, type Source } from './syntax';

const SCOPES = /^(Script|FunctionDefinition|LambdaExpression|ClassDefinition|.*Comprehension.*)$/;

export interface Defined {
  name: Node;
  text: string;
  definition: Omit<Definition, 'node'>;
  place: 'around' | Node | undefined;
}

type ByText = Map<string, Node[]>;

/** Each list is in the order of the text. */
export class Contents {
  readonly calls: Node[] = [];
  readonly functions: Node[] = [];
  readonly classes: Node[] = [];
  readonly loops: Node[] = [];
  readonly scopes: Node[] = [];
  /** `global` and `nonlocal`. */
  readonly declarations: Node[] = [];
  readonly defined: Defined[] = [];
  private readonly names: ByText = new Map();
  private readonly members: ByText = new Map();
  private readonly inner: Contents[] = [];

  constructor(top: Node, source: Source) {
    this.add(top, source);
  }

  /** Names with a text. */
  named(text: string): Node[] {
    return inOrder(this.collect('names', text, []));
  }

  /** `x.text` */
  membersNamed(text: string): Node[] {
    return inOrder(this.collect('members', text, []));
  }

  private collect(what: 'names' | 'members', text: string, found: Node[]): Node[] {
    const own = this[what].get(text);
    if (own) found.push(...own);
    for (const one of this.inner) one.collect(what, text, found);
    return found;
  }

  private add(node: Node, source: Source): void {
    this.look(node, source);
    for (const child of node.children) {
      if (isWhole(child)) this.take(contentsOf(child, source));
      else this.add(child, source);
    }
  }

  private look(node: Node, source: Source): void {
    const { type } = node;
    this.listOf(type)?.push(node);
    if (SCOPES.test(type)) this.scopes.push(node);
    DEFINERS[type]?.(
      node,
      (name, definition, place) => {
        if (name.type === 'VariableName' || memberOf(name))
          this.defined.push({ name, text: source.textOf(name), definition, place });
      },
      source,
    );
    if (type === 'VariableName') file(this.names, source.textOf(node), node);
    const member = memberOf(node);
    if (member) file(this.members, source.textOf(member.name), node);
  }

  private listOf(type: string): Node[] | undefined {
    switch (type) {
      case 'CallExpression':
        return this.calls;
      case 'FunctionDefinition':
        return this.functions;
      case 'ClassDefinition':
        return this.classes;
      case 'WhileStatement':
        return this.loops;
      case 'ScopeStatement':
        return this.declarations;
      default:
        return undefined;
    }
  }

  private take(one: Contents): void {
    this.inner.push(one);
    for (const list of LISTS) for (const node of one[list]) (this[list] as unknown[]).push(node);
  }
}

const LISTS = ['calls', 'functions', 'classes', 'loops', 'scopes', 'declarations', 'defined'] as const;

const known = new WeakMap<Node, Contents>();

export function contentsOf(top: Node, source: Source): Contents {
  let contents = known.get(top);
  if (!contents) known.set(top, (contents = new Contents(top, source)));
  return contents;
}

function file(under: ByText, text: string, node: Node): void {
  const list = under.get(text);
  if (list) list.push(node);
  else under.set(text, [node]);
}

const inOrder = (nodes: Node[]): Node[] => nodes.sort((a, b) => a.start - b.start);
