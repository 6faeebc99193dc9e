// Calls a method of a worker in the thread that started it, by commands of the debugger that is attached there.
import { HAND } from '../../protocol/hand';
import type { ThreadId } from '../threadId';
import { objectIdOf, type SendCommand } from './commands';

export type WorkerMethod = 'terminate' | 'ref' | 'unref';

/** `gone`: there is no such worker any more. */
export type Called = 'called' | 'gone';

const GROUP = 'thread-lifelines hand';
const BUILTIN = `(process.getBuiltinModule ?? require)('worker_threads')`;

/**
 * Works while that thread is held by the debugger, too. Rejects when the debugger, or the program, cannot do it.
 * @param id the worker's thread id
 */
export async function callWorker(send: SendCommand, id: number, method: WorkerMethod): Promise<Called> {
  try {
    const evaluated = await send('Runtime.evaluate', {
      expression: `${BUILTIN}.Worker.prototype`,
      includeCommandLineAPI: true,
      objectGroup: GROUP,
    });
    const prototypeObjectId = objectIdOf(evaluated, 'result');
    const found = await send('Runtime.queryObjects', { prototypeObjectId, objectGroup: GROUP });
    const told = await send('Runtime.callFunctionOn', {
      objectId: objectIdOf(found, 'objects'), // all workers of that thread
      // What it does is known by its name for a person's doing.
      functionDeclaration: `${String(callOn)}\n//# sourceURL=${HAND}\n`,
      arguments: [{ value: id }, { value: method }],
      returnByValue: true,
    });
    return (told as { result: { value?: Called } }).result.value ?? 'gone';
  } finally {
    await send('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => undefined);
  }
}

/** What a debug session stands for. */
export async function threadOf(send: SendCommand): Promise<ThreadId> {
  const told = await send('Runtime.evaluate', {
    expression: `[process.pid, ${BUILTIN}.threadId]`,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  const [pid, id] = (told as { result: { value: [number, number] } }).result.value;
  return { pid, id };
}

/** Runs inside the program, from its text alone; `this` holds prototypes of the program's own classes of workers, too. */
function callOn(this: object[], id: number, method: WorkerMethod): Called {
  for (const found of this) {
    try {
      const worker = found as { threadId: number; terminate(): void; ref(): void; unref(): void };
      if (worker.threadId !== id) continue;
      worker[method]();
      return 'called';
    } catch {
      // A prototype has no thread.
    }
  }
  return 'gone';
}
