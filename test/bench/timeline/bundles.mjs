// What the pages run: the bench's own parts, and the peers, which are fetched for the bench alone.
import esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../../support/downloads.mjs';

/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const DIST = here('../../../dist');

/** The versions that we are compared with. */
export const PEERS = { 'vis-timeline': '8.5.4', 'timelines-chart': '2.14.3', 'flame-chart-js': '3.3.0' };
const EXPORTS = {
  'vis-timeline': "export { DataSet, Timeline } from 'vis-timeline/standalone'",
  'timelines-chart': "export { default } from 'timelines-chart'",
  'flame-chart-js': "export { FlameChart } from 'flame-chart-js'",
};

/** With the view as it is built now: a build that is made meanwhile must not be felt. @param {string} folder */
export async function bundleBench(folder) {
  fs.mkdirSync(path.join(folder, 'dist'), { recursive: true });
  for (const file of ['timeline.js', 'timeline.css'])
    fs.copyFileSync(path.join(DIST, file), path.join(folder, 'dist', file));
  const common = { bundle: true, logLevel: /** @type {const} */ ('warning') };
  const browser = { ...common, platform: /** @type {const} */ ('browser'), target: 'chrome118' };
  const at = (name) => path.join(folder, name);
  await esbuild.build({ ...browser, entryPoints: [here('page.ts')], outfile: at('page.js') });
  await esbuild.build({ ...browser, entryPoints: [here('host.ts')], outfile: at('host.js') });
  const node = { ...common, platform: /** @type {const} */ ('node'), format: /** @type {const} */ ('cjs') };
  await esbuild.build({ ...node, entryPoints: [here('recorded.ts')], outfile: at('recorded.cjs') });
}

/** Each peer in one minified file that leaves what it exports in `library`. Throws when npm cannot fetch them. */
export async function bundlePeers(folder) {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  // Without what they would like to have beside them (React, say): none of it is used.
  const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  await npm(['install', ...quietly, ...wanted], folder);
  for (const [name, contents] of Object.entries(EXPORTS)) {
    await esbuild.build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'iife',
      globalName: 'library',
      outfile: path.join(folder, `${name}.js`),
      logLevel: 'error',
    });
  }
  const style = 'node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css';
  fs.copyFileSync(path.join(folder, style), path.join(folder, 'vis-timeline.css'));
}
