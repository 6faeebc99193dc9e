// Python, as tests of the probe start it: the lines that are there, and on a Debian the newest, which are fetched.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SPOOL_VARIABLE } from '../../../src/protocol/spool';
import { debianPython, hasDebianPythons } from '../debianPython.mjs';
import type { Runtime } from '../onEach';

const OLDEST = 8;
const NEWEST = 15;
/** Those that are tested where they can be had: 3.8 and so on. */
export const LINES: readonly number[] = Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => OLDEST + i);

export const PYTHON: Runtime = {
  name: 'Python',
  get lines() {
    return LINES.filter((line) => pythons().has(`3.${line}`) || isFetched(line));
  },
  lineName: (line) => `3.${line}`,
  install: async (line) => ({
    runtime: PYTHON,
    path: pythons().get(`3.${line}`) ?? (await debianPython(`3.${line}`)),
  }),
  probe: path.resolve('dist/python'),
  programs: path.resolve('test/programs/python/alike'),
  bareEnvironment: (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PYTHON'))),
  preloading: (folder, spool) => ({ PYTHONPATH: folder, [SPOOL_VARIABLE]: spool }),
};

const OLDEST_FETCHED = 14;
const isFetched = (line: number): boolean => line >= OLDEST_FETCHED && hasDebianPythons();

let known: Map<string, string> | undefined;

/** Line → path of the interpreter. */
export function pythons(): Map<string, string> {
  if (known) return known;
  known = new Map();
  for (const file of candidates()) {
    const line = lineOf(file);
    if (line !== undefined && !known.has(line)) known.set(line, file);
  }
  return known;
}

function candidates(): string[] {
  const versions = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const installed = fs.existsSync(versions)
    ? fs.readdirSync(versions).filter((name) => /^3\.\d+\.\d+t?$/.test(name))
    : [];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const named = LINES.flatMap((line) => folders.map((folder) => path.join(folder, `python3.${line}`)));
  return [
    ...installed.map((name) => path.join(versions, name, 'bin', 'python3')),
    ...named,
    ...folders.map((folder) => path.join(folder, 'python3')),
    '/usr/bin/python3',
  ].filter((file) => fs.existsSync(file));
}

function lineOf(file: string): string | undefined {
  try {
    const code = 'import sys; print("%d.%d" % sys.version_info[:2])';
    return execFileSync(file, ['-I', '-S', '-c', code], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined; // a shim without a version, for one
  }
}
