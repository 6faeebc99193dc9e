// What js-debug can do to a thread: by requests of the debug adapter protocol to its session, and by commands of the
// runtime's own protocol.
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as vscode from 'vscode';
import { profile, sampleStack, writeHeapSnapshot, type StackFrame } from '../../../transport/devTools/inspection';
import { PROBE_SOURCE } from '../../../transport/probes/node/nodeProbe';
import { callWorker } from '../../../transport/devTools/workerCalls';
import type { Stack, ThreadControls } from '../debugger';
import { placeOf } from '../sources';
import { withDevTools } from './devTools';

/** Of more frames a person reads none. */
const MOST_FRAMES = 200;

/**
 * @param session of the thread
 * @param probe path of its bundle, whose frames are left out of stacks: it calls the runtime's functions in the program's place
 */
export function threadControls(session: vscode.DebugSession, probe: string): Required<ThreadControls> {
  // A profile has the file, an error the name; a debugger may put that into a folder.
  const probes = [probe, pathToFileURL(probe).href];
  const isOfProbe = ({ url }: StackFrame): boolean => probes.includes(url) || url.endsWith(PROBE_SOURCE);
  return {
    session,
    pause: () => request(session, 'pause'),
    resume: () => request(session, 'continue'),
    stack: async () => {
      const { held, frames } = await stackOf(session);
      return { held, frames: frames.filter((frame) => !isOfProbe(frame)) };
    },
    callWorker: (id, method) => withDevTools(session, (send) => callWorker(send, id, method)),
    profile: (enough) => withDevTools(session, (send) => profile(send, enough)),
    heapSnapshot: (file, reached) =>
      withDevTools(session, async (send, listen) => {
        await reached(send('HeapProfiler.enable', {}));
        await writeHeapSnapshot(send, listen, file);
      }),
  };
}

/** js-debug's sessions of single threads have one each. */
async function dapThread(session: vscode.DebugSession): Promise<number> {
  const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
  return threads[0]?.id ?? 1;
}

async function request(session: vscode.DebugSession, command: 'pause' | 'continue'): Promise<void> {
  await session.customRequest(command, { threadId: await dapThread(session) });
}

async function stackOf(session: vscode.DebugSession): Promise<Stack> {
  const frames = await framesOf(session).catch(() => undefined);
  if (frames) return { held: true, frames };
  return { held: false, frames: await withDevTools(session, (send) => sampleStack(send, setTimeout)) };
}

interface DapFrame {
  name: string;
  line: number;
  column: number;
  source?: { name?: string; path?: string };
}

/** Of a thread that the debugger holds, in the program's sources; rejects when it does not. */
async function framesOf(session: vscode.DebugSession): Promise<StackFrame[] | undefined> {
  const asked = { threadId: await dapThread(session), startFrame: 0, levels: MOST_FRAMES };
  const { stackFrames } = (await session.customRequest('stackTrace', asked)) as { stackFrames: DapFrame[] };
  if (stackFrames.length === 0) return undefined;
  return stackFrames.map(({ name, line, column, source }) => ({
    name: name.replace(/^global\./, ''),
    url: placeOf(source),
    line,
    column,
  }));
}
