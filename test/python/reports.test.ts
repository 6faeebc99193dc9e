// For each program the exit report equals what the program's first comment says, on each Python.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { exitReport, type ExitReport } from '../../src/model/report/report';
import { RULES, RULE_IDS, type Rule } from '../../src/protocol/rules';
import { briefOf, expectationOf } from '../support/expectations';
import { onEach, type Installed } from '../support/onEach';
import { pictureOf, runObserved } from '../support/runProgram';
import { PYTHON } from '../support/runtimes/python';

const FINDINGS = path.resolve('test/programs/python/findings');
const programs = fs
  .readdirSync(FINDINGS)
  .filter((name) => name.endsWith('.py'))
  .map((name) => path.join(FINDINGS, name));
/** Most of the programs wait most of the time. */
const AT_ONCE = 10;
/** What threads do then is seen by the recorder alone. */
const SEEN_FROM_OUTSIDE = /^(cpu-bound-threads|turnsInPool)\b/;
const CLI = path.resolve('dist/cli.js');

describe('each rule of Python alone', () => {
  for (const rule of RULE_IDS.filter((id) => (RULES[id] as Rule).only === 'python')) {
    it(`has a program that it is told of, and one that nearly is: ${rule}`, () => {
      const [hit, near] = [`${rule}.py`, `${rule}.near.py`].map((name) => expectationOf(path.join(FINDINGS, name), 9));
      assert.ok(hit?.findings.some((finding) => finding.startsWith(rule)));
      assert.deepEqual(near?.findings, []);
    });
  }
});

onEach(PYTHON, 'the report', (python, line) => {
  let reportOf: (n: number) => Promise<ExitReport>;
  let temporary: string | undefined;
  before(() => {
    temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-reports-'));
    reportOf = runsAhead(python(), temporary);
  });
  after(() => temporary !== undefined && fs.rmSync(temporary, { recursive: true, force: true }));

  for (const [n, file] of programs.entries()) {
    it(`of ${path.basename(file)} is what its comment says`, async () => {
      const said = expectationOf(file, line);
      assert.ok(said, 'its comment says nothing');
      assert.deepEqual(briefOf(await reportOf(n), file, true), said);
    });
  }
});

/** Who asks for one has those after it begin as well. Each runs in an empty folder of its own. */
function runsAhead(python: Installed, temporary: string): (n: number) => Promise<ExitReport> {
  const runs: Promise<ExitReport>[] = [];
  const begin = (n: number): Promise<ExitReport> => {
    const cwd = path.join(temporary, String(n));
    fs.mkdirSync(cwd);
    const run = reportOn(python, programs[n]!, cwd);
    run.catch(() => undefined); // it is told where it is asked for
    return run;
  };
  return (n) => {
    for (let i = runs.length; i < programs.length && i < n + AT_ONCE; i++) runs.push(begin(i));
    return runs[n]!;
  };
}

async function reportOn(python: Installed, file: string, cwd: string): Promise<ExitReport> {
  if (!SEEN_FROM_OUTSIDE.test(path.basename(file)))
    return exitReport(pictureOf(await runObserved(python, file, { cwd })));
  const { stderr } = await promisify(execFile)(process.execPath, [CLI, 'record', '--json', '--', python.path, file], {
    cwd,
    env: { ...process.env, PYTHONPATH: '' },
  });
  return JSON.parse(stderr) as ExitReport;
}
