// Source files of a folder, without what is installed or generated.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isSource } from './source/syntax';

/** Patterns of one .gitignore, and the folder that they count from. */
interface Rules {
  folder: string;
  ignored: Ignore;
}

export interface WalkOptions {
  /** Patterns as in .gitignore, from the folder on. */
  exclude?: readonly string[];
  /** Ends the walk early. */
  isCancelled?: () => boolean;
}

/**
 * Paths of all source files below, folder by folder. What cannot be read is left out; links are not followed, so there are no
 * loops.
 */
export async function* sourceFiles(
  folder: string,
  { exclude = [], isCancelled }: WalkOptions = {},
): AsyncGenerator<string> {
  const own: Rules[] = exclude.length > 0 ? [{ folder, ignored: ignore().add([...exclude]) }] : [];
  yield* walk(folder, own, isCancelled ?? (() => false));
}

async function* walk(folder: string, above: readonly Rules[], isCancelled: () => boolean): AsyncGenerator<string> {
  if (isCancelled()) return;
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const rules = entries.some(({ name }) => name === '.gitignore') ? [...above, ...(await rulesOf(folder))] : above;
  const folders: string[] = [];
  for (const entry of entries) {
    const { name } = entry;
    const file = path.join(folder, name);
    if (entry.isDirectory()) {
      if (name !== 'node_modules' && !name.startsWith('.') && !isIgnored(rules, `${file}/`)) folders.push(file);
    } else if (entry.isFile() && isSource(file) && !isIgnored(rules, file)) {
      yield file;
    }
  }
  for (const inner of folders) yield* walk(inner, rules, isCancelled);
}

async function rulesOf(folder: string): Promise<Rules[]> {
  const text = await fs.readFile(path.join(folder, '.gitignore'), 'utf8').catch(() => '');
  return [{ folder, ignored: ignore().add(text) }];
}

const isIgnored = (rules: readonly Rules[], file: string): boolean =>
  rules.some(({ folder, ignored }) => {
    const relative = path.relative(folder, file).split(path.sep).join('/');
    return ignored.ignores(file.endsWith('/') ? `${relative}/` : relative);
  });
