// References to scripts that threads run: starts of workers, and calls of libraries that start them. Pure.
import * as path from 'node:path';
import type ts from 'typescript';
import type { Target } from '../../language';
import { libraryOf, namesLibraries, type Library, type Script } from './libraries';
import type { Constant, Module } from './module';
import type { Start } from './starts';

export interface ScriptReference {
  /** What starts the threads. */
  node: ts.NewExpression | ts.CallExpression;
  /** What names the script; undefined: nothing does. */
  script: ts.Expression | undefined;
  target: Target;
  /** The call of the surrounding function that made this one; absent where there is no such function. */
  call?: ts.CallExpression;
  /** Absent: it is Node's own `Worker`. */
  library?: Library;
}

export function scriptsIn(module: Module, starts: readonly Start[]): ScriptReference[] {
  const own = starts.map(({ node, call, script, target }): ScriptReference => ({
    node,
    script,
    target,
    ...(call ? { call } : {}),
  }));
  return namesLibraries(module)
    ? [...own, ...[...module.news, ...module.calls].flatMap((node) => byLibrary(module, node))]
    : own;
}

function byLibrary(module: Module, node: ts.NewExpression | ts.CallExpression): ScriptReference[] {
  const library = libraryOf(module, node);
  if (!library?.scripts) return [];
  const call = { module, args: node.arguments ?? [] };
  if (library.isOfThreads?.(call) === false) return [];
  return library.scripts(call).map((script) => ({
    node,
    script: script.node,
    target: targetOf(module, script),
    library,
  }));
}

function targetOf(module: Module, { node, base, within }: Script): Target {
  const constant = module.constantOf(node);
  if (!constant) return { kind: 'unknown' };
  if (within) return targetWithin(module, constant, within);
  if (constant.kind === 'path') return { ...constant, kind: 'file' };
  const { text } = constant;
  if (path.isAbsolute(text)) return { kind: 'file', path: text };
  if (text === '' || /^[a-z][a-z+.-]+:/i.test(text) || base === 'nothing') return { kind: 'unknown' };
  if (base === 'working directory') return { kind: 'relative', text };
  if (!text.startsWith('.')) return { kind: 'unknown' }; // a package
  return { kind: 'file', path: path.resolve(path.dirname(module.file), text), resolves: true };
}

/** Bree looks up the file of a job by its name. */
function targetWithin(module: Module, name: Constant, { folder, extension }: NonNullable<Script['within']>): Target {
  if (name.kind === 'path') return { kind: 'unknown' };
  const root: Constant | undefined =
    typeof folder === 'string' ? { kind: 'text', text: folder } : module.constantOf(folder);
  if (!root) return { kind: 'unknown' };
  const file = /\.[cm]?[jt]s$/.test(name.text) ? name.text : `${name.text}.${extension}`;
  if (root.kind === 'path') return { kind: 'file', path: path.join(root.path, file) };
  const joined = path.join(root.text, file);
  return path.isAbsolute(joined) ? { kind: 'file', path: joined } : { kind: 'relative', text: joined };
}
