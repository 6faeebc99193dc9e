// The sources as a graph: which file imports which, read by TypeScript's parser.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** TypeScript files in a folder and in those below it, as paths from the project's root. */
export function sources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((file) => path.posix.join(folder, String(file).replaceAll(path.sep, '/')))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

export function parse(file: string, text = fs.readFileSync(file, 'utf8')): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

export function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** What a file imports, in every form in which it can: types count, and so do `require('x')` and `import('x')`. */
export function importsOf(file: string, text = fs.readFileSync(file, 'utf8')): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The file that a relative import means. */
export const targetOf = (file: string, specifier: string): string =>
  `${path.posix.join(path.posix.dirname(file), specifier)}.ts`;

/** File → the files that it imports. */
export type Graph = Map<string, string[]>;

/** @param imports what each file imports, as it is written there */
export function graphOf(imports: Map<string, string[]>): Graph {
  return new Map(
    [...imports].map(([file, specifiers]) => {
      const relative = specifiers.filter((specifier) => specifier.startsWith('.'));
      return [file, [...new Set(relative.map((specifier) => targetOf(file, specifier)))]];
    }),
  );
}

/**
 * Groups of files of which each reaches every other, by Tarjan's algorithm. Sorted.
 * @see https://doi.org/10.1137/0201010
 */
export function circlesOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const enter = (file: string): number => {
    order.set(file, order.size);
    let low = order.get(file)!;
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, enter(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next)!);
    }
    if (low === order.get(file)) close(file);
    return low;
  };
  const close = (file: string): void => {
    const group = open.splice(open.indexOf(file));
    if (group.length > 1 || graph.get(file)!.includes(file)) circles.push(group.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) enter(file);
  return circles.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}
