// Brings the probe into a program that runs already, by commands of the debugger that is attached to it.
import {
  ACTIVITY_VARIABLE,
  ATTACHED_WORKERS,
  SPOOL_VARIABLE,
  activityText,
  type ActivitySettings,
} from '../../protocol/spool';
import { objectIdOf, type SendCommand } from './commands';

/** `elsewhere`: the program sees other files than we do, in a container perhaps. `observed`: a probe is in it. */
export type Attached = 'attached' | 'elsewhere' | 'observed' | 'failed';

/** Objects that the debugger holds for us until then. */
const GROUP = 'thread-lifelines';
const WORKER_CLASS = `(process.getBuiltinModule ?? require)('worker_threads').Worker.prototype`;

export interface AttachSetup {
  /** Path of the probe's bundle. */
  probe: string;
  spool: string;
  settings: ActivitySettings;
}

/** Waits until the program's main thread has time for it. Rejects when the debugger, or the program, cannot do it. */
export async function attachProbe(send: SendCommand, { probe, spool, settings }: AttachSetup): Promise<Attached> {
  try {
    const evaluated = { expression: WORKER_CLASS, includeCommandLineAPI: true, objectGroup: GROUP };
    const prototypeObjectId = objectIdOf(await send('Runtime.evaluate', evaluated), 'result');
    const found = await send('Runtime.queryObjects', { prototypeObjectId, objectGroup: GROUP });
    const told = await send('Runtime.callFunctionOn', {
      objectId: objectIdOf(found, 'objects'), // all workers that there are
      functionDeclaration: String(bringIn),
      arguments: [probe, SPOOL_VARIABLE, spool, ACTIVITY_VARIABLE, activityText(settings), ATTACHED_WORKERS].map(
        (value) => ({ value }),
      ),
      returnByValue: true,
    });
    return (told as { result: { value?: Attached } }).result.value ?? 'failed';
  } finally {
    await send('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => undefined);
  }
}

/** Runs inside the program, from its text alone. Its environment is afterwards as it was. */
function bringIn(
  this: object[],
  probe: string,
  spoolVariable: string,
  spool: string,
  activityVariable: string,
  activity: string | undefined,
  attachedWorkers: string,
): Attached {
  type Builtin = Record<string, (...args: unknown[]) => unknown>;
  const node = process as unknown as { getBuiltinModule?: Load; mainModule?: { require: Load } };
  type Load = (id: string) => Builtin;
  const builtin = (id: string): Builtin => node.getBuiltinModule?.(id) ?? node.mainModule!.require(id);
  const isObserved = (): boolean =>
    `${(process as { emit: unknown }).emit as string}`.includes('thread-lifelines exit watch');
  const { existsSync } = builtin('fs');
  if (!existsSync!(probe) || !existsSync!(spool)) return 'elsewhere';
  if (isObserved()) return 'observed';
  // Prototypes of the program's own classes of workers are found, too.
  const workers = this.filter((worker) => {
    try {
      return (worker as { threadId?: number }).threadId! > 0;
    } catch {
      return false;
    }
  });
  builtin('worker_threads')['setEnvironmentData']!(attachedWorkers, workers);
  const before = { ...process.env };
  try {
    process.env[spoolVariable] = spool;
    if (activity !== undefined) process.env[activityVariable] = activity;
    (builtin('module')['createRequire']!(probe) as (file: string) => void)(probe);
  } finally {
    for (const name of [spoolVariable, activityVariable]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  return isObserved() ? 'attached' : 'failed';
}
