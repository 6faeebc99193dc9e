// JavaScript and TypeScript on Node, for the server.
import * as path from 'node:path';
import type { Importer, Language, LastReading, Reading } from '../language';
import { JavaScriptReading } from './reading';
import { Module, type Constant } from './source/module';
import { parse, reparse, type SourceFile } from './source/syntax';

const EXTENSIONS = ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'];
/** A module whose text has none of these words has nothing to do with threads. */
const RELEVANT =
  /worker_threads|piscina|tinypool|workerpool|jest-worker|poolifier|worker-threads-pool|\bsynckit|web-worker|['"](threads(\/worker)?|bree)['"]/;
/** How many modules a constant is followed through. */
const MOST_MODULES = 4;

export const javascript: Language = {
  runtime: 'node',
  leavesOut: ['node_modules'],
  extensions: EXTENSIONS,
  endings: ['', ...EXTENSIONS, ...EXTENSIONS.map((extension) => `/index${extension}`)],
  comment: { line: '//', block: ['/*', '*/'] },
  isSource: (file) => EXTENSIONS.includes(path.extname(file)) && !/\.d\.[cm]?ts$/.test(file),
  sourcesOf: (file) => [file, file.replace(/\.([cm]?)js$/, '.$1ts'), file.replace(/\.js$/, '.tsx')],
  namesOf: (file) => [...new Set([file, file.replace(/\.([cm]?)tsx?$/, '.$1js')])],
  // Nearly every module of a program may have a logger, but few choose its transport.
  isRelevant: (text) => RELEVANT.test(text) || (text.includes('transport') && /['"]pino['"]/.test(text)),
  read: (file, text, importer, last) => new JavaScriptReading(moduleOf(file, treeOf(file, text, last), importer)),
};

function treeOf(file: string, text: string, last: LastReading | undefined): SourceFile {
  return last?.reading instanceof JavaScriptReading
    ? reparse(last.reading.module.tree, text, last.edited)
    : parse(file, text);
}

const moduleOf = (file: string, tree: SourceFile, importer: Importer): Module =>
  new Module(file, tree, (module, name) => {
    if (depth >= MOST_MODULES) return undefined;
    return exported(importer.importAt(path.resolve(path.dirname(file), module)), name);
  });

/** Modules that a constant is being followed through. */
let depth = 0;

/** What a module exports under a name; undefined where that is no constant. */
function exported(reading: Reading | undefined, name: string): Constant | undefined {
  if (!(reading instanceof JavaScriptReading)) return undefined;
  depth++;
  try {
    return reading.module.exportedConstant(name);
  } finally {
    depth--;
  }
}
