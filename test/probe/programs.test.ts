// Each program runs the same with and without the probe, and its report is what its first comment says.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ahead } from '../support/ahead';
import { assertReport } from '../support/assertReport';
import { expectationOf } from '../support/expectations';
import { onEach } from '../support/onEach';
import { plain } from '../support/outcomes';
import { runBare, runObserved, type Observed, type Outcome } from '../support/runProgram';
import { NODE, program } from '../support/runtimes/node';

/** They need someone from outside, are started by another one, or are compared in transparency.test.ts. */
const NOT_ALONE = [
  'builtinsFirst.js',
  'keptAliveByWorker.js',
  'moduleWorker.mjs',
  'observer.js',
  'observerInDepth.js',
  'failingHandler.js',
  'patchesAll.js',
];

/** They wait most of the time: with and without the probe at once. */
const WAITING = [
  'blocking.js',
  'detachedWithPipes.js',
  'hooksAskMain.mjs',
  'keptAlive.js',
  'keptAliveNot.js',
  'keptByOutput.js',
  'keptSockets.js',
  'lockNeverGiven.js',
  'loops.js',
  'messageToThread.js',
  'pollsForWorker.js',
  'threadTimes.js',
  'unresponsiveInCall.js',
  'unresponsiveInCode.js',
];

const NAMES = fs.readdirSync(NODE.programs).filter((file) => /\.[cm]?[jt]s$/.test(file));
const AT_ONCE = 3;

interface Runs {
  observed: Observed;
  /** Without the probe; undefined where they are not compared. */
  bare: Outcome | undefined;
}

onEach(NODE, 'each program', (node, major) => {
  let temporary: string;
  let runsOf: (n: number) => Promise<Runs>;
  const those = NAMES.filter((name) => !(major === 20 && name.endsWith('ts'))) // it does not run TypeScript
    .map((name) => ({ name, file: program(name), isCompared: !NOT_ALONE.includes(name) }))
    .filter(({ file, isCompared }) => isCompared || expectationOf(file));

  before(() => {
    temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-programs-'));
    const env = { TMPDIR: temporary, TEMP: temporary }; // what they write they write there
    runsOf = ahead(AT_ONCE, those, async ({ name, file, isCompared }) => {
      const observed = runObserved(node(), file, { env });
      if (!WAITING.includes(name)) await observed;
      const bare = isCompared ? runBare(node(), file, { env }) : undefined;
      const [seen, unseen] = await Promise.all([observed, bare]);
      return { observed: seen, bare: unseen };
    });
  });
  after(() => fs.rmSync(temporary, { recursive: true, force: true }));

  for (const [n, { name, file, isCompared }] of those.entries()) {
    if (isCompared)
      it(`${name} has the same exit code, output, errors and order with and without the probe`, async () => {
        const { observed, bare } = await runsOf(n);
        assert.deepEqual(plain(observed), plain(bare!));
      });
    if (expectationOf(file))
      it(`the report of ${name} is what its comment says`, async () => {
        const { observed } = await runsOf(n);
        assertReport(observed, file, major);
      });
  }
});
