// A module that has been read: its tree, what its names mean, and constants in it. Pure.
import * as path from 'node:path';
import ts from 'typescript';
import { exportedValue, passedOn } from './exports';
import { Names } from './names';
import { bare } from './syntax';
import { unitOf, requiredModule, type Binding, type Imported } from './unit';

/** Values of the parameters in one call. */
export type Environment = ReadonlyMap<Binding, ts.Expression>;
export const NO_ENVIRONMENT: Environment = new Map();

/**
 * `path`: absolute; `resolves`: `require.resolve()` adds what it leaves out. `text`: any other string; of a path it is not
 * known what it is relative to.
 */
export type Constant = { kind: 'path'; path: string; resolves?: true } | { kind: 'text'; text: string };

/** How many names in a row are followed. */
const DEEPEST = 8;
const FOLDER = '.';

/** Kept here because the package exports it through a getter, which costs more than its use. */
const { SyntaxKind } = ts;
export class Module {
  readonly names: Names;
  /** All nodes of each kind, in the order of the text. */
  readonly calls: readonly ts.CallExpression[];
  readonly news: readonly ts.NewExpression[];
  readonly throws: readonly ts.ThrowStatement[];
  readonly loops: readonly ts.IterationStatement[];
  /** Identifiers that only code about threads uses, such as `parentPort`. */
  readonly words: readonly ts.Identifier[];
  /** Whether it may check which thread it runs in. */
  readonly hasSides: boolean;
  /** Null: not an import. Cached because nearly every rule asks for it at every call. */
  private readonly imports = new Map<ts.Node, Imported | null>();
  private readonly memory = new Map<string, Map<ts.Node, unknown>>();

  /** @param outside what another module, named as here, exports under a name */
  constructor(
    readonly file: string,
    readonly tree: ts.SourceFile,
    private readonly outside: (module: string, name: string) => Constant | undefined = () => undefined,
  ) {
    const all = tree.statements.map(unitOf);
    this.names = new Names(all);
    this.calls = all.flatMap(({ calls }) => calls);
    this.news = all.flatMap(({ news }) => news);
    this.throws = all.flatMap(({ throws }) => throws);
    this.loops = all.flatMap(({ loops }) => loops);
    this.words = all.flatMap(({ words }) => words);
    this.hasSides = this.words.some(({ text }) => text !== 'workerData');
  }

  /** Caches an answer about a node under the name of the question. */
  remembered<T>(question: string, node: ts.Node, find: () => T): T {
    let answers = this.memory.get(question);
    if (!answers) this.memory.set(question, (answers = new Map<ts.Node, unknown>()));
    if (!answers.has(node)) answers.set(node, find());
    return answers.get(node) as T;
  }

  /** The declaration of the name that an expression is. */
  bindingOf(node: ts.Expression): Binding | undefined {
    const name = bare(node);
    return ts.isIdentifier(name) ? this.names.of(name) : undefined;
  }

  /** Which export of which module an expression is: `Worker` of `worker_threads`, however it was imported. */
  importOf(expression: ts.Expression): Imported | undefined {
    const known = this.imports.get(expression);
    if (known !== undefined) return known ?? undefined;
    const found = this.findImport(expression, 0);
    this.imports.set(expression, found ?? null);
    return found;
  }

  private findImport(expression: ts.Expression, depth: number): Imported | undefined {
    if (depth > DEEPEST) return undefined;
    const node = bare(expression);
    if (node.kind === SyntaxKind.CallExpression || node.kind === SyntaxKind.AwaitExpression) {
      const module = requiredModule(node);
      return module === undefined ? undefined : { module, name: '*' };
    }
    if (ts.isPropertyAccessExpression(node)) {
      const from = this.findImport(node.expression, depth + 1);
      // The default export of a module in CommonJS, and of Node's own, is the module.
      if (from?.name === '*' || from?.name === 'default') return { module: from.module, name: node.name.text };
      return from && { module: from.module, name: `${from.name}.${node.name.text}` };
    }
    const binding = ts.isIdentifier(node) ? this.names.of(node) : undefined;
    if (!binding) return undefined;
    if (binding.imported) return binding.imported;
    const [value] = binding.values;
    return value && binding.values.length === 1 ? this.findImport(value, depth + 1) : undefined;
  }

