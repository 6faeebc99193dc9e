// What a thread is doing, and what it keeps in memory, by commands of the debugger that is attached to it. All of it works
// in a loop that never turns, too, and changes nothing of what the thread does.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { t } from '../../common/l10n';
import type { Listen, SendCommand } from './commands';

/** A function on a stack; lines and columns count from 1. `url` as the runtime has it: a path, or file:, node: … */
export interface StackFrame {
  name: string;
  url: string;
  line: number;
  column: number;
}

/** How often it is looked, in µs, and for how long, in ms: the last look counts. */
const SAMPLE_EVERY_US = 1_000;
const SAMPLING_MS = 50;

export interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: number[];
}

/**
 * Innermost frame first; empty while the thread waits in its event loop.
 * @param pause resolves after the given ms
 */
export async function sampleStack(send: SendCommand, pause: (ms: number) => Promise<unknown>): Promise<StackFrame[]> {
  await send('Profiler.enable', {});
  try {
    await send('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
    await send('Profiler.start', {});
    await pause(SAMPLING_MS);
    const { profile } = (await send('Profiler.stop', {})) as { profile: { nodes: ProfileNode[]; samples?: number[] } };
    return stackOf(profile.nodes, profile.samples ?? []);
  } finally {
    await send('Profiler.disable', {}).catch(() => undefined);
  }
}

/** Names of nodes that are no functions: the root, the event loop, the runtime's own code, and the collector of garbage. */
const NO_FUNCTION = /^\((root|idle|program|garbage collector)\)$/;
const COLLECTOR = '(garbage collector)';

/** The stack of the last sample in a function of the program; none, when most of the time it was in no function. */
export function stackOf(nodes: ProfileNode[], samples: number[]): StackFrame[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const nameOf = (id: number): string => byId.get(id)?.callFrame.functionName ?? '';
  const told = samples.filter((id) => nameOf(id) !== COLLECTOR); // it runs in the middle of anything
  const inFunctions = told.filter((id) => !NO_FUNCTION.test(nameOf(id)));
  const last = inFunctions.length * 2 > told.length ? inFunctions.at(-1) : undefined;
  const frames: StackFrame[] = [];
  const seen = new Set<number>();
  for (let id = last; id !== undefined && !seen.has(id); id = parents.get(id)) {
    seen.add(id);
    const frame = byId.get(id)?.callFrame;
    if (!frame || NO_FUNCTION.test(frame.functionName)) continue;
    const { functionName: name, url, lineNumber, columnNumber } = frame;
    frames.push({ name, url, line: lineNumber + 1, column: columnNumber + 1 });
  }
  return frames;
}

/**
 * Writes what the thread keeps in memory to a new file, which only its owner may read: it holds the program's data.
 * The thread does not run meanwhile. On failure there is no file.
 */
export async function writeHeapSnapshot(send: SendCommand, listen: Listen, file: string): Promise<void> {
  const handle = openSync(file, 'wx', 0o600);
  let failure: Error | undefined;
  try {
    await listen('HeapProfiler.addHeapSnapshotChunk', (params) => {
      try {
        if (!failure) writeSync(handle, (params as { chunk: string }).chunk);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(t('the file cannot be written'));
      }
    });
    await send('HeapProfiler.enable', {});
    await send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    if (failure) throw failure;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(handle);
    await send('HeapProfiler.disable', {}).catch(() => undefined);
  }
}

/**
 * What the thread that the debugger is attached to spends its time on, as the text of a .cpuprofile file; also of one that
 * never turns its loop.
 * @param done resolves when it is enough
 */
export async function profile(send: SendCommand, done: Promise<unknown>): Promise<string> {
  await send('Profiler.enable', {});
  try {
    await send('Profiler.start', {});
    await done;
    const { profile: found } = (await send('Profiler.stop', {})) as { profile: object };
    return JSON.stringify(found);
  } finally {
    await send('Profiler.disable', {}).catch(() => undefined);
  }
}
