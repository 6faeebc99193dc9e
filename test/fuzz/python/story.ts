// Checks that the picture of a run tells what its plan says, and nothing else.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { exitReport } from '../../../src/model/report/report';
import type { EndedBy, Snapshot, ThreadPicture } from '../../../src/protocol/picture';
import { lineOf, pictureOf, type Observed } from '../../support/runProgram';
import { checkFindings } from './findings';
import type { Action, HangsIn, Plan, ThreadEnd } from './plan';
import { World, isAbrupt, type Life } from './world';

export const PROGRAM = path.resolve('test/fuzz/python/program.py');

const CUT_OFF: readonly EndedBy[] = ['main-exit', 'signal', 'crash'];

const RETURNS = { how: 'return', code: 0 } as const;
const ENDINGS: Record<ThreadEnd, { by: EndedBy; code: number; mark?: string; error?: string }> = {
  return: { by: 'returned', code: 0 },
  exit: { by: 'exit-call', code: 0, mark: '# (exits)' },
  'exit-text': { by: 'exit-call', code: 1, mark: '# (exits with text)' },
  error: { by: 'error', code: 1, mark: '# (fails)', error: 'Failure' },
  'key-error': { by: 'error', code: 1, mark: '# (misses)', error: 'KeyError' },
};
/** Of a library's threads it is a line of that. */
const STARTS: Partial<Record<Life['how'], string>> = {
  function: '# (starts function)',
  class: '# (starts class)',
  raw: '# (starts raw)',
  flash: '# (starts flash)',
  rendezvous: '# (starts rendezvous)',
  timer: '# (starts timer)',
  late: '# (starts too late)',
};

export function worldOf({ steps }: Plan): World {
  const world = new World();
  for (const step of steps) world.apply(step);
  return world;
}

/**
 * @param folder where the run had its files
 * @param minor of the version of Python
 */
export function checkStory(plan: Plan, observed: Observed, folder: string, minor: number): void {
  const picture = pictureOf(observed);
  const process = picture.processes.find(({ pid }) => pid === observed.pid);
  for (const { problems, unseen, lost } of picture.processes) assert.deepEqual([problems, unseen, lost], [[], [], 0]);
  assert.equal(observed.damaged, 0);
  const world = worldOf(plan);
  if (world.late !== undefined && !isAbrupt(world.end!.action) && minor !== REFUSES_LATE)
    world.addLate(minor >= WAITS_FOR_LATE);
  const lives = [...world.lives.values()];
  const threads = picture.threads.filter((one) => one.process === process?.key).sort((a, b) => a.id - b.id);
  assert.deepEqual(threads.map(nameIn), lives.map(nameOf), 'the threads that were started, in order');
  const of = new Map(lives.map((life, i) => [life.name, threads[i]!]));
  for (const life of lives) checkThread(life, of.get(life.name)!, of.get(life.owner), world);
  checkChildren(world, picture, process?.key);
  const cutOff = lives.filter(({ name }) => name !== 'main' && CUT_OFF.includes(of.get(name)!.ended!.by));
  const report = exitReport(picture).processes.find(({ pid }) => pid === observed.pid)!;
  const told = report.cutOff.map(({ key }) => key);
  assert.deepEqual(told.sort(), cutOff.map(({ name }) => of.get(name)!.key).sort(), 'what the report says was cut off');
  checkFiles(lives, observed, folder, world.end!.action.do === 'kill');
  checkFindings(world, observed, (name) => of.get(name)!.key);
}

/** In this version no thread starts when main is over. */
const REFUSES_LATE = 12;
/** From this version on Python waits for those that its exit handlers have started. */
const WAITS_FOR_LATE = 15;

/** Processes that it forked: each with a thread that returned, and an abrupt end. */
function checkChildren({ children }: World, { processes, threads }: Snapshot, parent: string | undefined): void {
  const found = processes.filter(({ key }) => key !== parent);
  const told = found.map(({ key, exit }) => [
    exit?.by,
    exit?.code,
    exit?.at?.line,
    ...threads.filter(({ process, id }) => process === key && id !== 0).map(({ name, ended }) => [name, ended?.by]),
  ]);
  const expected = children.map((code) => [
    'exit-call',
    code,
    line('# (ends the child)'),
    ['of the child', 'returned'],
  ]);
  assert.deepEqual(told.sort(), expected.sort(), 'processes that it forked');
}

/** A raw thread has none, nor has main; that of an executor is numbered. */
const nameOf = ({ called, how }: Life): string =>
  how === 'main' ? 'main' : how === 'raw' ? 'raw' : how === 'tasks' || how === 'pool' ? `${called}_0` : called;
const nameIn = ({ id, name }: ThreadPicture): string => (id === 0 ? 'main' : (name ?? 'raw'));

function checkThread(life: Life, thread: ThreadPicture, owner: ThreadPicture | undefined, world: World): void {
  const { name, how, daemon, inherits } = life;
  const at = (fact: string): string => `${fact} of ${name}`;
  checkEnding(life, thread, world);
  if (!owner) return;
  assert.equal(thread.owner, owner.key, at('owner'));
  const start = STARTS[how];
  if (start) assert.equal(thread.startSite?.file, PROGRAM, at('start'));
  if (start) assert.equal(thread.startSite?.line, line(start), at('start'));
  if (how === 'tasks' || how === 'pool') return; // whose threads were daemons once
  assert.deepEqual(
    thread.keepsAlive.map(({ value }) => value),
    [!daemon],
    at('whether it keeps the process alive'),
  );
  assert.equal(thread.inherited ?? false, inherits, at('inherited'));
}

