// Python, for the server.
import * as path from 'node:path';
import type { Importer, Language, LastReading } from '../language';
import { PythonReading } from './reading';
import { Module, type Foreign, type Wanted } from './source/module';
import { parse, reparse, type Source } from './source/syntax';

const EXTENSIONS = ['.py', '.pyw'];
/** A module whose text has none of these words has nothing to do with threads. */
const RELEVANT =
  /\bthreading\b|\bconcurrent\.futures\b|\bThread(PoolExecutor|ing\w+|Pool)?\b|\bmultiprocessing\.(pool|dummy)\b|\bto_thread\b|\brun_in_executor\b|\bQueueListener\b|\b_thread\b/;
/** How many modules a name is followed through. */
const MOST_MODULES = 4;
/** Classes are called so that one can tell them from functions. */
const CLASS = /^_*[A-Z]/;
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
  isRelevant,
  read(file, text, importer, last) {
    const source = sourceOf(text, last);
    const reading = new PythonReading(source, isRelevant(text), () => moduleOf(file, source, importer));
    // Of others, modules that have to do with threads may want a function, or nothing.
    if (reading.isRelevant) void reading.module;
    return reading;
  },
};

/** The last text that was asked about, for one is asked about several times in a row. */
let asked: { text: string; answer: boolean } | undefined;

function isRelevant(text: string): boolean {
  if (asked?.text !== text) asked = { text, answer: RELEVANT.test(text) };
  return asked.answer;
}

function sourceOf(text: string, last: LastReading | undefined): Source {
  return last?.reading instanceof PythonReading ? reparse(last.reading.module.source, text, last.edited) : parse(text);
}

/** Modules that a name is being followed through. */
let depth = 0;

function moduleOf(file: string, source: Source, importer: Importer): Module {
  const known = new Map<string, PythonReading | undefined>();
  const readingOf = (module: string): PythonReading | undefined => {
    if (!known.has(module)) known.set(module, readingAt(file, module, importer));
    return known.get(module);
  };
  return new Module(file, source, (qualified, wanted) => {
    if (depth >= MOST_MODULES) return undefined;
    depth++;
    try {
      return foreignOf(qualified, wanted, readingOf);
    } finally {
      depth--;
    }
  });
}

/** What another module of the workspace defines under a name such as `.jobs.work` or `app.jobs.work`. */
function foreignOf(
  qualified: string,
  wanted: Wanted,
  readingOf: (module: string) => PythonReading | undefined,
): Foreign | undefined {
  const at = qualified.lastIndexOf('.');
  const name = qualified.slice(at + 1);
  if (wanted === 'class' && !CLASS.test(name)) return undefined;
  const reading = readingOf(qualified.slice(0, at + (qualified[at - 1] === '.' || at === 0 ? 1 : 0)));
  if (!reading || (wanted === 'class' && !reading.isRelevant)) return undefined;
  const { module } = reading;
  const definition = module.scopes.inModule(name)?.definitions.at(-1);
  if (definition?.kind === 'import') return module.outside(definition.imported!, wanted);
  if (definition?.kind === 'function' || definition?.kind === 'class') return { module, node: definition.value! };
  return undefined;
}

/** The source of `.jobs`, of `app.jobs`, or of `.` */
function readingAt(file: string, name: string, importer: Importer): PythonReading | undefined {
  const [, dots, rest] = /^(\.*)(.*)$/.exec(name)!;
  const parts = rest === '' ? [] : rest!.split('.');
  for (const folder of foldersOf(file, dots!.length)) {
    const reading = importer.importAt(path.join(folder, ...parts));
    if (reading instanceof PythonReading) return reading;
  }
  return undefined;
}

function foldersOf(file: string, dots: number): string[] {
  const here = path.dirname(file);
  if (dots > 0) return [path.join(here, ...Array<string>(dots - 1).fill('..'))];
  return Array.from({ length: MOST_FOLDERS }, (_, up) => path.join(here, ...Array<string>(up).fill('..')));
}
