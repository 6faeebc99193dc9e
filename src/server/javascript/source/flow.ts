// Follows a value through its module and collects what is done to it. One level of calls is followed; where the value can no
// longer be followed, it has escaped. Pure.
import ts from 'typescript';
import type { Environment, Module } from './module';
import { NO_ENVIRONMENT } from './module';
import { isExecutor } from './promises';
import { bare, eachNode, functionOf, nameOf } from './syntax';
import { isAssignment, type Binding } from './unit';

/** One thing that is done to the value. */
export interface Use {
  /** `call`: of a method, or of the value itself (with an empty name); `set`, `get`: of a property. */
  kind: 'call' | 'set' | 'get';
  name: string;
  /** The call, the assignment, or the property. */
  node: ts.Expression;
  args: readonly ts.Expression[];
}

export interface Flow {
  /** Sorted by position. */
  uses: Use[];
  /** Code outside of this analysis may do anything to it. */
  escapes: boolean;
}

/** A call of a function that returns the value, with the values of its parameters. */
export interface FactoryCall {
  call: ts.CallExpression;
  environment: Environment;
}

export interface Followed extends Flow {
  /** One flow for each call of the surrounding function, if that returns the value. */
  calls: (Flow & FactoryCall)[];
}

const DEEPEST = 6;
/** Methods of emitters that return the emitter. */
const CHAINS = /^(on|once|addListener|prependListener|prependOnceListener|off|removeListener|removeAllListeners)$/;
/** Functions of `events` that listen to their first argument. */
const LISTENS = /^(once|on)$/;
/** Functions of `threads` that take the result of its `spawn()`. */
const THREAD = /^Thread\./;
/** Methods of arrays and sets that put a value in, and that call a function with each value. */
const PUTS = /^(push|unshift|add)$/;
const EACH = /^(forEach|map|some|every|filter|find|flatMap)$/;

export const follow = (module: Module, value: ts.Expression): Followed =>
  followed(module, (follower) => follower.follow(value, 0));

/** As `follow`, for the value that a name is declared with. */
export const followName = (module: Module, binding: Binding): Followed =>
  followed(module, (follower) => follower.binding(binding, 0));

function followed(module: Module, begin: (follower: Follower) => void): Followed {
  const found: Followed = { uses: [], escapes: false, calls: [] };
  begin(new Follower(module, found));
  for (const flow of [found, ...found.calls]) flow.uses.sort((a, b) => a.node.getStart() - b.node.getStart());
  return found;
}

class Follower {
  private readonly seen = new Set<unknown>();

  constructor(
    private readonly module: Module,
    private flow: Followed,
  ) {}

