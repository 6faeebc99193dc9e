// `npm run bench [-- --node PATH] [--rounds N] [--only WORD] [--without-vscode]`: what the probe costs. Every figure is
// the median of runs that alternate with and without the probe, in this one run; a ratio is made of two such medians.
import { runTests } from '@vscode/test-electron';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, installDependencies } from '../support/prepare.mjs';
import { SETTINGS, writeSettings } from '../support/vscodeServer.mjs';
import { median, row, shown, within } from './figures.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
    'without-vscode': { type: 'boolean', default: false },
  },
});
const { node } = values;
const ROUNDS = Number(values.rounds);

/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PROBE = here('../../dist/probe.js');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));
const SPOOL = path.join(scratch, 'spool');
const EMPTY = path.join(scratch, 'empty.js');

/**
 * `times`: how much of the usual number of rounds; `budget`: largest ratio with/without; `added`: largest difference.
 * @typedef {{ name: string, program: string, unit: string, timed?: true, times?: number, budget?: number, added?: number }} Scenario
 */
/** @type {Scenario[]} */
const SCENARIOS = [
  { name: 'start-up of an empty program', program: 'empty', unit: 'ms', timed: true, times: 4, budget: 1.05 },
  { name: 'spawn-to-exit of a worker', program: 'spawnToExit', unit: 'ms', budget: 1.05 },
  { name: 'message ping-pong', program: 'pingPong', unit: 'µs', budget: 1.05 },
  { name: 'one-way burst, per message', program: 'burst', unit: 'ns', budget: 1.05 },
  { name: 'task of a worker that is ref’d for it', program: 'refFlips', unit: 'µs', budget: 1.3 },
  { name: 'small writes in a worker, each', program: 'writes', unit: 'µs' },
  { name: '1 000 workers, 8 at a time', program: 'thousandWorkers', unit: 'ms', times: 0.2 },
  { name: 'two CPU-bound workers', program: 'cpuBound', unit: 'ms', times: 0.5 },
  { name: 'memory of a worker', program: 'memory', unit: 'KiB', times: 0.5, added: 300 },
  { name: 'memory of a process without workers', program: 'processMemory', unit: 'KiB' },
];

/** The peer: it must be loaded by the program itself, and tells at a glance what keeps a process alive. */
const WHY = 'why-is-node-running@3.2.2';

/** @param {Scenario} scenario @param {string | undefined} options NODE_OPTIONS */
function measure({ program, timed }, options) {
  fs.rmSync(SPOOL, { recursive: true, force: true });
  fs.mkdirSync(SPOOL);
  const env = {
    PATH: process.env['PATH'],
    THREAD_LIFELINES_SPOOL: SPOOL,
    ...(options ? { NODE_OPTIONS: options } : {}),
  };
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(node, [here(`programs/${program}.js`)], { env, encoding: 'utf8' });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return timed ? took : Number(stdout);
}

/** @param {Record<string, string | undefined>} modes name → NODE_OPTIONS @param {Scenario} scenario */
function alternate(scenario, modes) {
  /** @type {Record<string, number[]>} */
  const numbers = Object.fromEntries(Object.keys(modes).map((mode) => [mode, []]));
  const rounds = Math.max(3, Math.round(ROUNDS * (scenario.times ?? 1)));
  for (let round = 0; round < rounds; round++) {
    const order = Object.keys(modes);
    if (round % 2 === 1) order.reverse();
    for (const mode of order) numbers[mode]?.push(measure(scenario, modes[mode]));
  }
  return Object.fromEntries(Object.entries(numbers).map(([mode, all]) => [mode, median(all)]));
}

/** @param {Scenario} scenario @param {number} ratio @param {number} difference */
function verdict({ budget, added }, ratio, difference) {
  if (budget !== undefined) return within(ratio, budget);
  if (added !== undefined) return `${difference <= added ? 'within' : 'MISSES'} +${added}`;
  return '';
}

function probeCosts() {
  row(['', 'without', 'empty', 'with', 'with/without', 'budget']);
  const modes = { without: undefined, empty: `--require=${EMPTY}`, with: `--require=${PROBE}` };
  for (const scenario of SCENARIOS) {
    if (!scenario.name.includes(values.only)) continue;
    const { without = NaN, empty = NaN, with: ours = NaN } = alternate(scenario, modes);
    const ratio = ours / without;
    row([
      `${scenario.name}, ${scenario.unit}`,
      shown(without),
      shown(empty),
      shown(ours),
      ratio.toFixed(3),
      verdict(scenario, ratio, ours - without),
    ]);
  }
}

