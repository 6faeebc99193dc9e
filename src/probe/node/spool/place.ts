// Where this process writes, and what main hands down to all its workers, also to those with an environment of their own.
import {
  ACTIVITY_VARIABLE,
  ATTACHED_WORKERS,
  DEBUGGER_VARIABLE,
  SPOOLS_VARIABLE,
  SPOOL_PREFIX,
  SPOOL_SUFFIX,
  SPOOL_VARIABLE,
  activityLimits,
} from '../../../protocol/spool';
import { fs, isLoaded, now, workerThreads } from '../tools/builtins';

const { mkdirSync } = fs;
const HANDED_DOWN = 'thread-lifelines';

export interface Place {
  /** Process key. */
  p: string;
  file: string;
  /** Path of the files with activity, but for number and ending. */
  activity: string;
  /** How much activity is kept on the disk. */
  activityBytes: number;
  /** How many records of activity each thread's ring holds; a power of two. 0: none is recorded. */
  ringRecords: number;
}

/** What a worker gets from its owner. */
export interface Inheritance extends Place {
  /** Thread id of the owner. */
  owner: number;
  /** The rings of all threads of the process; absent where there is no shared memory. */
  arena?: SharedArrayBuffer;
  /** The part of the probe that workers run, compiled. */
  code?: SharedArrayBuffer;
}

export function placeOfProcess(): Place | undefined {
  const p = `${process.pid}-${now()}`;
  const folder = folderOf(p);
  if (!folder) return undefined;
  // The program may change its working folder. `path` takes long to load.
  const activity = isAbsolute(folder) ? `${folder}/${p}` : `${process.cwd()}/${folder}/${p}`;
  return { p, file: activity + SPOOL_SUFFIX, activity, ...activityLimits(process.env[ACTIVITY_VARIABLE]) };
}

/** Without a regular expression: to compile one takes as long as all else here. */
const isAbsolute = (folder: string): boolean => folder[0] === '/' || folder[0] === '\\' || folder[1] === ':';

function folderOf(p: string): string | undefined {
  const { [SPOOL_VARIABLE]: given, [SPOOLS_VARIABLE]: parent } = process.env;
  if (given || !parent || !process.env[DEBUGGER_VARIABLE]) return given;
  const own = `${parent}/${SPOOL_PREFIX}${p}`;
  mkdirSync(own, { mode: 0o700 });
  return (process.env[SPOOL_VARIABLE] = own); // for child processes
}

/** In a worker: undefined when its owner is not observed. */
export const inherited = (): Inheritance | undefined =>
  workerThreads().getEnvironmentData(HANDED_DOWN) as Inheritance | undefined;

/** To all threads that this one starts from now on. */
export const handDown = (inheritance: Inheritance): void =>
  workerThreads().setEnvironmentData(HANDED_DOWN, inheritance);

/** In main: the workers that were there when the probe was brought into a running program; taken once. */
export function takeAttachedWorkers(): object[] | undefined {
  if (!isLoaded('worker_threads')) return undefined; // by which they are told
  const { getEnvironmentData, setEnvironmentData } = workerThreads();
  const workers = getEnvironmentData(ATTACHED_WORKERS) as object[] | undefined;
  if (workers) setEnvironmentData(ATTACHED_WORKERS);
  return workers;
}
