// `npm run core-tests -- python [--python PATH]… [--only PATTERN] [--wide] [--tests FOLDER]`: the standard library's own tests of threads and
// of all that the probe touches, case by case, with and without the probe; none may fail on its account. Built-ins only.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build } from '../../support/prepare.mjs';
import { Environment, cleanEnvironment, interpreters } from './interpreters.mjs';
import { run } from './run.mjs';

const FILES = [
  'test_threading',
  'test_thread',
  'test_queue',
  'test_threadedtempfile',
  'test_threading_local',
  'test_threadsignals',
  'test_atexit',
  'test_fork1',
  'test_sched',
  'test_logging',
  'test_asyncio.test_threads',
  'test_asyncio.test_runners',
  'test_asyncio.test_subprocess',
  'test_subprocess',
  'test_signal',
  'test_faulthandler',
  'test_sys_settrace',
  'test_sys_setprofile',
  'test_sys',
  'test_concurrent_futures',
];
/** Of what is around threads, and of what the probe only looks at. */
const WIDE = [
  'test_site',
  'test_os',
  'test_gc',
  'test_contextlib',
  'test_context',
  'test_import',
  'test_inspect',
  'test_cprofile',
  'test_socketserver',
  'test_weakref',
  'test_multiprocessing_fork',
  'test_multiprocessing_spawn',
  'test_multiprocessing_forkserver',
];
const DEADLINE_MS = 1_200_000;
const REPEATS = 2;
/** Lines of output that are shown. */
const SHOWN = 14;
/** What must differ: file and case → why. */
const ACCEPTED = /** @type {[RegExp, string][]} */ ([
  [
    /^test_faulthandler .*test_dump_traceback_threads/,
    'a thread that has just begun to wait is seen while the probe writes that down: its frame is the innermost',
  ],
  [
    /^test_asyncio\.test_subprocess \(as a whole\)/,
    'up to Python 3.8 it does not wait for threads of asyncio’s that end by themselves, and those end some 50 µs later',
  ],
]);

/** @typedef {import('./interpreters.mjs').Preload} Preload */
/** @typedef {'passed' | 'failed' | 'skipped'} Outcome */
/** @typedef {{ cases: Map<string, Outcome>, output: string, told: string }} Run */
/** @typedef {{ name: string, note: string }} Told */

/** The file as a whole: what it leaves behind counts too. */
const WHOLE = '(as a whole)';

const { values: wanted } = parseArgs({
  options: {
    python: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: '' },
    tests: { type: 'string' },
    wide: { type: 'boolean', default: false },
  },
});
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-core-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

async function main() {
  build();
  let passed = 0;
  let broken = 0;
  for (const interpreter of interpreters(wanted.python)) {
    const suite = new Suite(interpreter);
    await suite.run();
    passed += suite.passed;
    broken += suite.kinds.broken.length;
  }
  close(passed, broken);
}

/** Where Python has no tests of its own, `--tests` names the folder of a package `test`. */
const environment = () => ({
  ...cleanEnvironment(),
  ...(wanted.tests ? { PYTHONPATH: path.resolve(wanted.tests) } : {}),
});

class Suite {
  /** @param {import('./interpreters.mjs').Interpreter} interpreter */
  constructor(interpreter) {
    this.interpreter = interpreter;
    this.folder = fs.mkdtempSync(path.join(scratch, 'python-'));
    this.probe = path.join(this.folder, 'probe');
    // A copy: the build may be repeated meanwhile.
    fs.cpSync(path.join(ROOT, 'dist', 'python'), this.probe, { recursive: true });
    this.spool = path.join(this.folder, 'spool');
    this.environment = new Environment(interpreter, path.join(this.folder, 'venv'), this.probe, this.spool);
    this.passed = 0;
    this.processes = 0;
    this.kinds = {
      bare: /** @type {Told[]} */ ([]),
      flaky: /** @type {Told[]} */ ([]),
      preload: /** @type {Told[]} */ ([]),
      accepted: /** @type {Told[]} */ ([]),
      troubled: /** @type {Told[]} */ ([]),
      broken: /** @type {Told[]} */ ([]),
    };
  }

