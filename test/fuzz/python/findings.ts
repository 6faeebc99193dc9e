// Checks that no finding says what the plan contradicts, and that none is missing of which the plan leaves no doubt.
import assert from 'node:assert/strict';
import { conclusionsOf } from '../../../src/model/conclusions/conclusions';
import { evidenceOf } from '../../../src/model/findings/evidence';
import { findingsOf, verdictsOn } from '../../../src/model/findings/findings';
import type { RuleId } from '../../../src/protocol/rules';
import { modelOf, type Observed } from '../../support/runProgram';
import type { HangsIn } from './plan';
import type { World, Life } from './world';

type Is = (life: Life, world: World) => boolean;

const isCutOff: Is = ({ ended, name }) => !ended && name !== 'main';
const failed = ({ ended, outlives }: Life): boolean => /error/.test((ended ?? outlives)?.how ?? '');
const exited = ({ ended, outlives }: Life): boolean => /exit/.test((ended ?? outlives)?.how ?? '');

/** Of which threads a rule may speak; what is not here must not be told of any. */
const OF_THREAD: Partial<Record<RuleId, Is>> = {
  'cut-off-while-writing': (life, world) => isCutOff(life, world) && life.files.length > 0,
  'cut-off-while-holding': (life, world) => isCutOff(life, world) && (life.holds > 0 || life.hangs === 'lock'),
  'unread-messages': ({ hangs }) => hangs === 'queue-join' || hangs === 'items',
  'join-timed-out': (life, world) => isCutOff(life, world) && life.isJoined,
  'inherited-daemon': (life, world) => isCutOff(life, world) && life.inherits && life.daemon,
  'thread-failed': failed,
  'exit-in-thread': exited,
  'unresponsive-worker': ({ hangs }) => hangs === 'loop',
};
/** Of the whole process: whether it may be told, and whether it must. */
const OF_PROCESS: Partial<Record<RuleId, (world: World, others: Life[]) => [may: boolean, must: boolean]>> = {
  'abrupt-exit': ({ end }, others) => [end!.action.do === 'abrupt' && others.length > 0, false],
  'signal-not-handled': ({ end }) => [end!.action.do === 'kill' && end!.action.signal === 'SIGTERM', false],
  crash: ({ end }) => same(end!.action.do === 'kill' && end!.action.signal === 'SIGSEGV'),
  deadlock: ({ end }, others) => [others.some(({ hangs }) => hangs === 'lock') || within(end) === 'lock', false],
  'queue-never-done': ({ end }, others) => [
    others.some(({ hangs }) => hangs === 'queue-join') || within(end) === 'queue-join',
    false,
  ],
  'busy-wait': ({ end }, others) => [others.some(({ hangs }) => hangs === 'loop') || within(end) === 'loop', false],
  'started-too-late': ({ late }) => [late !== undefined, false],
  'unclosed-file': ({ lives }) => [lives.get('main')!.files.length > 0, false],
  'future-never-read': ({ failsUnread }) => same(failsUnread > 0),
};
const within = (end: World['end']): HangsIn | undefined =>
  end?.action.do === 'interrupt' ? end.action.within : undefined;
const same = (is: boolean): [boolean, boolean] => [is, is];

/** Of whom it must be told. */
const MUST: Partial<Record<RuleId, Is>> = {
  'thread-failed': (life, world) =>
    failed(life) && life.how !== 'raw' && life.name !== 'main' && (life.ended !== undefined || isOrdinary(world)),
};
const isOrdinary = ({ end }: World): boolean => end!.action.do === 'end' || end!.action.do === 'interrupt';

export function checkFindings(world: World, observed: Observed, keyOf: (name: string) => string): void {
  const process = [...modelOf(observed).processes.values()].find(({ key }) => key.startsWith(`${observed.pid}-`));
  if (!process) return;
  const conclusions = conclusionsOf(process, observed.endedAt);
  const all = findingsOf(conclusions);
  if (globalThis.process.env['FUZZ_SAYS']) console.log(all.map(({ rule, text }) => `${rule}: ${text}`).join('\n'));
  const others = world.living().filter(({ name }) => name !== 'main');
  const told = verdictsOn(evidenceOf(conclusions).workers).map(({ rule, thread }) => ({ rule, key: thread?.key }));
  for (const { rule, key } of told) {
    const life = [...world.lives.values()].find(({ name }) => keyOf(name) === key);
    assert.ok(life && OF_THREAD[rule]?.(life, world), `${rule} of ${life?.name}, which the plan contradicts`);
  }
  const ofProcess = new Set<string>(all.map(({ rule }) => rule).filter((rule) => !OF_THREAD[rule]));
  for (const { rule, text } of all.filter((one) => ofProcess.has(one.rule)))
    assert.ok(OF_PROCESS[rule]?.(world, others)[0], `${rule}, which the plan contradicts: ${text}`);
  for (const [rule, truth] of Object.entries(OF_PROCESS))
    assert.ok(!truth(world, others)[1] || ofProcess.has(rule), `${rule} is not told`);
  for (const [rule, must] of Object.entries(MUST)) {
    const missing = [...world.lives.values()].filter((life) => must(life, world));
    const known = new Set(told.filter((one) => one.rule === rule).map(({ key }) => key));
    assert.deepEqual(missing.filter(({ name }) => !known.has(keyOf(name))).map(({ name }) => name), [], `${rule} is not told`); // prettier-ignore
  }
}
