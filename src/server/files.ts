// Source files of a folder, without what is installed or generated.
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isSource, LEFT_OUT } from './languages';

export const IGNORE_FILE = '.gitignore';

/** Patterns of one .gitignore, and the folder that they are relative to. */
interface IgnoreRules {
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
  yield* walk(folder, ownRules(folder, exclude), isCancelled ?? (() => false));
}

/** What the .gitignore of a folder says; undefined where there is none. */
export type IgnoredBy = (folder: string) => Ignore | undefined;

/** Reads each once. */
export function ignoreFiles(): IgnoredBy {
  const known = new Map<string, Ignore | undefined>();
  return (folder) => {
    if (!known.has(folder)) {
      const text = textOf(path.join(folder, IGNORE_FILE));
      known.set(folder, text === '' ? undefined : ignore().add(text));
    }
    return known.get(folder);
  };
}

/**
 * Whether a walk through the folder skips this file in it.
 * @param ignoredBy shared between calls for many files
 */
export function isLeftOut(
  folder: string,
  file: string,
  exclude: readonly string[] = [],
  ignoredBy: IgnoredBy = ignoreFiles(),
): boolean {
  const rules = ownRules(folder, exclude);
  const parts = path.relative(folder, file).split(path.sep);
  let here = folder;
  for (const [i, name] of parts.entries()) {
    const ignored = ignoredBy(here);
    if (ignored) rules.push({ folder: here, ignored });
    here = path.join(here, name);
    const isFolder = i < parts.length - 1;
    if (isFolder ? isPassedBy(name) || isIgnored(rules, `${here}/`) : isIgnored(rules, here)) return true;
  }
  return false;
}

/** Whether patterns of .gitignore, relative to the folder, match this file in it or a folder around the file. */
export const isExcluded = (folder: string, file: string, exclude: readonly string[] = []): boolean =>
  isIgnored(ownRules(folder, exclude), file);

const ownRules = (folder: string, exclude: readonly string[]): IgnoreRules[] =>
  exclude.length > 0 ? [{ folder, ignored: ignore().add([...exclude]) }] : [];

const isPassedBy = (folder: string): boolean => LEFT_OUT.has(folder) || folder.startsWith('.');

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function* walk(
  folder: string,
  above: readonly IgnoreRules[],
  isCancelled: () => boolean,
): AsyncGenerator<string> {
  if (isCancelled()) return;
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const rules = entries.some(({ name }) => name === IGNORE_FILE) ? [...above, ...(await rulesOf(folder))] : above;
  const folders: string[] = [];
  for (const entry of entries) {
    const { name } = entry;
    const file = path.join(folder, name);
    if (entry.isDirectory()) {
      if (!isPassedBy(name) && !isIgnored(rules, `${file}/`)) folders.push(file);
    } else if (entry.isFile() && isSource(file) && !isIgnored(rules, file)) {
      yield file;
    }
  }
  for (const inner of folders) yield* walk(inner, rules, isCancelled);
}

async function rulesOf(folder: string): Promise<IgnoreRules[]> {
  const text = await fs.readFile(path.join(folder, IGNORE_FILE), 'utf8').catch(() => '');
  return [{ folder, ignored: ignore().add(text) }];
}

const isIgnored = (rules: readonly IgnoreRules[], file: string): boolean =>
  rules.some(({ folder, ignored }) => {
    const relative = path.relative(folder, file).split(path.sep).join('/');
    return ignored.ignores(file.endsWith('/') ? `${relative}/` : relative);
  });
