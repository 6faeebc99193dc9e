// For each program the exit report equals what the program's first comment says.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { exitReport } from '../../src/model/report/report';
import { RULE_IDS } from '../../src/protocol/rules';
import { briefOf, expectationOf, withoutNames } from '../support/expectations';
import { onEachNode } from '../support/onEachNode';
import { pictureOf, runObserved } from '../support/runProgram';

const FOLDERS = ['test/programs/findings', 'test/programs/node'];
const programs = FOLDERS.flatMap((folder) => fs.readdirSync(folder).map((name) => path.resolve(folder, name))).filter(
  (file) => fs.statSync(file).isFile() && expectationOf(file),
);

describe('each rule', () => {
  for (const rule of RULE_IDS) {
    it(`has a program that it is told of, and one that nearly is: ${rule}`, () => {
      const [hit, near] = [`${rule}.js`, `${rule}.near.js`].map((name) => expectationOf(path.join(FOLDERS[0]!, name)));
      assert.ok(hit?.findings.some((finding) => finding.startsWith(rule)));
      assert.deepEqual(near?.findings, []);
    });
  }
});

onEachNode('the report', (node, major) => {
  const namesAreKnown = major > 20;
  for (const file of programs) {
    it(`of ${path.basename(file)} is what its comment says`, async () => {
      const observed = await runObserved(node(), file);
      const said = expectationOf(file)!;
      const brief = briefOf(exitReport(pictureOf(observed)), file, namesAreKnown);
      assert.deepEqual(brief, namesAreKnown ? said : withoutNames(said));
    });
  }
});
