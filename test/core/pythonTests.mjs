// `npm run core-tests -- python [--python PATH] [--only PATTERN] [--wide]`: Python's own tests of threads, which know nothing
// of us, with and without the probe; none may fail on its account. Not a part of `npm test`: it takes some minutes, and not
// each Python comes with its tests. Built-ins only.
//
// They start Pythons with -I and -E, which let no variable in: so the probe is loaded by a sitecustomize of an environment of
// its own, which all of them share.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, build } from '../support/prepare.mjs';

const TESTS = [
  ...['test_threading', 'test_thread', 'test_queue', 'test_atexit', 'test_fork1', 'test_logging'],
  ...['test_threadsignals', 'test_threading_local', 'test_threadedtempfile', 'test_sched', 'test_concurrent_futures'],
  ...['test_asyncio.test_threads', 'test_asyncio.test_runners'],
];
/** What has little to do with threads, but with what else the probe touches. */
const WIDE = [
  ...['test_sys', 'test_site', 'test_signal', 'test_subprocess', 'test_os', 'test_gc', 'test_io', 'test_faulthandler'],
  ...['test_contextlib', 'test_import', 'test_inspect', 'test_weakref', 'test_traceback', 'test_multiprocessing_fork'],
];
const DEADLINE_MS = 15 * 60_000;
const MEMORY_KB = 6_000_000;
const REPEATS = 2;

const { values: wanted } = parseArgs({
  options: {
    python: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: '' },
    wide: { type: 'boolean', default: false },
  },
});
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-core-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => process.exit(1));

async function main() {
  build();
  const probe = path.join(scratch, 'probe');
  fs.cpSync(path.join(ROOT, 'dist', 'python'), probe, { recursive: true });
  let broken = 0;
  for (const python of wanted.python.length > 0 ? wanted.python : installed()) broken += await compare(python, probe);
  process.exit(broken > 0 ? 1 : 0);
}

/** One of each line that pyenv has. */
function installed() {
  const versions = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const names = fs.existsSync(versions)
    ? fs.readdirSync(versions).filter((name) => /^3\.(8|9|\d\d)\.\d+$/.test(name))
    : [];
  if (names.length === 0) throw new Error('no Python was found; name one with --python');
  return names.map((name) => path.join(versions, name, 'bin', 'python3'));
}

/** @param {string} python @param {string} probe @returns {Promise<number>} how many tests fail on the probe's account */
async function compare(python, probe) {
  const version = ask(python, 'import sys; print(sys.version.split()[0])');
  const there = ask(python, 'import test, os; print(os.path.dirname(test.__file__))');
  const names = [...TESTS, ...(wanted.wide ? WIDE : [])].filter(
    (name) => name.includes(wanted.only) && isThere(path.join(there, ...name.split('.'))),
  );
  const bare = environment(python, `bare-${version}`, undefined);
  const observed = environment(python, `observed-${version}`, probe);
  let passed = 0;
  /** @type {string[]} */
  const broken = [];
  for (const name of names) {
    const [without, withProbe] = await Promise.all([run(bare, name), run(observed, name)]);
    const suspects = failed(withProbe).filter((test) => without.get(test) !== 'failed');
    const lost = [...without.keys()].filter((test) => !withProbe.has(test));
    for (const test of [...suspects, ...lost])
      if (await isBroken(test, name, bare, observed)) broken.push(`${name}: ${test}`);
    passed += [...withProbe.values()].filter((verdict) => verdict === 'passed').length;
  }
  const seen = fs.readdirSync(observed.spool).length;
  console.log(`Python ${version}: ${passed} passed, ${broken.length} newly failing; ${seen} files told of processes`);
  for (const test of broken) console.log(`  NEWLY FAILING ${test}`);
  return broken.length;
}

/** @param {string} file without its ending */
const isThere = (file) => fs.existsSync(`${file}.py`) || fs.existsSync(file);

/** @param {string} python @param {string} code */
const ask = (python, code) => execFileSync(python, ['-c', code], { encoding: 'utf8' }).trim();

/** Fails each time with the probe, and never without. @param {string} test @param {string} name */
async function isBroken(test, name, /** @type {Environment} */ bare, /** @type {Environment} */ observed) {
  for (let i = 0; i < REPEATS; i++) {
    if ((await run(observed, name)).get(test) === 'passed') return false;
    if ((await run(bare, name)).get(test) !== 'passed') return false;
  }
  return true;
}

/** @typedef {{ python: string, spool: string, folder: string }} Environment */
/** @typedef {Map<string, 'passed' | 'failed' | 'skipped'>} Results */

/** @param {Results} results */
const failed = (results) => [...results].filter(([, verdict]) => verdict === 'failed').map(([test]) => test);

/**
 * @param {string} python @param {string} name @param {string | undefined} probe
 * @returns {Environment}
 */
function environment(python, name, probe) {
  const folder = path.join(scratch, name);
  execFileSync(python, ['-m', 'venv', '--without-pip', folder]);
  const own = path.join(folder, 'bin', 'python3');
  const spool = path.join(scratch, `spool-${name}`);
  fs.mkdirSync(spool);
  const packages = ask(own, 'import sysconfig; print(sysconfig.get_path("purelib"))');
  const load = probe
    ? `site = ${JSON.stringify(path.join(probe, 'sitecustomize.py'))}
with open(site) as file:
    text = file.read().replace("\\n_hand_on(_folder())", "")
exec(compile(text, site, "exec"), {"__file__": site, "__name__": "sitecustomize"})
del site, file, text
`
    : '';
  const variable = `import os\nos.environ["THREAD_LIFELINES_SPOOL"] = ${JSON.stringify(spool)}\ndel os\n`;
  fs.writeFileSync(path.join(packages, 'sitecustomize.py'), variable + load);
  return { python: own, spool, folder };
}

/** @param {Environment} environment @param {string} name @returns {Promise<Results>} */
async function run({ python, folder }, name) {
  const cwd = fs.mkdtempSync(path.join(folder, 'run-'));
  const results = path.join(cwd, 'results.xml');
  const command = `ulimit -v ${MEMORY_KB}; exec "$@"`;
  const test = ['-m', 'test', '--junit-xml', results, '--tempdir', cwd, name];
  const env = Object.fromEntries(Object.entries(process.env).filter(([one]) => !one.startsWith('PYTHON')));
  const child = spawn('sh', ['-c', command, 'sh', python, ...test], { cwd, env, stdio: 'ignore', detached: true });
  const deadline = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), DEADLINE_MS);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(deadline);
  return fs.existsSync(results) ? resultsIn(fs.readFileSync(results, 'utf8')) : new Map([['(all)', 'failed']]);
}

/** @param {string} text @returns {Results} */
function resultsIn(text) {
  /** @type {Results} */
  const results = new Map();
  for (const [, attributes, whole, body = ''] of text.matchAll(/<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const name = /name="([^"]*)"/.exec(attributes ?? '')?.[1] ?? '';
    const verdict = /<(failure|error)\b/.test(body) ? 'failed' : /<skipped\b/.test(body) ? 'skipped' : 'passed';
    if (whole) results.set(name, verdict);
  }
  return results;
}

main().catch((error) => {
  console.error(error.message ?? error);
  process.exit(1);
});
