// Every error that the adapter answers with: a number for search engines, a sentence for the person, what to do next.
import { t } from '../common/l10n';
import { forNotification } from '../common/untrusted';
import type { DebugProtocol } from '@vscode/debugprotocol';

export type AdapterError = DebugProtocol.Message;

/** Of sentences that say what to do next. */
const LONGEST = 2000;

const error = (id: number, format: string): AdapterError => ({
  id,
  format: forNotification(format, LONGEST),
  showUser: true,
});

export const noProgram = (): AdapterError =>
  error(
    9001,
    t('Nothing to run: set "program" in launch.json to the file to debug, or "runtimeExecutable" to a command.'),
  );

export const programMissing = (program: string): AdapterError =>
  error(9002, t('The program {0} does not exist. Correct "program" in launch.json, or build the file first.', program));

/** @param advice what to do, of the runtime's own */
export const runtimeMissing = (runtime: string, advice: string): AdapterError =>
  error(9003, `${t('The runtime "{0}" was not found.', runtime)} ${advice}`);

export const envFileUnreadable = (file: string, reason: string): AdapterError =>
  error(
    9004,
    t('The file {0} of "envFile" cannot be read ({1}). Correct its path in launch.json, or remove it.', file, reason),
  );

export const cwdMissing = (cwd: string): AdapterError =>
  error(9005, t('The folder {0} of "cwd" does not exist. Correct it in launch.json.', cwd));

export const spoolFailed = (message: string): AdapterError => error(9006, message);

export const recordingFailed = (message: string): AdapterError =>
  error(9007, `${message} ${t('Correct "timeline.recording" in launch.json, or remove it.')}`);

/** @param type of the debugger */
export const cannotStartChild = (type: string): AdapterError =>
  error(
    9008,
    t(
      'This debug client cannot start a child session (it lacks "startDebugging"), which Thread Lifelines needs to run the program under the debugger “{0}”. Use the command line instead: thread-lifelines record -- COMMAND',
      type,
    ),
  );

/** @param type of the debugger */
export const childFailed = (type: string, reason: string): AdapterError =>
  error(9009, t('The program could not be started under the debugger “{0}”: {1}', type, reason));

/** As above, of a program that no debugger runs. */
export const notStarted = (reason: string): AdapterError =>
  error(9013, t('The program could not be started: {0}', reason));

export const startedAgain = (): AdapterError =>
  error(
    9012,
    t(
      'This debug client started Thread Lifelines again instead of js-debug: it uses the parent’s adapter for every child session ("startDebugging"). Configure it to start js-debug for the type "pwa-node"; in nvim-dap that is dap.adapters["pwa-node"]. A client without such a setting (Helix, dape) must start js-debug itself, with the variables that "thread-lifelines env" prints in the "env" of its configuration; "thread-lifelines report" then shows the threads.',
    ),
  );

export const badLimit = (option: string): AdapterError =>
  error(9011, t('"timeline.{0}" in launch.json must be a number, 0 or more. Correct it, or remove it.', option));

export const unknownRequest = (command: string): AdapterError => ({
  id: 9010,
  format: forNotification(t('Unknown request: "{0}".', command), LONGEST),
  showUser: false,
});
