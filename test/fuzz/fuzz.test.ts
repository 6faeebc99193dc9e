// Generated programs do the same with and without the probe, and what is seen of them is what they did.
// FUZZ_SEED=<first seed> FUZZ_COUNT=<programs on each Node> say which; a failure names its seed and keeps the smallest
// plan that still fails, which FUZZ_PLAN=<file> runs again.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PROBE_SOURCE } from '../../src/transport/probes/node/nodeProbe';
import { ahead } from '../support/ahead';
import { onEach, type Installed } from '../support/onEach';
import { runObserved, runWithPreload, type Outcome } from '../support/runProgram';
import { NODE } from '../support/runtimes/node';
import { checkFolds } from './folds';
import { generate } from './generate';
import type { Plan } from './plan';
import { Random } from './random';
import { shrunk } from './shrink';
import { THREAD, checkStory } from './story';

const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 40);
/** They wait most of the time. */
const AT_ONCE = 2;
const SHRINKING_MS = 60_000;
/** By then the probe has told enough of it; without one there is nothing to wait for. */
const DEADLOCK_SECONDS = '4.5';

let folder: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-fuzz-'));
  fs.writeFileSync(path.join(folder, 'empty.js'), '');
});
after(() => fs.rmSync(folder, { recursive: true }));

onEach(NODE, 'generated programs', (node, major) => {
  it('do the same with and without the probe, and what is seen of them is what they did', async function () {
    this.timeout(COUNT * 20_000 + 2 * SHRINKING_MS);
    const all = [...plans()];
    const failures = ahead(AT_ONCE, all, (plan) => failureOf(node(), major, plan));
    for (const [n, plan] of all.entries()) {
      const error = await failures(n);
      if (error) await fail(node(), major, plan, error);
    }
  });
});

function* plans(): Iterable<Plan> {
  const kept = process.env['FUZZ_PLAN'];
  if (kept) yield JSON.parse(fs.readFileSync(kept, 'utf8')) as Plan;
  else for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) yield generate(seed);
}

async function failureOf(node: Installed, major: number, plan: Plan): Promise<unknown> {
  try {
    await tryPlan(node, major, plan);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function tryPlan(node: Installed, major: number, plan: Plan): Promise<void> {
  const own = fs.mkdtempSync(path.join(folder, 'files-'));
  const file = `${own}.json`;
  fs.writeFileSync(file, JSON.stringify(plan));
  const observed = await runObserved(node, THREAD, {
    programArgs: [file, own, DEADLOCK_SECONDS],
  });
  const bare = await runWithPreload(node, THREAD, path.join(folder, 'empty.js'), {
    programArgs: [file, own, '0.2'],
  });
  assert.deepEqual(comparable(observed, plan), comparable(bare, plan), 'with and without the probe');
  checkStory(plan, observed, own, major);
  checkFolds(observed.events, new Random(plan.seed));
}

/** Lines that begin with `~` come in any order. The probe's frame in errors of exit handlers is accepted. */
function comparable({ code, signal, stdout, stderr }: Outcome, plan: Plan): object {
  const [steady, loose] = parted(withoutRaces(stdout, plan));
  const [steadyErrors, looseErrors] = parted(stderr.replace(new RegExp(`^.*${PROBE_SOURCE}.*\n`, 'gm'), ''));
  return { code, signal, stdout: steady, stderr: steadyErrors, loose, looseErrors };
}

/** A thread that is terminated as it starts exits with 0 when its environment is not made yet, with 1 from then on. */
function withoutRaces(stdout: string, { steps }: Plan): string {
  const flashes = steps.flatMap(({ action }) => (action.do === 'flash' ? [action.name] : []));
  return flashes.reduce((text, name) => text.replace(new RegExp(`(exit of ${name}) [01] `), '$1 ? '), stdout);
}

function parted(text: string): [steady: string[], loose: string[]] {
  const lines = text.split('\n');
  return [lines.filter((line) => !line.startsWith('~')), lines.filter((line) => line.startsWith('~')).sort()];
}

/** With the smallest plan that fails as well, if one is found in time. */
async function fail(node: Installed, major: number, plan: Plan, first: unknown): Promise<never> {
  let cause = first;
  const fails = async (smaller: Plan): Promise<boolean> => {
    const error = await failureOf(node, major, smaller);
    if (error) cause = error;
    return error !== undefined;
  };
  const smallest = await shrunk(plan, fails, Date.now() + SHRINKING_MS);
  const kept = path.join(process.env['TEST_KEPT'] ?? os.tmpdir(), `lifelines-fuzz-${plan.seed}.json`);
  fs.writeFileSync(kept, JSON.stringify(smallest));
  const steps = smallest.steps.map((step) => JSON.stringify(step)).join('\n');
  throw new Error(`seed ${plan.seed} (FUZZ_PLAN=${kept}):\n${steps}\n${messageOf(cause)}`, { cause });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
