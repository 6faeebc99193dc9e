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

interface PartModule {
  exports: object;
  shared: typeof shared;
  _compile(code: string, file: string): void;
}
const PartModule = module.constructor as new (id: string) => PartModule;
const { _compile: compile } = PartModule.prototype as PartModule;
const own = { readFileSync };

/** Not by `require`: the program can read what was required. Throws when the file cannot be read. */
export function part<Exports extends object>(name: 'threads' | 'owner'): Exports {
  const file = text.slice(__filename, 0, -'.js'.length) + `.${name}.js`;
  const module = new PartModule(__filename);
  module.shared = shared;
  // Under the same name, so that its frames are known for ours.
  builtins.apply(compile, module, [own.readFileSync(file, 'utf8'), __filename]);
  return module.exports as Exports;
}
