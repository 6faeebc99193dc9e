// Python as trees, by Lezer's parser: it takes half-typed code, and reads again only what was edited. Its nodes are made anew
// at each step; ours stay, so that answers about them can be kept.
import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Edited, Lines, Span } from '../../language';
import { kept, nodesOf, type Node, type Nodes } from './nodes';

export type { Node } from './nodes';

/**
 * A half-typed text has some errors. Where a quote or a bracket turns most of it into errors, what Lezer makes of them depends on
 * what it had read before, and would stay when the quote is closed: then all is read anew.
 */
const MOST_ERRORS = 8;

/** A text; its tree is made when it is first asked for. */
export class Source implements Lines {
  private starts: number[] | undefined;
  private made: { tree: Tree; nodes: Nodes } | undefined;

  /** @param before of which it is an edited version; that one makes its nodes anew if it is asked again */
  constructor(
    readonly text: string,
    private before?: { source: Source; edited: Edited },
  ) {}

  get root(): Node {
    if (!this.made) {
      this.made = (this.before && this.readAgain(this.before)) ?? this.readAnew();
      this.before = undefined;
    }
    return this.made.nodes.root;
  }

  private readAgain({ source, edited: { start, end, length } }: { source: Source; edited: Edited }): Source['made'] {
    const { made } = source;
    if (!made || made.nodes.errors > MOST_ERRORS) return undefined;
    source.made = undefined;
    const change = { fromA: start, toA: end, fromB: start, toB: start + length };
    const tree = parsed(this.text, TreeFragment.applyChanges(TreeFragment.addTree(made.tree), [change]));
    const nodes = nodesOf(tree, this.text, made.nodes);
    return nodes.errors > MOST_ERRORS ? undefined : { tree, nodes };
  }

  private readAnew(): { tree: Tree; nodes: Nodes } {
    const tree = parsed(this.text);
    return { tree, nodes: nodesOf(tree, this.text, undefined) };
  }

  getLineStarts(): readonly number[] {
    return (this.starts ??= [
      0,
      ...[...this.text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: { length } }) => index + length),
    ]);
  }

  getLineAndCharacterOfPosition(offset: number): { line: number; character: number } {
    const starts = this.getLineStarts();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - starts[low]! };
  }

  textOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }
}

export const parse = (text: string): Source => new Source(text);

/** Of `text`, of which only `edited` differs from the old one: `end` is the old end, `length` the new length. */
export const reparse = (source: Source, text: string, edited: Edited): Source => new Source(text, { source, edited });

const parsed = (text: string, fragments?: readonly TreeFragment[]): Tree => parser.parse(readable(text), fragments);

/** Form feeds, which old sources have between their parts, are blanks that the grammar does not know. */
const readable = (text: string): string => text.replaceAll('\f', ' ');

export const spanOf = ({ start, end }: Span): Span => ({ start, end });

export const childOf = (node: Node, ...types: string[]): Node | undefined =>
  node.children.find(({ type }) => types.includes(type));

export const childrenOf = (node: Node, ...types: string[]): Node[] =>
  node.children.filter(({ type }) => types.includes(type));

/** Calls `see` with each node below, in the order of the text. */
export function eachNode(node: Node, see: (node: Node) => void): void {
  for (const child of node.children) {
    see(child);
    eachNode(child, see);
  }
}

const FUNCTIONS = ['FunctionDefinition', 'LambdaExpression'];
export const isFunction = (node: Node): boolean => FUNCTIONS.includes(node.type);
const isOfItsOwn = (node: Node): boolean => isFunction(node) || node.type === 'ClassDefinition';

/** The nodes below that belong to the same function, or to the same module. */
export function ownNodes(node: Node, found: Node[] = []): Node[] {
  for (const child of node.children) {
    found.push(child);
    if (!isOfItsOwn(child)) ownNodes(child, found);
  }
  return found;
}