  /** Follows the value of this expression. */
  follow(node: ts.Expression, depth: number): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (depth > DEEPEST) return this.escape();
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return this.property(parent, depth);
    if (ts.isVariableDeclaration(parent)) return this.name(parent.name, depth);
    if (ts.isBinaryExpression(parent)) return this.binary(node, parent, depth);
    if (ts.isCallExpression(parent))
      return parent.expression === node
        ? this.use('call', '', parent, parent.arguments)
        : this.argument(node, parent, depth);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return this.returned(parent, depth);
    if (ts.isPropertyDeclaration(parent)) return this.field(parent.name, parent, depth);
    if (ts.isArrayLiteralExpression(parent)) return this.container(parent, depth);
    if (ts.isConditionalExpression(parent) && parent.condition !== node) return this.follow(parent, depth);
    if (isTransparent(parent)) return this.follow(parent as ts.Expression, depth);
    if (!isHarmless(parent, node)) this.escape();
  }

  private escape(): void {
    this.flow.escapes = true;
  }

  private use(kind: Use['kind'], name: string, node: ts.Expression, args: readonly ts.Expression[] = []): void {
    this.flow.uses.push({ kind, name, node, args });
  }

  private property(access: ts.PropertyAccessExpression, depth: number): void {
    const { parent, name } = access;
    if (ts.isCallExpression(parent) && parent.expression === access) {
      this.use('call', name.text, parent, parent.arguments);
      if (CHAINS.test(name.text)) this.follow(parent, depth);
    } else if (ts.isBinaryExpression(parent) && parent.left === access && isAssignment(parent)) {
      this.use('set', name.text, parent, [parent.right]);
    } else {
      this.use('get', name.text, access);
    }
  }

  private binary(node: ts.Expression, parent: ts.BinaryExpression, depth: number): void {
    const { kind } = parent.operatorToken;
    if (isAssignment(parent)) {
      if (parent.left === node) return;
      const left = bare(parent.left);
      if (ts.isIdentifier(left)) this.name(left, depth);
      else if (ts.isPropertyAccessExpression(left)) this.field(left.name, left, depth);
      else this.escape();
      this.follow(parent, depth);
    } else if (PASSES.has(kind)) this.follow(parent, depth);
  }

  private name(name: ts.BindingName, depth: number): void {
    if (!ts.isIdentifier(name)) return; // parts of it
    const binding = this.module.names.of(name);
    if (binding) this.binding(binding, depth);
    else this.escape();
  }

  binding(binding: Binding, depth: number): void {
    if (this.seen.has(binding)) return;
    this.seen.add(binding);
    if (binding.exported) this.escape();
    for (const ref of binding.refs) {
      const { parent } = ref;
      const isWritten = ts.isBinaryExpression(parent) && parent.left === ref && isAssignment(parent);
      if (!isWritten) this.follow(ref, depth + 1);
    }
  }

  /** `this.worker`: its uses in the whole class. Fields of other objects, and fields that are not private, escape. */
  private field(name: ts.Node, node: ts.Node, depth: number): void {
    const isOfThis = !ts.isPropertyAccessExpression(node) || node.expression.kind === ts.SyntaxKind.ThisKeyword;
    let home: ts.Node | undefined = node;
    while (home && !ts.isClassLike(home)) home = home.parent;
    if (!isOfThis || !home || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return this.escape();
    if (!ts.isPrivateIdentifier(name) && !isPrivate(home, name.text)) this.escape();
    eachNode(home, (one) => {
      if (!ts.isPropertyAccessExpression(one) || one.expression.kind !== ts.SyntaxKind.ThisKeyword) return;
      if (one.name.text !== name.text || one === node) return;
      const { parent } = one;
      if (!(ts.isBinaryExpression(parent) && parent.left === one && isAssignment(parent))) this.follow(one, depth + 1);
    });
  }

  private argument(node: ts.Expression, call: ts.CallExpression, depth: number): void {
    const callee = bare(call.expression);
    const index = call.arguments.indexOf(node);
    const imported = this.module.importOf(callee);
    if (imported?.module === 'events' && LISTENS.test(imported.name) && index === 0)
      return this.use('call', imported.name, call, call.arguments.slice(1));
    if (imported?.module === 'threads' && THREAD.test(imported.name))
      return this.use('call', imported.name.replace(THREAD, ''), call);
    if (ts.isPropertyAccessExpression(callee)) {
      if (PUTS.test(callee.name.text)) return this.stored(callee.expression, depth);
      if (callee.name.text === 'set' && index === 1) return this.stored(callee.expression, depth);
      if (this.module.isGlobal(callee.expression, 'console')) return;
      return this.escape();
    }
    const parameter = this.parameterOf(callee, index);
    if (parameter) this.binding(parameter, depth + 1);
    else this.escape();
  }

  private parameterOf(callee: ts.Expression, index: number): Binding | undefined {
    const fn = this.module.literalOf(callee);
    const declared = this.module.bindingOf(fn)?.declaration;
    const target = ts.isFunctionExpression(fn) || ts.isArrowFunction(fn) ? fn : declared;
    if (!target || !ts.isFunctionLike(target)) return undefined;
    const parameter = target.parameters[index];
    if (!parameter || parameter.dotDotDotToken || !ts.isIdentifier(parameter.name)) return undefined;
    return this.module.names.of(parameter.name);
  }

  /** The value is put into a list that has a name. */
  private stored(list: ts.Expression, depth: number): void {
    const target = bare(list);
    if (ts.isIdentifier(target)) {
      const binding = this.module.names.of(target);
      if (binding) return this.elements(binding, depth);
    }
    this.escape();
  }

  /** A list that holds the value. */
  private container(list: ts.Expression, depth: number): void {
    const { parent } = list;
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      const binding = this.module.names.of(parent.name);
      if (binding) return this.elements(binding, depth);
    }
    this.escape();
  }

  private elements(binding: Binding, depth: number): void {
    if (this.seen.has(binding)) return;
    this.seen.add(binding);
    if (binding.exported || depth > DEEPEST) this.escape();
    for (const ref of binding.refs) this.element(ref, depth + 1);
  }

  private element(ref: ts.Identifier, depth: number): void {
    const { parent } = ref;
    if (ts.isForOfStatement(parent) && parent.expression === ref) {
      const [declared] = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations : [];
      if (declared) return this.name(declared.name, depth);
    } else if (ts.isElementAccessExpression(parent) && parent.expression === ref) {
      return this.follow(parent, depth);
    } else if (ts.isPropertyAccessExpression(parent)) {
      const call = parent.parent;
      const { text } = parent.name;
      if (!ts.isCallExpression(call) || call.expression !== parent) return; // its length
      if (PUTS.test(text) || /^(set|delete|clear|has|includes|indexOf|splice)$/.test(text)) return;
      if (/^(get|pop|shift|at)$/.test(text)) return this.follow(call, depth);
      const parameter = EACH.test(text) && call.arguments[0] && this.parameterOf(call.arguments[0], 0);
      if (parameter) return this.binding(parameter, depth);
    }
    this.escape();
  }

  /** Follows the results of the calls of the surrounding function. */
  private returned(node: ts.Node, depth: number): void {
    const fn = ts.isFunctionLike(node) ? node : functionOf(node);
    if (ts.isSourceFile(fn) || isExecutor(this.module, fn)) return; // of a module in CommonJS, or to Promise: nobody gets it
    const list = madeInList(fn);
    if (list) return this.container(list, depth);
    const calls = this.callsOf(fn);
    if (!calls || calls.length === 0 || depth > 1) return this.escape();
    const outer = this.flow;
    for (const { call, environment } of calls) {
      const own: Followed = { uses: [], escapes: false, calls: [] };
      this.flow = own;
      this.follow(call, depth + 1);
      outer.calls.push({ ...own, call, environment });
    }
    this.flow = outer;
  }

  /** Undefined where code outside of the module may call it. */
  private callsOf(fn: ts.Node): FactoryCall[] | undefined {
    const name = nameOf(fn);
    const binding = name && this.module.names.of(name);
    if (!binding || binding.exported || !ts.isFunctionLike(fn)) return undefined;
    const calls: FactoryCall[] = [];
    for (const ref of binding.refs) {
      const { parent } = ref;
      if (!ts.isCallExpression(parent) || parent.expression !== ref) return undefined;
      calls.push({ call: parent, environment: this.environmentOf(fn, parent) });
    }
    return calls;
  }

  private environmentOf(fn: ts.SignatureDeclaration, call: ts.CallExpression): Environment {
    const given = new Map<Binding, ts.Expression>();
    fn.parameters.forEach(({ name, initializer }, i) => {
      const binding = ts.isIdentifier(name) ? this.module.names.of(name) : undefined;
      const value = call.arguments[i] ?? initializer;
      if (binding && value && binding.values.length === 0) given.set(binding, value);
    });
    return given.size > 0 ? given : NO_ENVIRONMENT;
  }
}

