// Checks that the picture of a run tells what its plan says.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { exitReport } from '../../src/model/report/report';
import type { ThreadActivity, ThreadPicture, Traffic } from '../../src/protocol/picture';
import { lineOf, linesOf, pictureOf, type Observed } from '../support/runProgram';
import { expectedOf, type ExpectedThread } from './expected';
import { checkFindings } from './findings';
import type { Plan } from './plan';

export const THREAD = path.resolve('test/fuzz/thread.cjs');

/** What the report lists as cut off. */
const CUT_OFF = ['main-exit', 'owner-exit', 'signal', 'crash'];
/** Endings that the owner knows of too. */
const KNOWN_TO_OWNER = ['terminate', 'error', ...CUT_OFF];

const FIRST_WITH_LOCKS = 24;

interface Seen {
  major: number;
  /** Where the run had its files. */
  folder: string;
  threads: Map<string, ThreadPicture>;
  /** As the program printed them. */
  exitCodes: Map<string, number>;
}

export function checkStory(plan: Plan, observed: Observed, folder: string, major: number): void {
  const picture = pictureOf(observed);
  const [process] = picture.processes;
  assert.deepEqual([process?.problems, process?.unseen, process?.lost, observed.damaged], [[], [], 0, 0]);
  const expected = expectedOf(plan);
  const seen = {
    major,
    folder,
    threads: threadsByName(picture.threads, observed.stdout),
    exitCodes: exitCodesOf(observed),
  };
  assert.deepEqual(
    [...seen.threads.keys()].sort(),
    expected.map(({ name }) => name).sort(),
    'the threads that were started',
  );
  for (const one of expected) {
    checkThread(one, seen);
    // What was not drained before a signal is gone.
    if (one.probed && !one.isFlash && !observed.signal) checkActivity(one, seen);
    if (!one.probed)
      assert.equal(seen.threads.get(one.name)!.activity?.fromOwner, undefined, 'nobody tells what it takes');
  }
  const cutOff = expected.filter(({ name, by }) => name !== 'main' && CUT_OFF.includes(by));
  const keys = exitReport(picture).processes[0]!.cutOff.map(({ key }) => key);
  assert.deepEqual(
    keys.sort(),
    cutOff.map(({ name }) => seen.threads.get(name)!.key).sort(),
    'what the report says was cut off',
  );
  checkFindings(expected, plan.steps.at(-1)!.action, observed, (name) => seen.threads.get(name)!.key);
}

/** The program prints which name has which thread id: Node 20 does not tell names to owners. */
function threadsByName(threads: ThreadPicture[], stdout: string): Seen['threads'] {
  const names = new Map([[0, 'main']]);
  for (const [, name, id] of stdout.matchAll(/^start of (t\d+) (\d+)$/gm)) names.set(Number(id), name!);
  return new Map(threads.map((thread) => [names.get(thread.id) ?? `thread ${thread.id}`, thread]));
}

function exitCodesOf({ stdout, code }: Observed): Seen['exitCodes'] {
  const printed = [...stdout.matchAll(/^(?:~ )?exit of (t\d+) (\d+) /gm)];
  const codes = new Map(printed.map(([, name, exitCode]) => [name!, Number(exitCode)]));
  if (code !== null) codes.set('main', code);
  return codes;
}

function checkThread(expected: ExpectedThread, { threads, exitCodes, major }: Seen): void {
  const { name, owner, by, error, terminateCalls, isFlash, mayBeRefd } = expected;
  const thread = threads.get(name)!;
  const at = (fact: string): string => `${fact} of ${name}`;
  assert.equal(thread.owner, threads.get(owner)?.key ?? null, at('owner'));
  const { ended } = thread;
  assert.ok(ended, at('end'));
  assert.equal(ended.by, expected.probed || KNOWN_TO_OWNER.includes(by) ? by : 'unknown', at('end'));
  const exitCode = exitCodes.get(name);
  if (exitCode !== undefined) assert.equal(ended.code, exitCode, at('exit code'));
  assert.equal(thread.terminateCalls.length, terminateCalls, at('calls of terminate()'));
  for (const call of thread.terminateCalls) assert.equal(call.at?.line, line('// terminates'), at('terminate()'));
  if (by === 'exit-call' && thread.probed) assert.equal(ended.at?.line, line('// exits'), at('process.exit()'));
  const told = thread.error && { name: thread.error.name, message: thread.error.message };
  assert.deepEqual(told, error && { name: error.name, message: error.message }, at('error'));
  if (error?.mark && thread.probed) assert.equal(ended.at?.line, line(error.mark), at('throw'));
  if (!isFlash) assert.equal(thread.probed, expected.probed, at('probe in'));
  if (owner) {
    checkRefs(expected, thread);
    assert.equal(thread.startSite?.file, THREAD, at('start'));
    assert.ok(startLines().includes(thread.startSite.line), at(`start, at line ${thread.startSite.line}`));
    if (major > 20) assert.equal(thread.name, name);
    const keeps = expected.refs.at(-1)!.value && threads.get(owner)!.keepsAlive.at(-1)!.value;
    if (!mayBeRefd) assert.equal(thread.keepsAlive.at(-1)!.value, keeps, at('whether it keeps the process alive'));
  }
}

/** Lines that make a daemon, and those that make none. */
const FLIPS = {
  call: ['// unrefs it', '// refs it'],
  listener: ['// stops to listen', '// listens to it'],
  once: [undefined, '// listens once'],
} as const;

