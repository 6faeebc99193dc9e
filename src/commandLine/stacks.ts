// `stacks`: where the workers of a program are that runs, without a debugger.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, HumanError, messageOf } from '../common/humanError';
import { forJson, forTerminal } from '../common/untrusted';
import type { ThreadPicture } from '../protocol/picture';
import type { Site, ThreadStack } from '../protocol/probeEvents';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import { REQUEST_SUFFIX, SPOOL_PREFIX, SPOOL_SUFFIX } from '../protocol/spool';
import { monotonicMicros } from '../transport/clock';
import { isAlive } from '../transport/spool/spool';
import { pictureOf } from './reading';
import { toldInFolder } from './told';

/** Main looks for requests once a second, and more rarely where it has very many workers; in ms. */
const ANSWERED_WITHIN = 5_000;
const LOOK_EVERY = 50;
const LONGEST = 200;

/** A thread that lives, and where it was: without frames in its event loop, or where that could not be told. */
export interface LiveStack {
  id: number;
  label: string;
  state: ThreadPicture['state'] | 'idle';
  /** Where it waits outside of its event loop. */
  waitsIn?: string;
  frames?: Site[];
}

/** Throws a HumanError when the program is not there, is not observed, or main does not answer. */
export async function stacks({ pid, spool, json }: { pid: number; spool?: string; json: boolean }): Promise<number> {
  const { folder, key } = spoolOf(pid, spool);
  const asked = monotonicMicros();
  if (threadsOf(folder, key).some(({ id, state }) => id > 0 && state !== 'ended'))
    await request(path.join(folder, key + REQUEST_SUFFIX), pid);
  const told = stacksSince(asked, folder, key);
  const found = threadsOf(folder, key).filter(({ state }) => state !== 'ended');
  const all = [...told.values()].some(({ frames }) => frames.length > 0);
  const live = found.map((thread) => liveStack(thread, told.get(thread.id), all));
  process.stdout.write(json ? `${forJson(live, 2)}\n` : textOf(live));
  return 0;
}

/** The newest of the processes that had this id. */
function spoolOf(pid: number, given: string | undefined): { folder: string; key: string } {
  const folders = given === undefined ? spoolFolders() : [path.resolve(given)];
  const found = folders
    .flatMap((folder) => namesIn(folder).map((name) => ({ folder, key: name.slice(0, -SPOOL_SUFFIX.length) })))
    .filter(({ key }) => key.startsWith(`${pid}-`))
    .sort((a, b) => startOf(b.key) - startOf(a.key));
  if (found.length > 0 && isAlive(pid)) return found[0]!;
  throw new HumanError(
    isAlive(pid)
      ? `Process ${pid} is not observed. Start the program with "thread-lifelines record -- COMMAND", or name the directory of "env" with --spool.`
      : `There is no process ${pid}.`,
  );
}

const startOf = (key: string): number => Number(key.split('-')[1]);

const spoolFolders = (): string[] =>
  fs
    .readdirSync(os.tmpdir())
    .filter((name) => name.startsWith(SPOOL_PREFIX))
    .map((name) => path.join(os.tmpdir(), name));

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith(SPOOL_SUFFIX));
  } catch {
    return []; // somebody else's, or gone by now
  }
}

/** Returns once main has answered. */
async function request(file: string, pid: number): Promise<void> {
  try {
    fs.writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw new HumanError(`Process ${pid} could not be asked (${messageOf(error)}).`);
  }
  for (const end = Date.now() + ANSWERED_WITHIN; Date.now() < end;) {
    if (!fs.existsSync(file)) return;
    await sleep(LOOK_EVERY);
  }
  fs.rmSync(file, { force: true });
  throw new HumanError(
    `Main of process ${pid} did not answer within ${ANSWERED_WITHIN / 1000} s: its event loop does not turn. A debugger can pause it.`,
  );
}

const threadsOf = (folder: string, key: string): ThreadPicture[] =>
  pictureOf(toldInFolder(folder), DEFAULT_KEPT_THREADS).threads.filter(({ process }) => process === key);

/** What was told in answer, by thread. */
function stacksSince(asked: number, folder: string, key: string): Map<number, ThreadStack> {
  const found = new Map<number, ThreadStack>();
  for (const { events } of toldInFolder(folder).batches) {
    for (const event of events) {
      if (event.k === 'stack' && event.when === 'asked' && event.p === key && event.t >= asked)
        found.set(event.id, event);
    }
  }
  return found;
}

/** @param all every thread was asked: who told of no code ran none */
function liveStack(
  { id, label, state, activity }: ThreadPicture,
  stack: ThreadStack | undefined,
  all: boolean,
): LiveStack {
  const waitsIn = activity?.blocked?.what ?? (stack?.sleeps ? stack.within : undefined);
  return {
    id,
    label,
    state: all && !stack && state === 'alive' ? 'idle' : state,
    ...(waitsIn === undefined ? {} : { waitsIn }),
    ...(stack && stack.frames.length > 0 ? { frames: stack.frames } : {}),
  };
}

const textOf = (threads: LiveStack[]): string =>
  `${threads.map((thread) => [headOf(thread), ...(thread.frames ?? []).map(frameText)].join('\n')).join('\n\n')}\n`;

function headOf({ id, label, state, waitsIn, frames }: LiveStack): string {
  const name = forTerminal(label, LONGEST);
  if (id === 0) return `${name}: running its event loop`;
  if (waitsIn !== undefined) return `${name} (thread ${id}): waiting in ${forTerminal(waitsIn, LONGEST)}`;
  return `${name} (thread ${id}): ${frames ? 'running' : (STATES[state] ?? state)}`;
}

const STATES: Partial<Record<LiveStack['state'], string>> = {
  idle: 'waiting in its event loop',
  alive: 'alive; what it does is not known',
};

const frameText = ({ function: name, file, line, column }: Site): string =>
  `    at ${name ? forTerminal(name, LONGEST) : '(anonymous)'} (${forTerminal(file)}:${line}:${column})`;
