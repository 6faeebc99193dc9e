// The probe's other files, which are read when they are needed: to compile what a thread does not use takes longer than
// all that the probe does there. They use the modules of the first file, as it was when the probe was loaded.
import type { Script } from 'vm';
import { copyOf, fs, sharedCopyOf, vm } from './tools/builtins';
import { slice } from './tools/text';
import { shared } from './shared';

type Name = 'threads' | 'owner' | 'looking';
type Compiled = (part: { exports: object }, shared: readonly unknown[]) => void;
const { readFileSync } = fs;
const scripts: Partial<Record<Name, Script>> = {};

/**
 * Not as a module: a program can read and hook what is loaded so. Throws when the file cannot be read.
 * @param code what `codeOf` gave in another thread: most of the time goes into compiling
 */
export function part<Exports extends object>(name: Name, code?: SharedArrayBuffer): Exports {
  const file = slice(__filename, 0, -'.js'.length) + `.${name}.js`;
  const { Script } = vm();
  const script = new Script(`(function (part, shared) {${readFileSync(file, 'utf8')}\n})`, {
    filename: __filename, // under the same name, so that its frames are known for ours
    ...(code ? { cachedData: copyOf(code) } : {}),
  });
  scripts[name] = script;
  const compiled = { exports: {} };
  (script.runInThisContext() as Compiled)(compiled, shared());
  return compiled.exports as Exports;
}

/** A part as it is compiled by now, with all functions that have run. */
export function codeOf(name: Name): SharedArrayBuffer | undefined {
  const code = scripts[name]?.createCachedData();
  return code && sharedCopyOf(code);
}
