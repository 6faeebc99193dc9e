// What js-debug's names of sessions tell: `main.js [4711] « …` and, below it, `Worker 3 « …` or `[worker 3] … « …`.
import type * as vscode from 'vscode';
import type { ThreadId } from '../../../transport/threadId';

/** Of the session of a process: `server.js [4711]`. */
export const titleOf = ({ name }: Pick<vscode.DebugSession, 'name'>): string => name.split(' « ', 1)[0]!;

export function pidOf(session: Pick<vscode.DebugSession, 'name'>): number | undefined {
  const pid = /\[(\d+)\]$/.exec(titleOf(session))?.[1];
  return pid === undefined ? undefined : Number(pid);
}

export function threadInName(session: vscode.DebugSession): ThreadId | undefined {
  const worker = /^(?:Worker |\[worker )(\d+)\b/.exec(session.name)?.[1];
  for (let above: vscode.DebugSession | undefined = session; above; above = above.parentSession) {
    const pid = pidOf(above);
    if (pid && (worker || above === session)) return { pid, id: Number(worker ?? 0) };
  }
  return undefined;
}

/** Of the session of a worker that has a name. */
export const nameOf = (session: Pick<vscode.DebugSession, 'name'>): string | undefined =>
  /^\[worker \d+\] (.+)$/s.exec(titleOf(session))?.[1];
