// Which declaration each name of a module means. Pure.
import ts from 'typescript';

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
  private readonly scopes = new Map<ts.Node, Scope>();
  private readonly found = new Map<ts.Identifier, Binding>();

  constructor(file: ts.SourceFile) {
    this.declareIn(file, file, file);
    this.resolveIn(file);
  }

  of(id: ts.Identifier): Binding | undefined {
    return this.found.get(id);
  }

  private declareIn(node: ts.Node, fn: ts.Node, block: ts.Node): void {
    if (ts.isTypeNode(node)) return;
    let [inFn, inBlock] = [fn, block];
    if (ts.isFunctionLike(node)) inFn = inBlock = node;
    else if (isBlock(node)) inBlock = node;
    this.declare(node, fn, block);
    ts.forEachChild(node, (child) => this.declareIn(child, inFn, inBlock));
  }

  private declare(node: ts.Node, fn: ts.Node, block: ts.Node): void {
    if (ts.isVariableDeclaration(node)) {
      const list = node.parent;
      const isVar = ts.isVariableDeclarationList(list) && !(list.flags & ts.NodeFlags.BlockScoped);
      this.declareName(node.name, node, isVar ? fn : block, isExported(list.parent), node.initializer);
    } else if (ts.isParameter(node)) {
      this.declareName(node.name, node, node.parent, false);
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name) this.add(block, node.name, node, isExported(node));
    } else if (ts.isFunctionExpression(node) && node.name) {
      this.add(node, node.name, node, false);
    } else if (ts.isImportDeclaration(node)) {
      this.declareImport(node);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      const { expression } = node.moduleReference;
      if (ts.isStringLiteral(expression))
        this.add(block, node.name, node, false).imported = { module: plain(expression.text), name: '*' };
    }
  }

  private declareImport({ importClause, moduleSpecifier, parent }: ts.ImportDeclaration): void {
    if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return;
    const module = plain(moduleSpecifier.text);
    const add = (id: ts.Identifier, name: string): void => {
      this.add(parent, id, importClause, false).imported = { module, name };
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
    scope: ts.Node,
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

  private add(scope: ts.Node, id: ts.Identifier, declaration: ts.Node, exported: boolean): Binding {
    let names = this.scopes.get(scope);
    if (!names) this.scopes.set(scope, (names = new Map<string, Binding>()));
    let binding = names.get(id.text);
    if (!binding) {
      names.set(id.text, (binding = { name: id.text, declaration, refs: [], values: [], exported: false }));
    }
    binding.exported ||= exported;
    this.found.set(id, binding);
    return binding;
  }

  private resolveIn(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) this.resolve(node);
    ts.forEachChild(node, (child) => this.resolveIn(child));
  }

  private resolve(id: ts.Identifier): void {
    for (let scope: ts.Node = id.parent; scope; scope = scope.parent) {
      const binding = this.scopes.get(scope)?.get(id.text);
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

export const isAssignment = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.EqualsToken ||
  kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
  kind === ts.SyntaxKind.BarBarEqualsToken;

const isBlock = (node: ts.Node): boolean =>
  ts.isBlock(node) || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) ||
  ts.isCatchClause(node) || ts.isCaseBlock(node) || ts.isModuleBlock(node); // prettier-ignore

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
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

export const plain = (module: string): string => module.replace(/^node:/, '');

/** `require('x')`, also awaited `import('x')`: x. */
export function requiredModule(node: ts.Expression): string | undefined {
  const call = ts.isAwaitExpression(node) ? node.expression : node;
  if (!ts.isCallExpression(call) || call.arguments.length !== 1) return undefined;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  if (!isRequire && call.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = call.arguments;
  return argument && ts.isStringLiteralLike(argument) ? plain(argument.text) : undefined;
}
