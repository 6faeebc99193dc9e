// The exit report of a run of a Node program is what the program's first comment says.
import assert from 'node:assert/strict';
import { exitReport } from '../../src/model/report/report';
import { briefOf, expectationOf, sinceOf, withoutNames } from './expectations';
import { pictureOf, type Observed } from './runProgram';

export function assertReport(run: Observed, file: string, major: number): void {
  const namesAreKnown = major > 20;
  const expected = expectationOf(file)!;
  const brief = briefOf(exitReport(pictureOf(run)), file, namesAreKnown);
  if (major < sinceOf(file))
    assert.deepEqual(brief.findings, []); // it says that it cannot
  else if (namesAreKnown) assert.deepEqual(brief, expected);
  else assert.deepEqual(withoutNames(brief), withoutNames(expected));
}
