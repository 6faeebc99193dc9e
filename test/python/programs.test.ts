// The probe does no harm and tells the truth: each program does the same with and without it, and what its first comment
// says is told.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ahead } from '../support/ahead';
import { onEach } from '../support/onEach';
import { runBare, runObserved, type Observed, type Outcome } from '../support/runProgram';
import { LINES, PYTHON } from '../support/runtimes/python';
import { toldBy, wrongIn } from '../support/toldRecords';

/** What differs between any two runs of a program. */
const steady = ({ code, signal, stdout, stderr }: Outcome): Outcome => ({
  code,
  signal,
  stdout: withoutAddresses(stdout),
  stderr: withoutAddresses(stderr),
});
const withoutAddresses = (text: string): string =>
  text.replace(/0x[0-9a-f]+/g, '0x').replace(/(started|stopped)( daemon)? \d+/g, '$1$2 N');

describe('Python', () => {
  it('is there', () => assert.ok(PYTHON.lines.length > 0));
  for (const line of LINES)
    (PYTHON.lines.includes(line) ? it : it.skip)(`3.${line} is tested, which can be had`, async function () {
      this.timeout(300_000); // the first time it is fetched
      assert.ok(fs.existsSync((await PYTHON.install(line))!.path));
    });
});

/** Most of the programs wait most of the time. */
const AT_ONCE = 3;

onEach(PYTHON, 'with and without the probe', (python) => {
  const files = fs
    .readdirSync(PYTHON.programs)
    .filter((name) => name.endsWith('.py'))
    .map((name) => path.join(PYTHON.programs, name));
  let runsOf: (n: number) => Promise<[Observed, Outcome]>;
  before(() => {
    runsOf = ahead(AT_ONCE, files, (file) => Promise.all([runObserved(python(), file), runBare(python(), file)]));
  });

  for (const [n, file] of files.entries()) {
    it(`${path.basename(file)} does the same, and is told`, async () => {
      const [observed, bare] = await runsOf(n);
      assert.deepEqual(steady(observed), steady(bare));
      assert.equal(observed.damaged, 0);
      const { told, never } = toldBy(file);
      assert.ok(told.length + never.length > 0, 'its comment says what is told');
      assert.deepEqual(wrongIn(observed.events, file, told, never), []);
    });
  }
});
