// Where the debugged program finds the spool and how much it may write there: environment variables and names of files.

/**
 * Raised when a reader of the last version would misread the new records. Recordings of every version are read.
 * 2: `runtime` may be another than Node and is told of an unsupported one too, threads may be daemons from their start
 * (`daemon`), kinds of waits have stable ids, flips may be told as runs.
 */
export const PROBE_PROTOCOL_VERSION = 2;

/** Folder for spool files, handed to the program by this environment variable. */
export const SPOOL_VARIABLE = 'THREAD_LIFELINES_SPOOL';

/** How the names of spool folders begin. */
export const SPOOL_PREFIX = 'thread-lifelines-';

/**
 * In terminals, instead of that variable: a program that the debugger waits for makes a spool folder of its own below this
 * one, named by its process key, and hands it on; others are left alone.
 */
export const SPOOLS_VARIABLE = 'THREAD_LIFELINES_SPOOLS';
/** Set by js-debug where it debugs the programs that are started. */
export const DEBUGGER_VARIABLE = 'VSCODE_INSPECTOR_OPTIONS';

/** Under this name who attaches the probe to a program that runs leaves the workers that are there, as environment data. */
export const ATTACHED_WORKERS = 'thread-lifelines attached';

/** Ending of a spool file's name; before it stands the process key. */
export const SPOOL_SUFFIX = '.spool.ndjson';

/** Activity stands in files of its own beside the spool file, numbered, of which the oldest go. `key`: their path so far. */
export const activityFile = (key: string, segment: number): string => `${key}.${segment}${ACTIVITY_SUFFIX}`;
export const ACTIVITY_SUFFIX = '.activity.ndjson';

/**
 * A file of this name beside the spool file says that at times not all could be written, so that what is missing may have
 * happened. Before it stands the process key.
 */
export const UNWRITTEN_SUFFIX = '.unwritten';

/**
 * A file of this name beside the spool file asks the process for the stacks of its workers. It removes the file when it has
 * told them. Before it stands the process key.
 */
export const REQUEST_SUFFIX = '.stacks';

/**
 * A file of this name in the folder asks for the debugger to hold the next thread that starts, at its first line. Whoever starts
 * that removes the file.
 */
export const HOLD_NEXT = 'hold-next-thread';

/**
 * How much activity is kept, handed to the program as `<MiB on disk>:<records in each thread's ring>`; `0` is none. What else is to
 * be told follows, as `:asyncio-tasks`.
 */
export const ACTIVITY_VARIABLE = 'THREAD_LIFELINES_ACTIVITY';

export interface ActivityLimits {
  activityBytes: number;
  ringRecords: number;
}
export const DEFAULT_ACTIVITY_MIB = 64;
export const DEFAULT_RING_RECORDS = 2048;
export const SMALLEST_RING = 16;
export const LARGEST_RING = 1 << 16;

/** As a person sets it; what is not set is as by default. */
export interface ActivitySettings {
  /** MiB on disk for each process; 0: none is recorded. */
  activityLimit?: number;
  /** Records in each thread's ring. */
  ringRecords?: number;
  /** Of Python's asyncio each task is told. */
  asyncioTasks?: boolean;
}
const ASYNCIO_TASKS = 'asyncio-tasks';

/** For the variable; undefined when all is as by default. */
export function activityText({ activityLimit, ringRecords, asyncioTasks }: ActivitySettings): string | undefined {
  if (activityLimit === undefined && ringRecords === undefined && !asyncioTasks) return undefined;
  return `${activityLimit ?? ''}:${ringRecords ?? ''}${asyncioTasks ? `:${ASYNCIO_TASKS}` : ''}`;
}

/** Reads the variable; what it does not say, or not in numbers, is as by default. Rings are rounded to a power of two. */
export function activityLimits(text: string | undefined): ActivityLimits {
  if (text === undefined) return { activityBytes: DEFAULT_ACTIVITY_MIB * MIB, ringRecords: DEFAULT_RING_RECORDS };
  const [mib, records] = text.split(':').map((part) => (part === '' ? NaN : Number(part)));
  const activityBytes = (mib! >= 0 ? mib! : DEFAULT_ACTIVITY_MIB) * MIB;
  const wanted = records! > 0 ? Math.min(records!, LARGEST_RING) : DEFAULT_RING_RECORDS;
  return {
    activityBytes,
    ringRecords: activityBytes > 0 ? 2 ** Math.ceil(Math.log2(Math.max(wanted, SMALLEST_RING))) : 0,
  };
}
export const MIB = 1024 * 1024;
