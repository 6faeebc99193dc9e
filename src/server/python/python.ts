// Python, for the server.
import * as path from 'node:path';
import type { Importer, Language, LastReading } from '../language';
import { PythonReading } from './reading';
import { Module, type Foreign } from './source/module';
import { parse, reparse, type Source } from './source/syntax';

const EXTENSIONS = ['.py', '.pyw'];
/** A module whose text has none of these words has nothing to do with threads. */
const RELEVANT =
  /\bthreading\b|\bconcurrent\.futures\b|\bThread(PoolExecutor|ing\w+|Pool)?\b|\bmultiprocessing\.(pool|dummy)\b|\bto_thread\b|\brun_in_executor\b|\bQueueListener\b|\b_thread\b/;
/** How many modules a name is followed through. */
const MOST_MODULES = 4;
/** How many folders up the first part of `import a.b` is looked for: the root of a project is not always known. */
const MOST_FOLDERS = 5;

export const python: Language = {
  runtime: 'python',
  extensions: EXTENSIONS,
  leavesOut: ['__pycache__', 'site-packages', 'dist-packages', 'venv', 'virtualenv'],
  endings: ['', '.py', '/__init__.py'],
  comment: { line: '#' },
  isSource: (file) => EXTENSIONS.includes(path.extname(file)),
  sourcesOf: (file) => [file],
  namesOf: (file) => [file],
  isRelevant: (text) => RELEVANT.test(text),
  read: (file, text, importer, last) => new PythonReading(moduleOf(file, sourceOf(text, last), importer)),
};

function sourceOf(text: string, last: LastReading | undefined): Source {
  return last?.reading instanceof PythonReading ? reparse(last.reading.module.source, text, last.edited) : parse(text);
}

/** Modules that a name is being followed through. */
let depth = 0;

function moduleOf(file: string, source: Source, importer: Importer): Module {
  return new Module(file, source, (qualified) => {
    if (depth >= MOST_MODULES) return undefined;
    depth++;
    try {
      return foreignOf(file, qualified, importer);
    } finally {
      depth--;
    }
  });
}

/** What another module of the workspace defines under a name such as `.jobs.work` or `app.jobs.work`. */
function foreignOf(file: string, qualified: string, importer: Importer): Foreign | undefined {
  const [, dots, rest] = /^(\.*)(.*)$/.exec(qualified)!;
  const parts = rest!.split('.');
  const name = parts.pop()!;
  for (const folder of foldersOf(file, dots!.length)) {
    const reading = importer.importAt(path.join(folder, ...parts));
    if (!(reading instanceof PythonReading) || reading.module.file === file) continue;
    const { module } = reading;
    const definition = module.scopes.inModule(name)?.definitions.at(-1);
    if (definition?.kind === 'import') return module.outside(definition.imported!);
    if (definition?.kind === 'function' || definition?.kind === 'class') return { module, node: definition.value! };
    return undefined;
  }
  return undefined;
}

function foldersOf(file: string, dots: number): string[] {
  const here = path.dirname(file);
  if (dots > 0) return [path.join(here, ...Array<string>(dots - 1).fill('..'))];
  return Array.from({ length: MOST_FOLDERS }, (_, up) => path.join(here, ...Array<string>(up).fill('..')));
}
