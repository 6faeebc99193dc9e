// `stacks`: where the workers of a program are that runs, without a debugger.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { noAnswer } from '../collector/stackAnswers';
import { HumanError, messageOf } from '../common/humanError';
import { forJson, forTerminal } from '../common/untrusted';
import { placeNow } from '../model/conclusions/waiting/placeNow';
import type { ProcessPicture, Snapshot, ThreadPicture } from '../protocol/picture';
import type { Site, ThreadStack } from '../protocol/probeEvents';
import { DEFAULT_KEPT_THREADS } from '../protocol/keptThreads';
import { SPOOL_PREFIX, SPOOL_SUFFIX } from '../protocol/spool';
import { monotonicMicros } from '../transport/clock';
import { isAlive } from '../transport/spool/spool';
import { askForStacks } from '../transport/spool/stackRequests';
import { pictureOf } from './reading';
import { toldInFolder } from './told';

const LONGEST = 200;

/** A thread that lives, and where it was: without frames in its event loop, or where that could not be told. */
export interface LiveStack {
  id: number;
  label: string;
  state: ThreadPicture['state'] | 'idle';
  /** Where it waits outside of its event loop. */
  waitsIn?: string;
  /** The call that it is in. */
  within?: string;
  frames?: Site[];
}

/** Throws a HumanError when the program is not there, is not observed, or does not answer. */
export async function stacks({ pid, spool, json }: { pid: number; spool?: string; json: boolean }): Promise<number> {
  const { folder, key } = spoolOf(pid, spool);
  const asked = monotonicMicros();
  const { process: before, threads } = told(folder, key);
  if (before && threads.some(({ id }) => id > 0)) await ask(folder, before);
  const { process: now, threads: living } = told(folder, key);
  const found = now ? stacksSince(asked, folder, key) : [];
  const live = now ? living.map((thread) => liveStack(thread, now, found)) : [];
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

async function ask(folder: string, { key, pid, runtime }: ProcessPicture): Promise<void> {
  let isAnswered;
  try {
    isAnswered = await askForStacks(folder, key);
  } catch (error) {
    throw new HumanError(`Process ${pid} could not be asked: ${messageOf(error)}.`);
  }
  if (!isAnswered) throw new HumanError(noAnswer(pid, { runtime: runtime.id }));
}

/** What is known of the process, and its threads that live. */
function told(folder: string, key: string): { process: ProcessPicture | undefined; threads: ThreadPicture[] } {
  const { processes, threads }: Snapshot = pictureOf(toldInFolder(folder), DEFAULT_KEPT_THREADS);
  return {
    process: processes.find((one) => one.key === key),
    threads: threads.filter((one) => one.process === key && one.state !== 'ended'),
  };
}

/** What was told in answer, last of each thread. */
function stacksSince(asked: number, folder: string, key: string): ThreadStack[] {
  const found: ThreadStack[] = [];
  for (const { events } of toldInFolder(folder).batches) {
    for (const event of events) {
      if (event.k === 'stack' && event.when === 'asked' && event.p === key && event.t >= asked) found.unshift(event);
    }
  }
  return found;
}

function liveStack(thread: ThreadPicture, process: ProcessPicture, stacks: ThreadStack[]): LiveStack {
  const { id, label, state } = thread;
  const { isIdle, ...place } = placeNow(thread, process, stacks);
  return { id, label, state: isIdle ? 'idle' : state, ...place };
}

const textOf = (threads: LiveStack[]): string =>
  `${threads.map((thread) => [headOf(thread), ...(thread.frames ?? []).map(frameText)].join('\n')).join('\n\n')}\n`;

function headOf({ id, label, state, waitsIn, within, frames }: LiveStack): string {
  const name = id === 0 ? forTerminal(label, LONGEST) : `${forTerminal(label, LONGEST)} (thread ${id})`;
  if (waitsIn !== undefined) return `${name}: waiting in ${forTerminal(waitsIn, LONGEST)}`;
  if (id === 0 && state === 'idle') return `${name}: running its event loop`;
  if (within !== undefined) return `${name}: in ${forTerminal(within, LONGEST)}()`;
  return `${name}: ${frames ? 'running' : (STATES[state] ?? state)}`;
}

const STATES: Partial<Record<LiveStack['state'], string>> = {
  idle: 'waiting in its event loop',
  alive: 'alive; what it does is not known',
};

const frameText = ({ function: name, file, line, column }: Site): string =>
  `    at ${name ? forTerminal(name, LONGEST) : '(anonymous)'} (${forTerminal(file)}:${line}:${column})`;
