// Generated programs of Python do the same with and without the probe, and what is seen of them is what they did.
// FUZZ_SEED=<first seed> FUZZ_COUNT=<programs on each Python> say which; a failure names its seed and keeps the smallest
// plan that still fails, which FUZZ_PLAN=<file> runs again.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { onEach, type Installed } from '../../support/onEach';
import { runBare, runObserved, type Outcome } from '../../support/runProgram';
import { PYTHON } from '../../support/runtimes/python';
import { checkFolds } from '../folds';
import { Random } from '../random';
import { generate, without } from './generate';
import type { Plan } from './plan';
import { PROGRAM, checkStory } from './story';

const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 6);
const SHRINKING_MS = 60_000;

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-fuzz-'))));
after(() => fs.rmSync(folder, { recursive: true }));

onEach(PYTHON, 'generated Python programs', (python, minor) => {
  it('do the same with and without the probe, and what is seen of them is what they did', async function () {
    this.timeout(COUNT * 20_000 + 2 * SHRINKING_MS);
    let failures = 0;
    for (const plan of plans()) {
      const error = await failureOf(python(), minor, plan);
      if (!error) continue;
      failures++;
      console.log(await told(python(), minor, plan, error));
    }
    assert.equal(failures, 0, `${failures} plans failed`);
  });
});

function* plans(): Iterable<Plan> {
  const kept = process.env['FUZZ_PLAN'];
  if (kept) yield JSON.parse(fs.readFileSync(kept, 'utf8')) as Plan;
  else for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) yield generate(seed);
}

async function failureOf(python: Installed, minor: number, plan: Plan): Promise<unknown> {
  try {
    await tryPlan(python, minor, plan);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function tryPlan(python: Installed, minor: number, plan: Plan): Promise<void> {
  const own = fs.mkdtempSync(path.join(folder, 'run-'));
  const [file, files, bareFiles] = ['plan.json', 'observed', 'bare'].map((name) => path.join(own, name)) as [
    string,
    string,
    string,
  ];
  fs.writeFileSync(file, JSON.stringify(plan));
  for (const one of [files, bareFiles]) fs.mkdirSync(one);
  const [observed, bare] = await Promise.all([
    runObserved(python, PROGRAM, { programArgs: [file, files] }),
    runBare(python, PROGRAM, { programArgs: [file, bareFiles] }),
  ]);
  assert.deepEqual(comparable(observed), comparable(bare), 'with and without the probe');
  checkStory(plan, observed, files, minor);
  checkFolds(observed.events, new Random(plan.seed));
  fs.rmSync(own, { recursive: true });
}

/** Lines that begin with `~` come in any order, as do those of threads that end at once. */
function comparable({ code, signal, stdout, stderr }: Outcome): object {
  const lines = stdout.split('\n');
  const isLoose = (line: string): boolean => line.startsWith('~');
  return {
    code,
    signal,
    steady: lines.filter((line) => !isLoose(line)),
    loose: lines.filter(isLoose).sort(),
    stderr: stderr
      .replace(/0x[0-9a-f]+|pid=\d+/g, '#')
      .split('\n')
      .sort(),
  };
}

/** With the smallest plan that fails as well, if one is found in time. */
async function told(python: Installed, minor: number, plan: Plan, first: unknown): Promise<string> {
  let [smallest, cause] = [plan, first];
  const deadline = Date.now() + SHRINKING_MS;
  for (let i = plan.steps.length - 1; i >= 0 && Date.now() < deadline; i--) {
    const smaller = without(smallest, i);
    const error = smaller && (await failureOf(python, minor, smaller));
    if (error) [smallest, cause] = [smaller, error];
    i = Math.min(i, smallest.steps.length); // what fell with it may have stood before
  }
  const kept = path.join(process.env['TEST_KEPT'] ?? os.tmpdir(), `lifelines-fuzz-python-${plan.seed}.json`);
  fs.writeFileSync(kept, JSON.stringify(smallest));
  const steps = smallest.steps.map((step) => JSON.stringify(step)).join('\n');
  const message = cause instanceof Error ? cause.message : String(cause);
  return `✖ seed ${plan.seed} (FUZZ_PLAN=${kept}):\n${steps}\n${message}`;
}
