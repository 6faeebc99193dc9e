// What the scripts of packages load: threads that are all called after the package's script are told apart by it. Packages
// tell their threads in shapes of their own, in `workerData` or in their first messages. Nothing but own properties is read.
import { isArray } from '../tools/builtins';
import { packageOf } from '../tools/callers';
import { pathOf } from '../tools/callSite';
import { valueAt } from '../tools/internals';
import { startsWith } from '../tools/text';

/** What is told of one thread; of more, how many. */
export const MOST_FILES = 4;
/** Of the first messages to look at: a package may send some before the one that names a file. */
const MOST_MESSAGES = 4;

type FilesIn = (message: unknown) => unknown[];

const FILENAME: FilesIn = (message) => [valueAt(message, 'filename')];
/** By the package of the script. */
const IN_MESSAGES: Record<string, { filesIn: FilesIn; most: number }> = {
  __proto__: null as never,
  piscina: { filesIn: FILENAME, most: 1 },
  tinypool: { filesIn: FILENAME, most: 1 },
  'jest-worker': { filesIn: (message) => [valueAt(message, 2)], most: 1 },
  // Where threads are not isolated, one runs the next file after the last.
  vitest: { filesIn: testFiles, most: Infinity },
};

function testFiles(message: unknown): unknown[] {
  const found: unknown[] = [];
  const type = valueAt(message, 'type');
  if (type === 'run' || type === 'collect')
    each(valueAt(valueAt(message, 'context'), 'files'), (file) => (found[found.length] = valueAt(file, 'filepath')));
  return found;
}

/** What pino's threads write to; of other users of `thread-stream` their own script. */
export function loadedAtStart(file: string, workerData: unknown): string[] {
  if (packageOf(file) !== 'thread-stream') return [];
  const files = new Files();
  const inner = valueAt(workerData, 'workerData');
  const add = (target: unknown): void => void files.add(valueAt(target, 'target'));
  each(valueAt(inner, 'targets'), add);
  each(valueAt(inner, 'pipelines'), (pipeline) => each(pipeline, add));
  if (files.list.length === 0) files.add(valueAt(workerData, 'filename'));
  return files.list;
}

/**
 * Calls `tell` whenever a message to a thread names a file that none before it did.
 * @returns what is to be called with each message to it, and says whether there may be another; undefined: there is none
 */
export function loadsIn(
  script: string,
  tell: (files: string[], more: number) => void,
): ((message: unknown) => boolean) | undefined {
  const shape = IN_MESSAGES[packageOf(script) ?? ''];
  if (!shape) return undefined;
  const files = new Files();
  let left = MOST_MESSAGES;
  return (message) => {
    const found = shape.filesIn(message);
    let isNew = false;
    for (let i = 0; i < found.length; i++) if (files.add(found[i])) isNew = true;
    if (isNew) tell(files.list, files.more);
    return files.list.length < shape.most && (files.list.length > 0 || --left > 0);
  };
}

/** Each once, the first of them by name. */
class Files {
  readonly list: string[] = [];
  more = 0;

  add(file: unknown): boolean {
    if (typeof file !== 'string' || file === '' || startsWith(file, 'data:')) return false;
    const path = pathOf(file);
    for (let i = 0; i < this.list.length; i++) if (this.list[i] === path) return false;
    if (this.list.length < MOST_FILES) this.list[this.list.length] = path;
    else this.more++;
    return true;
  }
}

function each(list: unknown, hear: (item: unknown) => void): void {
  if (!isArray(list)) return;
  const length = Number(valueAt(list, 'length'));
  for (let i = 0; i < length; i++) hear(valueAt(list, i));
}
