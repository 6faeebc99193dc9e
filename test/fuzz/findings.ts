// Checks that no finding says what the plan contradicts, and that none is missing of which the plan leaves no doubt.
import assert from 'node:assert/strict';
import { conclusionsOf } from '../../src/model/conclusions/conclusions';
import { evidenceOf } from '../../src/model/findings/evidence';
import { findingsOf, verdictsOn } from '../../src/model/findings/findings';
import type { RuleId } from '../../src/protocol/rules';
import { modelOf, type Observed } from '../support/runProgram';
import type { ExpectedThread } from './expected';

/** Of which threads a rule may speak. It need not: a graver one may do so, and what a thread was at may not be known. */
const MAY_BE_TOLD: Partial<Record<RuleId, (thread: ExpectedThread) => boolean>> = {
  'cut-off-while-writing': ({ writing, open }) => writing !== undefined || open.length > 0,
  'exit-listener-skipped': ({ skipped }) => skipped > 0,
};
/** Of which it must be told, unless they are told of more. */
const MUST_BE_TOLD: typeof MAY_BE_TOLD = {
  'exit-listener-skipped': ({ skipped, probed, isFlash }) => skipped > 0 && probed && !isFlash,
};
const NEVER: readonly RuleId[] = ['crash', 'deadlock', 'out-of-memory', 'restart-loop', 'worker-file-not-found'];

export function checkFindings(expected: ExpectedThread[], observed: Observed, keyOf: (name: string) => string): void {
  const [process] = modelOf(observed).processes.values();
  if (!process) return;
  const conclusions = conclusionsOf(process, observed.endedAt);
  const told = verdictsOn(evidenceOf(conclusions).workers).map(({ rule, thread }) => ({ rule, key: thread?.key }));
  const workers = expected.filter(({ owner }) => owner !== '');
  for (const { rule, key } of told) {
    const about = workers.find(({ name }) => keyOf(name) === key)!;
    assert.ok(MAY_BE_TOLD[rule]?.(about) ?? true, `${rule} of ${about.name}, which the plan contradicts`);
  }
  if (!observed.signal)
    for (const about of workers) {
      const rules = told.filter(({ key }) => key === keyOf(about.name)).map(({ rule }) => rule);
      const missing = Object.entries(MUST_BE_TOLD).filter(([, must]) => must(about));
      assert.ok(missing.length === 0 || rules.length > 0, `${missing.map(([rule]) => rule).join()} of ${about.name}`);
    }
  const all = findingsOf(conclusions);
  assert.deepEqual(
    all.filter(({ rule }) => NEVER.includes(rule)).map(({ text }) => text),
    [],
  );
  if (globalThis.process.env['FUZZ_SAYS']) console.log(all.map(({ rule, text }) => `${rule}: ${text}`).join('\n'));
}
