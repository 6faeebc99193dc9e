// Checks that no finding says what the plan contradicts, and that none is missing of which the plan leaves no doubt.
import assert from 'node:assert/strict';
import { conclusionsOf } from '../../src/model/conclusions/conclusions';
import { evidenceOf } from '../../src/model/findings/evidence';
import { findingsOf, verdictsOn } from '../../src/model/findings/findings';
import type { RuleId } from '../../src/protocol/rules';
import { modelOf, type Observed } from '../support/runProgram';
import type { ExpectedThread } from './expected';
import type { Action } from './plan';

type Is = (thread: ExpectedThread) => boolean;

const mayHaveMail: Is = ({ down, isFlash }) => isFlash || down.posted > down.least;

/** Of which threads a rule may speak. It need not: a graver one may do so, and what a thread was at may not be known. */
const MAY_BE_TOLD: Partial<Record<RuleId, Is>> = {
  'cut-off-while-writing': ({ writing, open }) => writing !== undefined || open.length > 0,
  'cut-off-while-holding': ({ locks }) => locks.length > 0,
  'terminate-after-post': (thread) => thread.terminateCalls > 0 && mayHaveMail(thread),
  'unanswered-request': (thread) => thread.asked || thread.hung || mayHaveMail(thread),
  'unread-messages': mayHaveMail,
  'exit-with-live-workers': ({ by }) => by === 'main-exit',
  'lost-with-owner': ({ by }) => by === 'owner-exit',
  'exit-listener-skipped': ({ skipped }) => skipped > 0,
  'unhandled-worker-error': ({ error }) => error !== undefined,
};
/** Of which it must be told, unless they are told of more. */
const MUST_BE_TOLD: Partial<Record<RuleId, Is>> = {
  'unanswered-request': ({ asked, probed }) => asked && probed,
  'exit-listener-skipped': ({ skipped, probed, isFlash }) => skipped > 0 && probed && !isFlash,
};
/** Of the whole process: whether they may be told, and whether they must. */
const OF_PROCESS: Partial<Record<RuleId, (end: Action, all: ExpectedThread[]) => [may: boolean, must: boolean]>> = {
  crash: (end) => same(end.do === 'kill' && end.signal === 'SIGSEGV'),
  // What one does in which there is no probe is not known: it may go on, and wake the others.
  deadlock: (end, all) => [end.do === 'deadlock', end.do === 'deadlock' && all.every(({ probed }) => probed)],
  'unsettled-await': (_, all) => same(all.some(({ unsettled, dangles, probed }) => (unsettled || dangles) && probed)),
  'broken-message': (end, all) =>
    unlessKilled(
      end,
      all.some(({ deep }) => deep > 0),
    ),
  // A single one may be a late word to one that has just ended.
  'posted-to-ended': (end, all) => [
    all.some(({ astray }) => astray > 0),
    !isKill(end) && all.some(({ astray, by }) => astray > 1 && by !== 'unknown'),
  ],
  'out-of-memory': () => same(false),
  'restart-loop': () => same(false),
  'worker-file-not-found': () => same(false),
};
/** What main was told right before it was killed may not be known. */
const isKill = (end: Action): boolean => end.do === 'kill' || end.do === 'deadlock';
const unlessKilled = (end: Action, is: boolean): [boolean, boolean] => [is, is && !isKill(end)];
const same = (is: boolean): [boolean, boolean] => [is, is];

/** @param end the last step, which ends main */
export function checkFindings(
  expected: ExpectedThread[],
  end: Action,
  observed: Observed,
  keyOf: (name: string) => string,
): void {
  const [process] = modelOf(observed).processes.values();
  if (!process) return;
  const conclusions = conclusionsOf(process, observed.endedAt);
  const all = findingsOf(conclusions);
  if (globalThis.process.env['FUZZ_SAYS']) console.log(all.map(({ rule, text }) => `${rule}: ${text}`).join('\n'));
  const told = verdictsOn(evidenceOf(conclusions).workers).map(({ rule, thread }) => ({ rule, key: thread?.key }));
  for (const one of expected.filter(({ owner }) => owner !== '')) {
    const rules = told.filter(({ key }) => key === keyOf(one.name)).map(({ rule }) => rule);
    checkWorker(one, rules, observed.signal !== null);
  }
  for (const [rule, truth] of Object.entries(OF_PROCESS)) {
    const texts = all.filter((one) => one.rule === rule).map(({ text }) => text);
    const [may, must] = truth(end, expected);
    assert.ok(texts.length > 0 ? may : !must, `${rule}: ${texts.join('; ') || 'not told'}`);
  }
}

function checkWorker(one: ExpectedThread, rules: RuleId[], bySignal: boolean): void {
  for (const rule of rules)
    assert.ok(MAY_BE_TOLD[rule]?.(one) ?? true, `${rule} of ${one.name}, which the plan contradicts`);
  const missing = Object.entries(MUST_BE_TOLD).filter(([, must]) => must(one));
  // What was not drained before a signal is gone.
  assert.ok(
    bySignal || missing.length === 0 || rules.length > 0,
    `nothing is told of ${one.name}: ${missing.map(([rule]) => rule).join()}`,
  );
}
