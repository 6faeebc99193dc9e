// The parts of a package.json that rules need.
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface Manifest {
  /** The oldest Node that it supports, as major and minor; undefined when it does not say. */
  oldestNode: [number, number] | undefined;
  /** It depends on a package that makes Node run TypeScript. */
  hasLoader: boolean;
}

const LOADERS = [
  'tsx',
  'ts-node',
  '@swc-node/register',
  '@swc/register',
  'esbuild-register',
  'jiti',
  'vite-node',
  'vitest',
];

/** Manifest of the nearest package around a file; undefined where none can be read. */
export function manifestOf(file: string): Manifest | undefined {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const found = readManifest(path.join(folder, 'package.json'));
    if (found || folder === path.dirname(folder)) return found;
  }
}

function readManifest(file: string): Manifest | undefined {
  try {
    const { engines, dependencies, devDependencies } = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<
      string,
      Record<string, unknown> | undefined
    >;
    const all = { ...dependencies, ...devDependencies };
    return { oldestNode: oldestOf(engines?.['node']), hasLoader: LOADERS.some((name) => name in all) };
  } catch {
    return undefined;
  }
}

/** The first version in a range such as `>=20.10`, `^22` or `20.x || 22.x`: people write the oldest first. */
function oldestOf(range: unknown): [number, number] | undefined {
  const found = typeof range === 'string' ? /^\s*(?:>=|\^|~|v|=)?\s*(\d+)(?:\.(\d+))?/.exec(range) : null;
  return found ? [Number(found[1]), Number(found[2] ?? 0)] : undefined;
}
