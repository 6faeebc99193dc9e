// `npm run core-tests -- python-packages [--only PATTERN]`: programs that use published packages with threads do the same with
// and without the probe, and the report has nothing against them but what their first comment says. The packages are Debian's,
// for Debian's Python: they are fetched with apt-get and unpacked into the user's cache, not installed. Built-ins only.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEBIAN_PYTHON as PYTHON, debianPackages, pythonPackagesIn } from '../../support/debian.mjs';
import { ROOT, build } from '../../support/prepare.mjs';
import { cleanEnvironment } from './interpreters.mjs';
import { run } from './run.mjs';

const PROGRAMS = path.join(ROOT, 'test', 'programs', 'python', 'packages');
const DEADLINE_MS = 120_000;
const PACKAGES = [
  ...['flask', 'werkzeug', 'jinja2', 'markupsafe', 'itsdangerous', 'click', 'waitress', 'requests', 'urllib3'],
  ...['chardet', 'certifi', 'idna', 'tqdm', 'watchdog', 'apscheduler', 'tz', 'tzlocal', 'pytz-deprecation-shim', 'six'],
  ...['paramiko', 'bcrypt', 'nacl', 'cffi-backend', 'cryptography', 'prometheus-client', 'decorator', 'joblib'],
  ...['tornado', 'sqlalchemy', 'zmq', 'cheroot', 'jaraco.functools', 'more-itertools', 'gunicorn', 'pkg-resources'],
  ...['pytest', 'pytest-timeout', 'pluggy', 'iniconfig', 'packaging', 'attr', 'importlib-metadata', 'zipp'],
  ...['debugpy', 'pydevd', 'bytecode'],
].map((name) => `python3-${name}`);
const LIBRARIES = ['libzmq5', 'libsodium23', 'libnorm1', 'libpgm-5.3-0'];

const { values: wanted } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-packages-'));
const DIST = path.join(scratch, 'dist');
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

async function main() {
  build();
  // A copy: the build may be repeated meanwhile.
  fs.cpSync(path.join(ROOT, 'dist'), DIST, { recursive: true });
  const folder = await debianPackages('python', [...PACKAGES, ...LIBRARIES]);
  const programs = fs.readdirSync(PROGRAMS).filter((name) => name.endsWith('.py') && name.includes(wanted.only));
  if (programs.length === 0) throw new Error('no program is selected');
  let failed = 0;
  for (const name of programs) {
    const wrong = await wrongOf(path.join(PROGRAMS, name), folder);
    if (wrong.length > 0) failed++;
    console.log(`${wrong.length > 0 ? '✖' : '✔'} ${name}${wrong.map((one) => `\n    ${one}`).join('')}`);
  }
  close(programs.length - failed, failed);
}

/** @param {string} program @param {string} folder */
async function wrongOf(program, folder) {
  const text = fs.readFileSync(program, 'utf8');
  const said = (/** @type {string} */ what) => new RegExp(`^# ${what}: (.*)$`, 'm').exec(text)?.[1];
  const options = said('Arguments')?.split(' ') ?? [];
  const bare = await outcome([...options, program], folder);
  const spool = fs.mkdtempSync(path.join(scratch, 'spool-'));
  const observed = await outcome([...options, program], folder, spool);
  const wrong = [];
  if (bare.failure) wrong.push(`fails without the probe: ${bare.failure}\n${bare.output}`);
  if (observed.failure !== bare.failure) wrong.push(`with the probe: ${observed.failure || 'exit code 0'}`);
  if (observed.output !== bare.output)
    wrong.push(`prints with the probe\n${observed.output}\nand without it\n${bare.output}`);
  const { processes } = reportOf(spool);
  const threads = processes.reduce(
    (/** @type {number} */ sum, /** @type {any} */ one) => sum + one.threads.length - 1,
    0,
  );
  const findings = processes.flatMap((/** @type {any} */ one) => one.findings);
  const rules = findings.map((/** @type {any} */ one) => one.rule).join(', ') || 'none';
  if (threads < Number(said('Threads'))) wrong.push(`only ${threads} threads are seen`);
  if (rules !== said('Findings')) wrong.push(...findings.map((/** @type {any} */ one) => `${one.rule}: ${one.text}`));
  const problems = processes.flatMap((/** @type {any} */ one) => one.problems ?? []);
  return [...wrong, ...problems];
}

/** Process ids, ports and times are never the same. @param {string[]} args @param {string} folder @param {string} [spool] */
async function outcome(args, folder, spool) {
  const own = fs.mkdtempSync(path.join(scratch, 'run-'));
  const packages = pythonPackagesIn(folder);
  const probe = spool === undefined ? {} : { THREAD_LIFELINES_SPOOL: spool };
  const folders = spool === undefined ? [packages] : [path.join(DIST, 'python'), packages];
  const libraries = fs.readdirSync(path.join(folder, 'usr/lib')).filter((name) => name.includes('-linux-'));
  const env = {
    ...cleanEnvironment(),
    ...probe,
    TMPDIR: own,
    PYTHONPATH: folders.join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    LD_LIBRARY_PATH: libraries.map((name) => path.join(folder, 'usr/lib', name)).join(':'),
  };
  const output = path.join(own, 'output');
  const failure = await run([PYTHON, ...args], { cwd: own, env, output, deadline: DEADLINE_MS });
  return { failure, output: fs.readFileSync(output, 'utf8').replace(/0x[\da-f]+|\d[\d.]*|run-\w+/g, '#') };
}

/** @param {string} spool */
function reportOf(spool) {
  const cli = path.join(DIST, 'cli.js');
  return JSON.parse(spawnSync(process.execPath, [cli, 'report', spool, '--json'], { encoding: 'utf8' }).stdout);
}

/** @param {number} passed @param {number} failed */
function close(passed, failed) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

await main().catch((error) => {
  console.error(`✖ ${error.message}`);
  close(0, 1);
});
