// The few parts of VS Code’s API that the host’s stores use, for tests that run without VS Code.
import type * as vscode from 'vscode';

export class EventEmitter<T> implements vscode.EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => unknown>();

  readonly event: vscode.Event<T> = (listener) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** All that an event tells, from now on. */
export function heard<T>(event: vscode.Event<T>): T[] {
  const values: T[] = [];
  event((value) => values.push(value));
  return values;
}

/** A log whose lines are kept, as `level: text`. */
export class KeptLog {
  readonly lines: string[] = [];
  readonly info = (text: string): void => void this.lines.push(`info: ${text}`);
  readonly warn = (text: string): void => void this.lines.push(`warn: ${text}`);
  readonly error = (text: string | Error): void => void this.lines.push(`error: ${String(text)}`);
}