  isImport(node: ts.Expression, module: string, name: string): boolean {
    const found = this.importOf(node);
    return found !== undefined && found.module === module && found.name === name;
  }

  /** A name of the runtime that the module does not declare itself. */
  isGlobal(node: ts.Expression, name: string): boolean {
    const id = bare(node);
    return ts.isIdentifier(id) && id.text === name && !this.names.of(id);
  }

  /** Whether an expression is `process.exit`, however it is written; the same for other properties. */
  isProcess(node: ts.Expression, property: string): boolean {
    const access = bare(node);
    if (!ts.isPropertyAccessExpression(access))
      return ts.isIdentifier(access) && this.isImport(access, 'process', property);
    if (access.name.text !== property) return false;
    return this.isGlobal(access.expression, 'process') || this.isImport(access, 'process', property);
  }

  /** The value of a name that has only one; else the expression itself. */
  literalOf(expression: ts.Expression, environment = NO_ENVIRONMENT, depth = 0): ts.Expression {
    const node = bare(expression);
    const binding = ts.isIdentifier(node) ? this.names.of(node) : undefined;
    if (!binding || depth > DEEPEST) return node;
    const given = environment.get(binding);
    if (given) return this.literalOf(given, NO_ENVIRONMENT, depth + 1);
    const [value] = binding.values;
    if (!value || binding.values.length !== 1 || ts.isParameter(binding.declaration)) return node;
    return this.literalOf(value, environment, depth + 1);
  }

  /** Undefined when it is not known before the program runs. */
  constantOf(expression: ts.Expression, environment = NO_ENVIRONMENT, depth = 0): Constant | undefined {
    if (depth > DEEPEST) return undefined;
    const again = (node: ts.Expression): Constant | undefined => this.constantOf(node, environment, depth + 1);
    const node = this.literalOf(expression, environment);
    if (ts.isStringLiteralLike(node)) return { kind: 'text', text: node.text };
    if (ts.isTemplateExpression(node)) return this.templateOf(node, again);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined([again(node.left), again(node.right)]);
    if (this.isGlobal(node, '__filename') || this.isMeta(node, 'filename', 'url')) return absolute(this.file);
    if (this.isGlobal(node, '__dirname') || this.isMeta(node, 'dirname')) return absolute(path.dirname(this.file));
    if (ts.isPropertyAccessExpression(node) && /^(href|pathname)$/.test(node.name.text)) {
      const url = again(node.expression);
      return url?.kind === 'path' ? url : undefined;
    }
    if (ts.isNewExpression(node) && this.isUrl(node)) return this.urlOf(node, again);
    if (ts.isCallExpression(node)) return this.callOf(node, again);
    if (ts.isPropertyAccessExpression(node) && this.isConstant(node.expression)) {
      const value = optionOf(this, node.expression, node.name.text);
      if (value) return again(value);
    }
    const imported = this.importOf(node);
    return imported?.module.startsWith(FOLDER) ? this.outside(imported.module, imported.name) : undefined;
  }

  /** An object that keeps its name, in the module or of the constants of it. */
  private isConstant(expression: ts.Expression): boolean {
    const list = this.bindingOf(expression)?.declaration.parent;
    return list !== undefined && ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
  }

