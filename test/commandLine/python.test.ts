// `record` and `env` bring the probes of all runtimes in: who runs a command need not know what its programs are written in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ExitReport } from '../../src/model/report/report';
import { pythons } from '../support/runtimes/python';

const CLI = path.resolve('dist/cli.js');
const PROGRAM = `import threading
threading.Thread(target=print, args=("from Python",), name="printer").start()
`;

describe('a program that starts both Node and Python', () => {
  let folder: string;
  before(function () {
    if (pythons().size === 0) this.skip(); // there is no Python
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-both-'));
  });
  after(() => folder && fs.rmSync(folder, { recursive: true }));

  const run = (
    args: string[],
    env: NodeJS.ProcessEnv = {},
  ): { stdout: string; stderr: string; status: number | null } =>
    spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: '', ...env },
    });

  it('shows the threads of both', () => {
    const [python] = pythons().values();
    fs.writeFileSync(path.join(folder, 'program.py'), PROGRAM);
    fs.writeFileSync(
      path.join(folder, 'both.js'),
      `const { Worker } = require('node:worker_threads');
       new Worker('0', { eval: true });
       require('node:child_process').spawnSync(${JSON.stringify(python)}, ['program.py'], { stdio: 'inherit' });`,
    );
    const { stdout, stderr, status } = run([CLI, 'record', '--json', '--', process.execPath, 'both.js']);
    assert.deepEqual([status, stdout], [0, 'from Python\n']);
    const { processes } = JSON.parse(stderr) as ExitReport;
    assert.equal(processes.length, 2);
    assert.deepEqual(
      processes.map(({ threads }) => threads.length),
      [2, 2],
    );
    assert.ok(processes.some(({ threads }) => threads.some(({ label }) => label === 'printer')));
  });

  it('says why it cannot show those of an isolated Python', () => {
    const [python] = pythons().values();
    const { stderr } = run([CLI, 'record', '--json', '--', python!, '-I', '-c', 'pass']);
    assert.match(stderr, /Python is started with -I/);
  });
});
