// The log is an editor, where text of the program could be taken for lines of ours.
import type * as vscode from 'vscode';
import { forEditor } from '../common/untrusted';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** The same log, in which each message is one line, and nothing in it is hidden. */
export function plainLog(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const plain = (level: (typeof LEVELS)[number]) => ({
    value: (told: string | Error) => log[level](forEditor(typeof told === 'string' ? told : told.message)),
  });
  return Object.create(
    log,
    Object.fromEntries(LEVELS.map((level) => [level, plain(level)])),
  ) as vscode.LogOutputChannel;
}