/** Node itself removes what listens once. */
function lineOfFlip(value: boolean, by: keyof typeof FLIPS): number | undefined {
  const mark = FLIPS[by][value ? 1 : 0];
  return mark && line(mark);
}

function checkRefs({ name, refs, mayBeRefd }: ExpectedThread, thread: ThreadPicture): void {
  const flips = thread.refs.slice(0, mayBeRefd ? refs.length : undefined);
  const marks = flips.map(({ value, at }, i) => [value, at?.line, i]);
  const marked = refs.map(({ value, by }, i) => [value, i === 0 ? line('// starts') : lineOfFlip(value, by), i]);
  assert.deepEqual(marks, marked, `ref() and unref() of ${name}`);
}

/** All starts go through one line, so each may be told at the line that had it done. */
const startLines = (): number[] => [line('// starts'), ...linesOf(THREAD, '// has it started')];

const lines = new Map<string, number>();
function line(mark: string): number {
  const known = lines.get(mark) ?? lineOf(THREAD, mark);
  lines.set(mark, known);
  return known;
}

function checkActivity(expected: ExpectedThread, seen: Seen): void {
  const { name, owner } = expected;
  const { activity, unfinished } = seen.threads.get(name)!;
  if (!activity) return assert.equal(owner, '', 'only a main without workers has none');
  assert.equal(activity.dropped, 0, `dropped records of ${name}`);
  checkMessages(expected, activity);
  checkChannels(expected, activity, seen);
  checkWaitsAndWrites(expected, activity, seen);
  const locks = seen.major < FIRST_WITH_LOCKS ? [] : expected.locks;
  assert.deepEqual(activity.locks?.map((lock) => lock.name) ?? [], locks, `locks of ${name}`);
  assert.equal(activity.exitListeners?.count ?? 0, expected.skipped, `exit listeners of ${name} that did not run`);
  if (!unfinished) return;
  const { writing, hung } = expected;
  const file = writing && path.join(seen.folder, writing.file);
  assert.equal(
    unfinished.some(({ text }) => text.startsWith('writing') && text.endsWith(file!)),
    !!file,
    JSON.stringify(unfinished),
  );
  assert.equal(
    unfinished.some(({ what }) => what === 'wait'),
    hung,
    JSON.stringify(unfinished),
  );
  for (const [what, count] of [
    ['lock', locks.length],
    ['listener', Math.min(expected.skipped, 1)],
  ] as const)
    assert.equal(unfinished.filter((one) => one.what === what).length, count, JSON.stringify(unfinished));
}

function checkMessages({ name, owner, down, up, unheard, upTooLate }: ExpectedThread, activity: ThreadActivity): void {
  const { fromOwner, toOwner } = activity;
  if (!owner || !fromOwner || !toOwner) return;
  const at = (fact: string): string => `${fact} of ${name}`;
  assert.equal(fromOwner.posted, down.posted, at('messages posted by the owner'));
  const { received } = fromOwner;
  assert.ok(down.least <= received && received <= down.most, `${at('messages from the owner')}: ${received}`);
  const told = [toOwner.posted, toOwner.received, toOwner.unheard];
  assert.deepEqual(told, [up - upTooLate, up - upTooLate, unheard], at('messages to the owner, and unheard'));
  for (const one of [fromOwner, toOwner]) checkTimes(one, at('times of messages'));
}

function checkTimes({ received, queue }: Traffic, what: string): void {
  assert.equal(queue?.count ?? 0, received, what);
}

function checkChannels({ name, channels, broadcasts }: ExpectedThread, activity: ThreadActivity, seen: Seen): void {
  const at = (fact: string): string => `${fact} of ${name}`;
  if (channels) {
    const key = (other: string): string => seen.threads.get(other)!.key;
    const told = activity.channels.map(({ with: other, to, from }) => [other, counts(to), counts(from)]);
    const known = [...channels].map(([other, { to, from }]) => [key(other), [to, to], [from, from]]);
    assert.deepEqual(told.sort(), known.sort(), at('channels'));
    assert.deepEqual(activity.otherPorts, { posted: 0, received: 0 }, at('messages on unknown ports'));
  }
  const [broadcast] = activity.broadcasts;
  assert.equal(broadcast?.posted ?? 0, broadcasts.posted, at('broadcasts'));
  if (!broadcast) return;
  const { received, waiting } = broadcast;
  assert.ok(received <= broadcasts.most, `${at('broadcasts received')}: ${received} of ${broadcasts.most}`);
  assert.equal(waiting, broadcasts.due - received, at('broadcasts that wait'));
}

const counts = ({ posted, received }: Traffic): unknown[] => [posted, received];

function checkWaitsAndWrites(expected: ExpectedThread, activity: ThreadActivity, { folder }: Seen): void {
  const { name, hung, waits, writing, open } = expected;
  const at = (fact: string): string => `${fact} of ${name}`;
  const { blocked, blocks } = activity;
  assert.deepEqual(
    [blocked?.what, blocked?.timeout],
    [hung ? 'Atomics.wait' : undefined, undefined],
    at('wait for ever'),
  );
  assert.equal(blocks, waits, at('waits'));
  const told = activity.writing.map(({ to, bytes }) => ({ to, bytes }));
  const inFlight = writing ? [{ to: path.join(folder, writing.file), bytes: writing.bytes }] : [];
  assert.deepEqual(told, inFlight, at('writes in flight'));
  assert.deepEqual(
    activity.openFiles.map((file) => file.path),
    open.map((file) => path.join(folder, file)),
    at('open files'),
  );
}