export const ownOf = (node: Node, ...types: string[]): Node[] =>
  ownNodes(node).filter(({ type }) => types.includes(type));

export function* around(node: Node): Generator<Node> {
  for (let up = node.parent; up; up = up.parent) yield up;
}

export function nearest(node: Node, ...types: string[]): Node | undefined {
  for (const up of around(node)) if (types.includes(up.type)) return up;
  return undefined;
}

/** The function whose code it is; undefined: the module’s, or a class body’s. */
export function functionAround(node: Node): Node | undefined {
  for (const up of around(node)) if (isFunction(up)) return up;
  return undefined;
}

export const isWithin = (node: Node, outer: Node): boolean => node.start >= outer.start && node.end <= outer.end;

/** The statements of a function, a class, or a block. */
export const bodyOf = (node: Node): Node | undefined => childrenOf(node, 'Body').at(-1);

const SIMPLE = /Statement$|^(FunctionDefinition|ClassDefinition|TypeDefinition|StatementGroup)$/;
export const isStatement = ({ type }: Node): boolean => SIMPLE.test(type);

/** The innermost statement around a node; several on one line count as themselves. */
export function statementOf(node: Node): Node {
  let here = node;
  while (here.parent && !isStatement(here)) here = here.parent;
  return here;
}

/** The statements that it is one of. */
export function siblingsOf(statement: Node): readonly Node[] {
  const list = statement.parent?.type === 'StatementGroup' ? statement.parent.parent : statement.parent;
  return (list?.children ?? [])
    .flatMap((one) => (one.type === 'StatementGroup' ? one.children : [one]))
    .filter(isStatement);
}

/** Without parentheses. */
export function bare(node: Node): Node {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') {
    const within = inner.children.find(({ type }) => type !== '(' && type !== ')');
    if (!within) return inner;
    inner = within;
  }
  return inner;
}

/** Parts between commas. */
export function parted(children: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const child of children) {
    if (child.type === ',') parts.push([]);
    else parts.at(-1)!.push(child);
  }
  return parts.filter((part) => part.length > 0);
}

/** `x.name`: object and name; undefined for `x[…]` and all else. */
export function memberOf(node: Node): { object: Node; name: Node } | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const [object] = node.children;
  const name = childOf(node, 'PropertyName');
  return object && name ? { object, name } : undefined;
}

/** `x[…]`: what is indexed. */
export const indexedOf = (node: Node): Node | undefined =>
  node.type === 'MemberExpression' && childOf(node, '[') ? node.children[0] : undefined;

export interface Arguments {
  positional: readonly Node[];
  keywords: ReadonlyMap<string, Node>;
  /** `*args` or `**kwargs`, of which nothing is known. */
  isOpen: boolean;
}

export const argumentsOf = (call: Node, text: (node: Node) => string): Arguments =>
  kept('arguments', call, () => argumentsIn(call, text));

function argumentsIn(call: Node, text: (node: Node) => string): Arguments {
  const positional: Node[] = [];
  const keywords = new Map<string, Node>();
  let isOpen = false;
  const list = childOf(call, 'ArgList');
  for (const part of parted((list?.children ?? []).slice(1, -1))) {
    const [first, second, third] = part;
    if (first!.type === '*' || first!.type === '**') isOpen = true;
    else if (second?.type === 'AssignOp' && third) keywords.set(text(first!), third);
    else positional.push(first!);
  }
  return { positional, keywords, isOpen };
}

export const calleeOf = (call: Node): Node => call.children[0]!;

/** `while True`, `for`: it runs its body again and again. */
export const isLoop = ({ type }: Node): boolean => type === 'WhileStatement' || type === 'ForStatement';

/** It is in a loop or a comprehension of its function. */
export function isRepeated(node: Node): boolean {
  for (const up of around(node)) {
    if (isOfItsOwn(up)) return false;
    if (isLoop(up) || /Comprehension/.test(up.type)) return true;
  }
  return false;
}
