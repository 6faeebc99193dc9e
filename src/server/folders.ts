// The folders of the window: which files in them count, and the first index of those.
import * as path from 'node:path';
import { ignoreFiles, isExcluded, isLeftOut, sourceFiles, type IgnoredBy } from './files';
import type { Project } from './project';

/** Number of files that are indexed before requests get their turn. */
const AT_ONCE = 20;

export class Folders {
  private roots: string[] = [];
  /** Patterns of .gitignore that people exclude, by folder. */
  private exclude = new Map<string, readonly string[]>();

  constructor(private readonly project: Project) {}

  get all(): readonly string[] {
    return this.roots;
  }

  /** Forgets files that are in none of them. */
  set(roots: readonly string[]): void {
    this.roots = [...roots];
    this.project.setRoots(roots);
    for (const file of this.project.indexed) if (this.rootOf(file) === undefined) this.project.drop(file);
  }

  /**
   * Reads who starts what in all files of these folders, and forgets files that are now excluded.
   * @param excludeOf patterns that people exclude from a folder
   * @param onProgress gets the number of files read so far
   */
  async index(
    roots: readonly string[],
    excludeOf: (root: string) => Promise<readonly string[]>,
    onProgress: (files: number) => void,
  ): Promise<void> {
    let count = 0;
    for (const root of roots) {
      const exclude = await excludeOf(root);
      this.exclude.set(root, exclude);
      const seen = new Set<string>();
      for await (const file of sourceFiles(root, { exclude })) {
        seen.add(file);
        this.project.index(file);
        if (++count % AT_ONCE !== 0) continue;
        if (count % (AT_ONCE * 50) === 0) onProgress(count);
        await new Promise(setImmediate);
      }
      const ignoredBy = ignoreFiles();
      for (const file of this.project.indexed)
        if (isIn(root, file) && !seen.has(file) && isLeftOut(root, file, exclude, ignoredBy)) this.project.drop(file);
    }
  }

  /** Folders whose excluded patterns differ from those at their last index. */
  async changed(excludeOf: (root: string) => Promise<readonly string[]>): Promise<string[]> {
    const now = await Promise.all(this.roots.map(excludeOf));
    return this.roots.filter((root, i) => now[i]!.join('\n') !== (this.exclude.get(root) ?? []).join('\n'));
  }

  /** Whether a change of this file on disk matters. Without folders, every change does. */
  counts(file: string, ignoredBy: IgnoredBy): boolean {
    if (this.roots.length === 0) return true;
    const root = this.rootOf(file);
    return root !== undefined && !isLeftOut(root, file, this.exclude.get(root), ignoredBy);
  }

  /** Whether people exclude it, which also counts for open files. */
  isExcluded(file: string): boolean {
    const root = this.rootOf(file);
    return root !== undefined && isExcluded(root, file, this.exclude.get(root));
  }

  private rootOf(file: string): string | undefined {
    return this.roots.filter((root) => isIn(root, file)).sort((a, b) => b.length - a.length)[0];
  }
}

const isIn = (root: string, file: string): boolean => file.startsWith(root + path.sep);