  async run() {
    const files = this.installed();
    const { path: python, version } = this.interpreter;
    console.log(`\n${files.length} files of tests on ${python} (${version})`);
    // Debian's own has them in another package.
    if (files.length === 0 && wanted.python.length > 0)
      this.kinds.broken.push({ name: python, note: 'it has no such tests of the standard library' });
    for (const file of files) await this.compare(file);
    this.report();
  }

  /** Not every installation has all of them. */
  installed() {
    const names = [...FILES, ...(wanted.wide ? WIDE : [])].filter((name) => name.includes(wanted.only));
    const script =
      'import importlib.util, sys\nfor n in sys.argv[1:]:\n try:\n  if importlib.util.find_spec("test." + n): print(n)\n except ImportError: pass';
    const { stdout } = spawnSync(this.environment.python, ['-c', script, ...names], {
      encoding: 'utf8',
      env: environment(),
    });
    return stdout.split('\n').filter((name) => name !== '');
  }

  /** @param {string} file */
  async compare(file) {
    const bare = await this.cases(file, 'none');
    const probed = await this.cases(file, 'probe');
    let good = 0;
    /** @type {string[]} */
    let worse = [];
    for (const [name, before] of bare.cases) {
      const after = probed.cases.get(name) ?? 'skipped';
      if (before === 'failed') this.kinds.bare.push({ name: `${file} ${name}`, note: `with the probe it ${after}` });
      else if (before === 'passed' && after === 'passed') good += name === WHOLE ? 0 : 1;
      else if (before !== after) worse.push(name);
    }
    worse.push(...[...probed.cases].filter(([name, how]) => how === 'failed' && !bare.cases.has(name)).map(([n]) => n));
    if (worse.length > 1 && worse.some((name) => reasonOf(file, name))) worse = worse.filter((name) => name !== WHOLE);
    for (const name of worse) await this.explain(file, name, bare, probed);
    this.trouble(file, probed);
    this.passed += good;
    const newly = this.kinds.broken.filter((one) => one.name.startsWith(`${file} `)).length;
    console.log(`  ${file}: ${good} passed, ${newly} newly failing`);
  }

  /**
   * A case failed with the probe. That is its doing unless it also happens without it, or never again.
   * @param {string} file @param {string} name @param {Run} bare @param {Run} probed
   */
  async explain(file, name, bare, probed) {
    const title = `${file} ${name}`;
    const output = `${bare.cases.get(name) ?? 'not run'} without it, ${probed.cases.get(name) ?? 'not run'} with it\n${about(probed.output, name)}`;
    const reason = reasonOf(file, name);
    if (reason) return this.kinds.accepted.push({ name: title, note: reason });
    const failures = { none: 0, probe: 0, empty: 0 };
    for (let i = 0; i < REPEATS; i++)
      for (const preload of /** @type {const} */ (['none', 'probe', 'empty']))
        failures[preload] += await this.again(file, name, preload, bare.cases.get(name));
    // Alone it may pass, where those before it have a part in it.
    if (failures.probe === 0 && name !== WHOLE) {
      const whole = await this.cases(file, 'probe');
      if (whole.cases.get(name) !== (bare.cases.get(name) ?? 'passed')) failures.probe = 1;
    }
    const counts = `of ${REPEATS} more runs failed: ${failures.none} bare, ${failures.probe} with the probe, ${failures.empty} with an empty preload`;
    const kind = failures.none > 0 || failures.probe === 0 ? 'flaky' : failures.empty > 0 ? 'preload' : 'broken';
    return this.kinds[kind].push({ name: title, note: `${counts}\n${output}` });
  }

  /** @param {string} file @param {string} name @param {Preload} preload @param {Outcome | undefined} good */
  async again(file, name, preload, good = 'passed') {
    const { cases } = await this.cases(file, preload, name === WHOLE ? undefined : name);
    return cases.get(name) === good ? 0 : 1;
  }