const PASSES = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.CommaToken,
]);

const isTransparent = (node: ts.Node): boolean =>
  ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ||
  ts.isSatisfiesExpression(node) || ts.isAwaitExpression(node); // prettier-ignore

/** The value is only tested or dropped. */
const isHarmless = (parent: ts.Node, node: ts.Node): boolean =>
  ts.isExpressionStatement(parent) || ts.isTypeOfExpression(parent) || ts.isPrefixUnaryExpression(parent) ||
  ts.isVoidExpression(parent) || ts.isIfStatement(parent) || ts.isTemplateSpan(parent) ||
  ts.isWhileStatement(parent) || (ts.isConditionalExpression(parent) && parent.condition === node); // prettier-ignore

/** `Array.from({ length }, () => value)`, `list.map(() => value)`: the call. */
function madeInList(fn: ts.Node): ts.Expression | undefined {
  const call = fn.parent;
  if (!ts.isArrowFunction(fn) || !ts.isCallExpression(call)) return undefined;
  const callee = call.expression;
  return ts.isPropertyAccessExpression(callee) && /^(from|map)$/.test(callee.name.text) ? call : undefined;
}

function isPrivate(home: ts.ClassLikeDeclaration, name: string): boolean {
  return home.members.some(
    (member) =>
      ts.isPropertyDeclaration(member) &&
      ts.isIdentifier(member.name) &&
      member.name.text === name &&
      (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword),
  );
}
