// Tasks that come to a thread from a pool that is known: by their names, and the file that has them. A pool is known by the
// package that listens on the port; of its messages nothing is read but those fields, and of other ports nothing at all.
import { ActivityKind } from '../../../protocol/activity';
import { isArray } from '../tools/builtins';
import { pathOf } from '../tools/callSite';
import { valueAt } from '../tools/internals';
import { clipped, matchOf } from '../tools/text';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';

/** Names that are told of one thread; of other tasks it is told that they came. */
const MOST_NAMES = 64;
/** Parts of a path to what is called. */
const MOST_PARTS = 8;

interface Task {
  name: string | undefined;
  file: string | undefined;
}

/** Undefined of a message that brings no task. */
type Read = (message: unknown) => Task | undefined;

export interface TaskReader {
  read: Read;
  /** How often is posted until a task is done; 0: that is not to be heard, for it keeps the method and looks it up no more. */
  posts: number;
}

/** Makes what reads the messages of one port, by the package that listens there. */
const READERS: Record<string, () => TaskReader> = {
  piscina: () => ({ read: ofPiscina, posts: 1 }),
  tinypool: () => ({ read: ofPiscina, posts: 1 }),
  workerpool: () => ({ read: ofWorkerpool, posts: 0 }),
  poolifier: () => ({ read: ofPoolifier, posts: 1 }),
  'jest-worker': () => ({ read: ofJestWorker(), posts: 1 }),
  threads: () => ({ read: ofThreads, posts: 2 }), // that it has begun, and what it gives
  comlink: () => ({ read: ofComlink, posts: 0 }),
};
const PACKAGE =
  /[\\/]node_modules[\\/](piscina|tinypool|workerpool|poolifier|jest-worker|threads|comlink)[\\/](?!.*node_modules)/;

/** @param file the one that listens on the port */
export function taskReaderOf(file: string): TaskReader | undefined {
  const name = matchOf(PACKAGE, file)?.[1];
  return name === undefined ? undefined : READERS[name]!();
}

const textAt = (object: unknown, key: PropertyKey): string | undefined => {
  const value = valueAt(object, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const task = (name: string | undefined, file?: string): Task => ({ name, file });

/** What a file exports by default goes by this name. */
const DEFAULT = 'default';

function ofPiscina(message: unknown): Task | undefined {
  if (valueAt(message, 'taskId') === undefined) return undefined;
  const name = textAt(message, 'name');
  return task(name === DEFAULT ? undefined : name, textAt(message, 'filename'));
}

/** Stands for a function that comes with the task: it has no name but in its text. */
const GIVEN = 'run';

function ofWorkerpool(message: unknown): Task | undefined {
  const name = textAt(message, 'method');
  if (name === undefined || valueAt(message, 'params') === undefined) return undefined;
  return task(name === GIVEN ? undefined : name);
}

function ofPoolifier(message: unknown): Task | undefined {
  if (valueAt(message, 'taskId') === undefined || valueAt(message, 'taskFunctionOperation') !== undefined)
    return undefined;
  const name = textAt(message, 'name');
  return task(name === DEFAULT ? undefined : name);
}

/** Messages are lists, which begin with what they are. */
const Jest = { initialize: 0, call: 1 } as const;

/** The file comes first, once for all tasks. */
function ofJestWorker(): Read {
  let file: string | undefined;
  return (message) => {
    if (!isArray(message)) return undefined;
    if (message[0] === Jest.initialize) file = textAt(message, 2);
    return message[0] === Jest.call ? task(textAt(message, 2), file) : undefined;
  };
}

const ofThreads: Read = (message) => (valueAt(message, 'type') === 'run' ? task(textAt(message, 'method')) : undefined);

function ofComlink(message: unknown): Task | undefined {
  const type = valueAt(message, 'type');
  const path = valueAt(message, 'path');
  if ((type !== 'APPLY' && type !== 'CONSTRUCT') || !isArray(path)) return undefined;
  let name: string | undefined;
  for (let i = 0; i < path.length && i < MOST_PARTS; i++) {
    const part = textAt(path, i);
    if (part !== undefined) name = name === undefined ? part : `${name}.${part}`;
  }
  return task(name);
}

/** Records the tasks of one thread. */
export class Tasks {
  private readonly names: Task[] = [];

  constructor(
    private readonly ring: Ring,
    private readonly spool: Spool,
  ) {}

  /** A message has come on that port. Never throws. */
  came({ read, posts }: TaskReader, port: number, message: unknown): void {
    try {
      const found = read(message);
      if (found) this.ring.put(ActivityKind.task, port, this.numberOf(found), posts);
    } catch (error) {
      this.spool.problem('task', error);
    }
  }

  /** 0: none. */
  private numberOf({ name, file }: Task): number {
    const { names } = this;
    for (let i = 0; i < names.length; i++) if (names[i]!.name === name && names[i]!.file === file) return i + 1;
    if (names.length >= MOST_NAMES || (name === undefined && file === undefined)) return 0;
    names[names.length] = task(name, file);
    this.spool.tell('task-name', {
      task: names.length,
      ...(name === undefined ? {} : { name: clipped(name) }),
      ...(file === undefined ? {} : { file: pathOf(file) }),
    });
    return names.length;
  }
}