  /** What the probe told of itself. @param {string} file @param {Run} probed */
  trouble(file, { told }) {
    const processes = told.match(/"k":"process-start"/g)?.length ?? 0;
    this.processes += processes;
    if (processes === 0) this.kinds.broken.push({ name: `${file} ${WHOLE}`, note: 'the probe was not loaded' });
    const errors = new Set(told.match(/"k":"probe-error".*/g)?.map((line) => line.replace(/^.*"message":/, '')));
    for (const note of errors) this.kinds.troubled.push({ name: file, note });
  }

  /**
   * Runs a file as Python's own runner does, or one case of it.
   * @param {string} file @param {Preload} preload @param {string} [only] @returns {Promise<Run>}
   */
  async cases(file, preload, only) {
    const folder = fs.mkdtempSync(path.join(this.folder, 'run-'));
    for (const name of [this.spool, path.join(folder, 'tmp')]) fs.mkdirSync(name, { recursive: true });
    this.environment.load(preload);
    const [results, output] = [path.join(folder, 'results.xml'), path.join(folder, 'output')];
    const one = only === undefined ? [] : ['-m', only];
    const command = [
      this.environment.python,
      '-m',
      'test',
      '-v',
      '--fail-env-changed',
      '--junit-xml',
      results,
      ...one,
      file,
    ];
    const env = { ...environment(), TMPDIR: path.join(folder, 'tmp'), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
    try {
      const failure = await run(command, { cwd: folder, env, output, deadline: DEADLINE_MS });
      const said = fs.readFileSync(output, 'utf8');
      const cases = fs.existsSync(results) ? casesIn(fs.readFileSync(results, 'utf8')) : new Map();
      cases.set(WHOLE, failure ? 'failed' : 'passed');
      return { cases, output: `${said}\n${failure}`, told: this.told() };
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.rmSync(this.spool, { recursive: true, force: true });
    }
  }

  told() {
    const files = fs.readdirSync(this.spool).filter((name) => name.endsWith('.spool.ndjson'));
    return files.map((name) => fs.readFileSync(path.join(this.spool, name), 'utf8')).join('');
  }

  report() {
    const titles = {
      bare: 'failed already without the probe',
      flaky: 'flaky',
      preload: 'fail with an empty preload too',
      accepted: 'differ, as docs/what-programs-notice.md says',
      troubled: 'the probe told of a failure of its own',
      broken: 'NEWLY FAILING',
    };
    for (const kind of /** @type {(keyof typeof titles)[]} */ (Object.keys(titles))) {
      if (this.kinds[kind].length === 0) continue;
      console.log(`── ${titles[kind]}: ${this.kinds[kind].length} ──`);
      for (const { name, note } of this.kinds[kind]) console.log(`${name}\n${indented(note)}`);
    }
    const newly = this.kinds.broken.length;
    console.log(
      `${this.interpreter.version}: ${this.passed} passed, ${newly} newly failing (${this.processes} observed processes)`,
    );
  }
}

/** @param {string} file @param {string} name */
const reasonOf = (file, name) => ACCEPTED.find(([pattern]) => pattern.test(`${file} ${name}`))?.[1];

/** @param {string} xml @returns {Map<string, Outcome>} */
function casesIn(xml) {
  const cases = new Map();
  for (const [, name = '', , inner = ''] of xml.matchAll(
    /<testcase name="([^"]*)"[^>]*?(\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const outcome = /<(failure|error)\b/.test(inner) ? 'failed' : /<skipped\b/.test(inner) ? 'skipped' : 'passed';
    // A case that is run twice must pass twice.
    if (cases.get(name) !== 'failed') cases.set(name, outcome);
  }
  return cases;
}

/** The part of the output that tells of a failure. @param {string} output @param {string} name */
function about(output, name) {
  const method = name.split('.').at(-1) ?? name;
  const lines = output.split('\n');
  const at = lines.findIndex((line) => /^(ERROR|FAIL): /.test(line) && line.includes(method));
  return (at < 0 ? lines.slice(-SHOWN) : lines.slice(at, at + 60)).join('\n');
}

/** @param {string} text */
function indented(text) {
  const lines = text.trim().split('\n');
  return lines
    .slice(0, 60)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}

/** @param {number} passed @param {number} failed */
function close(passed, failed) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} newly failing`);
}

await main().catch((error) => {
  console.error(`✖ ${error.message}`);
  close(0, 1);
});
