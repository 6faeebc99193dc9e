// What a new worker is to run, as Node tells it to the thread: at the end of `new Worker` it posts that on a port of its
// own, which no program sees. Only this one post is watched, so that no frame of ours stands on the stack of a program's
// postMessage(), whose errors people read.
import { apply, defineProperty } from '../tools/builtins';
import { pathOf } from '../tools/callSite';
import type { Method } from '../tools/replace';
import { clipped, slice } from '../tools/text';
import { loadedAtStart } from './loads';

/** The longest `data:` URL that is worth keeping. */
const LONGEST_URL = 300;
const IMPORT = 'import "';

/** The message by which a Worker's constructor tells its thread what to run. */
interface LoadScript {
  type: 'loadScript';
  filename: string;
  doEval: unknown;
  workerData: unknown;
}

export interface ScriptFacts {
  file?: string;
  eval?: true;
  loads?: string[];
}

export class Scripts {
  private latest: LoadScript | undefined;

  /** Facts of the script of the worker that this thread has just made. */
  take(): ScriptFacts {
    const script = this.latest;
    this.latest = undefined;
    if (!script) return {};
    switch (script.doEval) {
      case false:
        return fileFacts(script);
      case 'data-url':
        return { file: clipped(script.filename, LONGEST_URL) };
      case 'module': // a data: URL before Node 22: `import "<URL>"`
        return { file: clipped(slice(script.filename, IMPORT.length, -1), LONGEST_URL) };
      case 'internal':
        return {};
      default:
        return { eval: true };
    }
  }

  /** On the port by which a worker that is being made will be told. @param over called then, also when it fails */
  hearNextPost(port: object, over: () => void): void {
    const hear = (message: unknown): boolean => {
      if ((message as LoadScript | undefined)?.type === 'loadScript') this.latest = message as LoadScript;
      return false;
    };
    hearPosts(port, hear, over);
  }
}

function fileFacts({ filename, workerData }: LoadScript): ScriptFacts {
  const file = pathOf(filename);
  const loads = loadedAtStart(file, workerData);
  return { file, ...(loads.length > 0 ? { loads } : {}) };
}

/**
 * Puts a method of our own on a port for as long as `hear`, which is called with each message before it is posted, gives true.
 * @param over called after each, also when it fails
 */
export function hearPosts(port: object, hear: (message: unknown) => boolean, over?: () => void): void {
  const put = (): void =>
    void defineProperty(port, 'postMessage', { value: postMessage, writable: true, configurable: true });
  const { postMessage } = {
    postMessage(this: object, ...args: unknown[]): unknown {
      delete (this as { postMessage?: Method }).postMessage;
      const goesOn = isHeard(hear, args[0]);
      try {
        return apply((this as { postMessage: Method }).postMessage, this, args);
      } finally {
        if (goesOn) put();
        over?.();
      }
    },
  };
  put();
}

/** A message may be a proxy whose traps throw. */
function isHeard(hear: (message: unknown) => boolean, message: unknown): boolean {
  try {
    return hear(message);
  } catch {
    return false;
  }
}
