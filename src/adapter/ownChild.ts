// A program that no debugger runs: the adapter starts it itself, passes its output on and sees how it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import * as os from 'node:os';
import * as path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { messageOf } from '../common/humanError';
import type { KnownEnd } from '../collector/collector';
import type { ChildConfiguration } from '../protocol/adapterEvents';
import { readEnvFile, type LaunchEnvironment } from '../transport/probes/launchEnvironment';
import type { Child } from './child';

/** What it starts may hold its output open for longer than it lives. */
const LAST_OUTPUT_MS = 500;

export interface OwnChildListener {
  output(text: string, stream: 'stdout' | 'stderr'): void;
  /** Once, when the program has ended and its output has been passed on. */
  ended(end: KnownEnd): void;
}

export interface Command {
  file: string;
  args: string[];
}

/** @param commandOf what is to be run of a configuration, in its working folder and environment */
export function childOfOurs(
  commandOf: (configuration: ChildConfiguration) => Command,
  listener: OwnChildListener,
): Child {
  let program: ChildProcess | undefined;
  return {
    start: async (configuration) => {
      program = await started(commandOf(configuration), configuration);
      follow(program, listener);
    },
    stop: (endProgram) => {
      endProgram();
      program?.kill('SIGTERM'); // it may not have told who it is
    },
    kill: () => program?.kill('SIGKILL'),
  };
}

/** Rejects when the command cannot be run. */
function started({ file, args }: Command, configuration: ChildConfiguration): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const program = spawn(file, args, {
      cwd: configuration['cwd'] as string,
      env: environmentOf(configuration),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    program.once('spawn', () => resolve(program));
    program.once('error', (error) => reject(new Error(`${file}: ${messageOf(error)}`)));
  });
}

/** As a shell has it, where a signal ended the program. */
export const exitCodeOf = ({ code, signal }: KnownEnd): number =>
  code ?? 128 + (os.constants.signals[signal as NodeJS.Signals] ?? 0);

/** As a debugger would have it: what is set in the configuration counts before its file, and that before our own. */
function environmentOf(configuration: ChildConfiguration): NodeJS.ProcessEnv {
  const { cwd, env, envFile } = configuration as unknown as LaunchEnvironment & { cwd: string };
  const all = { ...process.env, ...(envFile ? readEnvFile(path.resolve(cwd, envFile)) : {}), ...env };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

function follow(program: ChildProcess, listener: OwnChildListener): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder();
    program[stream]!.on('data', (bytes: Buffer) => listener.output(decoder.write(bytes), stream));
    program[stream]!.on('end', () => listener.output(decoder.end(), stream));
  }
  program.once('exit', (code, signal) => {
    const end: KnownEnd = { pid: program.pid!, ...(code === null ? {} : { code }), ...(signal ? { signal } : {}) };
    let isTold = false;
    const tell = (): void => {
      if (isTold) return;
      isTold = true;
      listener.ended(end);
    };
    program.once('close', tell);
    setTimeout(tell, LAST_OUTPUT_MS);
  });
}
