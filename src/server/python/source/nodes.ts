// The nodes of a tree. Functions and classes that an edit left as they were are taken over with all that is in them: most of the
// time after a keystroke would go into making nodes, into what is known of them, and into clearing both away. Pure.
import type { Tree, TreeCursor } from '@lezer/common';
import type { Span } from '../../language';

export interface Node extends Span {
  /** As Lezer's grammar names it; of keywords and punctuation, what is written. */
  readonly type: string;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
}

/** Of one text. */
export interface Nodes {
  root: Node;
  text: string;
  wholes: Whole[];
  errors: number;
}

class Branch implements Node {
  readonly children: Node[] = [];
  /** What its text alone says. */
  answers: Map<string, unknown> | undefined;

  /** @param from and `to`: from the beginning of the whole that it is in, so that this can move */
  constructor(
    readonly type: string,
    private readonly from: number,
    private readonly to: number,
    public parent: Node | undefined,
    readonly whole: Whole,
  ) {}

  get start(): number {
    return this.whole.at + this.from;
  }

  get end(): number {
    return this.whole.at + this.to;
  }
}

/** A function or a class, or the module. */
class Whole {
  top!: Branch;
  /** Functions and classes in it, with those in them. */
  readonly inner: Whole[] = [];

  constructor(
    public at: number,
    readonly length: number,
    public owner: Grower,
  ) {}

  isOf(owner: Grower): boolean {
    return this.owner === owner && this.inner.every((one) => one.owner === owner);
  }

  move(by: number, owner: Grower): void {
    for (const one of [this, ...this.inner]) {
      one.at += by;
      one.owner = owner;
    }
  }
}

/** Keeps an answer to which nothing matters but the node and what is below it, for as long as it is not edited. */
export function kept<T>(question: string, node: Node, find: () => T): T {
  const answers = ((node as Branch).answers ??= new Map<string, unknown>());
  if (!answers.has(question)) answers.set(question, find());
  return answers.get(question) as T;
}

const WHOLES = /^(Function|Class)Definition$/;
/** How much of a text it is looked for by, beside its length. */
const KEY_LENGTH = 40;

/** Where a whole begins: what is below it is taken over as it is until something in it is edited. */
export const isWhole = (node: Node): boolean => (node as Branch).whole.top === node;

/** @param before the nodes of another text: those that are taken over are no longer its own */
export const nodesOf = (tree: Tree, text: string, before: Nodes | undefined): Nodes => {
  const grower = new Grower(text, before);
  const root = grower.grow(tree.cursor());
  return { root, text, wholes: grower.wholes, errors: grower.errors };
};

class Grower {
  readonly wholes: Whole[] = [];
  errors = 0;
  private readonly known = new Map<string, Whole[]>();
  private readonly formerOwner: Grower | undefined;

  constructor(
    private readonly text: string,
    private readonly before: Nodes | undefined,
  ) {
    this.formerOwner = before?.wholes[0]?.owner;
    for (const whole of before?.wholes ?? []) {
      const key = keyOf(before!.text, whole.at, whole.length);
      const alike = this.known.get(key);
      if (alike) alike.push(whole);
      else this.known.set(key, [whole]);
    }
  }

  grow(cursor: TreeCursor): Node {
    const root = new Whole(0, cursor.to, this);
    return (root.top = this.branch(cursor, undefined, root));
  }

  private node(cursor: TreeCursor, parent: Node, outer: Whole): Branch {
    if (!WHOLES.test(cursor.name)) return this.branch(cursor, parent, outer);
    const { errors } = this;
    const whole = this.taken(cursor) ?? new Whole(cursor.from, cursor.to - cursor.from, this);
    if (whole.top) whole.top.parent = parent;
    else whole.top = this.branch(cursor, parent, whole);
    outer.inner.push(whole, ...whole.inner);
    if (this.errors === errors) this.wholes.push(whole);
    return whole.top;
  }

  private branch(cursor: TreeCursor, parent: Node | undefined, whole: Whole): Branch {
    const node = new Branch(cursor.name, cursor.from - whole.at, cursor.to - whole.at, parent, whole);
    if (!cursor.firstChild()) return node;
    do {
      if (cursor.type.isError) this.errors++;
      else if (cursor.name !== 'Comment') node.children.push(this.node(cursor, node, whole));
    } while (cursor.nextSibling());
    cursor.parent();
    return node;
  }

  /** One of the same text. Without errors in it, what is in it depends on nothing else. */
  private taken({ from, to }: TreeCursor): Whole | undefined {
    if (!this.formerOwner) return undefined;
    const alike = this.known.get(keyOf(this.text, from, to - from));
    const text = alike && this.text.slice(from, to);
    const whole = alike?.find(
      (one) => one.isOf(this.formerOwner!) && this.before!.text.slice(one.at, one.at + one.length) === text,
    );
    whole?.move(from - whole.at, this);
    if (whole) this.wholes.push(...whole.inner);
    return whole;
  }
}

const keyOf = (text: string, at: number, length: number): string =>
  `${length} ${text.slice(at, at + Math.min(length, KEY_LENGTH))}`;
