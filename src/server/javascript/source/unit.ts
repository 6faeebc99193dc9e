// What a statement of a module, and each function in it, declares, uses and contains. It does not depend on its surroundings,
// and the parser reuses nodes that were not edited, so each is read only once. Pure.
import ts from 'typescript';
import { isOfTypes } from './syntax';

/** Kept here because the package exports each through a getter, which costs more than its use. */
const { SyntaxKind, forEachChild, isFunctionLike } = ts;

/** `name`: `*` for the whole module, `default` for its default export. `module` without `node:`. */
export interface Imported {
  module: string;
  name: string;
}

export interface Binding {
  name: string;
  declaration: ts.Node;
  /** Where it is read or written, except in its declaration. */
  refs: ts.Identifier[];
  /** What is assigned to it, in the order of the text. */
  values: ts.Expression[];
  imported?: Imported;
  /** Other modules may see it. */
  exported: boolean;
}

/** A name that a unit declares for its surroundings. */
export interface Declared {
  id: ts.Identifier;
  declaration: ts.Node;
  exported: boolean;
  value?: ts.Expression | undefined;
  imported?: Imported | undefined;
}

/** A statement of a module, or a function, with all functions in it. Lists are in the order of the text. */
export interface Unit {
  declared: readonly Declared[];
  /** Names used in it that it does not declare. */
  outer: readonly ts.Identifier[];
  /** Bindings of the other names, except those resolved by functions in it. */
  inner: ReadonlyMap<ts.Identifier, Binding>;
  calls: readonly ts.CallExpression[];
  news: readonly ts.NewExpression[];
  throws: readonly ts.ThrowStatement[];
  loops: readonly ts.IterationStatement[];
  /** Identifiers that only code about threads uses, such as `parentPort`. */
  words: readonly ts.Identifier[];
}

const READ = new WeakMap<ts.Node, Unit>();

export function unitOf(node: ts.Statement | ts.SignatureDeclaration): Unit {
  let unit = READ.get(node);
  if (!unit) READ.set(node, (unit = new Reader().read(node)));
  return unit;
}

/** The binding of a name, if it is declared in its statement. */
export function meaningIn(id: ts.Identifier): Binding | undefined {
  for (let up: ts.Node | undefined = id; up; up = up.parent) {
    const binding = READ.get(up)?.inner.get(id);
    if (binding) return binding;
  }
  return undefined;
}

const WORDS = new Set(['isMainThread', 'parentPort', 'threadId', 'workerData']);
const LOOPS = new Set([
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
]);

/** Names that are visible at a node; the scope around the unit has no map. */
interface Scope {
  names: Map<string, Binding> | undefined;
  outer: Scope | undefined;
}
const OUTSIDE: Scope = { names: undefined, outer: undefined };

/** Minified code has thousands of functions, most of which contain next to nothing. */
const NONE: readonly never[] = [];
const NO_NAMES: ReadonlyMap<ts.Identifier, Binding> = new Map();
const kept = <T>(list: readonly T[]): readonly T[] => (list.length > 0 ? list : NONE);

class Reader {
  private readonly declared: Declared[] = [];
  private readonly outer: ts.Identifier[] = [];
  private readonly inner = new Map<ts.Identifier, Binding>();
  private readonly calls: ts.CallExpression[] = [];
  private readonly news: ts.NewExpression[] = [];
  private readonly throws: ts.ThrowStatement[] = [];
  private readonly loops: ts.IterationStatement[] = [];
  private readonly words: ts.Identifier[] = [];
  /** Scopes of the function and of the block that are being walked. */
  private fn = OUTSIDE;
  private block = OUTSIDE;
  /** Names in use with their scopes, to be resolved when all declarations are known. */
  private readonly uses: { id: ts.Identifier; inside: Scope }[] = [];

  read(node: ts.Statement | ts.SignatureDeclaration): Unit {
    if (isFunctionLike(node)) this.enter(node);
    else this.walk(node);
    for (const { id, inside } of this.uses) this.resolve(id, inside);
    return {
      declared: kept(this.declared),
      outer: kept(this.outer),
      inner: this.inner.size > 0 ? this.inner : NO_NAMES,
      calls: kept(this.calls),
      news: kept(this.news),
      throws: kept(this.throws),
      loops: kept(this.loops),
      words: kept(this.words),
    };
  }

