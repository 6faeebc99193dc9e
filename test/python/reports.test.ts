// For each program the exit report equals what the program's first comment says, on each Python.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { exitReport } from '../../src/model/report/report';
import { RULES, RULE_IDS, type Rule } from '../../src/protocol/rules';
import { briefOf, expectationOf } from '../support/expectations';
import { onEach, type Installed } from '../support/onEach';
import { pictureOf, runObserved, type Observed } from '../support/runProgram';
import { PYTHON } from '../support/runtimes/python';

const FINDINGS = path.resolve('test/programs/python/findings');
const programs = fs
  .readdirSync(FINDINGS)
  .filter((name) => name.endsWith('.py'))
  .map((name) => path.join(FINDINGS, name));
/** Most of the programs wait most of the time. */
const AT_ONCE = 10;

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
  let runOf: (n: number) => Promise<Observed>;
  let temporary: string | undefined;
  before(() => {
    temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-reports-'));
    runOf = runsAhead(python(), temporary);
  });
  after(() => temporary !== undefined && fs.rmSync(temporary, { recursive: true, force: true }));

  for (const [n, file] of programs.entries()) {
    it(`of ${path.basename(file)} is what its comment says`, async () => {
      const said = expectationOf(file, line);
      assert.ok(said, 'its comment says nothing');
      assert.deepEqual(briefOf(exitReport(pictureOf(await runOf(n))), file, true), said);
    });
  }
});

/** Who asks for one has those after it begin as well. Each runs in an empty folder of its own. */
function runsAhead(python: Installed, temporary: string): (n: number) => Promise<Observed> {
  const runs: Promise<Observed>[] = [];
  const begin = (n: number): Promise<Observed> => {
    const cwd = path.join(temporary, String(n));
    fs.mkdirSync(cwd);
    const run = runObserved(python, programs[n]!, { cwd });
    run.catch(() => undefined); // it is told where it is asked for
    return run;
  };
  return (n) => {
    for (let i = runs.length; i < programs.length && i < n + AT_ONCE; i++) runs.push(begin(i));
    return runs[n]!;
  };
}
