// Generated programs do the same with and without the probe, and what is seen of them is what they did.
// FUZZ_SEED=<first seed> FUZZ_COUNT=<programs on each Node> say which; a failure names its seed and keeps its plan.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Snapshot, ThreadPicture } from '../../src/protocol/picture';
import { onEachNode } from '../support/onEachNode';
import { lineOf, pictureOf, runObserved, runWithPreload, type Observed, type Outcome } from '../support/runProgram';
import { expectedOf, type ExpectedThread } from './expected';
import { generate } from './generate';
import type { Plan } from './plan';

const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 40);
const THREAD = path.resolve('test/fuzz/thread.cjs');

let folder: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-fuzz-'));
  fs.writeFileSync(path.join(folder, 'empty.js'), '');
});
after(() => fs.rmSync(folder, { recursive: true }));

onEachNode('generated programs', (node, major) => {
  it('do the same with and without the probe, and what is seen of them is what they did', async function () {
    this.timeout(COUNT * 20_000);
    for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) await tryPlan(node(), major, generate(seed));
  });
});

async function tryPlan(node: string, major: number, plan: Plan): Promise<void> {
  const file = path.join(folder, 'plan.json');
  fs.writeFileSync(file, JSON.stringify(plan));
  const options = { programArgs: [file] };
  const observed = await runObserved(node, THREAD, options);
  const empty = await runWithPreload(node, THREAD, path.join(folder, 'empty.js'), options);
  try {
    assert.deepEqual(outcome(observed), outcome(empty));
    checkStory(plan, observed, major);
  } catch (error) {
    const kept = path.join(os.tmpdir(), `lifelines-fuzz-${plan.seed}.json`);
    fs.copyFileSync(file, kept);
    const steps = plan.steps.map((step) => JSON.stringify(step)).join('\n');
    throw new Error(`seed ${plan.seed}, plan in ${kept}:\n${steps}\n${observed.stdout}`, { cause: error });
  }
}

const outcome = ({ code, signal, stdout, stderr }: Outcome): Outcome => ({ code, signal, stdout, stderr });

function checkStory(plan: Plan, observed: Observed, major: number): void {
  const picture = pictureOf(observed);
  const [process] = picture.processes;
  assert.deepEqual([process?.problems, process?.lost, observed.damaged], [[], 0, 0]);
  const expected = expectedOf(plan);
  const byName = threadsByName(picture, observed.stdout);
  const names = expected.map(({ name }) => name);
  assert.deepEqual([...byName.keys()].sort(), names.sort(), 'the threads that were started');
  for (const one of expected) {
    checkThread(one, byName, major);
    // What was not drained before a signal is gone.
    if (one.probed && !observed.signal) checkActivity(one, byName.get(one.name)!);
  }
}

/** The program prints which name has which thread id: Node 20 does not tell names to owners. */
function threadsByName({ threads }: Snapshot, stdout: string): Map<string, ThreadPicture> {
  const names = new Map([[0, 'main']]);
  for (const [, name, id] of stdout.matchAll(/^start of (t\d+) (\d+)$/gm)) names.set(Number(id), name!);
  return new Map(threads.map((thread) => [names.get(thread.id) ?? `thread ${thread.id}`, thread]));
}

function checkThread(expected: ExpectedThread, byName: Map<string, ThreadPicture>, major: number): void {
  const { name, owner, refs, mayBeRefd, by, code } = expected;
  const thread = byName.get(name) ?? assert.fail(`${name} was not seen`);
  const at = (fact: string): string => `${fact} of ${name}`;
  assert.equal(thread.owner, byName.get(owner)?.key ?? null, at('owner'));
  const flips = thread.refs.map(({ value }) => value).slice(0, mayBeRefd ? refs.length : undefined);
  assert.deepEqual(flips, refs, at('ref() and unref()'));
  assert.equal(thread.probed, expected.probed, at('probe in'));
  const endings = thread.probed ? [by] : [by, 'unknown'];
  assert.ok(thread.ended && endings.includes(thread.ended.by), `${name} ended by ${thread.ended?.by}, not by ${by}`);
  if (code !== undefined && thread.probed) assert.equal(thread.ended.code ?? 0, code, at('exit code'));
  if (owner) {
    assert.equal(thread.startSite?.file, THREAD, at('start'));
    assert.equal(thread.startSite.line, lineOf(THREAD, '// starts'), at('start'));
    if (major > 20) assert.equal(thread.name, name);
  }
}

function checkActivity(expected: ExpectedThread, { activity }: ThreadPicture): void {
  const at = (fact: string): string => `${fact} of ${expected.name}`;
  const { owner, down, up, hung, writing, waits, broadcasts } = expected;
  if (!activity) return assert.equal(owner, '', 'only a main without workers has none');
  const { fromOwner, toOwner, blocked, blocks } = activity;
  if (owner && fromOwner && toOwner) {
    assert.equal(fromOwner.posted, down.posted, at('messages posted by the owner'));
    const { received } = fromOwner;
    assert.ok(down.least <= received && received <= down.most, `${at('messages from the owner')}: ${received}`);
    assert.deepEqual([toOwner.posted, toOwner.received], [up, up], at('messages to the owner'));
  }
  assert.equal(blocked?.what, hung ? 'Atomics.wait' : undefined, at('wait for ever'));
  assert.equal(blocks, waits, at('waits'));
  assert.equal(activity.writing.length, writing ? 1 : 0, at('writes in flight'));
  if (broadcasts) assert.equal(activity.broadcasts[0]?.posted, broadcasts, at('broadcasts'));
}
