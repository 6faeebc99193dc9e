// Which declaration each name of a module means. Pure.
import ts from 'typescript';
import { isOfTypes } from './syntax';

/** The package gives each of them by a getter, which costs more than they do. */
const { SyntaxKind, forEachChild, isFunctionLike } = ts;

/** `name`: `*` for the whole module, `default` for its default export. `module` without `node:`. */
export interface Imported {
  module: string;
  name: string;
}

export interface Binding {
  name: string;
  declaration: ts.Node;
  /** Where it is read or written, but for its declaration. */
  refs: ts.Identifier[];
  /** What is assigned to it, in the order of the text. */
  values: ts.Expression[];
  imported?: Imported;
  /** Other modules may see it. */
  exported: boolean;
}

type Scope = Map<string, Binding>;

export class Names {
  private readonly found = new Map<ts.Identifier, Binding>();
  private readonly see: (node: ts.Node) => void;
  /** What holds in the function and in the block that is walked through. */
  private fn: Chain;
  private block: Chain;
  /** Names in use, each with what holds there, to be looked up when all declarations are known. */
  private readonly uses: { id: ts.Identifier; inside: Chain }[] = [];

  /** @param see called with each node but types, in the order of the text */
  constructor(file: ts.SourceFile, see: (node: ts.Node) => void = () => undefined) {
    this.see = see;
    this.fn = this.block = { names: new Map<string, Binding>(), around: undefined };
    this.walk(file);
    for (const { id, inside } of this.uses) this.resolve(id, inside);
    this.uses.length = 0;
  }

  of(id: ts.Identifier): Binding | undefined {
    return this.found.get(id);
  }

  /** One function for all nodes: one made for each would cost more than the rest. */
  private readonly walk = (node: ts.Node): void => {
    if (isOfTypes(node)) return;
    this.see(node);
    const { kind } = node;
    const { fn, block } = this;
    if (kind === SyntaxKind.Identifier) {
      if (isReference(node as ts.Identifier)) this.uses.push({ id: node as ts.Identifier, inside: block });
      return;
    }
    const isFunction = isFunctionLike(node);
    if (isFunction || BLOCKS.has(kind)) this.block = { names: new Map<string, Binding>(), around: block };
    if (isFunction) this.fn = this.block;
    this.declare(node, fn, block, this.fn);
    if (kind !== SyntaxKind.ImportDeclaration) forEachChild(node, this.walk);
    this.fn = fn;
    this.block = block;
  };

  /** @param own names of the function that the node is, if it is one */
  private declare(node: ts.Node, fn: Chain, block: Chain, own: Chain): void {
    switch (node.kind) {
      case SyntaxKind.VariableDeclaration:
        return this.declareVariable(node as ts.VariableDeclaration, fn, block);
      case SyntaxKind.Parameter:
        return this.declareName((node as ts.ParameterDeclaration).name, node, block, false);
      case SyntaxKind.FunctionDeclaration:
      case SyntaxKind.ClassDeclaration: {
        const { name } = node as ts.FunctionDeclaration | ts.ClassDeclaration;
        if (name) this.add(block, name, node, isExported(node));
        return;
      }
      case SyntaxKind.FunctionExpression: {
        const { name } = node as ts.FunctionExpression;
        if (name) this.add(own, name, node, false);
        return;
      }
      case SyntaxKind.ImportDeclaration:
        return this.declareImport(node as ts.ImportDeclaration, block);
      case SyntaxKind.ImportEqualsDeclaration:
        return this.declareImportEquals(node as ts.ImportEqualsDeclaration, block);
      default:
    }
  }

  private declareVariable(node: ts.VariableDeclaration, fn: Chain, block: Chain): void {
    const list = node.parent;
    const isVar = ts.isVariableDeclarationList(list) && !(list.flags & ts.NodeFlags.BlockScoped);
    this.declareName(node.name, node, isVar ? fn : block, isExported(list.parent), node.initializer);
  }

  private declareImportEquals(node: ts.ImportEqualsDeclaration, block: Chain): void {
    if (!ts.isExternalModuleReference(node.moduleReference)) return;
    const { expression } = node.moduleReference;
    if (ts.isStringLiteral(expression))
      this.add(block, node.name, node, false).imported = { module: plain(expression.text), name: '*' };
  }

  private declareImport({ importClause, moduleSpecifier }: ts.ImportDeclaration, block: Chain): void {
    if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return;
    const module = plain(moduleSpecifier.text);
    const add = (id: ts.Identifier, name: string): void => {
      this.add(block, id, importClause, false).imported = { module, name };
    };
    if (importClause.name) add(importClause.name, 'default');
    const { namedBindings } = importClause;
    if (!namedBindings) return;
    if (ts.isNamespaceImport(namedBindings)) add(namedBindings.name, '*');
    else for (const { name, propertyName } of namedBindings.elements) add(name, (propertyName ?? name).text);
  }

  private declareName(
    name: ts.BindingName,
    declaration: ts.Node,
    scope: Chain,
    exported: boolean,
    value?: ts.Expression,
  ): void {
    if (ts.isIdentifier(name)) {
      const binding = this.add(scope, name, declaration, exported);
      if (value) binding.values.push(value);
      return;
    }
    const module = value && requiredModule(value);
    for (const element of name.elements) {
      if (!ts.isBindingElement(element)) continue;
      if (!ts.isIdentifier(element.name)) this.declareName(element.name, element, scope, exported);
      else {
        const binding = this.add(scope, element.name, element, exported);
        const from = element.propertyName ?? element.name;
        if (module !== undefined && ts.isIdentifier(from) && !element.dotDotDotToken)
          binding.imported = { module, name: from.text };
      }
    }
  }

  private add({ names }: Chain, id: ts.Identifier, declaration: ts.Node, exported: boolean): Binding {
    let binding = names.get(id.text);
    if (!binding) {
      names.set(id.text, (binding = { name: id.text, declaration, refs: [], values: [], exported: false }));
    }
    binding.exported ||= exported;
    this.found.set(id, binding);
    return binding;
  }

  private resolve(id: ts.Identifier, inside: Chain): void {
    for (let chain: Chain | undefined = inside; chain; chain = chain.around) {
      const binding = chain.names.get(id.text);
      if (!binding) continue;
      this.found.set(id, binding);
      binding.refs.push(id);
      const { parent } = id;
      if (ts.isBinaryExpression(parent) && parent.left === id && isAssignment(parent))
        binding.values.push(parent.right);
      if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) binding.exported = true;
      return;
    }
  }
}

/** Names that hold in a place, the nearest first. */
interface Chain {
  names: Scope;
  around: Chain | undefined;
}

export const isAssignment = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === SyntaxKind.EqualsToken ||
  kind === SyntaxKind.QuestionQuestionEqualsToken ||
  kind === SyntaxKind.BarBarEqualsToken;

/** What has names of its own, besides functions. */
const BLOCKS = new Set([
  SyntaxKind.Block,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.CatchClause,
  SyntaxKind.CaseBlock,
  SyntaxKind.ModuleBlock,
]);

/** A name that stands for a value, and not for a property, a label or itself. */
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