  /** The constant that it exports under a name; `a.b` is a property of one. */
  exportedConstant(name: string): Constant | undefined {
    const [first, ...path] = name.split('.');
    let value = exportedValue(this.tree, first!);
    for (const key of path) value &&= optionOf(this, value, key);
    if (value) return this.constantOf(value);
    for (const { module, name: theirs } of passedOn(this.tree, first!)) {
      const found = module.startsWith(FOLDER) ? this.outside(module, [theirs, ...path].join('.')) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private isUrl(node: ts.NewExpression): boolean {
    return this.isGlobal(node.expression, 'URL') || this.isImport(node.expression, 'url', 'URL');
  }

  private urlOf(node: ts.NewExpression, again: (node: ts.Expression) => Constant | undefined): Constant | undefined {
    const [relative, base] = node.arguments ?? [];
    const text = relative && again(relative);
    if (text?.kind !== 'text') return text;
    if (/^file:\/\//.test(text.text)) return absolute(decoded(text.text.slice('file://'.length)));
    const from = base && again(base);
    if (from?.kind !== 'path' || /^[a-z]+:/i.test(text.text)) return undefined;
    return absolute(path.resolve(path.dirname(from.path), decoded(text.text.replace(/[?#].*$/, ''))));
  }

  private callOf(node: ts.CallExpression, again: (node: ts.Expression) => Constant | undefined): Constant | undefined {
    const [first] = node.arguments;
    const called = this.importOf(node.expression);
    if (called?.module === 'path' && /^(posix\.|win32\.)?(join|resolve)$/.test(called.name))
      return pathOf(node.arguments.map(again), called.name.endsWith('resolve'));
    if (called?.module === 'path' && called.name === 'dirname' && first) {
      const inner = again(first);
      return inner?.kind === 'path' ? absolute(path.dirname(inner.path)) : undefined;
    }
    if (called?.module === 'url' && /^(fileURLToPath|pathToFileURL)$/.test(called.name) && first) return again(first);
    const access = bare(node.expression);
    const isResolve =
      ts.isPropertyAccessExpression(access) &&
      access.name.text === 'resolve' &&
      (this.isGlobal(access.expression, 'require') || isMetaProperty(access.expression));
    const named = isResolve && first ? again(first) : undefined;
    if (named?.kind === 'text' && named.text.startsWith(FOLDER))
      return { kind: 'path', path: path.resolve(path.dirname(this.file), named.text), resolves: true };
    if (ts.isPropertyAccessExpression(access) && access.name.text === 'toString') return again(access.expression);
    return named?.kind === 'path' ? { ...named, resolves: true } : undefined;
  }

  private templateOf(
    node: ts.TemplateExpression,
    again: (node: ts.Expression) => Constant | undefined,
  ): Constant | undefined {
    const parts: (Constant | undefined)[] = [{ kind: 'text', text: node.head.text }];
    for (const { expression, literal } of node.templateSpans)
      parts.push(again(expression), { kind: 'text', text: literal.text });
    return joined(parts);
  }

  private isMeta(node: ts.Expression, ...properties: string[]): boolean {
    return (
      ts.isPropertyAccessExpression(node) && properties.includes(node.name.text) && isMetaProperty(node.expression)
    );
  }
}

const isMetaProperty = (node: ts.Expression): boolean =>
  ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;

const absolute = (file: string): Constant => ({ kind: 'path', path: path.resolve(file) });

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The concatenation of strings. */
function joined(parts: (Constant | undefined)[]): Constant | undefined {
  const [first, ...rest] = parts.filter((part) => part?.kind !== 'text' || part.text !== '');
  if (parts.some((part) => part === undefined)) return undefined;
  if (!first) return { kind: 'text', text: '' };
  if (rest.some((part) => part!.kind === 'path')) return undefined;
  const tail = rest.map((part) => (part as { text: string }).text).join('');
  return first.kind === 'path' ? absolute(first.path + tail) : { kind: 'text', text: first.text + tail };
}

/** As `path.join` and `path.resolve`; only the latter starts over at an absolute path. */
function pathOf(parts: (Constant | undefined)[], resolves: boolean): Constant | undefined {
  if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  const texts = parts.map((part) => (part!.kind === 'path' ? part!.path : part!.text));
  const text = path.join(...texts);
  const start = resolves ? texts.map((one) => path.isAbsolute(one)).lastIndexOf(true) : -1;
  if (start >= 0) return absolute(path.join(...texts.slice(start)));
  return path.isAbsolute(text) ? absolute(text) : { kind: 'text', text };
}

/** Value of a property of an object; undefined when the object is not known or lacks the property. */
export function optionOf(module: Module, object: ts.Expression | undefined, name: string): ts.Expression | undefined {
  const literal = object && module.literalOf(object);
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  for (const property of literal.properties) {
    if (!property.name || ts.isComputedPropertyName(property.name) || property.name.text !== name) continue;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
    if (ts.isPropertyAssignment(property)) return property.initializer;
  }
  return undefined;
}
