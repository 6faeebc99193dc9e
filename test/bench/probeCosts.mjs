// `npm run bench [-- probe] [--node PATH]... [--rounds N] [--only WORD]... [--table] [--without-vscode]`: what the probe costs, on
// each of the Nodes. Every figure is the median of runs that alternate with and without the probe, in this one run; a ratio is
// made of two such medians, and behind it stands in what limits chance leaves it. What needs one core alone stays on one, each
// round on the next, where the system has `taskset`. `--table` ends with the figures as README has them.
import { runTests } from '@vscode/test-electron';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, installDependencies } from '../support/prepare.mjs';
import { SETTINGS, writeSettings } from '../support/vscodeServer.mjs';
import { median, ratioWithin, row, shown, within } from './figures.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [process.execPath] },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', multiple: true, default: [] },
    table: { type: 'boolean', default: false },
    'without-vscode': { type: 'boolean', default: false },
  },
});
let node = /** @type {string} */ (values.node[0]);
const ROUNDS = Number(values.rounds);

/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PROBE = here('../../dist/probe.js');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-bench-'));
const SPOOL = path.join(scratch, 'spool');
const EMPTY = path.join(scratch, 'empty.js');

/**
 * `times`: how much of the usual number of rounds; `pinned`: on one core at a time; `budget`: largest ratio with/without;
 * `added`: largest difference.
 * @typedef {{ name: string, program: string, unit: string, timed?: true, pinned?: true, times?: number, budget?: number, added?: number }} Scenario
 */
/** @type {Scenario[]} */
const SCENARIOS = [
  {
    name: 'start-up of an empty program',
    program: 'empty',
    unit: 'ms',
    timed: true,
    pinned: true,
    times: 4,
    budget: 1.05,
  },
  { name: 'spawn-to-exit of a worker', program: 'spawnToExit', unit: 'ms', budget: 1.05 },
  { name: 'message ping-pong', program: 'pingPong', unit: 'µs', budget: 1.05 },
  { name: 'one-way burst, per message', program: 'burst', unit: 'ns', budget: 1.05 },
  { name: 'task of a worker that is ref’d for it', program: 'refFlips', unit: 'µs', budget: 1.3 },
  { name: 'small writes in a worker, each', program: 'writes', unit: 'µs', budget: 1.05 },
  { name: '1 000 workers, 8 at a time', program: 'thousandWorkers', unit: 'ms', times: 0.2, budget: 1.05 },
  { name: 'two CPU-bound workers', program: 'cpuBound', unit: 'ms', times: 0.5 },
  { name: 'memory of a worker', program: 'memory', unit: 'KiB', times: 0.5, added: 300 },
  { name: 'memory of a process without workers', program: 'processMemory', unit: 'KiB', pinned: true, budget: 1.02 },
];

/** The peer: it must be loaded by the program itself, and tells at a glance what keeps a process alive. */
const WHY = 'why-is-node-running@3.2.2';

const CORES = os.cpus().length;
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** A machine that does other things too delays programs; how long they compute it hardly changes. Only bash tells that. */
const TIMED = 'TIMEFORMAT="%U %S"; time "$@"';
/** Of short programs it is told too roughly, so it is that of several. */
const TIMES = 5;
const TIMED_TIMES = `TIMEFORMAT="%U %S"; time for i in $(seq ${TIMES}); do "$@"; done`;
const canTime = spawnSync('bash', ['-c', TIMED, 'bash', 'true']).status === 0;

/**
 * `figure`: as the program prints it, or how long it took; `computed`: ms of processor time of the whole program.
 * @typedef {{ figure: number, computed: number }} Measured
 */
/** @param {Scenario} scenario @param {string | undefined} options NODE_OPTIONS @param {number} [round] @returns {Measured} */
function measure({ program, timed, pinned }, options, round = 0) {
  fs.rmSync(SPOOL, { recursive: true, force: true });
  fs.mkdirSync(SPOOL);
  const env = {
    PATH: process.env['PATH'],
    THREAD_LIFELINES_SPOOL: SPOOL,
    ...(options ? { NODE_OPTIONS: options } : {}),
  };
  const started = performance.now();
  const words = [node, here(`programs/${program}.js`)];
  if (pinned && canPin) words.unshift('taskset', '-c', String(round % CORES));
  if (canTime && !timed) words.unshift('bash', '-c', TIMED, 'bash');
  const [command = node, ...args] = words;
  const { stdout, stderr, status } = spawnSync(command, args, { env, encoding: 'utf8' });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  if (!timed) return { figure: Number(stdout), computed: computedIn(stderr) };
  const again = canTime
    ? spawnSync('bash', ['-c', TIMED_TIMES, 'bash', ...words], { env, encoding: 'utf8' }).stderr
    : '';
  return { figure: took, computed: computedIn(again) / TIMES };
}

