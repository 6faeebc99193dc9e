// Published packages that start threads, and what these are called. Pure.
import { t } from '../../../common/l10n';
import { fileLabel, packageIn } from '../../facts/sites';
import type { PackageThread } from '../runtime';

/** Whose threads are given lines, which nobody answers. */
export const STREAM_PACKAGES: readonly string[] = ['thread-stream', 'pino'];
export const POOL_PACKAGES: readonly string[] = [
  'piscina',
  'tinypool',
  'workerpool',
  'jest-worker',
  'poolifier',
  'threads',
  'node-worker-threads-pool',
  'vitest',
  ...STREAM_PACKAGES,
];

/** They compile, bundle or measure. */
const TOOLS: ReadonlySet<string> = new Set([
  '@babel/register',
  '@rollup/plugin-terser',
  '@rspack/core',
  'c8',
  'css-minimizer-webpack-plugin',
  'esbuild',
  'esbuild-loader',
  'esbuild-register',
  'nyc',
  'rolldown',
  'rollup',
  'sass-embedded',
  'terser-webpack-plugin',
  'thread-loader',
  'ts-node',
  'ts-node-dev',
  'tsx',
  'vite',
  'vite-node',
  'webpack',
]);
const TOOL_SCOPES = /^(@esbuild-kit|@swc-node|@swc|@parcel)\/|^@vitest\/coverage-/;

export const isTool = (pack: string): boolean => TOOLS.has(pack) || TOOL_SCOPES.test(pack);

/** Such a package gives its threads names of its own, whatever the program does. */
export const namesItsThreads = (pack: string | undefined): boolean => STREAM_PACKAGES.includes(pack ?? '');

export function ofPackage(pack: string, { id, scripts, loads, more }: PackageThread): string {
  if (pack === 'pino' && loads.length > 0) return t('pino · {0} transport', listed(loads.map(transportIn), more));
  const names = scripts.length > 0 ? listed(scripts.map(fileLabel), more) : undefined;
  if (pack === 'vitest' && names !== undefined) return `vitest · ${names}`;
  const starter = scripts.length === 0 && loads[0] !== undefined ? (packageIn(loads[0]) ?? pack) : pack;
  return names === undefined ? `${starter} ${id}` : `${starter} ${id} · ${names}`;
}

/** `pino/file`, which is the one most used, is called by its file; others by their package, or their own. */
function transportIn(file: string): string {
  const pack = packageIn(file);
  return pack === undefined ? fileLabel(file) : pack === 'pino' ? fileLabel(file).replace(/\.[cm]?js$/, '') : pack;
}

const listed = ([first = '', ...others]: string[], more: number): string =>
  others.length + more === 0
    ? first
    : others.length === 1 && more === 0
      ? t('{0} and {1}', first, others[0]!)
      : t('{0} and {1} more', first, others.length + more);
