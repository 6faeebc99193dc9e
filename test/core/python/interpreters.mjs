// Which Pythons there are, and private environments of them, in which all that starts can be given the probe.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const OLDEST = [3, 8];

/** @typedef {{ path: string, version: string }} Interpreter */
/**
 * What each Python of an environment loads at its start: nothing, a file that does nothing, or the probe.
 * @typedef {'none' | 'empty' | 'probe'} Preload
 */

/** @param {string[]} wanted paths; without any, all that are found @returns {Interpreter[]} */
export function interpreters(wanted) {
  const paths = wanted.length > 0 ? wanted.map((one) => path.resolve(one)) : found();
  return paths.map((one) => ({ path: one, version: versionOf(one) }));
}

function found() {
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const names = fs.existsSync(pyenv) ? fs.readdirSync(pyenv) : [];
  const own = names
    .map((name) => name.split('.').map(Number))
    .filter(([major = 0, minor = 0]) => major === OLDEST[0] && minor >= (OLDEST[1] ?? 0))
    .sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0))
    .map((version) => path.join(pyenv, version.join('.'), 'bin', 'python3'));
  return [...own, '/usr/bin/python3'].filter((one) => fs.existsSync(one));
}

/** @param {string} python */
function versionOf(python) {
  const { stdout, error } = spawnSync(python, ['-I', '-c', 'import platform; print(platform.python_version())'], {
    encoding: 'utf8',
  });
  if (error) throw new Error(`${python}: ${error.message}`);
  return stdout.trim();
}

/** Without what the user has set for Python: no two machines would be alike. */
export function cleanEnvironment() {
  const ours = /^(npm_|NODE_|THREAD_LIFELINES_|PYTHON|VIRTUAL_ENV$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/**
 * The probe is loaded from the environment's own packages: PYTHONPATH is not heeded by the many Pythons that tests start with
 * -I or -E. What it writes goes to `spool`, and no variable of ours is left for tests to see.
 */
export class Environment {
  /** @param {Interpreter} interpreter @param {string} folder @param {string} probe its folder @param {string} spool */
  constructor(interpreter, folder, probe, spool) {
    const made = spawnSync(interpreter.path, ['-m', 'venv', '--without-pip', folder], {
      encoding: 'utf8',
      env: cleanEnvironment(),
    });
    if (made.status !== 0) throw new Error(`${interpreter.path} makes no environment: ${made.stdout}${made.stderr}`);
    this.python = path.join(folder, 'bin', 'python3');
    const [major, minor] = interpreter.version.split('.');
    this.packages = path.join(folder, 'lib', `python${major}.${minor}`, 'site-packages');
    this.loads = { empty: '# Nothing is loaded.\n', probe: loader(probe, spool) };
  }

  /** @param {Preload} preload */
  load(preload) {
    const file = path.join(this.packages, 'sitecustomize.py');
    fs.rmSync(path.join(this.packages, '__pycache__'), { recursive: true, force: true });
    if (preload === 'none') fs.rmSync(file, { force: true });
    else fs.writeFileSync(file, this.loads[preload]);
  }
}

/** The probe's own sitecustomize hands on to the next, which is this one again. */
const loader = (/** @type {string} */ probe, /** @type {string} */ spool) => `import os, sys
if not hasattr(sys, "_lifelines_loading"):
    sys._lifelines_loading = os.environ.get("THREAD_LIFELINES_SPOOL")
    os.environ["THREAD_LIFELINES_SPOOL"] = ${JSON.stringify(spool)}
    sys.path.insert(0, ${JSON.stringify(probe)})
    del sys.modules["sitecustomize"]
    import sitecustomize
    if sys._lifelines_loading is None:
        del os.environ["THREAD_LIFELINES_SPOOL"]
    del sys._lifelines_loading
`;
