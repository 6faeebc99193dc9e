// The folders of the window: which files in them count, and the first look at all of those.
import * as path from 'node:path';
import { ignoreFiles, isExcluded, isLeftOut, sourceFiles, type IgnoredBy } from './files';
import type { Project } from './project';

/** Number of files that are indexed before requests get their turn. */
const AT_ONCE = 20;

export class Folders {
  private roots: string[] = [];
  /** What people leave out, by folder, as in .gitignore. */
  private exclude = new Map<string, readonly string[]>();

  constructor(private readonly project: Project) {}

  get all(): readonly string[] {
    return this.roots;
  }

  /** What is in none of them is forgotten. */
  set(roots: readonly string[]): void {
    this.roots = [...roots];
    this.project.setRoots(roots);
    for (const file of this.project.indexed) if (this.rootOf(file) === undefined) this.project.drop(file);
  }

  /**
   * Reads who starts what in all files of these folders, and forgets those that are left out by now.
   * @param excludeOf what people leave out of a folder
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

  /** Those of which people leave out something else than when they were indexed. */
  async changed(excludeOf: (root: string) => Promise<readonly string[]>): Promise<string[]> {
    const now = await Promise.all(this.roots.map(excludeOf));
    return this.roots.filter((root, i) => now[i]!.join('\n') !== (this.exclude.get(root) ?? []).join('\n'));
  }

  /** Whether a change of this file on disk matters. Without folders each does. */
  counts(file: string, ignoredBy: IgnoredBy): boolean {
    if (this.roots.length === 0) return true;
    const root = this.rootOf(file);
    return root !== undefined && !isLeftOut(root, file, this.exclude.get(root), ignoredBy);
  }

  /** People leave it out, even when it is open. */
  isExcluded(file: string): boolean {
    const root = this.rootOf(file);
    return root !== undefined && isExcluded(root, file, this.exclude.get(root));
  }

  private rootOf(file: string): string | undefined {
    return this.roots.filter((root) => isIn(root, file)).sort((a, b) => b.length - a.length)[0];
  }
}

const isIn = (root: string, file: string): boolean => file.startsWith(root + path.sep);
