// What debugpy can do to a thread. It holds all threads of a process, or none.
import type * as vscode from 'vscode';
import { t } from '../../../common/l10n';
import type { StackFrame } from '../../../transport/devTools/inspection';
import type { ThreadControls } from '../debugger';
import { idOfNamesake, namesakeOf, type Namesake, type Sought } from '../namesakes';
import { placeOf } from '../sources';

/** Of more frames a person reads none. */
const MOST_FRAMES = 200;
/** The name that Python gives it. */
const MAIN: Namesake = { name: 'MainThread', nth: 0, of: 1 };

interface DapThread {
  id: number;
  name: string;
}

interface DapFrame {
  name: string;
  line: number;
  column: number;
  source?: { name?: string; path?: string };
}

/** In the order of their starts. */
async function threadsOf(session: vscode.DebugSession): Promise<DapThread[]> {
  const { threads } = (await session.customRequest('threads')) as { threads: DapThread[] };
  return threads.sort((a, b) => a.id - b.id);
}

/** debugpy's number of a thread; undefined where it is not certain which it is. */
export async function numberOf(session: vscode.DebugSession, sought: Sought): Promise<number | undefined> {
  const { id, name, nth = 0, of = 1 } = sought;
  if (id !== 0 && name === undefined) return undefined;
  return idOfNamesake(id === 0 ? MAIN : { name: name!, nth, of }, await threadsOf(session));
}

/** @param number of a thread, debugpy's own */
export async function namedBy(session: vscode.DebugSession, number: number): Promise<Namesake | 'main' | undefined> {
  const namesake = namesakeOf(number, await threadsOf(session));
  return namesake?.name === MAIN.name && namesake.of === 1 ? 'main' : namesake;
}

/** @param number debugpy's own @param isHeld whether the debugger holds the process */
export const threadControls = (
  session: vscode.DebugSession,
  number: number,
  isHeld: () => boolean,
): ThreadControls => ({
  session,
  pause: () => request(session, 'pause', number),
  resume: () => request(session, 'continue', number),
  stack: async () => {
    const frames = await framesOf(session, number);
    if (frames.length === 0) throw new Error(t('the debugger knows no stack of it'));
    return { held: isHeld(), frames };
  },
});

async function request(session: vscode.DebugSession, command: 'pause' | 'continue', threadId: number): Promise<void> {
  await session.customRequest(command, { threadId });
}

async function framesOf(session: vscode.DebugSession, threadId: number): Promise<StackFrame[]> {
  const asked = { threadId, startFrame: 0, levels: MOST_FRAMES };
  const { stackFrames } = (await session.customRequest('stackTrace', asked)) as { stackFrames: DapFrame[] };
  return stackFrames.map(({ name, line, column, source }) => ({
    name,
    url: placeOf(source),
    line,
    column,
  }));
}
