// Every error that the adapter answers with: a number for search engines, a sentence for the person, what to do next.
import type { DebugProtocol } from '@vscode/debugprotocol';

export type AdapterError = DebugProtocol.Message;

const error = (id: number, format: string): AdapterError => ({ id, format, showUser: true });

export const noProgram = (): AdapterError =>
  error(
    9001,
    'Nothing to run: set "program" in launch.json to the file to debug, or "runtimeExecutable" to a command.',
  );

export const programMissing = (program: string): AdapterError =>
  error(9002, `The program ${program} does not exist. Correct "program" in launch.json, or build the file first.`);

export const runtimeMissing = (runtime: string): AdapterError =>
  error(
    9003,
    `The runtime "${runtime}" was not found. Install Node.js 20 or newer and put it on the PATH, or set "runtimeExecutable" in launch.json to its path.`,
  );

export const envFileUnreadable = (file: string, reason: string): AdapterError =>
  error(
    9004,
    `The file ${file} of "envFile" cannot be read (${reason}). Correct its path in launch.json, or remove it.`,
  );

export const cwdMissing = (cwd: string): AdapterError =>
  error(9005, `The folder ${cwd} of "cwd" does not exist. Correct it in launch.json.`);

export const spoolFailed = (message: string): AdapterError => error(9006, message);

export const recordingFailed = (message: string): AdapterError =>
  error(9007, `${message} Correct "timeline.recording" in launch.json, or remove it.`);

export const cannotStartChild = (): AdapterError =>
  error(
    9008,
    'This debug client cannot start a child session (it lacks "startDebugging"), which Thread Lifelines needs to run the program under js-debug. Use the command line instead: thread-lifelines record -- node program.js',
  );

export const childFailed = (reason: string): AdapterError =>
  error(9009, `The program could not be started under js-debug: ${reason}`);

export const badLimit = (option: string): AdapterError =>
  error(9011, `"timeline.${option}" in launch.json must be a number, 0 or more. Correct it, or remove it.`);

export const unknownRequest = (command: string): AdapterError => ({
  id: 9010,
  format: `The request "${command}" is not known.`,
  showUser: false,
});
