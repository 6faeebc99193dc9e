// Our TypeScript as a module of this process, for measuring it without a build.
import { buildSync } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { ROOT } from '../support/prepare.mjs';

/** All that these modules export, in one. @param {string[]} modules paths from the root */
export function bundled(...modules) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));
  try {
    const outfile = path.join(scratch, 'bundle.cjs');
    const contents = modules.map((file) => `export * from './${file}';`).join('\n');
    const stdin = { contents, resolveDir: ROOT };
    buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
    return createRequire(import.meta.url)(outfile);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

v8.setFlagsFromString('--expose-gc');
/** @type {() => void} */
const gc = vm.runInNewContext('gc');

/** Bytes in use when all that can go is gone. */
export function bytesInUse() {
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