/** Bytes that stand on the disk for each event, after a run that is all messages. */
function spoolBytes() {
  measure({ name: '', program: 'pingPong', unit: '' }, `--require=${PROBE}`);
  const files = fs.readdirSync(SPOOL).map((name) => path.join(SPOOL, name));
  const lines = (/** @type {string} */ ending) =>
    files.filter((f) => f.endsWith(ending)).flatMap((f) => fs.readFileSync(f, 'utf8').split('\n').filter(Boolean));
  const bytes = (/** @type {string[]} */ of) => of.reduce((sum, line) => sum + line.length + 1, 0);
  const lifecycle = lines('.spool.ndjson');
  const activity = lines('.activity.ndjson').filter((line) => line.startsWith('{"k":"activity"'));
  const records = activity.reduce((sum, line) => sum + (JSON.parse(line).records.length * 3) / 4 / 16, 0);
  console.log(`\nspool: ${(bytes(lifecycle) / lifecycle.length).toFixed(0)} bytes a lifecycle event, `);
  console.log(`       ${(bytes(activity) / records).toFixed(1)} bytes an activity event (16 in memory)`);
}

/** Loaded as its users load it, but from outside. */
function peers() {
  const folder = path.join(scratch, 'peer');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', WHY], { cwd: folder });
  if (install.status !== 0) return console.log(`\n${WHY} could not be installed, so there is no comparison with it`);
  const include = path.join(folder, 'node_modules/why-is-node-running/index.js');
  const modes = { without: undefined, why: `--import=file://${include}`, with: `--require=${PROBE}` };
  console.log(`\nbeside ${WHY}, as ratios to nothing loaded`);
  row(['', WHY.replace(/@.*/, ''), 'the probe']);
  for (const scenario of SCENARIOS.slice(0, 4)) {
    const { without = NaN, why = NaN, with: ours = NaN } = alternate(scenario, modes);
    row([scenario.name, (why / without).toFixed(3), (ours / without).toFixed(3)]);
  }
}

/** In a real VS Code, under the debugger that it comes with. */
async function jsDebug() {
  const workspace = path.join(scratch, 'workspace');
  const userData = path.join(scratch, 'user-data');
  const result = path.join(scratch, 'result.json');
  fs.mkdirSync(workspace);
  writeSettings(userData, SETTINGS);
  await runTests({
    vscodeExecutablePath: here('../support/shim.mjs'),
    extensionDevelopmentPath: here('../..'),
    extensionTestsPath: here('insideVSCode.js'),
    launchArgs: [workspace, `--user-data-dir=${userData}`],
    extensionTestsEnv: { BENCH_RESULT: result, BENCH_NODE: node, BENCH_PROBE: PROBE, BENCH_SPOOL: SPOOL },
  });
  console.log('\nbeside js-debug attached, as ratios to no debugger');
  row(['', 'js-debug', 'and the probe']);
  for (const [program, times] of Object.entries(JSON.parse(fs.readFileSync(result, 'utf8')))) {
    const bare = median(times.bare);
    const name = SCENARIOS.find((scenario) => scenario.program === program)?.name ?? program;
    row([name, (median(times.attached) / bare).toFixed(3), (median(times.attachedWithProbe) / bare).toFixed(3)]);
  }
}

async function main() {
  await installDependencies();
  build();
  fs.writeFileSync(EMPTY, '');
  const { stdout } = spawnSync(node, ['-p', 'process.version'], { encoding: 'utf8' });
  const [cpu] = os.cpus();
  console.log(`\n${new Date().toISOString().slice(0, 10)}, Node ${stdout.trim()}, ${os.cpus().length} × ${cpu?.model}`);
  console.log(`medians of ${ROUNDS} rounds each way, more for short programs and fewer for long ones\n`);
  probeCosts();
  if (values.only) return;
  spoolBytes();
  peers();
  if (!values['without-vscode']) await jsDebug();
}

try {
  await main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