function checkEnding(life: Life, thread: ThreadPicture, world: World): void {
  const { name, how } = life;
  const end = world.end!;
  const at = (fact: string): string => `${fact} of ${name}`;
  const { ended } = thread;
  assert.ok(ended, at('end'));
  const own = life.ended ?? life.outlives ?? (how === 'pool' && !isAbrupt(end.action) ? RETURNS : undefined);
  if (name === 'main' || (!own && end.by === name)) return checkEndOfProcess(life, thread, end.action);
  if (!own || isCutShort(life, end.action)) {
    assert.equal(ended.by, byOf(end.action), at('end'));
    if (end.action.do !== 'kill' && how !== 'late' && how !== 'pool') checkPlace(life, thread);
    return;
  }
  const { by, code, mark, error } = ENDINGS[own.how];
  if (how === 'raw') {
    // Python's own does not tell how one ended.
    assert.ok(ended.by === 'unknown' || ended.by === by, `${at('end')}: ${ended.by}, which is more than is known`);
    return;
  }
  assert.equal(ended.by, by, at('end'));
  assert.equal(ended.code, own.code ?? code, at('exit code'));
  assert.equal(thread.error?.name, error, at('error'));
  if (mark) assert.equal(ended.at?.line, line(mark), at('line that ended'));
}

/** It was told to come to its own end after main's, which was none. */
const isCutShort = ({ outlives, daemon }: Life, end: Action): boolean =>
  outlives !== undefined && (daemon || end.do === 'kill' || end.do === 'abrupt');

function byOf(end: Action): EndedBy {
  if (end.do !== 'kill') return 'main-exit';
  return end.signal === 'SIGSEGV' ? 'crash' : 'signal';
}

function checkEndOfProcess({ name }: Life, { ended, error }: ThreadPicture, end: Action): void {
  const at = `end of ${name}`;
  switch (end.do) {
    case 'end': {
      const { by, code, mark, error: failure } = ENDINGS[end.how];
      assert.deepEqual([ended?.by, ended?.code, error?.name], [by, end.code ?? code, failure], at);
      if (mark) assert.equal(ended?.at?.line, line(mark), at);
      return;
    }
    case 'abrupt':
      assert.deepEqual(
        [ended?.by, ended?.code, ended?.at?.line],
        ['exit-call', end.code, line('# (ends abruptly)')],
        at,
      );
      return;
    case 'interrupt':
      assert.deepEqual([ended?.by, error?.name], ['error', 'KeyboardInterrupt'], at);
      assert.ok(linesOf(end.within).includes(ended?.at?.line ?? 0), `${at}: ${JSON.stringify(ended?.at)}`);
      return;
    default:
      assert.equal(ended?.by, byOf(end), at);
  }
}

/** A busy loop is in one of two. */
function linesOf(within: HangsIn | undefined): number[] {
  if (within === undefined) return [line('# (interrupts)')];
  const place = line(`# (hangs in ${within})`);
  return within === 'loop' ? [place, place - 1] : [place];
}

/** Where it was when it was cut off, and in the middle of what. */
function checkPlace(life: Life, thread: ThreadPicture): void {
  const { name, hangs, outlives, holds, guards } = life;
  const at = (fact: string): string => `${fact} of ${name}`;
  const lines = hangs === undefined ? [line(outlives ? '# (outlives)' : '# (idles)')] : linesOf(hangs);
  assert.ok(lines.includes(thread.stack?.frames[0]?.line ?? 0), `${at('place')}: ${JSON.stringify(thread.stack)}`);
  const blocked = thread.activity?.blocked;
  if (hangs === 'loop') assert.equal(blocked, undefined, at('wait'));
  else if (hangs !== 'lock' && hangs !== 'sleep') assert.ok(lines.includes(blocked?.at?.line ?? 0), at('wait'));
  const unfinished = thread.unfinished ?? [];
  const told = (what: string): number => unfinished.filter((one) => one.what === what).length;
  const locks = holds + (hangs === 'lock' ? 1 : 0); // which it has taken, and asks for again
  assert.deepEqual([told('lock'), told('cleanup')], [locks, guards], at(`unfinished ${JSON.stringify(unfinished)}`));
}

/** What is said not to have reached the system is what is missing in the file. */
function checkFiles(lives: Life[], { events }: Observed, folder: string, isKilled: boolean): void {
  const told = new Map<string, { count?: number; exact?: boolean }>();
  for (const event of events)
    if (event.k === 'left-undone' && event.undone === 'unflushed') told.set(event.path ?? '', event);
  for (const life of lives) {
    for (const { file, bytes } of life.files) {
      const whole = path.join(folder, file);
      const missing = bytes - fs.statSync(whole).size;
      const one = told.get(whole);
      told.delete(whole);
      if (one?.exact) assert.equal(one.count, missing, `bytes missing in ${file} of ${life.name}`);
      if (missing > 0 && !isKilled) assert.ok(one, `${missing} bytes missing in ${file} of ${life.name} are not told`);
      if (one) assert.ok(missing > 0, `nothing is missing in ${file} of ${life.name}`);
    }
  }
  assert.deepEqual([...told.keys()], [], 'files that are told of');
}

const lines = new Map<string, number>();
function line(mark: string): number {
  const known = lines.get(mark) ?? lineOf(PROGRAM, mark);
  lines.set(mark, known);
  return known;
}
