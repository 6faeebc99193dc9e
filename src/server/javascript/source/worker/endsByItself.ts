// Whether a script comes to its end by itself, whatever others do. Pure.
import ts from 'typescript';
import type { Module } from '../module';
import { isPort } from './port';
import { sideOf } from '../side';
import { eachNode, nameOf } from '../syntax';
import { requiredModule } from '../unit';

/** Of Node’s own, those that keep no thread alive but by what is looked for below. */
const CALM =
  /^(assert|buffer|crypto|events|fs|os|path|perf_hooks|process|stream|string_decoder|timers|url|util|worker_threads|zlib)(\/promises)?$/;
/** Go on until somebody ends them. */
const STAYS = /^(setInterval|listen|watch|watchFile|stdin|onmessage|Atomics)$/;
const LISTENS = /^(on|once|addListener|addEventListener|ref)$/;

/** False where it is not known: of what other modules do nothing is, and of loops and calls in circles how long they go on. */
export function endsByItself(module: Module): boolean {
  if (!importedBy(module).every((name) => CALM.test(name))) return false;
  let ends = true;
  eachNode(module.tree, (node) => {
    ends &&= !mayStay(module, node) || sideOf(module, node) === 'main';
  });
  return ends && !callsInCircle(module);
}

const importedBy = ({ tree, calls }: Module): string[] => [
  ...tree.statements.flatMap((one) =>
    (ts.isImportDeclaration(one) || ts.isExportDeclaration(one)) &&
    one.moduleSpecifier &&
    ts.isStringLiteralLike(one.moduleSpecifier)
      ? [one.moduleSpecifier.text.replace(/^node:/, '')]
      : [],
  ),
  ...calls.flatMap((call) => requiredModule(call) ?? []),
];

function mayStay(module: Module, node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return STAYS.test(node.text);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return true;
  if (ts.isForStatement(node)) return !node.condition || !node.incrementor;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  if (ts.isNewExpression(node)) return module.importOf(node.expression)?.module === 'worker_threads';
  if (!ts.isCallExpression(node)) return false;
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee)) return callee.kind === ts.SyntaxKind.ImportKeyword;
  return LISTENS.test(callee.name.text) && isPort(module, callee.expression);
}

/** A function that comes to be called by itself again, at once or later: by its name, or as a method. */
function callsInCircle({ tree }: Module): boolean {
  const uses = new Map<string, Set<string>>();
  eachNode(tree, (node) => {
    if (!ts.isIdentifier(node)) return;
    for (let up = node.parent; up; up = up.parent) {
      const name = ts.isFunctionLike(up) ? namedAs(up) : undefined;
      if (name === undefined || name === node) continue;
      const known = uses.get(name.text);
      if (known) known.add(node.text);
      else uses.set(name.text, new Set([node.text]));
    }
  });
  return [...uses.keys()].some((name) => reaches(uses, name, name, new Set()));
}

function reaches(uses: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(uses.get(from) ?? [])].some((next) => next === to || (uses.has(next) && reaches(uses, next, to, seen)));
}

const namedAs = (fn: ts.Node): ts.Identifier | undefined =>
  nameOf(fn) ?? (ts.isMethodDeclaration(fn) && ts.isIdentifier(fn.name) ? fn.name : undefined);
