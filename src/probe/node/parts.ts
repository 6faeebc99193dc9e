// The probe's other files, which are read when they are needed: to compile what a thread does not use takes longer than
// all that the probe does there. They use the modules of the first file, as it was when the probe was loaded.
import { readFileSync } from 'fs';
import * as builtins from './builtins';
import * as callSite from './callSite';
import * as firstWorker from './firstWorker';
import * as place from './place';
import * as replace from './replace';
import * as spool from './spool';
import * as text from './text';

const shared = { builtins, callSite, firstWorker, place, replace, spool, text };

type Compiled = (module: { exports: object }, exports: object, require: unknown, parts: typeof shared) => void;
const own = { readFileSync };

/** Not as a module: a program can read and hook what is loaded so. Throws when the file cannot be read. */
export function part<Exports extends object>(name: 'threads' | 'owner'): Exports {
  const file = text.slice(__filename, 0, -'.js'.length) + `.${name}.js`;
  // Under the same name, so that its frames are known for ours.
  const compiled = builtins
    .vm()
    .compileFunction(own.readFileSync(file, 'utf8'), ['module', 'exports', 'require', 'shared'], {
      filename: __filename,
    }) as unknown as Compiled;
  const module = { exports: {} };
  compiled(module, module.exports, require, shared);
  return module.exports as Exports;
}
