// For each program the exit report equals what the program's first comment says.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { exitReport } from '../../src/model/report/report';
import { RULES, RULE_IDS, type Rule, type RuleId } from '../../src/protocol/rules';
import { briefOf, expectationOf, sinceOf, withoutNames } from '../support/expectations';
import { onEach, type Installed } from '../support/onEach';
import { pictureOf, runObserved, type Observed } from '../support/runProgram';
import { NODE } from '../support/runtimes/node';

const [FINDINGS, OTHERS] = ['test/programs/findings', 'test/programs/node'] as const;
const programs = [FINDINGS, OTHERS]
  .flatMap((folder) => fs.readdirSync(folder).map((name) => path.resolve(folder, name)))
  .filter((file) => fs.statSync(file).isFile() && expectationOf(file));
/** Most of the programs wait most of the time. */
const AT_ONCE = 4;

const isForNode = (id: RuleId): boolean => {
  const { inSourceOnly, only }: Rule = RULES[id];
  return !inSourceOnly && only !== 'python';
};

describe('each rule', () => {
  for (const rule of RULE_IDS.filter(isForNode)) {
    it(`has a program that it is told of, and one that nearly is: ${rule}`, () => {
      const [hit, near] = [`${rule}.js`, `${rule}.near.js`].map((name) => expectationOf(path.join(FINDINGS, name)));
      assert.ok(hit?.findings.some((finding) => finding.startsWith(rule)));
      assert.deepEqual(near?.findings, []);
    });
  }
});

onEach(NODE, 'the report', (node, major) => {
  const namesAreKnown = major > 20;
  const those = programs.filter((file) => !(major === 20 && file.endsWith('.mts'))); // it cannot run that
  let runOf: (n: number) => Promise<Observed>;
  const rerun = (file: string): Promise<Observed> =>
    runObserved(node(), file, { env: { TMPDIR: temporary, TEMP: temporary } });
  let temporary: string;
  before(() => {
    temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-reports-'));
    runOf = runsAhead(node(), those, temporary);
  });
  after(() => fs.rmSync(temporary, { recursive: true, force: true }));

  for (const [n, file] of those.entries()) {
    it(`of ${path.basename(file)} is what its comment says`, async () => {
      const expected = expectationOf(file)!;
      const said = namesAreKnown ? expected : withoutNames(expected);
      const briefly = (observed: Observed): typeof said => {
        const brief = briefOf(exitReport(pictureOf(observed)), file, namesAreKnown);
        return namesAreKnown ? brief : withoutNames(brief);
      };
      const brief = briefly(await runOf(n));
      if (major < sinceOf(file)) {
        assert.deepEqual(brief.findings, []); // it says that it cannot
        return;
      }
      // What is true of it may be another thing where it got no processor in time, beside others: then it runs once more.
      if (!isDeepStrictEqual(brief, said)) assert.deepEqual(briefly(await rerun(file)), said);
    });
  }
});

/** Who asks for one has those after it begin as well. What they write they write into `temporary`. */
function runsAhead(node: Installed, files: string[], temporary: string): (n: number) => Promise<Observed> {
  const runs: Promise<Observed>[] = [];
  const begin = (n: number): Promise<Observed> => {
    const run = runObserved(node, files[n]!, { env: { TMPDIR: temporary, TEMP: temporary } });
    run.catch(() => undefined); // it is told where it is asked for
    return run;
  };
  return (n) => {
    for (let ahead = n; ahead < n + AT_ONCE && ahead < files.length; ahead++) runs[ahead] ??= begin(ahead);
    return runs[n]!;
  };
}