  private sort(node: ts.Node): void {
    switch (node.kind) {
      case SyntaxKind.CallExpression:
        this.calls.push(node as ts.CallExpression);
        return;
      case SyntaxKind.NewExpression:
        this.news.push(node as ts.NewExpression);
        return;
      case SyntaxKind.ThrowStatement:
        this.throws.push(node as ts.ThrowStatement);
        return;
      default:
        if (LOOPS.has(node.kind)) this.loops.push(node as ts.IterationStatement);
    }
  }

  /** One function for all nodes: one made for each would cost more than the rest. */
  private readonly walk = (node: ts.Node): void => {
    if (isOfTypes(node)) return;
    const { kind } = node;
    const { fn, block } = this;
    if (kind === SyntaxKind.Identifier) {
      if (WORDS.has((node as ts.Identifier).text)) this.words.push(node as ts.Identifier);
      if (isReference(node as ts.Identifier)) this.uses.push({ id: node as ts.Identifier, inside: block });
      return;
    }
    this.sort(node);
    this.declare(node, fn, block);
    if (isFunctionLike(node)) return this.absorb(unitOf(node));
    if (BLOCKS.has(kind)) this.block = { names: new Map<string, Binding>(), outer: block };
    if (kind !== SyntaxKind.ImportDeclaration) forEachChild(node, this.walk);
    this.block = block;
  };

  /** The unit is this function. */
  private enter(node: ts.SignatureDeclaration): void {
    if (ts.isFunctionDeclaration(node) && node.name)
      this.add(OUTSIDE, { id: node.name, declaration: node, exported: isExported(node) });
    this.fn = this.block = { names: new Map<string, Binding>(), outer: OUTSIDE };
    if (ts.isFunctionExpression(node) && node.name)
      this.add(this.fn, { id: node.name, declaration: node, exported: false });
    forEachChild(node, this.walk);
  }

  /** A function in it. */
  private absorb({ declared, outer, calls, news, throws, loops, words }: Unit): void {
    for (const { id, declaration, exported } of declared) this.add(this.block, { id, declaration, exported });
    for (const id of outer) this.uses.push({ id, inside: this.block });
    for (const call of calls) this.calls.push(call);
    for (const one of news) this.news.push(one);
    for (const one of throws) this.throws.push(one);
    for (const loop of loops) this.loops.push(loop);
    for (const word of words) this.words.push(word);
  }

  private declare(node: ts.Node, fn: Scope, block: Scope): void {
    switch (node.kind) {
      case SyntaxKind.VariableDeclaration:
        return this.declareVariable(node as ts.VariableDeclaration, fn, block);
      case SyntaxKind.Parameter:
        return this.declareName((node as ts.ParameterDeclaration).name, block, { declaration: node, exported: false });
      case SyntaxKind.ClassDeclaration: {
        const { name } = node as ts.ClassDeclaration;
        if (name) this.add(block, { id: name, declaration: node, exported: isExported(node) });
        return;
      }
      case SyntaxKind.ImportDeclaration:
        return this.declareImport(node as ts.ImportDeclaration, block);
      case SyntaxKind.ImportEqualsDeclaration:
        return this.declareImportEquals(node as ts.ImportEqualsDeclaration, block);
      default:
    }
  }

  private declareVariable(node: ts.VariableDeclaration, fn: Scope, block: Scope): void {
    const list = node.parent;
    const isVar = ts.isVariableDeclarationList(list) && !(list.flags & ts.NodeFlags.BlockScoped);
    this.declareName(node.name, isVar ? fn : block, {
      declaration: node,
      exported: isExported(list.parent),
      value: node.initializer,
    });
  }

  private declareImportEquals(node: ts.ImportEqualsDeclaration, block: Scope): void {
    if (!ts.isExternalModuleReference(node.moduleReference)) return;
    const { expression } = node.moduleReference;
    if (!ts.isStringLiteral(expression)) return;
    const imported = { module: plain(expression.text), name: '*' };
    this.add(block, { id: node.name, declaration: node, exported: false, imported });
  }

