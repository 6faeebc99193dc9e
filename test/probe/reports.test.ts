// For each rule's programs the exit report equals what the program's first comment says.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RULES, RULE_IDS, type Rule, type RuleId } from '../../src/protocol/rules';
import { ahead } from '../support/ahead';
import { assertReport } from '../support/assertReport';
import { expectationOf } from '../support/expectations';
import { onEach } from '../support/onEach';
import { runObserved, type Observed } from '../support/runProgram';
import { NODE } from '../support/runtimes/node';

const FINDINGS = path.resolve('test/programs/findings');
const programs = fs
  .readdirSync(FINDINGS)
  .map((name) => path.join(FINDINGS, name))
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
  const those = programs.filter((file) => !(major === 20 && file.endsWith('.mts'))); // it cannot run that
  let temporary: string;
  let runOf: (n: number) => Promise<Observed>;
  before(() => {
    temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-reports-'));
    const env = { TMPDIR: temporary, TEMP: temporary }; // what they write they write there
    runOf = ahead(AT_ONCE, those, (file) => runObserved(node(), file, { env }));
  });
  after(() => fs.rmSync(temporary, { recursive: true, force: true }));

  for (const [n, file] of those.entries()) {
    it(`of ${path.basename(file)} is what its comment says`, async () => {
      assertReport(await runOf(n), file, major);
    });
  }
});