/** As bash told it last; NaN: it did not. @param {string} text */
function computedIn(text) {
  const [user = NaN, system = NaN] = (text.trim().split('\n').at(-1) || '-').split(' ').map(Number);
  return (user + system) * 1000;
}

/** @param {Record<string, string | undefined>} modes name → NODE_OPTIONS @param {Scenario} scenario */
function alternate(scenario, modes) {
  /** @type {Record<string, Measured[]>} */
  const numbers = Object.fromEntries(Object.keys(modes).map((mode) => [mode, []]));
  const rounds = Math.max(3, Math.round(ROUNDS * (scenario.times ?? 1)));
  for (let round = 0; round < rounds; round++) {
    const order = Object.keys(modes);
    if (round % 2 === 1) order.reverse();
    for (const mode of order) numbers[mode]?.push(measure(scenario, modes[mode], round));
  }
  return numbers;
}

/** @param {Record<string, Measured[]>} numbers @returns {Record<string, number>} */
const medians = (numbers) =>
  Object.fromEntries(Object.entries(numbers).map(([mode, all]) => [mode, median(all.map(({ figure }) => figure))]));

/** With the probe to without, and between what limits. @param {Record<string, Measured[]>} numbers @param {keyof Measured} what */
function ratioOf({ without = [], with: ours = [] }, what) {
  const [mine, bare] = [ours, without].map((all) => all.map((one) => one[what]));
  const [least, most] = ratioWithin(mine ?? [], bare ?? []);
  const ratio = median(mine ?? []) / median(bare ?? []);
  return { ratio, text: Number.isNaN(ratio) ? '' : `${ratio.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})` };
}

/** @param {Scenario} scenario @param {number} ratio @param {number} difference */
function verdict({ budget, added }, ratio, difference) {
  if (budget !== undefined) return within(ratio, budget);
  if (added !== undefined) return `${difference <= added ? 'within' : 'MISSES'} +${added}`;
  return '';
}

/** Of the Node that is measured. @type {{ scenario: Scenario, without: number, ours: number, ratio: string, computing: string }[]} */
let tableRows = [];

/** As they stand in README: for each Node three columns. @param {Map<string, typeof tableRows>} byNode */
function table(byNode) {
  const cells = (/** @type {string[]} */ words) => console.log(`| ${words.join(' | ')} |`);
  const nodes = [...byNode];
  console.log('');
  cells(['', ...nodes.flatMap(([version]) => [`${version} without`, 'with', 'ratio', 'of computing']), 'aim']);
  cells(Array.from({ length: nodes.length * 4 + 2 }, () => '---'));
  for (const [n, { scenario }] of (nodes[0]?.[1] ?? []).entries()) {
    const { name, unit, budget, added } = scenario;
    const figures = nodes.flatMap(([, rows]) => {
      const { without = NaN, ours = NaN, ratio = '', computing = '' } = rows[n] ?? {};
      return [shown(without), shown(ours), added === undefined ? ratio : `+${shown(ours - without)}`, computing];
    });
    const aim = budget ?? (added === undefined ? '' : `+${added}`);
    cells([`${name}, ${unit}`, ...figures, String(aim)]);
  }
}

function probeCosts() {
  row(['', 'without', 'empty', 'with', 'with/without', 'computing', 'budget'], 18);
  const modes = { without: undefined, empty: `--require=${EMPTY}`, with: `--require=${PROBE}` };
  for (const scenario of SCENARIOS) {
    if (values.only.length > 0 && !values.only.some((word) => scenario.name.includes(word))) continue;
    const numbers = alternate(scenario, modes);
    const { without = NaN, empty = NaN, with: ours = NaN } = medians(numbers);
    const { ratio, text } = ratioOf(numbers, 'figure');
    const { text: computing } = ratioOf(numbers, 'computed');
    tableRows.push({ scenario, without, ours, ratio: text, computing });
    row(
      [
        `${scenario.name}, ${scenario.unit}`,
        ...[without, empty, ours].map(shown),
        text,
        computing,
        verdict(scenario, ratio, ours - without),
      ],
      18,
    );
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
    const { without = NaN, why = NaN, with: ours = NaN } = medians(alternate(scenario, modes));
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
  const [cpu] = os.cpus();
  const byNode = new Map();
  for (const one of values.node) {
    node = one;
    const version = spawnSync(node, ['-p', 'process.version'], { encoding: 'utf8' }).stdout.trim();
    console.log(`\n${new Date().toISOString().slice(0, 10)}, Node ${version}, ${CORES} × ${cpu?.model}`);
    console.log(`medians of ${ROUNDS} rounds each way, more for short programs and fewer for long ones\n`);
    tableRows = [];
    probeCosts();
    byNode.set(version, tableRows);
  }
  if (values.table) table(byNode);
  if (values.only.length > 0) return;
  spoolBytes();
  peers();
  if (!values['without-vscode']) await jsDebug();
}

try {
  await main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
