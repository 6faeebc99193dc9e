// `npm run bench -- timeline [--rounds N] [--only WORD] [--recording FILE] [--without-peers] [--profile FILE]`: what the
// timeline costs, beside charts that draw the same spans. Every figure is the median of rounds in which they take turns,
// or a quantile of the moves of all rounds. `--profile` leaves a CPU profile of our moves and of our live view instead.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, installDependencies } from '../support/prepare.mjs';
import { bundleBench, bundlePeers, PEERS } from './timeline/bundles.mjs';
import { measureLive, profileLive } from './timeline/liveRun.mjs';
import { profileMoves } from './timeline/profile.mjs';
import { serve } from './timeline/server.mjs';
import { DoesNotLoad, measureChart } from './timeline/session.mjs';
import { printLive, printSource, summary } from './timeline/tables.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    recording: { type: 'string' },
    'without-peers': { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const ROUNDS = Number(values.rounds);
/** A chart that needs so long for one load is not loaded again. */
const SLOW_MS = 10_000;
const GENERATED_MICROS = 60e6;

/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));

/** Lanes × spans in each, by how many spans there are in all. */
const SIZES = [
  { lanes: 10, spans: 1000 },
  { lanes: 100, spans: 100 },
  { lanes: 1000, spans: 100 },
  { lanes: 10_000, spans: 10 },
  { lanes: 1000, spans: 1000 },
  { lanes: 10_000, spans: 1000 },
];
/** Programs that are recorded to be drawn. */
const PROGRAMS = {
  'the demo': '../programs/node/demo/main.js',
  '1 000 workers, 8 at a time': 'programs/thousandWorkers.js',
};

const count = (/** @type {number} */ number) => number.toLocaleString('en').replaceAll(',', ' ');

/** @typedef {{ name: string, source: import('./timeline/chart').Source, lanes: number, spans: number, length: number }} Drawing */

/** @returns {Drawing[]} */
function drawings() {
  const generated = SIZES.map((size) => {
    const name = `${count(size.lanes)} lanes × ${count(size.spans)} spans`;
    const source = { kind: /** @type {const} */ ('generated'), size };
    return { name, source, lanes: size.lanes, spans: size.lanes * size.spans, length: GENERATED_MICROS };
  });
  const files = values.recording ? { [path.basename(values.recording)]: values.recording } : recordPrograms();
  return [...generated, ...Object.entries(files).map(([name, file], i) => recordedDrawing(name, file, i))].filter(
    ({ name }) => name.includes(values.only),
  );
}

function recordPrograms() {
  return Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, program], i) => {
      const file = path.join(scratch, `${i}.recording`);
      const command = [here('../../dist/cli.js'), 'record', '--out', file, '--', process.execPath, here(program)];
      const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
      if (!fs.existsSync(file)) throw new Error(`${program} was not recorded, exit code ${status}: ${stderr}`);
      return [name, file];
    }),
  );
}

/** @param {string} name @param {string} file @param {number} number @returns {Drawing} */
function recordedDrawing(name, file, number) {
  const { recorded } = createRequire(import.meta.url)(path.join(scratch, 'recorded.cjs'));
  const read = recorded(path.resolve(file));
  const target = `${number}.json`;
  fs.writeFileSync(path.join(scratch, target), JSON.stringify(read));
  const spans = read.lanes.reduce((sum, { starts }) => sum + starts.length, 0);
  const length = Math.max(...read.lanes.map(({ end }) => end - read.origin));
  const shown = `recording of ${name}: ${count(read.lanes.length)} lanes, ${count(spans)} spans`;
  return { name: shown, source: { kind: 'recorded', path: `/${target}` }, lanes: read.lanes.length, spans, length };
}

/** Where each chart gave up: what is larger is not tried. @type {Record<string, Drawing & { why: string }>} */
const limits = {};

/** @param {string} url @param {string[]} charts @param {Drawing} drawing */
async function alternate(url, charts, drawing) {
  /** @type {Record<string, import('./timeline/session.mjs').Figures[]>} */
  const figures = Object.fromEntries(charts.map((chart) => [chart, []]));
  /** @type {Record<string, string>} */
  const failed = {};
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? charts : [...charts].reverse();
    for (const chart of order) {
      const limit = limits[chart];
      if (limit && limit.spans <= drawing.spans && limit.lanes <= drawing.lanes) failed[chart] = limit.why;
      if (chart in failed || (figures[chart]?.[0]?.load ?? 0) > SLOW_MS) continue;
      try {
        figures[chart]?.push(await measureChart(url, chart, drawing.source, drawing.length));
      } catch (error) {
        if (!(error instanceof DoesNotLoad)) throw error;
        failed[chart] = error.message;
        limits[chart] = { ...drawing, why: error.message };
      }
    }
  }
  return summary(charts, figures, failed);
}

async function charts() {
  if (values['without-peers'] || values.profile) return ['ours'];
  try {
    await bundlePeers(path.join(scratch, 'peers'));
    return ['ours', ...Object.keys(PEERS)];
  } catch (error) {
    console.log(`the peers could not be installed, so there is no comparison with them: ${error}`);
    return ['ours'];
  }
}

async function main() {
  await installDependencies();
  build();
  await bundleBench(scratch);
  const server = await serve({ '': scratch, dist: path.join(scratch, 'dist'), peers: path.join(scratch, 'peers') });
  try {
    const all = await charts();
    if (values.profile) return await profile(server.url, values.profile);
    const [cpu] = os.cpus();
    console.log(`\n${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${cpu?.model}, ${ROUNDS} rounds`);
    for (const [name, version] of Object.entries(PEERS)) if (all.includes(name)) console.log(`${name} ${version}`);
    for (const drawing of drawings()) printSource(drawing, await alternate(server.url, all, drawing));
    if ('live'.includes(values.only)) printLive(await measureLive(server.url));
  } finally {
    server.close();
  }
}

/** @param {string} url @param {string} file */
async function profile(url, file) {
  if (values.only === 'live') return await profileLive(url, file);
  for (const drawing of drawings().slice(-1)) await profileMoves(url, drawing, file);
}

try {
  await main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