  private declareImport({ importClause, moduleSpecifier }: ts.ImportDeclaration, block: Scope): void {
    if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return;
    const module = plain(moduleSpecifier.text);
    const add = (id: ts.Identifier, name: string): void =>
      this.add(block, { id, declaration: importClause, exported: false, imported: { module, name } });
    if (importClause.name) add(importClause.name, 'default');
    const { namedBindings } = importClause;
    if (!namedBindings) return;
    if (ts.isNamespaceImport(namedBindings)) add(namedBindings.name, '*');
    else for (const { name, propertyName } of namedBindings.elements) add(name, (propertyName ?? name).text);
  }

  private declareName(name: ts.BindingName, scope: Scope, declared: Omit<Declared, 'id'>): void {
    if (ts.isIdentifier(name)) return this.add(scope, { id: name, ...declared });
    const { exported, value } = declared;
    const module = value && requiredModule(value);
    for (const element of name.elements) {
      if (!ts.isBindingElement(element)) continue;
      const inner = { declaration: element, exported };
      if (!ts.isIdentifier(element.name)) this.declareName(element.name, scope, inner);
      else {
        const from = element.propertyName ?? element.name;
        const isOne = module !== undefined && ts.isIdentifier(from) && !element.dotDotDotToken;
        const imported = isOne ? { module, name: from.text } : undefined;
        this.add(scope, { id: element.name, ...inner, imported });
      }
    }
  }

  private add({ names }: Scope, declared: Declared): void {
    if (!names) this.declared.push(declared);
    else this.inner.set(declared.id, addTo(names, declared));
  }

  private resolve(id: ts.Identifier, inside: Scope): void {
    for (let scope: Scope | undefined = inside; scope; scope = scope.outer) {
      const binding = scope.names?.get(id.text);
      if (!binding) continue;
      this.inner.set(id, binding);
      return refer(binding, id);
    }
    this.outer.push(id);
  }
}

/** Declarations of the same name share a binding. */
export function addTo(names: Map<string, Binding>, { id, declaration, exported, value, imported }: Declared): Binding {
  let binding = names.get(id.text);
  if (!binding) names.set(id.text, (binding = { name: id.text, declaration, refs: [], values: [], exported: false }));
  binding.exported ||= exported;
  if (value) binding.values.push(value);
  if (imported) binding.imported = imported;
  return binding;
}

export function refer(binding: Binding, id: ts.Identifier): void {
  binding.refs.push(id);
  const { parent } = id;
  if (ts.isBinaryExpression(parent) && parent.left === id && isAssignment(parent)) binding.values.push(parent.right);
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) binding.exported = true;
}

export const isAssignment = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === SyntaxKind.EqualsToken ||
  kind === SyntaxKind.QuestionQuestionEqualsToken ||
  kind === SyntaxKind.BarBarEqualsToken;

/** Nodes other than functions with a scope of their own. */
const BLOCKS = new Set([
  SyntaxKind.Block,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.CatchClause,
  SyntaxKind.CaseBlock,
  SyntaxKind.ModuleBlock,
]);

/** A name that refers to a value, not one of a property, a label or a declaration. */
function isReference(id: ts.Identifier): boolean {
  const { parent } = id;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === id;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === id;
  if (ts.isBindingElement(parent)) return parent.initializer === id;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === id;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.initializer === id;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  return !(ts.isFunctionLike(parent) || ts.isClassLike(parent)) || !('name' in parent) || parent.name !== id;
}

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === SyntaxKind.ExportKeyword);

export const plain = (module: string): string => module.replace(/^node:/, '');

/** `require('x')`, also awaited `import('x')`: x. */
export function requiredModule(node: ts.Expression): string | undefined {
  const call = ts.isAwaitExpression(node) ? node.expression : node;
  if (!ts.isCallExpression(call) || call.arguments.length !== 1) return undefined;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  if (!isRequire && call.expression.kind !== SyntaxKind.ImportKeyword) return undefined;
  const [argument] = call.arguments;
  return argument && ts.isStringLiteralLike(argument) ? plain(argument.text) : undefined;
}
